"""What stands around many places, looked at together: the same as around each by itself."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.chunks import blocks
from ligafix.chunks.words import words_in
from ligafix.lexicon.context.tokens import WINDOW
from ligafix.places import Place
from ligafix.scoring.around import Around, Part

PIECES = ["l", "led", "the", "l’oce", "(rst),", "“It", "x" * 130, "a.b.c", "\ud800", "ﬁ", "ȷ", "5.30", "-"]
GAPS = [" ", "  ", "\n", "\r\n", "\n\n", "\n \t\n", "\f", "\u2003", "\x1c", " " * 50]
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), min_size=1, max_size=80).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@pytest.fixture(scope="module", autouse=True)
def small_blocks() -> Iterator[None]:
    """Short texts have many blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", 40)
        yield


def places_in(text: str) -> list[Place]:
    """The words of a text, as the stages find them."""
    found, at = [], 0
    for chunk in text.split():
        at = text.index(chunk, at)
        found += [Place(text, at + w.start, at + w.start + len(w.text)) for w in words_in(chunk)]
        at += len(chunk)
    return found


class _Lead(dict[str, int]):
    """By how many the words with an e in a chunk outnumber the others."""

    def __missing__(self, chunk: str) -> int:
        return sum(1 if "e" in word.text else -1 for word in words_in(chunk))


def leads(lead: Mapping[str, int], text: str) -> bool:
    """Whether they do so in a text."""
    return sum(lead[chunk] for chunk in text.split()) > 0


@st.composite
def rows_of_places(draw: st.DrawFn) -> list[Place]:
    """Some places of a text, one behind the other."""
    places = places_in(draw(TEXTS))
    first = draw(st.integers(0, len(places)))
    return places[first : draw(st.integers(first, len(places)))]


def look_around(places: list[Place]) -> Part:
    return Around(places[0].text, _Lead()).part(places[0].start, places[-1].end)


@given(rows_of_places().filter(bool), st.sampled_from(["", "l’"]))
def test_the_tokens_around_places_are_those_around_each(places: list[Place], head: str) -> None:
    tokens = look_around(places).tokens([(place.start, place.end) for place in places], [head] * len(places))
    rows = [[tokens.distinct[number] if number >= 0 else "" for number in row] for row in tokens.rows.tolist()]
    sides = [place.tokens(head) for place in places]
    nearest = [(left[: -WINDOW - 1 : -1], right[:WINDOW]) for left, right in sides]
    assert rows == [[token for side in row for token in [*side, *[""] * WINDOW][:WINDOW]] for row in nearest]


@given(rows_of_places().filter(bool))
def test_what_surely_leads_in_a_passage_leads_in_it(places: list[Place]) -> None:
    surely = look_around(places).surely_lead([place.start for place in places])
    assert all(leads(_Lead(), place.passage) for place, sure in zip(places, surely, strict=True) if sure)


@given(rows_of_places().filter(bool))
def test_a_part_of_a_text_tells_of_its_places_what_the_whole_text_does(places: list[Place]) -> None:
    starts = [place.start for place in places]
    whole = Around(places[0].text, _Lead()).part(0, len(places[0].text))
    assert look_around(places).surely_lead(starts) == whole.surely_lead(starts)


def test_a_passage_with_many_words_of_a_language_is_surely_in_it() -> None:
    text = "The men went over the sea. " * 100
    assert all(Around(text, _Lead()).part(0, len(text)).surely_lead(range(0, len(text), 50)))
