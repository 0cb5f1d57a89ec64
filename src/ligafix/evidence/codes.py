"""What the odd signs of a document stand for, inferred from the words that they would make.

Every sign is weighed against every meaning: a ligature, an accented letter, an accent, a quotation mark, a dash,
nothing, or what it looks like. A meaning gains by each distinct word that becomes a word through it. A sign whose
words are best served by different ligatures stands for all of them (`ANY`), and each word must choose. What a code
means elsewhere counts only as a first guess: documents of one encoding agree with it in all their codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from ligafix.evidence.encodings import count_agreeing, decide, is_encoded, weigh_encodings
from ligafix.evidence.gains import LEAST_WORDS, WRITTEN_INSIDE_WORDS, LikelyWords, best_gain, weigh_meanings
from ligafix.evidence.meanings import (
    ANY,
    ITSELF,
    MARKS,
    OWN_LETTERS,
    SPACING_ACCENTS,
    CodeEvidence,
    put_accent,
    read_by,
)
from ligafix.evidence.sightings import MOST_WORDS, Sightings, collect, collect_names
from ligafix.evidence.signs import NEVER_THEMSELVES, Kind, find_names, find_signs, kind_of
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.readings import Vocabulary

MOST_WORDS_IN_ALL = 10_000
"""How many words of all signs together; no fonts have so many signs that one word of each is too much."""

MOSTLY_ACCENT = 0.95
"""A sign that looks like an accent is one where more than this share of its words go on with a letter that takes it in
the text's languages: `gra ¸ca`, `ma ˜na`. Behind a ligature stands any letter."""

MAY_BEAR_DOTS, MOSTLY_BELOW = frozenset("dhlmnrstz"), 0.7
"""A full stop is no code where more than this share of those inside words stand behind letters under which TeX sets the
dots of transliterations (`fas.l`, *faṣl*)."""

_CLEARLY = 2.0
"""By how much (nats) a longer name must make likelier words than a shorter one."""


@dataclass(frozen=True, slots=True)
class SignWeights:
    """What the words of a text say about its signs, whatever other texts say.

    Attributes:
        names: signs that are better read with the character behind them, such as `/G0` as `/G0x`, each with the longer
            ones and how often these stand.
        gains: for each sign the log likelihood of its places with each of the `MEANINGS` (nats), in their order.
    """

    names: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    gains: Mapping[str, Sequence[float]] = field(default_factory=dict)


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
    return _infer(text, _name(counts, weights.names), vocabulary, prior or {}, weights.gains)


