"""The one view of a text's words: its chunks."""

import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix import chunks as module
from ligafix.chunks import Chunks, blocks, count_words, find_in_prose, kinds, memory, numbered, numbering
from ligafix.chunks.kinds import ChunkKind
from ligafix.chunks.numbering import Numbering
from ligafix.chunks.words import edge_words, words_in
from ligafix.document import find_seams, is_code, is_fragment

COMMA, DIGIT = re.compile(r",(?=[a-z])"), re.compile(r"\d")
WITH_COMMA = ChunkKind(lambda: (COMMA,))
WITH_BOTH = ChunkKind(lambda: (COMMA, DIGIT))


@pytest.mark.parametrize(
    "chunk", ["led@example.org", "http://led.org/at", "x_led", "\\led", "led2", "2nd", "{led}", "10.1000/led"]
)
def test_addresses_and_code_hold_no_words(chunk: str) -> None:
    assert words_in(chunk) == ()


def test_words_keep_their_place_in_the_chunk() -> None:
    assert [(w.text, w.start) for w in words_in("(ve-year’s)")] == [("ve", 1), ("year’s", 4)]


def test_halves_of_a_divided_word_are_not_counted() -> None:
    assert count_words("a signi-\ncant word, sig-\n\n\nnal (end-\ning) here") == {
        "a": 1, "word": 1, "here": 1,
    }  # fmt: skip


def test_what_stands_beside_a_divided_word_is_counted() -> None:
    assert count_words("well-signi-\ncant-word") == {"well": 1, "word": 1}


@given(st.text(st.sampled_from("ab -\n’.é1"), max_size=60))
def test_no_word_is_counted_less_than_never(text: str) -> None:
    assert all(n > 0 for n in count_words(text).values())


@given(st.text(st.sampled_from("ab -\n\r\f\t’.\xad¬")))
def test_divided_words_are_found_by_the_chunks_that_end_in_hyphens(text: str) -> None:
    assert list(Chunks(text).seams) == list(find_seams(text))


def test_chunks_are_found_where_they_stand_and_not_inside_others() -> None:
    text = "led filed led, (led) led"
    assert list(Chunks(text).find({"led"})) == [("led", 0), ("led", 21)]


def test_chunks_of_a_kind_are_told_once_each() -> None:
    assert Chunks("a,b c a,b d,e").of_kind(WITH_COMMA) == ["a,b", "d,e"]


def test_chunks_side_by_side_are_counted_where_one_of_them_is_wanted() -> None:
    assert Chunks("the rst of the rst\nday").pairs_with({"rst"}) == {
        ("the", "rst"): 2,
        ("rst", "of"): 1,
        ("rst", "day"): 1,
    }


def test_the_signs_at_the_edges_of_chunks_are_counted() -> None:
    assert Chunks("(one) two, three, (four").count_edges("(", ",") == 4


def test_chunks_in_lines_of_code_are_passed_over() -> None:
    text = "the nd day\nint nd = open(path);\nthe nd of it"
    assert [start for _, start in find_in_prose(text, {"nd"})] == [4, 36]


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_lines_are_told_from_code_in_linear_time_whatever_ends_them(end: str) -> None:
    text = f"nd = open(path);{end}the nd day{end}" * 100_000
    assert len(list(find_in_prose(text, {"nd"}, "\r\n"))) == 100_000


LINES_OF_CODE = (
    "int nd = open(path);", "def nd(path):", "import nd", "from nd import path", "for (nd = 0; ;)", "if(nd == path) {",
    ">>> nd", "$ nd path", "#include nd", "// nd", "} else {", "<?nd", "nd(); // nd", "nd = path;", "\tif (nd)",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES_OF_CODE)
def test_a_text_that_has_a_line_of_code_may_have_code(line: str) -> None:
    assert is_code(line)
    for ends in ("\n", "\r\n", "\r"):
        assert Chunks(f"prose{ends}{line}{ends}prose").may_be_code


def test_words_that_lines_of_code_begin_with_make_no_code_of_prose() -> None:
    assert not Chunks("of great import to us,\nas (for one) it is, if (as they say) true").may_be_code


