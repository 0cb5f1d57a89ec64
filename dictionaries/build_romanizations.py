"""Build the lexicon of romanizations from the readings of EDICT and ENAMDICT.

    python dictionaries/build_romanizations.py [--edict FILE] [--enamdict FILE]

Both files come with Debian's packages `edict` and `enamdict` (EUC-JP text). A reading is romanized after Hepburn,
its long vowels are taken out of the letters, and what remains is the key: `kyokutou` is stored under `kyokuto`,
with the last vowel long. Two weights say how common a form is as a word and as a name: a word's comes from the
frequency of its spellings in wordfreq's Japanese list, a name's from the number of its spellings in ENAMDICT.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import wordfreq
from replacing import replacing

HERE = Path(__file__).resolve().parent
TARGET = HERE / "romanizations" / "hepburn.marisa"
MAX_VOWELS = 16  # what the mask of long vowels holds
MAX_PLACE_NAME = 12  # letters; longer place names are compounds that the parts spell out
TOP_WEIGHT = 15

VOWELS = frozenset("aiueo")
DIGRAPHS = {
    "き": "ky", "ぎ": "gy", "し": "sh", "じ": "j", "ち": "ch", "ぢ": "j", "に": "ny", "ひ": "hy", "び": "by",
    "ぴ": "py", "み": "my", "り": "ry",
}  # fmt: skip
SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
FOREIGN = {
    "ふぁ": "fa", "ふぃ": "fi", "ふぇ": "fe", "ふぉ": "fo", "うぃ": "wi", "うぇ": "we", "うぉ": "wo", "ゔぁ": "va",
    "ゔぃ": "vi", "ゔぇ": "ve", "ゔぉ": "vo", "てぃ": "ti", "でぃ": "di", "とぅ": "tu", "どぅ": "du", "しぇ": "she",
    "じぇ": "je", "ちぇ": "che", "つぁ": "tsa", "つぇ": "tse", "つぉ": "tso", "でゅ": "dyu", "てゅ": "tyu",
    "ふゅ": "fyu",
}  # fmt: skip
KANA = dict(
    zip(
        "あいうえおかきくけこがぎぐげごさしすせそざじずぜぞたちつてとだぢづでどなにぬねのはひふへほばびぶべぼぱぴぷぺぽ"
        "まみむめもやゆよらりるれろわゐゑをんゔぁぃぅぇぉ",
        [
            "a",
            "i",
            "u",
            "e",
            "o",
            "ka",
            "ki",
            "ku",
            "ke",
            "ko",
            "ga",
            "gi",
            "gu",
            "ge",
            "go",
            "sa",
            "shi",
            "su",
            "se",
            "so",
            "za",
            "ji",
            "zu",
            "ze",
            "zo",
            "ta",
            "chi",
            "tsu",
            "te",
            "to",
            "da",
            "ji",
            "zu",
            "de",
            "do",
            "na",
            "ni",
            "nu",
            "ne",
            "no",
            "ha",
            "hi",
            "fu",
            "he",
            "ho",
            "ba",
            "bi",
            "bu",
            "be",
            "bo",
            "pa",
            "pi",
            "pu",
            "pe",
            "po",
            "ma",
            "mi",
            "mu",
            "me",
            "mo",
            "ya",
            "yu",
            "yo",
            "ra",
            "ri",
            "ru",
            "re",
            "ro",
            "wa",
            "i",
            "e",
            "o",
            "n",
            "vu",
            "a",
            "i",
            "u",
            "e",
            "o",
        ],
        strict=True,
    )
)
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヴ") + 1)}
READING = re.compile("[ぁ-ゔァ-ヴー・]+")
ENTRY = re.compile(r"(\S+) (?:\[([^\]]+)\] )?/(.*)/")
PARTS = {"上": "うえ", "内": "うち", "浦": "うら", "海": "うみ"}
"""Last parts of names that begin with `u`: Inoue and Takenouchi are also written so, not only Inōe."""

ORGANIZATION = re.compile(r"\((?:[a-z]+,)*[co][,)]")  # companies and organizations
IN_ORGANIZATIONS = 0.05  # the share of words that end an organization's name, in references

NAME_KINDS = frozenset("sfgmpuc")  # surname, given name (female, either, male), place, unclassified, company


class Entry(NamedTuple):
    """One spelling of a word or name, with its reading in kana."""

    spelling: str
    reading: str
    gloss: str


class Form(NamedTuple):
    """A romanization: its letters without marks, and which of its vowels (counted from 0) are long, as bits."""

    letters: str
    long_vowels: int


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries of a dictionary in EDICT's format whose reading is kana."""
    for line in path.read_text(encoding="euc_jp", errors="replace").split("\n"):
        entry = ENTRY.fullmatch(line.strip())
        if entry and READING.fullmatch(reading := entry[2] or entry[1]):
            yield Entry(entry[1], reading.replace("・", ""), entry[3])


def romanize(reading: str, apart: int = 0) -> Form:
    """Romanize a reading in kana; its last `apart` kana are a part of their own, which lengthens nothing before.

    >>> romanize("きょくとう"), romanize("おもう", apart=1), romanize("ビール")
    (Form(letters='kyokuto', long_vowels=4), Form(letters='omou', long_vowels=0), Form(letters='biru', long_vowels=1))
    """
    letters, long_vowels, vowels = "", 0, 0
    syllables = list(_syllables(reading.translate(TO_HIRAGANA)))
    for i, syllable in enumerate(syllables):
        already = vowels > 0 and bool(long_vowels >> (vowels - 1) & 1)
        if i != len(syllables) - apart and not already and _lengthens(letters, syllable):
            long_vowels |= 1 << (vowels - 1)
            continue
        letters += syllable
        vowels += sum(letter in VOWELS for letter in syllable)
    return Form(letters, long_vowels)


