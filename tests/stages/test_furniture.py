from __future__ import annotations

import json
import random
import re
import string
from itertools import count
from unittest.mock import Mock

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligafix import Cleaner, Settings
from ligafix.audit.log import SCHEMA_FILE, AuditLog
from ligafix.changes import Change, Status, apply_changes, undo_changes
from ligafix.evidence.neighbours import Neighbours
from ligafix.formats.text import decode, encode_like
from ligafix.stages.furniture import chains, layout
from ligafix.stages.furniture.chains import count_through
from ligafix.stages.furniture.context import is_in_sentence
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.numbers import find_plausible, read_page_numbers
from ligafix.stages.furniture.repetition import MOST_PASSED, are_entries
from tests.cases import load_cases
from tests.repeated import lines_of

CLEANER = Cleaner(Settings(stages=("furniture",)))
WITH_HYPHENS = Cleaner(Settings(stages=("furniture", "hyphens")))
MARKING = Cleaner(Settings(stages=("furniture",), furniture="mark"))
KEEPING = Cleaner(Settings(stages=("furniture",), furniture="keep"))

SENTENCES = (
    "The engineers measured from the ring for nine weeks and found that the tide stood lower than",
    "it did when the charts were made, which was not what the board had wanted to hear from them,",
    "and the clerk wrote all of it into the ledger that he carried under his coat whenever it was",
    "raining, as it did on most days of that year until the middle of June, when they went home by",
)


def make_pages(number: int, head: str = "", foot: str = "", lines: int = 8) -> list[str]:
    """Pages of prose whose sentences run on; `head` and `foot` are templates for the number of the page."""
    words = count()
    pages = []
    for page in range(number):
        body = [f"{SENTENCES[next(words) % 4]} {string.ascii_lowercase[page % 26] * 5}" for _ in range(lines)]
        edges = [[template.format(page + 11)] if template else [] for template in (head, foot)]
        pages.append("\n".join([*edges[0], *body, *edges[1]]) + "\n")
    return pages


def make_distinct_pages(number: int) -> list[str]:
    """Pages of prose of which no two lines are alike, and whose sentences run on."""
    words = " ".join(SENTENCES).split()
    return [
        "\n".join(" ".join(random.Random(f"{page} {line}").sample(words, 14)) for line in range(8))  # noqa: S311
        for page in range(number)
    ]


@pytest.mark.parametrize("chosen", [{3, 5, 6, 9}, {2}, set(range(12))])
def test_a_number_before_the_text_goes_and_the_text_stays(chosen: set[int]) -> None:
    pages = ["Results and Discussion\n" + page if n == 6 else page for n, page in enumerate(make_distinct_pages(12))]
    text = "\n\f".join(f"{n + 11}{' ' if n in chosen else chr(10)}{page}" for n, page in enumerate(pages))
    result = CLEANER.clean(text)
    assert result.text.split() == " ".join(pages).split()
    assert [s.page for c in result.changes for s in c.steps if s.page] == [str(n + 11) for n in range(12)]


def applied(text: str, cleaner: Cleaner = CLEANER) -> list[Change]:
    return [change for change in cleaner.clean(text).changes if change.status == Status.APPLIED]


@pytest.mark.parametrize(("original", "restored"), load_cases("furniture.json", "original", "restored"))
def test_furniture_goes_and_the_text_stays(original: str, restored: str) -> None:
    assert CLEANER.clean(original).text == restored


@pytest.mark.parametrize("restored", load_cases("furniture.json", "restored", known_failures=False))
def test_a_text_without_furniture_is_left_alone(restored: str) -> None:
    assert CLEANER.clean(restored).text == restored


THINGS = ("ribbons", "ropes", "cloths", "chains", "laces", "cords", "belts", "wires", "tapes", "cables", "hoses")


@pytest.mark.parametrize(
    "entry",
    [
        "{n} And the maker of {thing} went up to the town by the old road in the rain, and sat there",
        "{n} {thing} that are sold by the yard in the shops of the old town and in the market there",
        "{n}. He asked for {thing}. They had none of them in the shop, and sent him to the other one.",
        "The {thing} of that year were brought to the market before the rain of 18{n}",
        "{n}\t{n}.5\t{thing}",
        "{n}",
    ],
)
def test_what_counts_but_is_no_prose_keeps_its_numbers(entry: str) -> None:
    text = "".join(entry.format(n=n, thing=THINGS[n % len(THINGS)]) + "\n" for n in range(10, 50))
    assert CLEANER.clean(text).text == text


