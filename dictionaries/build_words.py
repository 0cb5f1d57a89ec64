#!/usr/bin/env python3
"""Build the word tables of the main languages from wordfreq and a folder of corpora.

    python dictionaries/build_words.py CORPORA

CORPORA holds gzipped UTF-8 text named LANGUAGE-KIND.txt.gz. For each language these files are written to
dictionaries/words/: LANGUAGE.trie, LANGUAGE.stats, LANGUAGE.remains.trie (laid out as ligafix.lexicon.words says),
LANGUAGE.letters (the spelling of rare words, ligafix.lexicon.letters), and where there are corpora
LANGUAGE.hyphens.trie (hyphenated compounds and their parts, ligafix.lexicon.hyphens). One more, languages.trie, holds
the commonest words of every language in Latin script.

The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import marisa_trie
import wordfreq

from ligafix.lexicon.languages import normal_form
from ligafix.lexicon.letters import train
from ligafix.lexicon.skeleton import has_ligature, skeleton, skeletons
from ligafix.lexicon.words import pack_frequency

OUT = Path(__file__).resolve().parent / "words"
MAIN_LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
CORE_WORDS = 3000
"""How many of a language's commonest words tell it from other languages."""
RARE = 1e-6
"""The words that show how unlisted words are spelt are rarer than this."""
PART = 1e-7
"""Parts of hyphenated pairs are words at least this frequent."""
LATIN = re.compile(r"[a-zß-öø-ɏḁ-ỿ]+(?:'[a-zß-öø-ɏḁ-ỿ]+)*")
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
AFTER_LOWER = re.compile(r"(?<=[a-zß-ÿ,;] )[^\W\d_]+")
"""Words that do not open a sentence: their capital, if they have one, is their own."""
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:[-‐][^\W\d_]+)+(?![\w-])")
WORDFREQ_SHARE = 0.5
"""The weight of wordfreq (many registers, noisy) against the corpora (edited prose)."""


@dataclass
class CorpusCounts:
    """How often the words of one language stand in its corpora."""

    total: int = 0
    share: Counter[str] = field(default_factory=Counter)
    count: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    inside_lower: Counter[str] = field(default_factory=Counter)
    compounds: Counter[str] = field(default_factory=Counter)


def read_corpora(folder: Path, language: str) -> CorpusCounts:
    """Count the words of all corpora of a language; `share` weighs corpora by the root of their size."""
    counts = CorpusCounts()
    files = sorted(folder.glob(f"{language}-*.txt.gz"))
    weights = 0.0
    for path in files:
        text = unicodedata.normalize("NFC", gzip.decompress(path.read_bytes()).decode("utf-8"))
        words = Counter(w.lower().replace("’", "'") for w in TOKEN.findall(text))
        total = sum(words.values())
        weight = math.sqrt(total)
        weights += weight
        counts.total += total
        counts.count.update(words)
        for word, n in words.items():
            counts.share[word] += weight * n / total  # type: ignore[assignment]
        counts.compounds.update(c.lower().replace("‐", "-") for c in COMPOUND.findall(text))
        for word in AFTER_LOWER.findall(text):
            counts.inside[word.lower()] += 1
            counts.inside_lower[word.lower()] += word == word.lower()
    for word in counts.share:
        counts.share[word] /= weights  # type: ignore[assignment]
    return counts


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


def drop_remains(words: dict[str, float], corpus: CorpusCounts) -> None:
    """Take out what the web's own damaged text left in wordfreq: `signicant`, `oce`, `diculties`."""
    best: defaultdict[str, float] = defaultdict(float)
    for word, frequency in words.items():
        if has_ligature(word):
            best[skeleton(word)] = max(best[skeleton(word)], frequency)
    for word in [w for w in words if w in best]:
        if not corpus.count[word] and best[word] > 100 * words[word]:
            del words[word]


def lower_share(word: str, corpus: CorpusCounts) -> int:
    """How often a word is written small inside sentences, from 0 to 255; three quarters where unknown."""
    seen = corpus.inside[word]
    return round(255 * (corpus.inside_lower[word] + 1.5) / (seen + 2))


def remains(words: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """What can be left of each word that has ligatures, and the word."""
    for word in words:
        if has_ligature(word):
            for bare in skeletons(word):
                yield bare, word


def build_language(language: str, corpora: Path) -> None:
    """Write the tables of one language."""
    corpus = read_corpora(corpora, language)
    words = merge(wordfreq.get_frequency_dict(language, "large"), corpus)
    drop_remains(words, corpus)
    trie = marisa_trie.Trie(sorted(words))
    stats = bytearray(2 * len(words))
    for word, frequency in words.items():
        at = 2 * trie[word]
        stats[at : at + 2] = bytes((pack_frequency(frequency), lower_share(word, corpus)))
    index = marisa_trie.RecordTrie("<I", sorted((bare, (trie[word],)) for bare, word in remains(words)))
    trie.save(str(OUT / f"{language}.trie"))
    (OUT / f"{language}.stats").write_bytes(stats)
    index.save(str(OUT / f"{language}.remains.trie"))
    (OUT / f"{language}.letters").write_bytes(train(w for w, f in words.items() if f < RARE))
    if corpus.total:
        build_hyphens(language, corpus, words)
    print(f"{language}: {len(words)} words, {len(index)} of them with ligatures")


def build_hyphens(language: str, corpus: CorpusCounts, words: Mapping[str, float]) -> None:
    """Write how often words stand hyphenated in running text: pairs, first parts (`self-`), last parts (`-like`).

    Pieces of words that a line's end once divided (`effec-tively`) are left out.
    """
    pairs: Counter[str] = Counter()
    for compound, count in corpus.compounds.items():
        parts = compound.split("-")
        for first, second in itertools.pairwise(parts):
            if min(words.get(first, 0), words.get(second, 0)) > PART or first + second not in words:
                pairs[f"{first}-{second}"] += count
    parts_of: Counter[str] = Counter()
    for pair, count in pairs.items():
        first, second = pair.split("-")
        parts_of[f"{first}-"] += count
        parts_of[f"-{second}"] += count
    parts_of["-"] = sum(pairs.values())
    kept = {k: n for k, n in (pairs + parts_of).items() if n > 1}
    records = sorted((key, (pack_frequency(n / corpus.total),)) for key, n in kept.items())
    marisa_trie.RecordTrie("<B", records).save(str(OUT / f"{language}.hyphens.trie"))


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
    marisa_trie.RecordTrie("<3sB", sorted(records)).save(str(OUT / "languages.trie"))
    print(f"languages: {len({r[1][0] for r in records})}")


def main() -> None:
    """Build all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    corpora = parser.parse_args().corpora
    OUT.mkdir(exist_ok=True)
    for language in MAIN_LANGUAGES:
        build_language(language, corpora)
    build_languages()


if __name__ == "__main__":
    main()
