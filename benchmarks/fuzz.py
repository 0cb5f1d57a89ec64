"""Look for a text that breaks a promise of the cleaner: mutated pages, and settings of any kind.

    python benchmarks/fuzz.py --seconds 600 seeds/*.damaged.txt PAGES...
    python benchmarks/fuzz.py --coverage --seconds 600 PAGES...      # guided by coverage; needs atheris

Each text is cleaned with each promise checked: no exception but our own; the log replays both ways; cleaning again
changes nothing, neither the text nor the bytes it stands in; what was cleaned before it makes no difference, and it
comes out of a process of its own the same. A find is made as small as it goes and written to a
JSON file of its own in the folder `--finds`; the exit status is 1 if there are any.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ligafix import Cleaner

# The package itself is imported only when it is used, for atheris has to be there before it.

ODD = (
    *("\x00", "\x03", "\x0c", "\r", "\n", "\r\n", "\n\n", "\t", " ", "  ", "-"),
    *("\u00ad", "\u00ac", "\ufffe", "\ufffd", "\ufffc", "\u00af", "\u00ae", "\ufb01", "\ufb05"),
    *("\u00a8", "\u00b4", "\u0304", "\u0301", " \u0304", "\u00e2\u20ac\u2122", "\u00c3\u00a9"),
    *("\ud800", "\udce9", "\U0001d504", "(cid:12)", "/G3", "/uniFB01", "fi", "ff", "0", "1", "iv", "xii"),
    *("Chapter 2", "Vol. 3", "*", "\u2020", "----", "....", "!", "'", "\u2019", "|"),
)
"""What damaged pages hold, and what the stages look for."""

LONGEST = 3000
"""Code points of an excerpt at most: a page or two, so that a run looks at many."""

WISHES = {
    "ignore": ["the", "of=off", "/.*ed/", "rst", "/[0-9]+/"],
    "prefer": ["rst=first", "of=off", "a=aff", "le=file", "de=define"],
    "protect": ["[A-Z]{2,}", r"\d+\n", "(?s)the.*?of", r"\S+-\s*\n", "$", "."],
}
"""What a user may say of words and places."""

ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp1250", "koi8-r")
"""What the bytes of a text may be written in; where it does not fit, in UTF-8."""

MINIMISING_SECONDS = 60.0


@dataclass(frozen=True)
class Find:
    """A text that broke a promise, under which settings, and what happened."""

    promise: str
    detail: str
    settings: dict[str, Any]
    text: str


@dataclass
class Mutator:
    """Draws excerpts of pages and changes them; the same seed draws the same ones."""

    rng: random.Random
    pages: Sequence[str]

    def draw(self) -> str:
        """An excerpt with up to thirty changes; now and then lines of several pages."""
        text = self._excerpt()
        if self.rng.random() < 0.15:
            text += self.rng.choice(("", "\n", "\f")) + self._excerpt()
        for _ in range(self.rng.choice((0, 1, 3, 10, 30))):
            text = self.mutate(text)
        return text

    def mutate(self, text: str) -> str:
        """One change: something odd put in, a piece cut out, copied, moved or repeated."""
        at = self.rng.randrange(len(text) + 1)
        piece = self._piece(text)
        change = self.rng.randrange(6)
        if change <= 1:
            return text[:at] + self.rng.choice(ODD) + text[at:]
        if change == 2:
            return text[:at] + text[at + len(piece) :]
        if change == 3:
            return text[:at] + piece + text[at:]
        if change == 4:
            return text[:at] + piece * self.rng.randint(2, 5) + text[at:]
        return text.replace(piece[:2], self.rng.choice(ODD)) if piece else text

    def _excerpt(self) -> str:
        page = self.rng.choice(self.pages)
        length = self.rng.choice((60, 200, 200, 800, LONGEST))
        start = self.rng.randrange(max(1, len(page) - length))
        return page[start : start + length]

    def _piece(self, text: str) -> str:
        """A few letters, or a line with its end."""
        at = self.rng.randrange(len(text) + 1)
        if self.rng.random() < 0.5:
            return text[at : at + self.rng.randint(1, 8)]
        start = text.rfind("\n", 0, at) + 1
        return text[start : text.find("\n", at) + 1 or None]


def draw_settings(rng: random.Random) -> dict[str, Any]:
    """The settings to clean with, as plain values: half the time the defaults, else anything that is allowed."""
    from ligafix import settings

    if rng.random() < 0.5:
        return {}
    drawn: dict[str, Any] = {
        "furniture": rng.choice(settings.FURNITURE_MODES),
        "footnotes": rng.choice(settings.FOOTNOTE_MODES),
        "reflow": rng.random() < 0.5,
        "restore_macrons": rng.random() < 0.3,
        "min_confidence": rng.choice((0.9, 0.9, 0.5, 0.0, 0.99, 1.0)),
    }
    if rng.random() < 0.4:
        drawn["stages"] = rng.sample(settings.STAGES, rng.randint(1, len(settings.STAGES)))
    if rng.random() < 0.2:
        drawn["languages"] = rng.choice((["en"], ["de"], ["ja", "fr"], ["zz"]))
    if rng.random() < 0.2:
        drawn |= {name: rng.sample(entries, rng.randint(0, 2)) for name, entries in WISHES.items()}
    return drawn


def check(text: str, settings: dict[str, Any]) -> tuple[str, str] | None:
    """The promise that cleaning a text breaks, and how; None where it keeps all."""
    from ligafix import Cleaner, LigafixError, Settings
    from ligafix.changes import apply_changes, undo_changes

    try:
        cleaner = Cleaner(Settings.from_mapping(settings))
        once = cleaner.clean(text)
        if apply_changes(text, once.changes) != once.text or undo_changes(once.text, once.changes) != text:
            return "replay", "the changes lead elsewhere"
        twice = cleaner.clean(once.text)
        unsettled = _changes_bytes(text, cleaner)
    except LigafixError as error:
        return "error", f"{type(error).__name__}: {error}"
    except Exception as error:  # any of them is a find
        return "exception", f"{type(error).__name__}: {error} at {_last_place(error)}"
    if twice.text != once.text:
        more = next(c for c in twice.changes if c.status == "applied")
        rules = "; ".join(f"{step.stage} {step.rule}" for step in more.steps)
        return "idempotence", f"{rules}: {more.before!r} -> {more.after!r}"
    return ("bytes", unsettled) if unsettled else None


def _changes_bytes(text: str, cleaner: Cleaner) -> str:
    """How the bytes of a text fare otherwise than it should be; '' where all is well."""
    from ligafix.audit.log import AuditLog
    from ligafix.audit.record import clean_bytes
    from ligafix.errors import InputError
    from ligafix.formats.text import decode

    data = bytes_of(text)
    try:
        decode(data)
    except InputError:  # bytes that are no text are refused
        return ""
    once = clean_bytes(data, cleaner)
    log = AuditLog.from_bytes(once.make_log(Path("log"), None, None))
    if log.replay(data) != once.output.data or log.undo(once.output.data) != data:
        return "the log leads elsewhere"
    again = clean_bytes(once.output.data, cleaner)
    if again.output.data != once.output.data:
        return f"read as {once.source.encoding}, then as {again.source.encoding}: changed again"
    return ""


def bytes_of(text: str) -> bytes:
    """The bytes of a text in an encoding that depends on its length; any other text may come of them."""
    try:
        return text.encode(ENCODINGS[len(text) % len(ENCODINGS)])
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _last_place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def outcome(text: str, settings: dict[str, Any]) -> str:
    """What comes of a text, with every change of it."""
    from ligafix import Cleaner, Settings

    return repr(Cleaner(Settings.from_mapping(settings)).clean(text).changes)


def outcome_alone(text: str, settings: dict[str, Any]) -> str:
    """What comes of a text in a process that has seen no other."""
    code = "import json, sys; from fuzz import outcome; print(ascii(outcome(*json.load(sys.stdin))))"
    command = [sys.executable, "-c", code]
    given = json.dumps([text, settings])
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    return str(ast.literal_eval(done.stdout))


def minimise(text: str, fails: Callable[[str], bool], seconds: float = MINIMISING_SECONDS) -> str:
    """A smaller text that fails, too: pieces are left out, each time shorter ones (Zeller 2002, ddmin)."""
    end = time.monotonic() + seconds
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text) and time.monotonic() < end:
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


@dataclass
class Fuzzer:
    """Checks texts, remembers what broke, and writes it down once for each kind."""

    finds: Path
    rng: random.Random
    seen: set[str] = field(default_factory=set)
    texts: int = 0
    broken: int = 0
    _kept: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)

    def try_text(self, text: str, settings: dict[str, Any]) -> None:
        """Check one text, and now and then one from before: what came between must not change what comes of it."""
        self.texts += 1
        broken = check(text, settings)
        if broken:
            self._note(*broken, text, settings)
        else:
            self._recall(text, settings)

    def _recall(self, text: str, settings: dict[str, Any]) -> None:
        if self.rng.random() < 0.02:
            self._kept.append((text, settings, outcome(text, settings)))
        if len(self._kept) > 20:
            text, settings, before = self._kept.pop(0)
            alone = self.rng.random() < 0.2 and outcome_alone(text, settings)
            if outcome(text, settings) != before or (alone and alone != before):
                self._note("independence", "cleaned otherwise than before, or than alone", text, settings)

    def _note(self, promise: str, detail: str, text: str, settings: dict[str, Any]) -> None:
        self.broken += 1
        kind = f"{promise} {detail.partition(':')[0]} {detail.rpartition(' at ')[2] if promise == 'exception' else ''}"
        if kind in self.seen:
            return
        self.seen.add(kind)
        if promise != "independence":
            text = minimise(text, lambda shorter: (check(shorter, settings) or ("",))[0] == promise)
            promise, detail = check(text, settings) or (promise, detail)
        self.finds.mkdir(parents=True, exist_ok=True)
        free = next(n for n in count(1) if not (self.finds / f"{promise}-{n}.json").exists())
        record = json.dumps(asdict(Find(promise, detail, settings, text)), indent=1)
        (self.finds / f"{promise}-{free}.json").write_text(record + "\n", encoding="utf-8")
        print(f"{promise}: {detail[:200]}; {settings} {text[:200]!r}", flush=True)


def read_pages(paths: Sequence[Path]) -> list[str]:
    """The texts of files, as the cleaner would see them."""
    return [path.read_bytes().decode("utf-8", "surrogateescape") for path in paths]


def run_mutations(fuzzer: Fuzzer, mutator: Mutator, seconds: float) -> None:
    """Check mutated excerpts until this process has worked so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        fuzzer.try_text(mutator.draw(), draw_settings(fuzzer.rng))