@pytest.mark.parametrize("original", load_cases("furniture.json", "original", known_failures=False))
def test_the_log_leads_both_ways(original: str) -> None:
    result = CLEANER.clean(original)
    assert apply_changes(original, result.changes) == result.text
    assert undo_changes(result.text, result.changes) == original


@pytest.mark.parametrize("original", load_cases("furniture.json", "original", known_failures=False))
def test_marked_furniture_stays_marked_once(original: str) -> None:
    marked = MARKING.clean(original).text
    assert MARKING.clean(marked).text == marked
    assert marked.replace("<furniture>", "").replace("</furniture>", "") == original


def test_marks_stand_around_the_lines_that_would_go() -> None:
    text = "\f".join(make_pages(4, head="The Harbour at Ormsey {}"))
    assert MARKING.clean(text).text.count("<furniture>The Harbour at Ormsey 1") == 4


def test_furniture_that_is_kept_is_not_looked_for() -> None:
    text = "\f".join(make_pages(4, head="The Harbour at Ormsey {}"))
    result = KEEPING.clean(text)
    assert result.text == text
    assert result.changes == ()


def test_the_log_keeps_the_printed_page_numbers() -> None:
    changes = applied("\f".join(make_pages(5, foot="- {} -")))
    assert [change.steps[0].page for change in changes] == ["11", "12", "13", "14", "15"]