def weigh_signs(text: str, vocabulary: Vocabulary) -> SignWeights:
    """What the words of a text say about its signs; this takes most of the time that inferring its codes takes."""
    counts = find_signs(text)
    found = find_names(text, counts)
    longer = collect_names(text, list(chain.from_iterable(found.values())))
    names = {
        short: longs
        for short, longs in found.items()
        if sum(_gain_of_name(longer[name].words, name[len(short) :], vocabulary) for name in longs) > _CLEARLY
    }
    places = collect(text, frozenset(_name(counts, names)))
    most = min(MOST_WORDS, MOST_WORDS_IN_ALL // max(1, len(places)))
    if not most:
        return SignWeights(names)
    likely = LikelyWords(vocabulary)
    gains = {sign: weigh_meanings(sign, found, most, likely) for sign, found in places.items()}
    return SignWeights(names, gains)


def _name(counts: Mapping[str, int], names: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """How often each sign stands, with those that have longer names under these."""
    return {name: number for sign, count in counts.items() for name, number in names.get(sign, {sign: count}).items()}


def _gain_of_name(words: Mapping[tuple[str, str], int], end: str, vocabulary: Vocabulary) -> float:
    """How much better (nats) a sign explains its words with the last letter of its name than with that in the words."""
    without = {(left, end + right): count for (left, right), count in words.items()}
    return best_gain(words, vocabulary) - best_gain(without, vocabulary)


def _infer(
    text: str,
    counts: Mapping[str, int],
    vocabulary: Vocabulary,
    prior: CodePrior,
    gains: Mapping[str, Sequence[float]],
) -> dict[str, CodeEvidence]:
    places = collect(text, frozenset(counts))
    table: dict[str, CodeEvidence] = {}
    for asked in (gains.keys(), filter(is_encoded, gains)):  # what is clear tells the encoding, it tells what is not
        encodings = weigh_encodings(table)
        agreeing = count_agreeing(table, encodings)
        for sign in asked:
            gain = gains[sign]
            nearby = prior.get(sign, {})
            meaning, probability = decide(sign, gain, places[sign], encodings, agreeing, nearby=nearby)
            examples = _examples(sign, meaning, places[sign], vocabulary)
            vouched = nearby.get(meaning, 0.0) > 0.5
            is_doubtful = not examples or _is_accent(sign, places[sign], vocabulary)  # it makes no word that is known
            if meaning in (*LIGATURES, ANY) and is_doubtful and not vouched:
                meaning, probability = decide(sign, gain, places[sign], encodings, agreeing, may_be_ligature=False)
                examples = _examples(sign, meaning, places[sign], vocabulary)
            if not (vouched or _may_be_code(sign, meaning, places[sign], vocabulary)):
                meaning, probability, examples = ITSELF, 1.0, ()
            table[sign] = CodeEvidence(counts[sign], meaning, probability, examples)
    return {sign: table.get(sign) or CodeEvidence(count, ITSELF, 1.0) for sign, count in counts.items()}


def keep_surest(table: Mapping[str, CodeEvidence]) -> dict[str, CodeEvidence]:
    """The same where no words can tell: a sign that authors write is what it looks like."""
    itself = ((sign, CodeEvidence(found.count, ITSELF, 1.0)) for sign, found in table.items())
    return {sign: table[sign] if kind_of(sign) in NEVER_THEMSELVES else one for sign, one in itself}


def _is_accent(sign: str, found: Sightings, vocabulary: Vocabulary) -> bool:
    """Whether a sign looks like an accent, and stands before letters that take it in the text's languages."""
    accent = SPACING_ACCENTS.get(sign)
    own = "".join(OWN_LETTERS.get(code, "") for code in vocabulary.shares)
    if accent is None or not own:
        return False
    fits = sum(n for (_, right), n in found.words.items() if right and put_accent(accent, right.lower())[0] in own)
    return fits > MOSTLY_ACCENT * found.words.total()


def _may_be_code(sign: str, meaning: str | None, found: Sightings, vocabulary: Vocabulary) -> bool:
    """Whether enough of a sign's words become words by a meaning, where authors write such signs inside words."""
    kind = kind_of(sign)
    if meaning is ITSELF or kind not in WRITTEN_INSIDE_WORDS:
        return True
    if meaning in MARKS:
        return kind is Kind.PUNCTUATION
    if _is_shorthand(sign, found):
        return False
    common = found.words.most_common(MOST_WORDS)
    below = sum(count for (left, _), count in found.words.items() if left[-1:] in MAY_BEAR_DOTS)
    if sign == "." and below > MOSTLY_BELOW * found.words.total():
        return False
    is_in_one_word = len({(left + right).casefold() for (left, right), _ in common}) == 1
    if kind is Kind.PUNCTUATION and not is_encoded(sign) and is_in_one_word:  # its author writes that word so
        return False
    makes_word = [read_by(meaning, left, right, vocabulary) is not None for (left, right), _ in common]
    return sum(makes_word) > LEAST_WORDS * len(makes_word)


def _is_shorthand(sign: str, found: Sightings) -> bool:
    """Whether a text has German letters as TeX takes them from typists (`"a`, `"s`): no accent stands before an s."""
    sharp = sum(count for (_, right), count in found.words.items() if right[:1] in SHARP)
    return sign == '"' and sharp > LEAST_SHARP * found.words.total()


SHARP, LEAST_SHARP = ("s", "z"), 0.02
"""What ß is behind the sign, and how many of the sign's words have it at least: in German novels a quarter of the
letters that take it are ß."""


def _examples(sign: str, meaning: str | None, found: Sightings, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    if meaning is ITSELF:
        return ()
    commonest = sorted(found.words.items(), key=lambda item: (-item[1], item[0]))[:40]
    read = ((left, right, read_by(meaning, left, right, vocabulary)) for (left, right), _ in commonest)
    return tuple(islice(((left + sign + right, word) for left, right, word in read if word is not None), 5))
