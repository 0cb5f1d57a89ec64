"""What the odd signs of a document stand for, inferred from the words that they would make.

Every sign is weighed against every meaning: a ligature, an accented letter, an accent, a quotation mark, a dash,
nothing, or what it looks like. A meaning gains by each distinct word that becomes a word through it. A sign whose
words are best served by different ligatures stands for all of them (`ANY`), and each word must choose. What a code
means elsewhere counts only as a first guess: documents of one encoding agree with it in all their codes.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import filterfalse
from types import MappingProxyType

from ligafix.chunks import MOST_CHUNKS, find_chunks_of
from ligafix.document import LONGEST_CHUNK, MASK
from ligafix.evidence.signs import (
    NEVER_THEMSELVES,
    Kind,
    Sample,
    as_lines,
    find_coded_words,
    find_names,
    find_signs,
    find_words_of_places,
    is_place,
    kind_of,
    located,
)
from ligafix.lexicon.integrity import read_toml
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.readings import FOREIGN_SHARE, Vocabulary
from ligafix.spans import replace_spans

ANY = "*"
"""The meaning of a sign that stands for every ligature."""

ITSELF = None
"""The meaning of a sign that is what it looks like."""

LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßąćčďęěłńňřśšťůźżžőűğışāēīōūȷÆŒØĄĆČĎĘĚŁŃŇŘŚŠŤŮŹŻŽŐŰ"
OTHER_LIGATURES = ("ft", "fj", "tt", "ti", "tf", "Th", "ct", "st", "sp")
STROKE = "\u0335"
"""The stroke of Ł, which some fonts set as a glyph before its letter."""

ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328" + STROKE
MARKS = {
    **dict.fromkeys("“‘„«", "open"),
    **dict.fromkeys("”»", "close"),
    **dict.fromkeys("–—", "dash"),
    "’": "apostrophe",
}
"""Marks that a sign may stand for, and the shape of the places where they stand."""

MEANINGS: tuple[str | None, ...] = (*LIGATURES, *OTHER_LIGATURES, *LETTERS, *ACCENTS, *MARKS, "", ANY, ITSELF)
"""All that a sign may stand for."""

SPACING_ACCENTS = dict(zip("`´ˆ˜¯˘˙¨˚˝ˇ¸˛", ACCENTS, strict=False))
"""Signs that the stage `marks` understands, and the combining mark that each of them is."""

BARE_AS_ACCENTED = 0.1
"""How much of a bare word's probability goes to it with an accent that our lists do not have."""

MARKS_BESIDE_WORDS = 0.05
"""How often a mark stands beside a word."""

ENCODED = 0.9
"""How probable it is that a sign is a code where the document's encoding has it as one."""

NOTHING = 0.01
"""How often a sign inside a word stands for nothing, against a letter."""

FIRST_GUESS = 0.5
"""How much the known encodings weigh against all meanings taken as equally likely."""

CLEAR_DOUBT = 0.1
"""How much doubt is left where another sign of the document agrees with one of them; the more do, the less."""

PLAIN_MARKS = 5
"""A mark or a superfluous sign that no known encoding vouches for must stand in more places than this: it makes no
words that would tell."""

MOST_WORDS = 100
"""How many distinct words of a sign are weighed, the commonest."""

WRITTEN_INSIDE_WORDS = (Kind.PUNCTUATION, Kind.DIGIT)
"""Signs that authors of programs write inside words."""

MOST_WORDS_IN_ALL = 10_000
"""How many words of all signs together; no fonts have so many signs that one word of each is too much."""

LEAST_WORDS = 0.3
"""Such a sign is a code only where more than this share of its words become listed ones."""

CLEARLY_LISTED = 1e-6
"""Where a meaning makes a word this frequent, the parts of the words that others make do not matter: by its parts a
word is never more probable than a hundredth of that."""

_FEW_NAMES = 8
"""Of so many signs the text is looked through for each."""

_CLEARLY = 2.0
"""By how much (nats) a longer name must make likelier words than a shorter one."""

_NOISE = 1e-3
"""How often a sign stands in a word that no meaning explains."""