def test_a_written_log_keeps_the_printed_page_numbers() -> None:
    source = decode("\f".join(make_pages(5, foot="- {} -")).encode())
    result = CLEANER.clean(source.text)
    output = encode_like(result.text, source)
    log = AuditLog.record(source, output, result.changes, settings=CLEANER.settings, dictionaries="0" * 64).to_bytes()
    for line in log.splitlines():
        jsonschema.validate(json.loads(line), json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    removed = [change for change in AuditLog.from_bytes(log).changes if change.status == Status.APPLIED]
    assert [change.steps[0].page for change in removed] == ["11", "12", "13", "14", "15"]


def test_the_log_says_why_a_line_went() -> None:
    change = applied("\f".join(make_pages(5, head="The Harbour at Ormsey {}")))[1]
    assert change.steps[0].rule == "running-head"
    assert "counts over 5 pages" in change.steps[0].evidence
    assert "stands on 5 pages" in change.steps[0].evidence


def test_a_word_divided_by_a_page_is_joined_once_the_head_is_gone() -> None:
    before = "They measured for nine weeks from the ring and recon-\n\n"
    behind = "\n\nsidered what they had been told.\nNobody could tell them more.\nThe bar had moved to the north.\n"
    assert "reconsidered" in WITH_HYPHENS.clean(f"{before}130 | The Harbour{behind}").text


def make_divided(foot: str, end: str) -> str:
    """Pages that end within words, where a sign took the place of the line's end before the foot."""
    halves = [("arrange", "ment"), ("commit", "ment"), ("under", "standing"), ("settle", "ment"), ("govern", "ment")]
    pages = [f"{make_prose(n)}Nobody had seen the {left}\ufffe{foot}" for n, (left, _) in enumerate(halves)]
    return "".join(f"{page}{end}{right} of the harbour. " for page, (_, right) in zip(pages, halves, strict=True))


@pytest.mark.parametrize("foot", ["Generated by the clerk of the board", "Downloaded from www.example.org in 2003"])
def test_a_foot_that_took_the_place_of_a_words_other_half_goes(foot: str) -> None:
    cleaned = WITH_HYPHENS.clean(make_divided(foot, "\r\n\f")).text
    assert foot not in cleaned
    assert {"arrangement", "commitment", "understanding", "settlement", "government"} <= set(cleaned.split())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_no_foot_is_taken_for_a_words_other_half(end: str) -> None:
    text = make_divided("Generated by the clerk of the board", end)
    assert WITH_HYPHENS.clean(text).text == text


def test_what_is_not_certain_is_suggested() -> None:
    text = "".join(make_pages(1)) + "They went home by the evening train.\n- 12 -\n"
    result = CLEANER.clean(text)
    assert result.text == text
    assert [change.status for change in result.changes] == [Status.SUGGESTED]


def test_a_lower_threshold_removes_more() -> None:
    text = "".join(make_pages(1)) + "They went home by the evening train.\n- 12 -\n"
    daring = Cleaner(Settings(stages=("furniture",), min_confidence=0.3))
    assert "- 12 -" not in daring.clean(text).text


def test_a_line_in_every_file_of_a_folder_is_furniture() -> None:
    pages = [page + "Read more in the Ormsey Reading Room\n" for page in make_pages(8)]
    repeated = lines_of(pages)
    assert "Reading Room" in CLEANER.clean(pages[0]).text
    assert "Reading Room" not in CLEANER.clean(pages[0], neighbours=Neighbours(group=repeated)).text


def test_a_heading_in_every_file_of_a_folder_stays() -> None:
    pages = [f"Conclusions\n{page}" for page in make_pages(8)]
    repeated = lines_of(pages)
    assert CLEANER.clean(pages[0], neighbours=Neighbours(group=repeated)).text == pages[0]


def make_letters(number: int) -> list[str]:
    """Letters of the same hand, none of which breaks off within a sentence."""
    letters = "Penrith, {day} June 1860\n\nDear Sir,\n\n{body}\nYours faithfully,\nA. Penn\n"
    return [letters.format(day=3 * n % 28 + 1, body=make_prose(n, 4)) for n in range(number)]


def test_what_all_letters_have_stays() -> None:
    letters = make_letters(8)
    assert CLEANER.clean("\f".join(letters)).text == "\f".join(letters)
    repeated = lines_of(letters)
    assert CLEANER.clean(letters[0], neighbours=Neighbours(group=repeated)).text == letters[0]


@pytest.mark.parametrize("heading", ["Case {}", "Plate {}.", "Lesson {}"])
def test_what_heads_whole_pages_stays(heading: str) -> None:
    text = "\f".join(
        f"{heading.format(n)}\n\n{make_prose(n, 5)}\nFindings\n\n{make_prose(99 - n, 4)}" for n in range(1, 8)
    )
    assert CLEANER.clean(text).text == text


def test_a_number_in_every_file_of_a_folder_stays() -> None:
    pages = [page + f"[{number}]\nof 100\n" for number, page in enumerate(make_pages(8))]
    neighbours = Neighbours(group=lines_of(pages))
    assert "[0]\n" in CLEANER.clean(pages[0], neighbours=neighbours).text


def test_a_form_feed_that_is_a_ligature_ends_no_page() -> None:
    lines = "The \x0crst of\x0ccers found the of\x0cce, and were satis\x0ced.\nThe \x0cve men signi\x0ced it.\n" * 3
    assert CLEANER.clean(lines).text == lines


def test_a_long_line_is_searched_in_linear_time() -> None:
    text = "The harbour | " * 200_000
    assert CLEANER.clean(text).text == text


LINE = st.text(alphabet=" 12lx.-|\fEa", max_size=12)


@given(st.lists(st.text(alphabet="Ia 12lx.-|—", max_size=14).map(lambda line: " ".join(line.split()))))
def test_a_line_that_bears_a_number_is_found_among_many(lines: list[str]) -> None:
    assert find_plausible(lines) >= set(filter(read_page_numbers, lines))


@settings(deadline=None)
@given(st.lists(LINE, max_size=30))
def test_whatever_the_text_the_log_leads_back(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = CLEANER.clean(text)
    assert undo_changes(result.text, result.changes) == text
    assert MARKING.clean(text).text.replace("<furniture>", "").replace("</furniture>", "") == text


@settings(deadline=None)
@given(st.lists(LINE, max_size=30))
def test_cleaning_again_changes_nothing(lines: list[str]) -> None:
    once = CLEANER.clean("\n".join(lines)).text
    assert CLEANER.clean(once).text == once


def make_prose(seed: int, lines: int = 12) -> str:
    """A page of whole sentences that no other page has."""
    draw = random.Random(seed)  # noqa: S311
    words = " ".join(SENTENCES).replace(",", "").lower().split()
    rows = (" ".join(draw.sample(words, 11)) for _ in range(lines))
    return "".join(f"{row.capitalize()}.\n" for row in rows)


def test_the_title_of_a_chapter_stays_where_its_heads_say_it_in_another_way() -> None:
    heads = ["11\n2 The harbour and its tides", *(f"Chapter 2: The harbour and its tides\n{n}" for n in range(12, 17))]
    prose = [make_prose(number) for number in range(6)]
    prose[2:4] = [prose[2].removesuffix(".\n") + "\n", prose[3][0].lower() + prose[3][1:]]  # a sentence runs on
    pages = [f"{head}\n{text}" for head, text in zip(heads, prose, strict=True)]
    cleaned = CLEANER.clean("\f".join([make_prose(9) + "10\n", *pages])).text
    assert "2 The harbour and its tides\n" in cleaned
    assert "Chapter 2" not in cleaned


def test_a_heading_that_opens_several_documents_stays() -> None:
    numbers = ("i", "ii", "iii", "iv", "v", "vi")
    pages = [
        f"{number}\n{'Abstract' + chr(10) if number == 'ii' else ''}{make_prose(10 * document + place, 5)}"
        for document in range(12)
        for place, number in enumerate(numbers)
    ]
    cleaned = CLEANER.clean("\f".join(pages)).text
    assert cleaned.count("Abstract\n") == 12
    assert "ii\n" not in cleaned


def test_numbers_of_propositions_in_lines_of_their_own_stay() -> None:
    claim = "\n.)\nP\nROPOSITION\n{n}\n(\nFULL CORRECTNESS\n).\nFor any value p that denotes a program,\nEval.main p\n"
    before = [make_prose(n).removesuffix(".\n") for n in range(1, 10)]
    text = "".join(f"{text}{claim.format(n=n)}2.{n}.4\n{make_prose(99 - n)}" for n, text in enumerate(before, start=1))
    assert CLEANER.clean(text).text == text


def test_records_that_differ_in_nothing_but_numbers_stay() -> None:
    records = (
        f"commit {n * 7919:x}\nAuthor: Anna Berg\nDate:   Mon Mar {n % 28 + 1} 10:{n:02d}:12 2019 +0100\n\n"
        f"    {make_prose(n, 1)}\n    Signed-off-by: Anna Berg.\n"
        for n in range(100)
    )
    lines = "\n".join(records).split("\n")
    text = "\f".join("\n".join(lines[at : at + 50]) for at in range(0, len(lines), 50))
    assert CLEANER.clean(text).text == text


def test_sentences_that_begin_alike_stay() -> None:
    begin = "The ground is of two colours, and the darker one, where it can be seen, consists of"
    entries = [f"\n{begin}\n{make_prose(n, 30).lower()}" for n in range(5)]
    text = "\n".join(entries)
    assert CLEANER.clean(text).text == text


def test_numbers_of_notes_below_the_text_of_pages_are_no_page_numbers() -> None:
    """Each note has a line for its number, breaks a sentence off, and begins a sentence of its own."""
    pages = make_distinct_pages(8)
    noted = [f"{page}\n{n}\n{make_prose(n, 1)}{n + 77}\n" for n, page in enumerate(pages, 1)]
    cleaned = CLEANER.clean("".join(noted)).text
    assert [f"\n{n}\n" in cleaned for n in range(1, 9)] == [True] * 8
    assert not any(f"\n{n}\n" in cleaned for n in range(79, 84))


@pytest.mark.parametrize("beside", ["Table 2. Legislation on Drivers in Europe", "2.5 References"])
def test_of_a_page_number_beside_a_caption_or_a_heading_goes_the_number_only(beside: str) -> None:
    pages = [f"{n}\n{page}" for n, page in enumerate(make_distinct_pages(9), 5)]
    pages[4] = pages[4].replace("9\n", f"9 {beside}\n", 1)
    cleaned = CLEANER.clean("\f".join(pages)).text
    assert f"{beside}\n" in cleaned
    assert f"9 {beside}" not in cleaned


def test_entries_of_a_table_of_contents_stay() -> None:
    names = [word.capitalize() for word in " ".join(SENTENCES).replace(",", "").split()]
    rows = [f"{name} Functions{' .' * 60} {number}\n" for number, name in enumerate(names, 600)]
    contents = "\f".join("".join(rows[at : at + 9]) for at in range(0, 63, 9))
    assert CLEANER.clean(contents).text == contents


@pytest.mark.parametrize("firsts", [(43, 105, 323), (101, 43, 108, 50), (323, 330, 324, 331), (1, 100, 8, 107, 15)])
def test_numbers_that_count_one_after_the_other_are_all_found_at_the_first_look(firsts: tuple[int, ...]) -> None:
    numbers = [first + page for first in firsts for page in range(7)]
    text = "".join(f"{page}{n}\n" for page, n in zip(make_pages(len(numbers), lines=24), numbers, strict=True))
    shown = Layout(text)
    assert [one.number.value for _, one in sorted(count_through(shown).items())] == numbers


def test_a_column_of_roman_numerals_counts_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "_join_links", None)
    assert count_through(Layout("i\nii\niii\niv\nv\nvi\n" * 9)) == {}


def test_steps_that_cannot_make_a_better_chain_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Mock(wraps=chains._unlikeness)
    monkeypatch.setattr(chains, "_unlikeness", tried)
    count_through(Layout("i\nthe\nii\nof\niii\nan\niv\nhis\n" * 100))
    assert tried.call_count < 20_000  # of 96,000


def test_the_text_behind_a_line_is_looked_for_nearby() -> None:
    class Everything:
        asked = 0

        def __contains__(self, _: object) -> bool:
            self.asked += 1
            return True

    passed = Everything()
    assert not are_entries(Layout("a line\n" * 10_000), range(0, 10_000, 100), passed)
    assert passed.asked <= 100 * MOST_PASSED


def test_pages_of_less_than_a_line_have_no_furniture() -> None:
    text = "\f".join(f"{number} THE HISTORY OF THE RIVER\nthe first of\n" for number in range(1, 40))
    assert CLEANER.clean(text).text == text


@given(st.text("ab \n\f\r", max_size=40))
def test_a_long_text_is_split_into_lines_part_by_part(text: str) -> None:
    whole = Layout(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "PART", 3)
        parts = Layout(text)
    assert [(parts.start(n), parts.end(n), parts.page(n), parts.content(n)) for n in range(len(parts))] == [
        (whole.start(n), whole.end(n), whole.page(n), whole.content(n)) for n in range(len(whole))
    ]
    assert [text[whole.start(n) : whole.end(n)] for n in range(len(whole))] == _find_lines(text)


def _find_lines(text: str) -> list[str]:
    """The lines of a text that hold anything, without the white space around them."""
    return [line.strip() for line in re.split("[\f\n]", text) if line.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as is shown (see Figure\n5\n.) After that", True),
        ("refused to answer.\n3\nhttp://www.example.org", True),
        ("is given in Table\n2\nbelow the others", True),
        ("and the officer of the staff\n5\nfound the file", False),
        ("These are the figures.\n12\nFigure 5 shows them", False),
        ("the results (see Figure\f\n6\n5)", False),
    ],
)
def test_a_number_in_a_line_of_its_own_may_belong_to_its_sentence(text: str, expected: bool) -> None:
    layout = Layout(text)
    line = next(n for n in range(len(layout)) if layout.is_number(n))
    assert is_in_sentence(layout, line) is expected