def test_chunks_may_be_counted_as_others() -> None:
    assert count_words("the xnd of the xnd", ["xnd"], lambda chunk: chunk.replace("x", "")) == {
        "the": 2,
        "of": 1,
        "nd": 2,
    }


def test_the_words_at_the_edges_of_a_chunk_touch_them() -> None:
    assert edge_words("(well-signi") == ("", "signi")
    assert edge_words("cant),") == ("cant", "")


def test_few_chunks_are_found_as_many_are() -> None:
    text = "signicant insignicant signicant. (signicant) signicant\nsignicant"
    few = [start for _, start in Chunks(text).find({"signicant"})]
    many = [start for chunk, start in Chunks(text).find({"signicant", *map(str, range(100))})]
    assert few == many == [0, 45, 55]


def test_pairs_are_counted_over_the_ends_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SIZE", 4)
    monkeypatch.setattr(module, "LONG_TEXT", 0)
    assert Chunks("the rst\nday of the\nrst day").pairs_with({"rst"}) == {("the", "rst"): 2, ("rst", "day"): 2}


WORDS = st.text(st.sampled_from("ab \n-"), max_size=120)


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_text_like_another_has_the_chunks_that_it_has_by_itself(start: str, cut: str, put: str, end: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", 16)
        patch.setattr(blocks, "_MARK", 4)
        patch.setattr(module, "LONG_TEXT", 0)
        text = start + put + end
        made, alone = Chunks(text, Chunks(start + cut + end)), Chunks(text)
    assert list(made) == text.split()
    assert list(made.counts.items()) == list(alone.counts.items())


def test_what_two_texts_share_is_not_taken_apart_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"line {number} of a text that is long enough to have many blocks\n" for number in range(2000))
    first = Chunks(text)
    taken: list[str] = []
    number = Numbering.number

    def note(numbering: Numbering, parts: Sequence[str]) -> object:
        taken.extend(parts)
        return number(numbering, parts)

    monkeypatch.setattr(Numbering, "number", note)
    Chunks(text.replace("line 1000 of", "line 1000 0f"), first)
    assert len(taken) == 1


def find_pairs_slowly(chunks: Chunks, wanted: set[tuple[str, str]]) -> list[tuple[str, str, int, int]]:
    places = [(found.group(), found.start()) for found in re.finditer(r"\S+", chunks.text)]
    beside = pairwise(places)
    return [(a, b, start, end) for (a, start), (b, end) in beside if (a, b) in wanted]