_SHAPES: Mapping[str, Mapping[str, float]] = {
    "open": {"s.": 0.9, "..": 0.05, "ss": 0.02, ".s": 0.02, "dd": 0.01},
    "close": {".s": 0.9, "..": 0.05, "ss": 0.02, "s.": 0.02, "dd": 0.01},
    "apostrophe": {"..": 0.6, ".s": 0.34, "s.": 0.04, "ss": 0.01, "dd": 0.01},
    "dash": {"dd": 0.5, "..": 0.2, "ss": 0.2, ".s": 0.05, "s.": 0.05},
    "itself": {"dd": 0.1, "..": 0.2, "ss": 0.3, ".s": 0.2, "s.": 0.2},
    "letters": {"..": 0.595, "s.": 0.2, ".s": 0.19, "ss": 0.01, "dd": 0.005},
}
"""How often a mark has a space or an edge (s), digits (d) or something else (.) before and behind it."""


@dataclass(frozen=True, slots=True)
class CodeEvidence:
    """What a document tells about one sign.

    Attributes:
        count: how often it stands where it may be a code.
        meaning: what it most likely stands for; an accent belongs to the letter behind it; None for itself.
        probability: how sure that is.
        examples: words with it, and what they are read as.
    """

    count: int
    meaning: str | None
    probability: float
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Sign:
    """A sign's places: the words it stands in, by the letters before and behind it, and the shapes of its places."""

    words: Counter[tuple[str, str]]
    shapes: Counter[str]


@dataclass(frozen=True, slots=True)
class SignWeights:
    """What the words of a text say about its signs, whatever other texts say.

    Attributes:
        names: signs that are better read with the characters behind them, such as `/G3` as `/G31`.
        gains: for each sign the log likelihood of its places with each of the `MEANINGS` (nats).
    """

    names: Mapping[str, str] = field(default_factory=dict)
    gains: Mapping[str, Mapping[str | None, float]] = field(default_factory=dict)


CodePrior = Mapping[str, Mapping[str | None, float]]
"""What neighbours read signs as: for each sign its meanings and how probable they make them, one or less in total."""


def infer_codes(
    text: str, vocabulary: Vocabulary, prior: CodePrior | None = None, weights: SignWeights | None = None
) -> dict[str, CodeEvidence]:
    """The code table of a text: every sign that may be a code, with what it stands for.

    Args:
        text: the text.
        vocabulary: the words of its languages.
        prior: what the signs mean in documents of the same make.
        weights: what `weigh_signs` said of this text; None has it said.
    """
    counts = find_signs(text)
    if not counts:
        return {}
    weights = weights or weigh_signs(text, vocabulary)
    named = {weights.names.get(sign, sign): count for sign, count in counts.items()}
    return _infer(text, named, vocabulary, prior or {}, weights.gains)