def _between_pages(*blocks: str) -> str:
    """Pages of prose whose sentences run on across each of some blocks, one between two of them."""
    pages = make_distinct_pages(len(blocks) + 1)
    return "\n".join([*(f"{page}\n{block}" for page, block in zip(pages, blocks, strict=False)), pages[-1]]) + "\n"


@pytest.mark.parametrize(
    "blocks",
    [
        [f"         State : clean\n  Failed Pumps : {n}\n         Level : high" for n in range(1, 6)],
        ["    permit_own_network,"] * 6,
        [f"{n:3}  -- the smith\n{n + 1:3}" for n in range(4, 10)],
    ],
    ids=["entries of a report", "settings", "a listing with empty lines"],
)
def test_what_programs_write_stays_though_it_repeats_or_counts(blocks: list[str]) -> None:
    text = _between_pages(*blocks)
    assert CLEANER.clean(text).text == text


def test_a_line_that_stands_with_the_text_is_no_part_of_a_head_that_blank_lines_part_from_it() -> None:
    own = "\nAdded in the Second Edition"
    feet = [f"{own * (n in (11, 12, 17))}\n\n\n\nThe Pumps   {n}\n\n\nPUMP(8)\n\n\n" for n in range(11, 21)]
    pages = make_distinct_pages(10)
    cleaned = CLEANER.clean("".join(map("".join, zip(pages, feet, strict=True)))).text
    assert cleaned.count("Added in the Second Edition") == 3
    assert "The Pumps   14" not in cleaned
    assert "PUMP(8)" not in cleaned