@given(WORDS, st.sets(st.sampled_from(["a", "b", "ab", "ba", "c"])))
def test_the_chunks_of_long_texts_are_those_of_short_ones(text: str, wanted: set[str]) -> None:
    short = Chunks(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", 16)
        patch.setattr(module, "LONG_TEXT", 0)
        long = Chunks(text)
    assert list(long) == list(short)
    assert list(long.counts.items()) == list(short.counts.items())
    assert list(long.pairs_with(wanted).items()) == list(short.pairs_with(wanted).items())
    assert list(long.find(wanted)) == list(short.find(wanted))
    assert list(long.occurrences(wanted)) == list(short.occurrences(wanted)) == [c for c in short if c in wanted]
    pairs = {(first, second) for first in wanted for second in wanted}
    assert list(long.find_pairs(pairs)) == list(short.find_pairs(pairs)) == find_pairs_slowly(short, pairs)
    assert long.last == short.last
    assert long.has_row(wanted) == short.has_row(wanted)


SIGNS = st.text(st.sampled_from("ab \n\t\x0b\f\x1c\0\x08\xa0é\u2003\u3000語\ud800"), max_size=60)


@given(st.lists(SIGNS, max_size=4), st.integers(0, 16), st.integers(0, 60))
def test_chunks_are_numbered_by_what_python_takes_for_white_space(texts: list[str], bits: int, longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONG_TEXT", 0)
        patch.setattr(numbering, "_SLOT_BITS", bits)
        patch.setattr(numbering, "LONGEST_PARTS", longest)
        patch.setattr(numbered._SHARED, "numbering", Numbering())
        for text in texts:
            chunks = Chunks(text)
            assert list(chunks) == text.split()
            assert list(chunks.counts.items()) == list(Counter(text.split()).items())


@given(st.lists(st.text(st.sampled_from("aé\0語"), min_size=1, max_size=20), max_size=20))
def test_chunks_of_any_length_have_numbers_of_their_own(words: list[str]) -> None:
    shared = Numbering()
    rows = [shared.number([" ".join(words)])[0].tolist() for _ in range(2)]
    assert [[shared.names[number] for number in row] for row in rows] == [words, words]


def test_threads_share_the_numbers_of_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG_TEXT", 0)
    monkeypatch.setattr(numbered._SHARED, "numbering", Numbering())
    texts = [" ".join(f"w{number % step}{'x' * (number % 20)}" for number in range(20000)) for step in range(300, 340)]
    with ThreadPoolExecutor(8) as threads:
        for text, chunks in zip(texts, threads.map(Chunks, texts), strict=True):
            assert list(chunks) == text.split()
            assert chunks.word_counts == count_words(text)


def test_full_numberings_are_not_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG_TEXT", 0)
    monkeypatch.setattr(numbering, "MOST_CHUNKS", 3)
    monkeypatch.setattr(numbering, "MOST_LETTERS", 40)
    monkeypatch.setattr(numbered._SHARED, "numbering", Numbering())
    for text in ("a b", "b c d", "e f", "a " + "b" * 50):
        chunks = Chunks(text)
        assert list(chunks) == list(chunks.counts) == list(chunks.word_counts) == text.split()
        assert not numbered._SHARED.numbering.is_full


@given(st.lists(st.text(st.sampled_from("ab,.é1("), min_size=1, max_size=5), max_size=8))
def test_the_kinds_of_chunks_that_were_met_and_of_others_are_told(words: list[str]) -> None:
    texts = " ".join(words[:4]), " ".join(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONG_TEXT", 0)
        long = [*map(Chunks, texts)]
    for chunks in (*long, *map(Chunks, texts)):
        assert chunks.of_kind(WITH_COMMA) == [c for c in chunks.counts if COMMA.search(c)]
        assert chunks.of_kind(WITH_BOTH) == [c for c in chunks.counts if COMMA.search(c) or DIGIT.search(c)]
        assert chunks.of_length(2, 3) == [c for c in chunks.counts if 2 <= len(c) <= 3]
        assert chunks.count_edges("(", ",.") == sum(c[0] == "(" for c in chunks) + sum(c[-1] in ",." for c in chunks)


def test_the_kinds_of_more_chunks_than_are_remembered_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_CHUNKS", 3)
    kinds.MET_KINDS.clear()
    for text in ("a,b c", "a,b c d,e f", "g,h i j,k l m,n", "a,b " + "x,y" * 99):
        assert Chunks(text).of_kind(WITH_COMMA) == [chunk for chunk in text.split() if "," in chunk]
        assert len(kinds.MET_KINDS) <= 3


@given(WORDS, st.sets(st.sampled_from(["a", "b", "ab", "ba", "c"])))
def test_the_chunks_that_have_some_words_are_told(text: str, wanted: set[str]) -> None:
    short = Chunks(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONG_TEXT", 0)
        long = Chunks(text)
        assert list(long.word_counts.items()) == list(short.word_counts.items())
        for chunks in (short, long):
            assert chunks.having(wanted) == {c for c in chunks.counts if any(w in wanted for w, _ in words_in(c))}


@given(
    st.lists(st.sampled_from(["re", "-", "\xad", "¬", "\n", "\r\n", " ", "\t", "(", "\f", "è"]), max_size=30).map(
        "".join
    )
)
def test_halves_of_divided_words_have_an_edge_where_one_is_looked_for(text: str) -> None:
    edges = Chunks(text).edges_of_halves
    for word in re.finditer("[rè]e?", text):
        assert not is_fragment(text, *word.span()) or not edges.isdisjoint(word.span())
