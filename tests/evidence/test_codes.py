"""What a document's odd signs stand for."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ligafix import clean
from ligafix.evidence import codes, encodings, survey
from ligafix.evidence.codes import infer_codes
from ligafix.evidence.masking import choose_masked, mask_signs
from ligafix.evidence.meanings import put_accent
from ligafix.evidence.signs import ALWAYS, SOMETIMES, find_coded_words, find_names, find_signs
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.readings import Vocabulary

ENGLISH = Vocabulary({"en": 1.0})
FIRST = "The {0}rst {0}eld was de{0}ned by a signi{0}cant pro{0}le and con{0}rmed by the {0}nal {0}ndings. "


def meaning(text: str, sign: str) -> str | None:
    found = infer_codes(text, ENGLISH)[sign]
    return found.meaning if found.probability > 0.9 else None


@pytest.mark.parametrize(
    "sign", ["(cid:7)", "/G12", "/uniF001", "\x02", "\x0c", "\x9f", "\ue123", "\ufffd", "®", "Þ", "!", "#"]
)
def test_any_sign_can_be_fi(sign: str) -> None:
    assert meaning(FIRST.format(sign) * 2, sign) == "fi"


def test_the_same_sign_means_something_else_in_another_document() -> None:
    text = "The \x03ood in\x03uenced the re\x03ection of \x03ames; the \x03ag \x03ew over the \x03eet and the \x03oor."
    assert meaning(text, "\x03") == "fl"
    assert meaning(FIRST.format("\x03"), "\x03") == "fi"


def test_a_sign_for_every_ligature_is_told_as_such() -> None:
    text = "The \0rst o\0cer of the sta\0 found the e\0ect su\0cient; the \0ood in\0uenced the di\0culty of the \0eld."
    assert meaning(text, "\0") == "*"


def test_one_encoding_helps_with_its_rarer_codes() -> None:
    text = FIRST.format("®") * 2 + "The ¯ow re¯ects the in¯uence. Pages 12±15, 46±48 and 88±92."
    assert meaning(text, "±") == "–"


def test_a_trade_mark_is_no_code_where_ligatures_stand() -> None:
    text = "The first field was defined by Acme® and Zenith®; the final findings of Acme® were confirmed. " * 3
    assert meaning(text, "®") is None


def test_a_form_feed_between_pages_is_no_code() -> None:
    assert meaning("The first page.\n\x0cThe second page.\n\x0cThe third.\n", "\x0c") is None


def test_a_glyph_name_can_end_in_a_letter() -> None:
    assert find_names("su/G0xcient and o/G0xce", find_signs("su/G0xcient and o/G0xce")) == {"/G0": {"/G0x": 2}}


def test_a_glyph_name_can_end_in_a_hexadecimal_digit() -> None:
    text = "o/G1Bered a /G1Cne /G1Dow, and all the /G1Celds"
    assert find_names(text, find_signs(text)) == {"/G1": {"/G1B": 1, "/G1C": 2, "/G1D": 1}}
    assert find_names("o/G1Bered a /G1rst", {"/G1": 2}) == {}


def test_a_coded_word_is_cut_into_letters_and_signs() -> None:
    (word,) = find_coded_words("an in\x0cnite di\x0berence", frozenset({"\x0c"}))
    assert word.parts == ("in", "\x0c", "nite")
    assert word.text == "in\x0cnite"


def test_words_with_signs_are_counted_neither_as_words_nor_as_remains() -> None:
    text = FIRST.format("\x0c") * 2
    evidence = survey(text)
    assert not evidence.vocabulary.keys() & {"rst", "eld", "first", "cant"}
    assert evidence.lost(Loss("fi", "")) < 0.1
    assert "rst" not in mask_signs(text, choose_masked(evidence.codes)).split()


def test_an_undamaged_text_has_no_codes() -> None:
    found = infer_codes("Plain words, (with brackets) and e-mail: 3,000 at 5.30 p.m.!", ENGLISH)
    assert all(code.meaning is None for code in found.values())


def test_accents_are_composed() -> None:
    assert put_accent("\u0308", "odel") == "ödel"
    assert put_accent("\u0301", "ıve") == "íve"


def test_signs_in_repeated_chunks_count_as_often_as_they_stand_there() -> None:
    assert find_signs("®rst ®rst and ®eld") == {"®": 3}


def test_signs_that_are_white_space_are_found_between_chunks() -> None:
    assert find_signs("an in\x1cnite \x1cow of ®elds")["\x1c"] == 2


@given(st.text("ab®.\x0c\x0b\x1c\t\r\n \xa0\u2028(1", max_size=40))
@example("led\r led\r\nled\rled\n")
def test_signs_that_may_be_white_space_are_found_where_they_stand(text: str) -> None:
    found = [*ALWAYS.findall(text), *SOMETIMES.findall(text)]
    assert find_signs(text) == Counter(found)
    assert list(find_signs(text)) == list(Counter(found))


@pytest.mark.parametrize("page_break", ["\f", "\n"])
def test_page_breaks_do_not_change_what_codes_stand_for(page_break: str) -> None:
    text = page_break.join(FIRST.format("\x03") + "Its sta\x04, e\x04ects and di\x04erences. " for _ in range(4))
    found = infer_codes(text, ENGLISH)
    assert (found["\x03"].meaning, found["\x04"].meaning) == ("fi", "ff")
    assert found["\x03"].count == 32
    counted = survey(text).vocabulary
    assert counted["The"] == 4
    assert "rst" not in counted


@pytest.mark.parametrize("number", [1500, 12_000])
def test_signs_without_number_are_all_read_or_all_left(number: int) -> None:
    text = "".join(f"o(cid:{sign})ce " for sign in range(number))
    once = clean(text).text
    assert once in ("office " * number, text)
    assert clean(once).text == once


def test_a_common_sign_is_read_among_signs_without_number() -> None:
    text = "".join(f"x(cid:{sign})q o(cid:9)ce\n" for sign in range(10, 7000))
    once = clean(text)
    assert once.text.count("office") == 6990
    assert clean(once.text).text == once.text


def test_many_names_that_may_be_longer_are_told_apart_in_one_look() -> None:
    text = "".join(f"o/G{sign}ce o/G{sign}ce\n" for sign in range(100, 400))
    assert clean(text).text == "office office\n" * 300


def test_a_sign_that_no_encoding_has_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Counter[str]()

    def decide(sign: str, *args: Any, **nearby: Any) -> tuple[str | None, float]:
        asked[sign] += 1
        return encodings.decide(sign, *args, **nearby)

    monkeypatch.setattr(codes, "decide", decide)
    infer_codes(FIRST.format("(cid:4001)"), ENGLISH)
    assert asked == {"(cid:4001)": 1}


def test_the_same_signs_are_the_same_object() -> None:
    first, second = (choose_masked(infer_codes(FIRST.format("(cid:7)"), ENGLISH)) for _ in range(2))
    assert first is second
    assert first == {"(cid:7)"}


@pytest.mark.parametrize(
    ("language", "sign", "text"),
    [
        ("pt", "¸", "A gra ¸ca da mo ¸ca era o servi ¸co. Come ¸cou a dan ¸ca no terra ¸co, e a crian ¸ca ca ¸cou. "),
        ("es", "˜", "La ni ˜na de la monta ˜na tiene un sue ˜no. El ni ˜no de la caba ˜na enga ˜na a su due ˜no. "),
    ],
)
def test_an_accent_before_the_letters_that_take_it_is_no_ligature(language: str, sign: str, text: str) -> None:
    codes = infer_codes(text * 3, Vocabulary({language: 1.0}))
    assert codes[sign].meaning is None
