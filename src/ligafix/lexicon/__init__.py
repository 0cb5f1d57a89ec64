"""What ligafix knows about words: frequencies, languages, romanizations, context."""

from __future__ import annotations

from functools import cache

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.languages import LanguageTable
from ligafix.lexicon.places import DICTIONARIES, dictionaries_hash
from ligafix.lexicon.words import WordList, Words, WordTable

__all__ = ["DICTIONARIES", "dictionaries_hash", "load_context", "load_languages", "load_words"]


@cache
def load_words(language: str) -> Words | None:
    """The words of a language: its tables, or wordfreq's list where there are none, or None."""
    folder = DICTIONARIES / "words"
    if (folder / f"{language}.trie").is_file():
        return WordTable(folder, language)
    import wordfreq  # a third of a second, only for languages without tables

    if language not in wordfreq.available_languages("small"):
        return None
    return WordList(wordfreq.get_frequency_dict(language, "best"))


@cache
def load_context(language: str) -> ContextModel | None:
    """The context model of a language; None where there is none."""
    return ContextModel.load(DICTIONARIES / "context", language)


@cache
def load_languages() -> LanguageTable:
    """The table that tells languages apart."""
    return LanguageTable(DICTIONARIES / "words")
