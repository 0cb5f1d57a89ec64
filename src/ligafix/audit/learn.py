"""What decisions teach: entries of a project's dictionary, which later runs follow.

A rejected series becomes a pair to ignore, an accepted one a pair to prefer, an edited one both. A suspicion that was
rejected becomes a word. Only what can stand in a dictionary is learned: words and pairs of words, no line ends and no
control characters, which mean something else in the next document.

What was decided about single places says nothing about others, so it is learned only when asked for, and only where
all places of a pair agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ligafix.audit.decisions import Decision, Key, PlaceKey, SeriesKey, Verdict
from ligafix.dictionary import entry_of, is_teachable, read_dictionary, split_pair
from ligafix.formats.files import write_files


@dataclass(frozen=True, slots=True)
class Lessons:
    """Entries of a dictionary, in order, and how many decisions teach nothing."""

    entries: tuple[str, ...]
    passed_over: int


def learn(decisions: Mapping[Key, Decision], *, places: bool = False) -> Lessons:
    """What decisions teach.

    Args:
        decisions: what was decided.
        places: learn from single places as well, where all of a pair agree.
    """
    found: dict[str, None] = {}
    passed_over = 0
    for before, after, decision in _lessons(decisions, places=places):
        entries = list(_entries(before, after, decision))
        passed_over += not entries
        found.update(dict.fromkeys(entries))
    kept = _drop_contradictions(found)
    return Lessons(tuple(sorted(kept)), passed_over + len(found) - len(kept))


def ignore_entry(before: str, after: str) -> str | None:
    """The entry that keeps a pair from ever being made; None where it cannot stand in a dictionary."""
    if before == after:
        return before if is_teachable(before, after) else None
    return f"!{before}={after}" if is_teachable(before, after) else None


class Added(NamedTuple):
    """What adding entries to a dictionary did to it.

    Attributes:
        new: how many of them were new.
        gone: the lines that gave way to them, each with its place among all (from 0).
    """

    new: int
    gone: tuple[tuple[int, str], ...] = ()


def add_entries(path: Path, entries: Iterable[str]) -> Added:
    """Add entries to a dictionary, which is made if there is none.

    What the dictionary says to the contrary gives way; all else stays as it is, comments too.

    Raises:
        SettingsError: the file is no dictionary.
        OutputError: it cannot be written.
    """
    lines: list[str] = []
    if path.exists():
        read_dictionary(path)
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    known = {entry_of(line) for line in lines}
    new = [entry for entry in dict.fromkeys(entries) if entry not in known]
    contrary = {other for entry in new for other in _contrary(entry, known)}
    gone = tuple((place, line) for place, line in enumerate(lines) if entry_of(line) in contrary)
    kept = [line for line in lines if entry_of(line) not in contrary]
    if new:
        text = "\n".join([*kept, *new]) if kept and kept[-1] else "\n".join([*kept[:-1], *new])
        write_files([(path, f"{text}\n".encode())])
    return Added(len(new), gone)


def remove_entry(path: Path, entry: str, gone: Iterable[tuple[int, str]] = ()) -> None:
    """Take an entry out of a dictionary again, and put back what gave way to it.

    Raises:
        OutputError: it cannot be written.
    """
    lines = [line for line in path.read_bytes().decode("utf-8-sig").split("\n") if entry_of(line) != entry]
    for place, line in gone:
        lines.insert(place, line)
    write_files([(path, "\n".join(lines).encode())])


def _lessons(decisions: Mapping[Key, Decision], *, places: bool) -> Iterator[tuple[str, str, Decision]]:
    """The pairs that something was decided about, and what."""
    told = set()
    by_pair: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
    for key, decision in decisions.items():
        if isinstance(key, SeriesKey):
            told.add((key.before, key.after))
            yield key.before, key.after, decision
        elif isinstance(key, PlaceKey):
            by_pair[key.before, key.after].append(decision)
    for (before, after), said in by_pair.items() if places else ():
        if (before, after) not in told and len({(d.verdict, d.text) for d in said}) == 1:
            yield before, after, said[0]


def _entries(before: str, after: str, decision: Decision) -> Iterator[str]:
    ignored = ignore_entry(before, after)
    if decision.verdict != Verdict.ACCEPT and ignored and (before != after or decision.verdict == Verdict.REJECT):
        yield ignored
    wanted = after if decision.verdict == Verdict.ACCEPT else decision.text
    if wanted is not None and wanted != before and is_teachable(before, wanted):
        yield f"{before}={wanted}"


def _drop_contradictions(entries: Collection[str]) -> list[str]:
    """The entries without those that prefer two things for one word, or what another ignores."""
    known = frozenset(entries)
    preferred = Counter(split_pair(e)[0] for e in entries if _is_preference(e))
    return [
        e
        for e in entries
        if not (_is_preference(e) and (preferred[split_pair(e)[0]] > 1 or f"!{e}" in known))
        and not (e.startswith("!") and e.removeprefix("!") in known)
    ]


def _contrary(entry: str, known: Iterable[str]) -> Iterator[str]:
    """The entries of a dictionary that a new one contradicts."""
    if not _is_preference(entry):
        yield entry.removeprefix("!")
        return
    yield f"!{entry}"
    before = split_pair(entry)[0]
    yield from (other for other in known if _is_preference(other) and split_pair(other)[0] == before)


def _is_preference(entry: str) -> bool:
    return "=" in entry and not entry.startswith(("!", "#"))
