"""What stands around many places, looked at together: the same as around each by itself."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from ligafix.chunks.words import words_in
from ligafix.document import passage
from ligafix.lexicon.context.tokens import WINDOW
from ligafix.places import Place
from ligafix.scoring.around import Around

PIECES = ["l", "led", "the", "l’oce", "(rst),", "“It", "x" * 130, "a.b.c", "\ud800", "ﬁ", "ȷ", "5.30", "-"]
GAPS = [" ", "  ", "\n", "\r\n", "\n\n", "\n \t\n", "\f", "\u2003", "\x1c", " " * 50]
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), min_size=1, max_size=80).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


def places_in(text: str) -> list[Place]:
    """The words of a text, as the stages find them."""
    found, at = [], 0
    for chunk in text.split():
        at = text.index(chunk, at)
        found += [Place(text, at + w.start, at + w.start + len(w.text)) for w in words_in(chunk)]
        at += len(chunk)
    return found


@given(TEXTS, st.sampled_from(["", "l’"]))
def test_the_tokens_around_places_are_those_around_each(text: str, head: str) -> None:
    places = places_in(text)
    tokens = Around(text).tokens([(place.start, place.end) for place in places], [head] * len(places))
    rows = [[tokens.distinct[number] if number >= 0 else "" for number in row] for row in tokens.rows.tolist()]
    sides = [place.tokens(head) for place in places]
    nearest = [(left[: -WINDOW - 1 : -1], right[:WINDOW]) for left, right in sides]
    assert rows == [[token for side in row for token in [*side, *[""] * WINDOW][:WINDOW]] for row in nearest]


class _Lead(dict[str, int]):
    """By how many the words with an e in a chunk outnumber the others."""

    def __missing__(self, chunk: str) -> int:
        return sum(1 if "e" in word.text else -1 for word in words_in(chunk))


def leads(lead: Mapping[str, int], text: str) -> bool:
    """Whether they do so in a text."""
    return sum(lead[chunk] for chunk in text.split()) > 0


@given(TEXTS)
def test_what_surely_leads_in_a_passage_leads_in_it(text: str) -> None:
    places = places_in(text)
    surely = Around(text).surely_lead(_Lead(), [place.start for place in places])
    assert all(leads(_Lead(), passage(text, place.start)) for place, sure in zip(places, surely, strict=True) if sure)


def test_a_passage_with_many_words_of_a_language_is_surely_in_it() -> None:
    text = "The men went over the sea. " * 100
    assert all(Around(text).surely_lead(_Lead(), range(0, len(text), 50)))
