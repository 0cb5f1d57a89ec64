"""Where the channel changes inside a document."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligafix import Cleaner, Settings
from ligafix.evidence import Region, survey
from ligafix.lexicon.alignment import Loss

PARAGRAPHS = (
    "The officer on duty identified the different officials and confirmed that their certificates were sufficient.",
    "Our first efforts were difficult, for the specific conflict of the offices affected the whole staff profoundly.",
    "She led the men over the field to the cliff, where the effect of the flood was most significant that winter.",
    "It suffices to define the coefficients; the classification is scientific, and the definition of it is efficient.",
    "A magnificent affair was offered to the fifty beneficiaries, who reflected on the benefits and on the tariff.",
    "He was terrified, suffered a sacrifice that nothing justified, and finally simplified and clarified his finances.",
    "The traffic at the office was modified, and the profitable coffee offered there satisfied the financial staff.",
    "Scientists verified the findings, specified the configuration and qualified the difference as insignificant.",
)
CLEANER = Cleaner(Settings(stages=("ligatures",)))


def damage(text: str, ligatures: str = "ffi|ffl|ff|fi|fl") -> str:
    return re.sub(ligatures, "", text)


def join(*parts: str) -> str:
    return "\n\n".join(parts)


def regions_of(text: str) -> tuple[Region, ...]:
    return survey(text).regions(text)


def lost(region: Region, ligature: str) -> float:
    return region.losses[Loss(ligature, "")].lost


INTACT, OTHER = join(*PARAGRAPHS[:4]), join(*PARAGRAPHS[4:])


def test_a_text_that_lost_nothing_is_of_one_piece() -> None:
    assert regions_of(join(INTACT, OTHER)) == ()


def test_a_text_that_lost_everything_is_of_one_piece() -> None:
    assert regions_of(damage(join(INTACT, OTHER))) == ()


def test_a_text_that_lost_every_other_ligature_is_of_one_piece() -> None:
    words = join(INTACT, OTHER).split(" ")
    assert regions_of(" ".join(damage(w) if i % 2 else w for i, w in enumerate(words))) == ()


def test_two_damaged_words_make_no_region() -> None:
    assert regions_of(join(INTACT, "Printers set signicant and dicult.", OTHER)) == ()


@pytest.mark.parametrize("is_damaged", [(False, True), (True, False), (False, True, False), (True, False, True)])
def test_the_parts_of_a_text_are_told_apart(is_damaged: tuple[bool, ...]) -> None:
    parts = [damage(t) if d else t for t, d in zip((INTACT, OTHER, INTACT), is_damaged, strict=False)]
    text = join(*parts)
    found = {start: lost(region, "fi") for region in regions_of(text) for start, _ in region.spans}
    assert [share > 0.9 for _, share in sorted(found.items())] == list(is_damaged)
    assert max(share for share in found.values() if share < 0.9) < 0.001


def test_a_part_begins_with_its_paragraph() -> None:
    text = join(INTACT, damage(OTHER))
    starts = [start for region in regions_of(text) for start, _ in region.spans]
    assert sorted(starts) == [0, len(INTACT) + 2]


def test_fonts_that_lost_different_ligatures_are_told_apart() -> None:
    found = regions_of(join(damage(INTACT, "fi|fl"), damage(OTHER), damage(INTACT, "fi|fl")))
    assert sorted(round(lost(region, "ff")) for region in found) == [0, 1]


def test_the_spans_cover_the_text() -> None:
    text = join(INTACT, damage(OTHER), INTACT)
    spans = sorted(span for region in regions_of(text) for span in region.spans)
    assert [0, *(end for _, end in spans)] == [*(start for start, _ in spans), len(text)]


def test_each_part_is_restored_by_its_own_verdict() -> None:
    undamaged = join(INTACT, "She led our men at dawn; the fins of our species were red.", *PARAGRAPHS[:2])
    assert CLEANER.clean(join(undamaged, damage(OTHER))).text == join(undamaged, OTHER)


def test_what_was_repaired_is_no_survivor() -> None:
    text = damage(join(INTACT, OTHER))
    evidence = survey(text)
    mended = text.replace("dicult", "difficult").replace("signicant", "significant").replace("ocials", "officials")
    assert evidence.regions(mended) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*PARAGRAPHS, *map(damage, PARAGRAPHS)]), min_size=1, max_size=20))
def test_spans_never_overlap_and_never_leave_a_gap(paragraphs: list[str]) -> None:
    text = join(*paragraphs)
    spans = sorted(span for region in regions_of(text) for span in region.spans)
    if spans:
        assert [0, *(end for _, end in spans)] == [*(start for start, _ in spans), len(text)]
