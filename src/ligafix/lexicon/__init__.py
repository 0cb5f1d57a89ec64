"""What ligafix knows about words: frequencies, languages, romanizations, context."""

from __future__ import annotations

from functools import cache

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.languages import LanguageTable
from ligafix.lexicon.places import DICTIONARIES, dictionaries_hash
from ligafix.lexicon.words import WordList, Words, WordTable

__all__ = [
    "DICTIONARIES",
    "dictionaries_hash",
    "has_words",
    "list_languages",
    "load_context",
    "load_languages",
    "load_words",
]

_WORDS = DICTIONARIES / "words"


def has_words(language: str) -> bool:
    """Whether the words of a language are known."""
    return _has_table(language) or language in list_languages()


@cache
def list_languages() -> tuple[str, ...]:
    """The languages whose words are known, by their ISO 639 codes."""
    import wordfreq  # a third of a second, only for languages without tables

    own = (path.name.removesuffix(".stats") for path in _WORDS.glob("*.stats"))
    return tuple(sorted({*own, *wordfreq.available_languages("small")}))


@cache
def load_words(language: str) -> Words | None:
    """The words of a language: its tables, or wordfreq's list where there are none, or None."""
    if _has_table(language):
        return WordTable(_WORDS, language)
    if language not in list_languages():
        return None
    import wordfreq

    return WordList(wordfreq.get_frequency_dict(language, "best"))


def _has_table(language: str) -> bool:
    return (_WORDS / f"{language}.trie").is_file()


@cache
def load_context(language: str) -> ContextModel | None:
    """The context model of a language; None where there is none."""
    return ContextModel.load(DICTIONARIES / "context", language)


@cache
def load_languages() -> LanguageTable:
    """The table that tells languages apart."""
    return LanguageTable(_WORDS)
