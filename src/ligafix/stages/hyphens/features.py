"""What is known about a divided word: the features by which the model tells real hyphens from those of line ends.

Features are named numbers; their weights are in `dictionaries/hyphens/` and come from
`dictionaries/build_hyphens.py`, which divides the words of corpora and describes them by this very function.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ligafix.chunks import find_chunks_of
from ligafix.chunks.kinds import ChunkKind
from ligafix.document import LETTERS
from ligafix.lexicon.hyphens import HyphenTable
from ligafix.scoring import Scorer

_COMPOUND = re.compile(rf"(?<![\w-])[{LETTERS}]{{1,40}}(?:[-‐][{LETTERS}]{{1,40}}){{1,8}}(?![\w-])")
_MAY_BE_COMPOUND = re.compile(rf"[-‐](?<=[{LETTERS}].)(?=[{LETTERS}])")
_COMPOUNDS = ChunkKind(lambda: (_MAY_BE_COMPOUND,))

_RAREST = 1e-10
"""Frequencies below this are all the same."""

_FEW_WORDS = 5000
"""A document of fewer words tells little about how readily it hyphenates."""

_CROSSED = (
    ("joined", "kept"),
    ("opens", "closes"),
    ("first", "second"),
    ("rarer", "unlike chance"),
    ("joined", "rarer"),
    ("style", "spelt"),
    ("style", "joined"),
)
"""Values that tell more together than each by itself."""

RARE = 1e-6
"""A half less frequent than this is no word by itself."""


@dataclass(frozen=True, slots=True)
class Division:
    """A word divided in two.

    Attributes:
        left, right: its parts.
        before, behind: whether hyphens stand before the first part and behind the second.
        inside: whether it stands inside a line, so that only the mark says that a line once ended there.
    """

    left: str
    right: str
    before: bool = False
    behind: bool = False
    inside: bool = False

    @property
    def joined(self) -> str:
        """The word without its hyphen."""
        return self.left + self.right

    @property
    def kept(self) -> str:
        """The word with its hyphen."""
        return f"{self.left}-{self.right}"

    @property
    def is_camel(self) -> bool:
        """Whether joining would leave a capital behind a small letter."""
        return self.right[:1].isupper() and not self.left.isupper()


@dataclass(slots=True)
class OwnHyphens:
    """The hyphenated pairs that a document has inside its lines, lower case, and their parts."""

    pairs: Counter[str] = field(default_factory=Counter)
    openings: Counter[str] = field(default_factory=Counter)
    closings: Counter[str] = field(default_factory=Counter)
    old: int = 0
    """How many of them are written closed today (`to-day`)."""
    syllables: int = 0
    """How many pairs of syllables there are that no list has, as romanized Chinese and Korean have (`Kuo-fan`)."""

    @classmethod
    def of(cls, text: str, scorer: Scorer) -> OwnHyphens:
        """Those of a text."""
        found = cls()
        chunks = find_chunks_of(text)
        for chunk in chunks.of_kind(_COMPOUNDS):
            for compound in _COMPOUND.findall(chunk.lower().replace("‐", "-")):
                for first, second in pairwise(compound.split("-")):
                    found.add(first, second, chunks.counts[chunk], scorer)
        halves = (pair.split("-") for pair in found.pairs)
        found.syllables = sum(are_syllables(first, second, scorer) for first, second in halves)
        return found

    def add(self, first: str, second: str, number: int, scorer: Scorer) -> None:
        """Count a pair of lower-case words; a negative number takes it out again."""
        self.pairs[f"{first}-{second}"] += number
        self.openings[first] += number
        self.closings[second] += number
        if scorer.vocabulary.known(first + second):
            self.old += number


def are_syllables(first: str, second: str, scorer: Scorer) -> bool:
    """Whether two parts are of one syllable each, and no words, nor one together."""
    if not (_SYLLABLE.fullmatch(first.lower()) and _SYLLABLE.fullmatch(second.lower())):
        return False
    known = scorer.vocabulary.known
    return min(known(first), known(second)) < RARE and not (known(first + second) or scorer.readings(first + second))


_VOWELS = "aeiouyàáèéìíòóùúâêîôûäëïöüāēīōūăĕĭŏŭ"
_SYLLABLE = re.compile(f"[^{_VOWELS}\\W\\d_]{{0,3}}[{_VOWELS}]{{1,3}}[^{_VOWELS}\\W\\d_]{{0,2}}")


def describe(division: Division, scorer: Scorer, own: OwnHyphens, tables: Iterable[HyphenTable]) -> dict[str, float]:
    """The features of a divided word, by the words of its languages, and by what the document writes elsewhere."""
    tables = list(tables)
    left, right = division.left.lower(), division.right.lower()
    known, pair = is_word(division, scorer), any(t.has(left, right) for t in tables)
    state = ("word" if known else "none") + ("+pair" if pair else "")
    found = {"bias": 1.0, state: 1.0}
    values = _frequencies(division, scorer) | _odds(left, right, tables)
    values["style"] = _style(own, scorer, known=known)
    names = [f"{name} {math.floor(value)}" for name, value in values.items()]
    names += [_cross(first, second, values) for first, second in _CROSSED]
    if not known:
        names += _reach(division, scorer)
        values |= _abroad(division, scorer)
    found |= {f"{name} {state}": value for name, value in values.items()}
    found |= dict.fromkeys((f"{name} {state}" for name in names), 1.0)
    found |= {f"{name} {state}": share for name, share in _registers(scorer)}
    found |= _witnesses(division, own, scorer)
    found |= _shape(division)
    return found


def _cross(first: str, second: str, values: Mapping[str, float]) -> str:
    """Two values as one feature, in steps."""
    steps = (str(math.floor(values[name])) if name in values else "never" for name in (first, second))
    return f"{first}×{second} {'×'.join(steps)}"


def is_word(division: Division, scorer: Scorer) -> bool:
    """Whether the joined word is one that the languages have. `RheinMain` is none, though they have `rheinmain`."""
    joined = division.joined
    return not division.is_camel and bool(scorer.vocabulary.known(joined) or scorer.readings(joined))


def _frequencies(division: Division, scorer: Scorer) -> dict[str, float]:
    """How frequent the spellings and the parts are, in powers of ten."""
    first, second = (scorer.vocabulary.known(scorer.best(part)) for part in (division.left, division.right))
    return {
        "joined": 0.0 if division.is_camel else _powers(scorer.form_probability(division.joined)),
        "kept": _powers(scorer.hyphenated_probability(division.left, division.right)),
        "first": _powers(first),
        "second": _powers(second),
        "rarer": _powers(min(first, second)),
        "unlike chance": min(
            _powers(known) - math.log10(scorer.vocabulary.unknown(part) / _RAREST)
            for known, part in ((first, division.left), (second, division.right))
        ),
        "words": float(min(first, second) > 0),
    }


def _abroad(division: Division, scorer: Scorer) -> dict[str, float]:
    """How frequent the joined word and the rarer part are in the other languages: titles and quotations have them."""
    joined, first, second = map(scorer.vocabulary.frequency_abroad, (division.joined, division.left, division.right))
    return {"abroad joined": _powers(joined), "abroad rarer": _powers(min(first, second))}


def _style(own: OwnHyphens, scorer: Scorer, *, known: bool) -> float:
    """How readily the document hyphenates: words that are written closed today, or any."""
    hyphens = own.old if known else own.pairs.total()
    return 2 * math.log1p(1000 * hyphens / (scorer.evidence.words + _FEW_WORDS))


def _registers(scorer: Scorer) -> Iterator[tuple[str, float]]:
    """How much the document is of each register: old novels hyphenate what papers write closed."""
    for language, shares in scorer.evidence.registers.items():
        yield from ((f"register {language} {number}", share) for number, share in enumerate(shares))


def _reach(division: Division, scorer: Scorer) -> list[str]:
    """How far a listed word agrees with the joined one: letters behind the seam, letters that are then left."""
    joined = division.joined
    agreed = bisect_left(range(len(joined) + 1), True, key=lambda n: not scorer.vocabulary.begins_word(joined[:n])) - 1
    reach, rest = max(0, min(4, agreed - len(division.left))), min(6, len(joined) - agreed)
    return [f"reach {reach}", f"rest {rest}", f"reach×rest {reach}×{rest}"]


def _powers(frequency: float) -> float:
    return math.log10(max(_RAREST, frequency) / _RAREST)


def _odds(left: str, right: str, tables: list[HyphenTable]) -> dict[str, float]:
    """How readily the corpora put hyphens behind and before these letters."""
    found = {}
    for name, values in (
        ("opens", [t.opening_odds(left) for t in tables]),
        ("closes", [t.closing_odds(right) for t in tables]),
        ("spelt", [t.pair_odds(left, right) for t in tables]),
    ):
        odds = max((v for v in values if v is not None), default=None)
        found[name if odds is not None else f"never {name}"] = 1.0 if odds is None else odds
    return found


def _witnesses(division: Division, own: OwnHyphens, scorer: Scorer) -> dict[str, float]:
    """What the document itself writes elsewhere."""
    closed = _count(division.joined, scorer)
    kept = own.pairs[division.kept.lower()]
    return {
        "own joined": math.log1p(closed),
        "own kept": math.log1p(kept),
        "only joined": float(closed > 0 and not kept),
        "only kept": float(kept > 0 and not closed),
        "own words": math.log1p(min(_count(division.left, scorer), _count(division.right, scorer))),
        "own opens": math.log1p(own.openings[division.left.lower()]),
        "own closes": math.log1p(own.closings[division.right.lower()]),
    }


def _count(word: str, scorer: Scorer) -> int:
    counts = scorer.evidence.vocabulary
    return sum(counts.get(form, 0) for form in {word, word.lower()})


def _shape(division: Division) -> dict[str, float]:
    """The letters: capitals, lengths, what stands beside the hyphen, how the parts end."""
    left, right = division.left.lower(), division.right.lower()
    names = [
        f"case {_case(division.left)}|{_case(division.right)}",
        f"left {min(6, len(left))}",
        f"right {min(6, len(right))}",
        f"shorter {min(6, len(left), len(right))}",
        f"{left[-3:]}|",
        f"{left[-2:]}|",
        f"|{right[:2]}",
        f"|{right[:3]}",
        f"{left[-1:]}|{right[:1]}",
        f"{right[-3:]}$",
    ]
    if division.before:
        names.append("before")
    if division.behind:
        names.append("behind")
    return dict.fromkeys(names, 1.0)


def _case(word: str) -> str:
    if word.islower():
        return "a"
    if word.isupper():
        return "AA" if len(word) > 1 else "A"
    return "Aa" if word[:1].isupper() else "aA"
