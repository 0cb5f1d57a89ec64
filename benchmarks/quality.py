#!/usr/bin/env python3
"""How well damaged text is restored: damages clean texts, has them cleaned, and compares.

    python benchmarks/quality.py CHANNEL FILE...

Examples:
    python benchmarks/quality.py drop-full novel.txt paper.txt --show 20
    python benchmarks/quality.py drop-times --share 0.5 book.txt.gz     # every second fi and fl
    python benchmarks/quality.py drop-full --pages 0.3 book.txt         # on three pages of ten
    python benchmarks/quality.py wrap-60+control-full --language de buch.txt
    python benchmarks/quality.py none *.txt                             # undamaged texts must stay as they are
    python benchmarks/quality.py drop-full --command 'mytool {inputs} {outdir}' *.txt
    python benchmarks/quality.py --channels                             # what there is

FILE is UTF-8 text, may be gzipped, and should itself be undamaged: what it has lost already cannot be counted. Long
texts are cut at paragraphs into documents of at most --words words, each damaged and cleaned by itself.

A word is a run of letters with the marks, apostrophes and hyphens inside it, after NFC. The words of the original and
of the output are paired by a longest common subsequence, in order. Columns:

    hit        words that the channel damaged
    recall     the share of them that stand in the output as they were
    real       the same of those whose damaged form is itself one of the language's 30,000 commonest words
    precision  of all words that the tool wrote anew, the share that are right
    spoiled    undamaged words lost, per million undamaged words
    same       the share of documents restored in full (of undamaged ones: that came back byte for byte)

Then the damaged and the spoiled words by class: *real* (the damaged form is a word), *name* (a capital, and not
usually written small; in German nouns, too), *rare* (less than one in a million words), *common* (all others).
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import tempfile
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from channels import ChannelError, Damaged, damage
from rapidfuzz.distance import LCSseq
from texts import read_text
from wordfreq import top_n_list, word_frequency

from ligafix import Cleaner, Settings
from ligafix.changes import Change
from ligafix.errors import LigafixError
from ligafix.lexicon import load_words

COMMON_WORDS = 30_000
"""How many of a language's words count as words."""

RARE = 1e-6
"""Words less frequent than this are rare."""

NAME = 0.76
"""Words with a capital that are written small less often than this, where they open no sentence, count as names: of
words never seen inside a sentence our tables say 0.75."""

CLASSES = ("real", "name", "rare", "common")