def _lengthens(letters: str, syllable: str) -> bool:
    """Whether a syllable only makes the vowel before it long; `ii` and `ei` are written out."""
    return (syllable == "-" and letters[-1:] in VOWELS) or letters[-1:] + syllable in (
        "ou",
        "oo",
        "uu",
        "aa",
        "ee",
    )


def _syllables(kana: str) -> Iterator[str]:
    """The romanized syllables of hiragana; `-` is the mark of a long vowel."""
    doubled = False
    at = 0
    while at < len(kana):
        syllable, width = _syllable(kana, at)
        at += width
        if syllable == "っ":
            doubled = True
            continue
        if doubled and syllable[0] not in "aiueon-":
            yield "t" if syllable.startswith("ch") else syllable[0]
        doubled = False
        if syllable:
            yield syllable


def _syllable(kana: str, at: int) -> tuple[str, int]:
    pair = kana[at : at + 2]
    if pair in FOREIGN:
        return FOREIGN[pair], 2
    if len(pair) == 2 and pair[0] in DIGRAPHS and pair[1] in SMALL:
        return DIGRAPHS[pair[0]] + SMALL[pair[1]], 2
    if pair[0] in "ーっ":
        return {"ー": "-", "っ": "っ"}[pair[0]], 1
    return KANA.get(pair[0]) or {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ゎ": "wa"}.get(pair[0], ""), 1


def weigh_words(entries: Iterable[Entry], names: Iterable[Entry]) -> dict[Form, int]:
    """How common each form is as a word: 1 for an entry unknown to wordfreq, up to 15.

    Romanized Japanese stands mostly in references, each of which names a publisher, and many a university or a
    society. So one word in twenty is counted as the last of a publisher's name in ENAMDICT, and one as the last
    of another organization's.
    """
    frequency = wordfreq.get_frequency_dict("ja", wordlist="large")
    organizations = [name for name in names if ORGANIZATION.match(name.gloss)]
    publishers = [name for name in organizations if "publish" in name.gloss.lower()]
    named = [(count_endings(kind), IN_ORGANIZATIONS / len(kind)) for kind in (organizations, publishers)]
    mass: defaultdict[Form, float] = defaultdict(float)
    for entry in entries:
        form = romanize(entry.reading, apart=int("v5u" in entry.gloss))
        common = 1e-6 if "(P)" in entry.gloss else 2e-8
        mass[form] += max(frequency.get(entry.spelling, 0), common)
        mass[form] += sum(share * endings[entry.spelling, entry.reading] for endings, share in named)
    return {form: _quantize(1.8 * math.log10(m / 2e-8)) for form, m in mass.items()}


def count_endings(names: Iterable[Entry]) -> Counter[tuple[str, str]]:
    """How many names end in a spelling (of two to four characters) read in a certain way."""
    endings: Counter[tuple[str, str]] = Counter()
    for name in names:
        spellings = (name.spelling[-n:] for n in (2, 3, 4) if n < len(name.spelling))
        readings = [name.reading[-n:] for n in range(2, len(name.reading))]
        endings.update((spelling, reading) for spelling in spellings for reading in readings)
    return endings


def weigh_names(entries: Iterable[Entry]) -> dict[Form, int]:
    """How common each form is as a name: 1 for a single spelling in ENAMDICT, up to 15."""
    spellings: Counter[Form] = Counter()
    for entry in entries:
        kinds = set(re.split("[,)]", entry.gloss[1 : entry.gloss.find(")") + 1]))
        form = romanize(entry.reading)
        if not kinds & NAME_KINDS or _foreign(entry):
            continue
        if kinds <= {"p", "u", "c", ""} and len(form.letters) > MAX_PLACE_NAME:
            continue
        spellings[form] += 1
        if PARTS.get(entry.spelling[-1], "-") == entry.reading[-2:]:
            spellings[romanize(entry.reading, apart=2)] += 1
    return {form: _quantize(2 * math.log2(n)) for form, n in spellings.items()}


def _foreign(entry: Entry) -> bool:
    """Whether a name is a foreign one in katakana, which nobody romanizes back."""
    return entry.spelling == entry.reading and re.search("[ァ-ヴ]", entry.spelling) is not None


def _quantize(weight: float) -> int:
    return max(1, min(TOP_WEIGHT, 1 + round(weight)))


def build(edict: Path, enamdict: Path, target: Path) -> int:
    """Write the lexicon to `target`; return the number of its forms."""
    words = weigh_words((e for e in read_entries(edict) if not _foreign(e) or "(P)" in e.gloss), read_entries(enamdict))
    names = weigh_names(read_entries(enamdict))
    forms = {
        form: words.get(form, 0) << 4 | names.get(form, 0)
        for form in words.keys() | names.keys()
        if len(form.letters) > 1 and sum(letter in VOWELS for letter in form.letters) <= MAX_VOWELS
    }
    rows = [(form.letters, (form.long_vowels, weights)) for form, weights in sorted(forms.items())]
    with replacing(target.parent) as folder:
        marisa_trie.RecordTrie("<HB", rows, num_tries=4).save(str(folder / target.name))
    return len(rows)


def main() -> None:
    """Build the lexicon from Debian's files, or from those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edict", type=Path, default=Path("/usr/share/edict/edict"))
    parser.add_argument("--enamdict", type=Path, default=Path("/usr/share/edict/enamdict"))
    arguments = parser.parse_args()
    count = build(arguments.edict, arguments.enamdict, TARGET)
    print(f"{count} forms, {TARGET.stat().st_size} bytes in {TARGET}")


if __name__ == "__main__":
    main()
