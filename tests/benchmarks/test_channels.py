from __future__ import annotations

import pytest
from channels import ChannelError, damage

from ligafix.changes import apply_changes

CLEAN = "The first officer found the stiff waffle in his flat office."
FOREIGN = "Die Mühle lag über dem Fluß; le café était fermé."
PAGES = "\f".join(f"On page {n} the officer filed five fine offers." for n in range(40))


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ("drop-full", "The rst ocer found the sti wae in his at oce."),
        ("drop-times", "The rst ofcer found the stiff wafe in his at ofce."),
        ("drop-ffx", "The first ocer found the sti wae in his flat oce."),
        ("drop-st", "The fir officer found the iff waffle in his flat office."),
        ("first-full", "The frst ofcer found the stif wafe in his fat ofce."),
        ("last-full", "The irst oicer found the stif wale in his lat oice."),
        ("space-full", "The  rst o cer found the sti  wa e in his  at o ce."),
        ("spaced-full", "The fi rst o ffi cer found the sti ff wa ffl e in his fl at o ffi ce."),
        ("next-full", "The rrst occer found the stiff waee in his aat occe."),
        ("before-full", "The first oocer found the stii waae in his flat ooce."),
        ("sign-full", "The ®rst o±cer found the sti° wa²e in his ¯at o±ce."),
    ],
)
def test_a_channel_does_to_every_ligature_what_its_name_says(channel: str, text: str) -> None:
    assert damage(CLEAN, channel).text == text


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ("marks-before", "Die M¨uhle lag ¨uber dem Fluß; le caf´e ´etait ferm´e."),
        ("marks-after", "Die Mu¨hle lag u¨ber dem Fluß; le cafe´ e´tait ferme´."),
        ("marks-apart", "Die M ¨uhle lag ¨uber dem Fluß; le caf ´e ´etait ferm ´e."),
        ("marks-detached", "Die M \u0308uhle lag  \u0308uber dem Fluß; le caf \u0301e  \u0301etait ferm \u0301e."),
    ],
)
def test_marks_come_loose(channel: str, text: str) -> None:
    assert damage(FOREIGN, channel).text == text


def test_displaced_marks_are_all_still_there() -> None:
    made = damage(FOREIGN * 5, "marks-displaced").text
    assert made.count("\u0308") == FOREIGN.count("ü") * 5
    assert made.count("\u0301") == FOREIGN.count("é") * 5
    assert "\u0308 \u0308" in made.replace("\u0301", "\u0308")


@pytest.mark.parametrize("channel", ["control-full", "cid-full", "glyph-full"])
def test_codes_differ_from_ligature_to_ligature_and_from_document_to_document(channel: str) -> None:
    made = [damage("ff fi fl ffi ffl", channel, seed=seed).text for seed in (1, 2)]
    assert made[0] != made[1]
    assert len(set(made[0].split(" "))) == 5


def test_the_same_seed_gives_the_same_damage() -> None:
    first, second, other = (damage(PAGES, "drop-full", share=0.5, seed=seed).text for seed in (7, 7, 8))
    assert first == second != other


def test_a_share_of_the_ligatures_is_struck() -> None:
    assert 80 < len(damage(PAGES, "drop-full", share=0.5).changes) < 120
    assert damage(PAGES, "drop-full@0.5").changes == damage(PAGES, "drop-full@0.5", share=1.0).changes


def test_some_pages_are_struck_and_the_others_whole() -> None:
    pages = damage(PAGES, "drop-full@0.25p").text.split("\f")
    assert sum("ofcer" in page or "ocer" in page for page in pages) == 10
    assert sum(page in PAGES.split("\f") for page in pages) == 30


def test_lines_are_wrapped_and_words_divided() -> None:
    clean = "The significant consequences of well-known difficulties were considered everywhere. " * 5
    lines = damage(clean, "wrap-40").text.split("\n")
    assert all(len(line) <= 41 for line in lines)
    assert any(line.endswith("-") for line in lines)
    assert " ".join(lines).replace("- ", "").replace("wellknown", "well-known").split() == clean.split()


def test_channels_follow_one_another() -> None:
    made = damage("Significant difficulties were everywhere. " * 20, "wrap-40+drop-full")
    assert "-\n" in made.text
    assert "fi" not in made.text
    assert apply_changes(made.clean, made.changes) == made.text


@pytest.mark.parametrize("channel", ["drop-full", "space-full", "cid-full", "wrap-40+drop-full", "spaces@0.5"])
def test_the_way_back_is_known_for_every_word(channel: str) -> None:
    clean = (CLEAN + " ") * 10
    made = damage(clean, channel)
    restored, gold = made.restored(0, len(made.text), clean)
    assert (restored, gold) == (clean, clean)


def test_a_change_is_held_against_what_stood_there() -> None:
    made = damage("He led the fight.", "drop-full")
    assert made.text == "He led the ght."
    assert made.restored(3, 6, "filed") == ("filed", "led")
    assert made.restored(11, 14, "fight") == ("fight", "fight")


@pytest.mark.parametrize("name", ["drip", "drop-f", "wrap-x", "marks-nowhere", ""])
def test_an_unknown_channel_is_refused(name: str) -> None:
    with pytest.raises(ChannelError):
        damage(CLEAN, name)


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ChannelError, match="no share"):
        damage(CLEAN, "drop-full@half")