_WORD = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:[^\W\d_]|[\u0300-\u036f]|['’‐-](?=[^\W\d_]))*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]*)*\s*|\s+")
_SAME = str.maketrans({"’": "'", "‐": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands."""

    text: str
    start: int
    end: int


def find_words(text: str) -> list[Word]:
    """The words of a text; spelling differences that are none are evened out."""
    found = ((m, unicodedata.normalize("NFC", m.group()).translate(_SAME)) for m in _WORD.finditer(text))
    return [Word(word, *m.span()) for m, word in found]


def pair(first: Sequence[Word], second: Sequence[Word]) -> dict[int, int]:
    """Which word of the first text is which of the second: a longest common subsequence."""
    pairs: dict[int, int] = {}
    for block in LCSseq.opcodes([w.text for w in first], [w.text for w in second]):
        if block.tag == "equal":
            pairs.update(
                zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)
            )
    return pairs


@dataclass
class Score:
    """What became of the words of some documents.

    Attributes:
        hit, restored, plain, spoiled: how many words, by class: damaged, of them restored; undamaged, of them lost.
        written, wrong: how many words the tool wrote that were not there, and how many of them were wrong.
        documents, same: how many there were and how many came out as they should.
        misses, spoils: what was missed and spoiled, with what stands there now.
    """

    hit: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    spoiled: Counter[str] = field(default_factory=Counter)
    written: int = 0
    wrong: int = 0
    documents: int = 0
    same: int = 0
    misses: Counter[str] = field(default_factory=Counter)
    spoils: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Add what became of other documents."""
        for name in ("hit", "restored", "plain", "spoiled", "misses", "spoils"):
            getattr(self, name).update(getattr(other, name))
        for name in ("written", "wrong", "documents", "same"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self) -> list[str]:
        """The figures, as they are printed."""
        return [
            str(self.hit.total()),
            _share(self.restored.total(), self.hit.total()),
            _share(self.restored["real"], self.hit["real"]),
            _share(self.written - self.wrong, self.written),
            _per_million(self.spoiled.total(), self.plain.total()),
            _share(self.same, self.documents),
        ]


COLUMNS = ("hit", "recall", "real", "precision", "spoiled", "same")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "–"


def _per_million(part: int, whole: int) -> str:
    return f"{1e6 * part / whole:.1f}" if whole else "–"


def score(damaged: Damaged, output: str, language: str) -> Score:
    """Compare an output with the text before the damage."""
    gold, out, seen = find_words(damaged.clean), find_words(output), find_words(damaged.text)
    kept, inherited = pair(gold, out), pair(seen, out)
    score = Score(documents=1, same=int(output == damaged.clean))
    score.written = len(out) - len(inherited)
    score.wrong = len(set(range(len(out))) - set(kept.values()) - set(inherited.values()))
    forms = dict(_damaged_forms(gold, damaged))
    for i, word in enumerate(gold):
        kind = classify(word.text, forms.get(i), language)
        (score.plain if i not in forms else score.hit)[kind] += 1
        if i in forms and i in kept:
            score.restored[kind] += 1
        elif i not in kept:
            shown = f"{word.text} → {_what_stands(i, kept, len(gold), out)}"
            if i in forms:
                score.misses[shown] += 1
            else:
                score.spoiled[kind] += 1
                score.spoils[shown] += 1
    return score


def _damaged_forms(gold: Sequence[Word], damaged: Damaged) -> Iterator[tuple[int, str]]:
    """The words that the channel hit, by their number, and what it made of each ('' where it lost a space)."""
    ends = [word.end for word in gold]
    touching: defaultdict[int, list[Change]] = defaultdict(list)
    for change in damaged.changes:
        reach = int(change.before.isspace() and not change.after)
        number = bisect_right(ends, change.start - reach)
        while number < len(gold) and gold[number].start < change.end + reach:
            touching[number].append(change)
            number += 1
    for number, changes in touching.items():
        yield number, _damaged_form(damaged.clean, gold[number], changes)


def _damaged_form(clean: str, word: Word, changes: Sequence[Change]) -> str:
    form, at = "", word.start
    for change in changes:
        if change.before.isspace():
            return ""
        form += clean[at : change.start] + change.after
        at = change.end
    return form + clean[at : word.end]


def _what_stands(index: int, kept: dict[int, int], size: int, out: Sequence[Word]) -> str:
    """The words of the output between those that are paired around a word that is not."""
    before = next((kept[i] for i in range(index - 1, -1, -1) if i in kept), -1)
    behind = next((kept[i] for i in range(index + 1, size) if i in kept), len(out))
    return " ".join(w.text for w in out[before + 1 : behind][:6]) or "nothing"


def classify(word: str, form: str | None, language: str) -> str:
    """The class of a word; `form` is what the channel made of it, if anything."""
    small = word.lower()
    if form is not None and form.lower() in common_words(language):
        return "real"
    if word != small and _lower_share(small, language) < NAME:
        return "name"
    return "rare" if word_frequency(small, language) < RARE else "common"


@cache
def common_words(language: str) -> frozenset[str]:
    """The words of a language that count as words."""
    return frozenset(top_n_list(language, COMMON_WORDS))


@cache
def _lower_share(small: str, language: str) -> float:
    words = load_words(language)
    return words.lower_share(small) if words and words.frequency(small) else 0.0


def read_documents(path: Path, most_words: int, number: int | None = None) -> list[str]:
    """The documents that a file is cut into at its paragraphs; only so many, evenly spaced, if asked for.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not UTF-8.
    """
    text = read_text(path)
    documents, start, words = [], 0, 0
    for paragraph in _PARAGRAPH.finditer(text):
        more = len(paragraph.group().split())
        if words and words + more > most_words:
            documents.append(text[start : paragraph.start()])
            start, words = paragraph.start(), 0
        words += more
    documents = [d for d in [*documents, text[start:]] if d.strip()]
    step = max(1, len(documents) // number) if number else 1
    return documents[::step][:number]


Clean = Callable[[Sequence[str]], list[str]]
"""What cleans some texts."""


def run_command(command: str, texts: Sequence[str]) -> list[str]:
    """What a command makes of texts; it finds them in files and leaves its outputs under the same names.

    Raises:
        ChannelError: it left no output for one of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        target.mkdir()
        names = [f"{n:04}.txt" for n in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            (source / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        inputs = " ".join(shlex.quote(str(source / name)) for name in names)
        filled = command.replace("{inputs}", inputs).replace("{outdir}", shlex.quote(str(target)))
        subprocess.run(filled, shell=True, check=False)  # noqa: S602 - the user's own command
        missing = [name for name in names if not (target / name).exists()]
        if missing:
            raise ChannelError(f"the command left no output for {missing[0]}; it has to write to {{outdir}}")
        return [(target / name).read_bytes().decode("utf-8", "surrogateescape") for name in names]


def measure(path: Path, clean: Clean, options: argparse.Namespace) -> Score:
    """Damage, clean and compare what one file holds."""
    documents = read_documents(path, options.words, options.documents)
    damaged = [damage_by(options, text, number) for number, text in enumerate(documents)]
    total = Score()
    for before, output in zip(damaged, clean([d.text for d in damaged]), strict=True):
        total.add(score(before, output, options.language))
    return total


def damage_by(options: argparse.Namespace, text: str, number: int) -> Damaged:
    """A document after the channel that the options ask for; each document draws by itself."""
    seed = options.seed * 1000 + number
    return damage(text, options.channel, share=options.share, pages=options.pages, seed=seed, language=options.language)


def print_details(total: Score, show: int) -> None:
    """The figures by class, then what was missed and spoiled most often."""
    print("\nclass\thit\trecall\tplain\tspoiled")
    for kind in CLASSES:
        hit, plain = total.hit[kind], total.plain[kind]
        spoiled = _per_million(total.spoiled[kind], plain)
        print(f"{kind}\t{hit}\t{_share(total.restored[kind], hit)}\t{plain}\t{spoiled}")
    for title, found in (("missed", total.misses), ("spoiled", total.spoils)):
        if show and found:
            print(f"\n{title}:")
            for words, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:show]:
                print(f"{number:6}  {words}")


class _ShowChannels(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import channels

        print((channels.__doc__ or "").strip())
        parser.exit()


def add_damage_options(parser: argparse.ArgumentParser, words: int) -> None:
    """The options that say what is damaged; documents have at most so many words unless the user says otherwise."""
    parser.add_argument("--seed", type=int, default=0, help="another seed draws other places and codes")
    parser.add_argument("--language", default="en", help="the texts' language, for the classes and hyphenation [en]")
    parser.add_argument("--words", type=int, default=words, help=f"the most words of a document [{words}]")
    parser.add_argument("--documents", type=int, help="only so many documents of each file, evenly spaced")
    parser.add_argument("--channels", nargs=0, action=_ShowChannels, help="list the channels")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    about, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("channel", help="how to damage; 'none' for not at all")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--share", type=float, default=1.0, help="how much of what it could damage, from 0 to 1")
    parser.add_argument("--pages", type=float, default=1.0, help="on how many pages, from 0 to 1")
    add_damage_options(parser, words=20_000)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the N commonest misses and spoiled words")
    parser.add_argument("--command", help="clean with this instead; {inputs} are its files, {outdir} its folder")
    parser.add_argument("--stages", nargs="+", help="run only these stages of ligafix")
    return parser.parse_args(arguments)


def choose_cleaner(options: argparse.Namespace) -> Clean:
    """What cleans: the command, or ligafix."""
    if options.command:
        return lambda texts: run_command(options.command, texts)
    cleaner = Cleaner(Settings().choose_stages(only=options.stages or ()))
    return lambda texts: [cleaner.clean(text).text for text in texts]


def run(options: argparse.Namespace) -> None:
    """Measure every file and print the figures."""
    clean = choose_cleaner(options)
    total = Score()
    print("\t".join(("file", *COLUMNS)))
    for path in options.files:
        found = measure(path, clean, options)
        print("\t".join((path.name, *found.row())), flush=True)
        total.add(found)
    if len(options.files) > 1:
        print("\t".join(("all", *total.row())))
    print_details(total, options.show)


def explain_failure(error: Exception) -> str:
    """One line that says what went wrong."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}; name text files that can be read"
    if isinstance(error, UnicodeDecodeError):
        return "a file is not UTF-8; convert it first"
    return str(error)


def guard(command: Callable[[], None]) -> None:
    """Run a command; what goes wrong is one line on standard error, and exit status 2."""
    try:
        command()
    except (OSError, UnicodeDecodeError, ChannelError, LigafixError) as error:
        print(f"{Path(sys.argv[0]).name}: {explain_failure(error)}", file=sys.stderr)
        sys.exit(2)


def main(arguments: Iterable[str] | None = None) -> None:
    """Run the command line."""
    options = parse(list(arguments) if arguments is not None else None)
    guard(lambda: run(options))


if __name__ == "__main__":
    main()