def run_coverage(fuzzer: Fuzzer, mutator: Mutator, seconds: float, folder: Path) -> None:
    """Check what leads libFuzzer to code not yet reached, starting from excerpts. Does not return."""
    import atheris

    with atheris.instrument_imports(include=["ligafix"]):
        check(mutator.draw(), {})  # loads all modules, with counters in them; the package alone loads none

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        mutator.rng.seed(seed)
        return mutator.mutate(_text_of(data)).encode("utf-8", "surrogatepass")[:most]

    def try_bytes(data: bytes) -> None:
        fuzzer.try_text(_text_of(data), draw_settings(random.Random(data[:64])))  # noqa: S311 - no secrets here

    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(_excerpts(mutator, 200)):
        (folder / f"{number}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    limits = [f"-max_total_time={seconds:.0f}", f"-max_len={4 * LONGEST}", "-timeout=120", "-rss_limit_mb=4096"]
    options = [*limits, f"-artifact_prefix={folder.parent}/"]  # what is slow or fails is not written where one stands
    atheris.Setup([sys.argv[0], *options, str(folder)], try_bytes, custom_mutator=mutate)
    atheris.Fuzz()


def _excerpts(mutator: Mutator, number: int) -> Iterator[str]:
    return (mutator.draw() for _ in range(number))


def _text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def parse_arguments() -> argparse.Namespace:
    """What the user asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", nargs="+", type=Path, help="texts to start from, damaged ones above all")
    parser.add_argument("--seconds", type=float, default=60.0, help="of work, not of waiting; with --coverage of both")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--finds", type=Path, default=Path("finds"), help="the folder for what is found")
    parser.add_argument("--coverage", action="store_true", help="let coverage guide the mutations (atheris)")
    arguments = parser.parse_args()
    if missing := next((page for page in arguments.pages if not page.is_file()), None):
        parser.error(f"{missing}: no such file; name texts to start from")
    return arguments


def main() -> int:
    """Fuzz as asked, and say what was found."""
    arguments = parse_arguments()
    rng = random.Random(arguments.seed)  # noqa: S311 - no secrets here
    fuzzer, mutator = Fuzzer(arguments.finds, rng), Mutator(rng, read_pages(arguments.pages))
    if arguments.coverage:
        run_coverage(fuzzer, mutator, arguments.seconds, arguments.finds / "corpus")
    run_mutations(fuzzer, mutator, arguments.seconds)
    print(f"{fuzzer.texts} texts, {fuzzer.broken} broke a promise, in {len(fuzzer.seen)} ways")
    return 1 if fuzzer.broken else 0


if __name__ == "__main__":
    sys.exit(main())