def weigh_signs(text: str, vocabulary: Vocabulary) -> SignWeights:
    """What the words of a text say about its signs; this takes most of the time that inferring its codes takes."""
    counts = find_signs(text)
    found = find_names(text, counts)
    shorter, longer = _collect_names(text, found.keys()), _collect_names(text, found.values())
    names = {
        short: name
        for short, name in found.items()
        if _best_gain(longer[name], vocabulary) > _best_gain(shorter[short], vocabulary) + _CLEARLY
    }
    places = _collect(text, frozenset(names.get(sign, sign) for sign in counts))
    most = min(MOST_WORDS, MOST_WORDS_IN_ALL // max(1, len(places)))
    if not most:
        return SignWeights(names)
    likely = _Likely(vocabulary)
    return SignWeights(names, {sign: _weigh_meanings(sign, found, most, likely) for sign, found in places.items()})


def _collect_names(text: str, signs: Collection[str]) -> Mapping[str, _Sign]:
    """The places of some signs; where they are few each by itself, so that words with others in them count, too."""
    if len(signs) <= _FEW_NAMES:
        return {sign: _collect(text, frozenset({sign}))[sign] for sign in signs}
    found = _collect(text, frozenset(signs))
    return {sign: found.get(sign) or _Sign(Counter(), Counter()) for sign in signs}


def _best_gain(found: _Sign, vocabulary: Vocabulary) -> float:
    """The log likelihood of a sign's words as its best ligature makes them (nats)."""
    words = found.words.most_common(MOST_WORDS)
    return max(
        sum(n * math.log(vocabulary.probability(left + meaning + right)) for (left, right), n in words)
        for meaning in LIGATURES
    )


def _infer(
    text: str,
    counts: Mapping[str, int],
    vocabulary: Vocabulary,
    prior: CodePrior,
    gains: Mapping[str, Mapping[str | None, float]],
) -> dict[str, CodeEvidence]:
    places = _collect(text, frozenset(counts))
    table: dict[str, CodeEvidence] = {}
    for _ in range(2):  # what is clear tells the encoding, the encoding tells what is not
        encodings = _weigh_encodings(table)
        agreeing = _count_agreeing(table, encodings)
        for sign, gain in gains.items():
            nearby = prior.get(sign, {})
            meaning, probability = _decide(sign, gain, places[sign], encodings, agreeing, nearby=nearby)
            examples = _examples(sign, meaning, places[sign], vocabulary)
            vouched = nearby.get(meaning, 0.0) > 0.5
            if meaning in (*LIGATURES, ANY) and not examples and not vouched:  # it makes no word that is known
                rest = {m: g for m, g in gain.items() if m not in (*LIGATURES, ANY)}
                meaning, probability = _decide(sign, rest, places[sign], encodings, agreeing)
                examples = _examples(sign, meaning, places[sign], vocabulary)
            if not (vouched or _may_be_code(sign, meaning, places[sign], vocabulary)):
                meaning, probability, examples = ITSELF, 1.0, ()
            table[sign] = CodeEvidence(counts[sign], meaning, probability, examples)
    return {sign: table.get(sign, CodeEvidence(count, ITSELF, 1.0)) for sign, count in counts.items()}


def find_masked(text: str, signs: frozenset[str]) -> dict[str, None] | None:
    """The distinct chunks of a text in which `mask_signs` masks something, in order.

    None where such a sign is white space, so that chunks are not what they seem.
    """
    if not signs:
        return {}
    if any(map(str.isspace, signs)):
        return None
    lines = find_chunks_of(text).lines
    places = ((word.start, None) for word in find_coded_words(lines, signs))
    return {chunk: None for chunk, _ in located(lines, places)}


def choose_masked(table: Mapping[str, CodeEvidence]) -> frozenset[str]:
    """The signs that are no signs of their own."""
    return frozenset(s for s, e in table.items() if kind_of(s) in NEVER_THEMSELVES or e.meaning is not ITSELF)


def mask_signs(text: str, signs: frozenset[str]) -> str:
    """A text in which no word that one of the signs stands in can be taken for a whole one."""
    if not signs:
        return text
    return _recall_masked(text, signs) if len(text) <= LONGEST_CHUNK else _mask(text, signs)


def _mask(text: str, signs: frozenset[str]) -> str:
    words = find_coded_words(text, signs)
    return replace_spans(text, ((word.start, word.end, MASK.join(word.parts[::2]) or MASK) for word in words))


_recall_masked = lru_cache(maxsize=1 << 13)(_mask)


@lru_cache(maxsize=1)
def _collect(text: str, signs: frozenset[str]) -> Mapping[str, _Sign]:
    """The places of some signs in a text; kept for who asks again.

    Rows of dots and the like repeat, so each word is looked at once with what touches it.
    """
    seen = Counter[_Touched]()
    for places, number in _recall_touched(Sample(text).counts, signs):
        for place in places:
            seen[place] += number
    found: defaultdict[str, _Sign] = defaultdict(lambda: _Sign(Counter(), Counter()))
    for (parts, before, behind), number in seen.items():
        _collect_from(found, parts, before, behind, number)
    return dict(found)


_Touched = tuple[tuple[str, ...], str, str]
"""The parts of a coded word, and the characters before it and behind it."""


def _find_touched(text: str, signs: frozenset[str]) -> Iterator[tuple[int, _Touched]]:
    """The words of a text in which one of the signs stands in a place, and where they start."""
    for word in find_words_of_places(text, signs):
        start, end = word.start, word.end
        yield start, (word.parts, text[start - 1 : start] if start else "", text[end : end + 1])


def _recall_touched(counts: Mapping[str, int], signs: frozenset[str]) -> Iterator[tuple[Sequence[_Touched], int]]:
    """The same for those of some pieces that have such words, and how often they stand in the text.

    Most pieces were met before, and had none.
    """
    memory = _memory_of(signs)
    asked = list(filterfalse(memory.untouched.__contains__, counts))
    unknown = list(filterfalse(memory.touched.__contains__, asked))
    found: dict[str, list[_Touched]] = {chunk: [] for chunk in unknown}
    lines = as_lines(unknown)
    for chunk, place in located(lines, _find_touched(lines, signs)):
        found[chunk].append(place)
    for chunk in asked:
        if places := found[chunk] if chunk in found else memory.touched[chunk]:
            yield places, counts[chunk]
    memory.learn(found)


class _TouchedMemory:
    """The words that some signs stand in, of the chunks that were met, and the chunks that have none."""

    def __init__(self) -> None:
        self.touched: dict[str, tuple[_Touched, ...]] = {}
        self.untouched: set[str] = set()

    def learn(self, found: Mapping[str, Sequence[_Touched]]) -> None:
        """Remember what was found in some chunks."""
        if len(self.touched) + len(self.untouched) + len(found) > MOST_CHUNKS:
            return
        for chunk, places in found.items():
            if len(chunk) > LONGEST_CHUNK:
                continue
            if places:
                self.touched[chunk] = tuple(places)
            else:
                self.untouched.add(chunk)


@lru_cache(maxsize=4)
def _memory_of(signs: frozenset[str]) -> _TouchedMemory:  # noqa: ARG001
    """What was found out about some signs, whatever text they stood in."""
    return _TouchedMemory()


def _collect_from(found: dict[str, _Sign], parts: tuple[str, ...], before: str, behind: str, number: int) -> None:
    """Note the places of the signs in a word that stands so often in the text."""
    edges = (before, *parts, behind)
    places = zip(parts[1::2], parts[::2], parts[2::2], edges[::2], edges[4::2], strict=False)
    for (sign, left, right, last, following), times in Counter(places).items():
        if is_place(sign, left, right):
            entry = found[sign]
            entry.shapes[_shape(left[-1:] or last[-1:], right[:1] or following[:1])] += times * number
            if (left or right) and len(parts) == 3:
                entry.words[left, right] += number


def _shape(before: str, behind: str) -> str:
    """What stands on either side of a sign, by the characters there: a space or an edge (s), or something else (.)."""
    if before.isdigit() and behind.isdigit():
        return "dd"
    return _side(before, "([“‘\"'") + _side(behind, ")].,;:!?”’\"'")


def _side(sign: str, edges: str) -> str:
    return "s" if not sign or sign.isspace() or sign in edges else "."


class _Likely:
    """Remembers what `_likely_words` says: signs of one kind stand in the same words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._found: dict[tuple[Kind, bool, str, str], dict[str | None, float]] = {}

    def __call__(self, sign: str, left: str, right: str) -> dict[str | None, float]:
        key = kind_of(sign), sign in SPACING_ACCENTS, left, right
        if key not in self._found:
            self._found[key] = _likely_words(sign, left, right, self._vocabulary)
        return self._found[key]


def _weigh_meanings(sign: str, found: _Sign, most: int, likely_words: _Likely) -> dict[str | None, float]:
    """For each meaning the log likelihood of the sign's places (nats), by so many words of it.

    A word that none of the meanings makes likely says next to nothing (`_NOISE`).
    """
    gains: dict[str | None, float] = dict.fromkeys(MEANINGS, 0.0)
    for (left, right), count in found.words.most_common(most):
        likely = likely_words(sign, left, right)
        whole = sum(likely.values())
        for meaning in MEANINGS:
            share = (1 - _NOISE) * likely.get(meaning, 0.0) / whole + _NOISE / len(MEANINGS)
            gains[meaning] += (1 + math.log(count)) * math.log(share)
    for meaning, shape in MARKS.items():
        gains[meaning] += _shape_gain(shape, found.shapes)
    gains[ITSELF] += _shape_gain("itself", found.shapes)
    return gains


def _likely_words(sign: str, left: str, right: str, vocabulary: Vocabulary) -> dict[str | None, float]:
    """How probable the word is that each meaning makes of the letters before and behind a sign."""
    readings = dict(_readings(left, right))
    is_listed = any(vocabulary.known(word) > CLEARLY_LISTED for word in readings.values())
    likely: dict[str | None, float] = {
        meaning: _listed_probability(word, vocabulary) if is_listed else vocabulary.probability(word)
        for meaning, word in readings.items()
    }
    accented = {m: p for m, p in likely.items() if m is not ITSELF and m in ACCENTS}
    if accented:
        bare = BARE_AS_ACCENTED * vocabulary.probability(left + right)
        likely |= {m: p + bare / len(ACCENTS) for m, p in accented.items()}
    likely[ANY] = sum(likely[m] for m in LIGATURES) / len(LIGATURES)
    apart = _apart(left, right, vocabulary, SYMBOL if kind_of(sign) not in NEVER_THEMSELVES else UNHEARD)
    likely[ITSELF] = apart * kind_of(sign).as_itself
    likely |= dict.fromkeys(MARKS, MARKS_BESIDE_WORDS * apart)
    if sign in SPACING_ACCENTS:
        accent = max((likely[m] for m in accented), default=0.0)
        likely = {m: likely[m] for m in (*LIGATURES, ANY)} | {ITSELF: likely[ITSELF] + accent}
    elif kind_of(sign) in NEVER_THEMSELVES and left and right:
        likely[""] = NOTHING * vocabulary.probability(left + right)
    return likely


def _listed_probability(word: str, vocabulary: Vocabulary) -> float:
    """How probable a word is, as far as that matters beside one that is clearly listed: its parts do not."""
    if known := vocabulary.known(word):
        return known
    return FOREIGN_SHARE * vocabulary.frequency_abroad(word) + vocabulary.unknown(word)


SYMBOL = 1e-3
"""How probable a single letter is beside a sign that is written: a quantity, an index (`a[i,j]`)."""

UNHEARD = 1e-12
"""How probable at least what stands beside a sign is as a word of its own."""


def _apart(left: str, right: str, vocabulary: Vocabulary, symbol: float) -> float:
    """The probability of what stands on both sides as words of their own."""
    sides = [max(vocabulary.probability(side), symbol if len(side) == 1 else UNHEARD) for side in (left, right) if side]
    return math.prod(sides)


def _readings(left: str, right: str) -> Iterable[tuple[str, str]]:
    """What each letter-like meaning makes of the letters before and behind a sign."""
    for meaning in (*LIGATURES, *OTHER_LIGATURES):
        yield meaning, left + meaning + right
    for meaning in LETTERS:
        yield meaning, left + (meaning.upper() if not left and right[:1].isupper() else meaning) + right
    for accent in ACCENTS:
        if right and (accent != STROKE or right[0] in "Ll"):
            yield accent, left + put_accent(accent, right)


def put_accent(accent: str, word: str) -> str:
    """A word with an accent on its first letter, composed where Unicode has the letter.

    >>> put_accent("\u0308", "odel")
    'ödel'
    """
    if accent == STROKE:
        return _STROKED.get(word[0], word[0]) + word[1:]
    base = {"ı": "i", "ȷ": "j"}.get(word[0], word[0])
    return unicodedata.normalize("NFC", base + accent) + word[1:]


_STROKED = {"l": "ł", "L": "Ł"}


def _shape_gain(shape: str, shapes: Mapping[str, int]) -> float:
    """How much better the shapes of a sign's places fit a mark than letters, which stand between letters."""
    expected, letters = _SHAPES[shape], _SHAPES["letters"]
    return sum((1 + math.log(n)) * math.log(expected[s] / letters[s]) for s, n in shapes.items())


@cache
def _encodings() -> Mapping[str, Mapping[str, str]]:
    return read_toml(DICTIONARIES / "encodings.toml")


def _weigh_encodings(table: Mapping[str, CodeEvidence]) -> dict[str, float]:
    """How probable each known encoding is, given the signs whose meaning is clear."""
    logs = {}
    for name, encoding in _encodings().items():
        logs[name] = -math.log(len(_encodings()))
        for sign, found in table.items():
            if sign in encoding and found.meaning is not ITSELF and found.probability > 0.9:
                agrees = encoding[sign] == found.meaning
                logs[name] += math.log(30 if agrees else 0.1)
    top = max(logs.values())
    whole = sum(math.exp(v - top) for v in logs.values())
    return {name: math.exp(v - top) / whole for name, v in logs.items()}


def _count_agreeing(table: Mapping[str, CodeEvidence], encodings: Mapping[str, float]) -> int:
    """How many signs that make words stand for what the most probable encoding says."""
    encoding = _encodings()[max(encodings, key=lambda name: encodings[name])]
    return sum(bool(e.examples) and e.probability > 0.9 and encoding.get(s) == e.meaning for s, e in table.items())


def _decide(
    sign: str,
    gains: Mapping[str | None, float],
    found: _Sign,
    encodings: Mapping[str, float],
    agreeing: int,
    *,
    nearby: Mapping[str | None, float] = MappingProxyType({}),
) -> tuple[str | None, float]:
    """The most probable meaning of a sign; a capital is none for its own small letter."""
    listed = sum(weight for name, weight in encodings.items() if sign in _encodings()[name])
    is_clear = listed > 0.9
    doubt = CLEAR_DOUBT / max(1, agreeing) ** 2
    encoded = 1 - doubt if is_clear and agreeing > 1 and _makes_words(found) else ENCODED
    code = max(kind_of(sign).is_code, encoded * listed if listed > 0.5 else 0.0)
    shy = not is_clear and found.shapes.total() <= PLAIN_MARKS
    letter = is_clear or (shy and sign != "\ufffd")
    others = [m for m in gains if m is not ITSELF and not (shy and m in MARKS) and not (letter and m == "")]
    others = [m for m in others if not (sign.isupper() and m == sign.lower())]
    guess = 1 - doubt if is_clear else FIRST_GUESS
    priors: dict[str | None, float] = {m: (1 - guess) * _base(m, len(others)) for m in others}
    for name, weight in encodings.items():
        meaning = _encodings()[name].get(sign)
        if meaning in priors:
            priors[meaning] += guess * weight
    logs: dict[str | None, float] = {m: gains[m] + math.log(code * priors[m]) for m in others}
    logs[ITSELF] = gains.get(ITSELF, 0.0) + math.log(1 - code)
    logs = _with_neighbours(logs, gains, nearby)
    top = max(logs.values())
    whole = sum(math.exp(v - top) for v in logs.values())
    best = max(logs, key=lambda m: (logs[m], str(m)))
    return best, math.exp(logs[best] - top) / whole


def _with_neighbours(
    logs: Mapping[str | None, float], gains: Mapping[str | None, float], nearby: Mapping[str | None, float]
) -> dict[str | None, float]:
    """The weights of a sign's meanings with what its neighbours read it as; as far as they go, they replace guesses."""
    doubt = math.log1p(-sum(nearby.values()))
    found = {meaning: doubt + log for meaning, log in logs.items()}
    for meaning, share in nearby.items():
        told = gains.get(meaning, 0.0) + math.log(share)
        own = found.get(meaning, -math.inf)
        found[meaning] = max(own, told) + math.log1p(math.exp(-abs(own - told)))
    return found


def _makes_words(found: _Sign) -> bool:
    """Whether a sign stands in anything longer than the signs of a formula."""
    return any(len(left + right) > 2 for left, right in found.words)


def _base(meaning: str | None, number: int) -> float:
    """The first guess at a meaning where no encoding has one: ligatures are what is lost most."""
    if meaning in MARKS:
        return 1e-6
    return 0.12 if meaning in LIGATURES else 0.03 if meaning == ANY else 0.3 / number


def _may_be_code(sign: str, meaning: str | None, found: _Sign, vocabulary: Vocabulary) -> bool:
    """Whether enough of a sign's words become words by a meaning.

    Punctuation and digits stand inside the names of programs, addresses and hashes (`mpfr_sin`, `e2fsprogs`), which no
    meaning makes words of, so that the one that does least harm would win.
    """
    kind = kind_of(sign)
    if meaning is ITSELF or kind not in WRITTEN_INSIDE_WORDS:
        return True
    if meaning in MARKS:
        return kind is Kind.PUNCTUATION
    common = found.words.most_common(MOST_WORDS)
    makes_word = [_read_by(meaning, left, right, vocabulary) is not None for (left, right), _ in common]
    return sum(makes_word) > LEAST_WORDS * len(makes_word)


def _examples(sign: str, meaning: str | None, found: _Sign, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    if meaning is ITSELF:
        return ()
    shown = []
    for (left, right), _ in sorted(found.words.items(), key=lambda item: (-item[1], item[0]))[:40]:
        word = _read_by(meaning, left, right, vocabulary)
        if word is not None:
            shown.append((left + sign + right, word))
    return tuple(shown[:5])


def _read_by(meaning: str | None, left: str, right: str, vocabulary: Vocabulary) -> str | None:
    """The listed word that a meaning makes of the letters before and behind a sign, if it makes one."""
    readings = dict(_readings(left, right))
    best = max(LIGATURES, key=lambda m: vocabulary.probability(readings[m])) if meaning == ANY else meaning
    return readings[best] if best in readings and vocabulary.known(readings[best]) else None
