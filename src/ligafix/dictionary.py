"""The user's own dictionaries: words that are right, changes to prefer, changes never to make.

A dictionary is a text file in UTF-8 with one entry a line; what stands behind `#` is a comment.

    Biffen        # a word that there is: what lost its ligature may be read as it, and it is no damage
    led=filed     # prefer: where `led` looks damaged, it is `filed`
    !led=filed    # ignore: never make `filed` of `led`
    !led          # ignore: leave the word `led` alone
    !/Fig.*/      # ignore: leave words alone that the regular expression matches as a whole

Entries in lower case stand for the same with a capital, too; others for themselves alone. In `ligafix.toml` the
settings `prefer` and `ignore` take the same entries, without the sign.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ligafix.errors import InputError, SettingsError
from ligafix.formats.files import read_bytes

Pattern = Any
"""A compiled pattern of `regex`, which has no types."""


@dataclass(frozen=True, slots=True)
class UserDictionary:
    """The entries of a dictionary file.

    Attributes:
        path: where it stands, as given.
        sha256: the hash of its bytes.
        words: words that are right as they stand.
        prefer: pairs to prefer, as `before=after`.
        ignore: words, pairs and `/patterns/` to leave alone.
    """

    path: str
    sha256: str
    words: frozenset[str]
    prefer: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def read_dictionary(path: Path) -> UserDictionary:
    """Read a dictionary file.

    Raises:
        SettingsError: it cannot be read, or a line is no entry; the message names file and line.
    """
    try:
        data = read_bytes(path)
        text = data.decode("utf-8-sig")
    except InputError as error:
        raise SettingsError(f"{path}: {error}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: this dictionary is not in UTF-8; save it in UTF-8") from None
    words, prefer, ignore = [], [], []
    for number, line in enumerate(re.split(r"\r?\n", text), start=1):
        entry = entry_of(line)
        if not entry:
            continue
        try:
            if entry.startswith("!"):
                ignore.append(require_ignore(entry.removeprefix("!")))
            elif "=" in entry:
                prefer.append(require_pair(entry))
            else:
                words.append(_require_word(entry))
        except SettingsError as error:
            raise SettingsError(f"{path}: line {number}: {error}") from None
    return UserDictionary(str(path), hashlib.sha256(data).hexdigest(), frozenset(words), tuple(prefer), tuple(ignore))


def entry_of(line: str) -> str:
    """The entry in a line of a dictionary, without blanks and comments; '' where there is none.

    >>> entry_of("led=filed  # always"), entry_of("# names"), entry_of("C#")
    ('led=filed', '', 'C#')
    """
    return re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()


def is_teachable(before: str, after: str) -> bool:
    r"""Whether a pair can stand in a dictionary: words without blanks, signs of control, or the signs of an entry.

    >>> is_teachable("rst", "first"), is_teachable("signi-\ncant", "significant"), is_teachable("a=b", "c")
    (True, False, False)
    """
    return all(word and word.isprintable() and not re.search(r"[\s=]|^[!#/]", word) for word in (before, after))


def split_pair(pair: str) -> tuple[str, str]:
    """The two sides of a pair.

    >>> split_pair("led=filed")
    ('led', 'filed')
    """
    before, _, after = pair.partition("=")
    return before, after


def is_pattern(entry: str) -> bool:
    """Whether an entry is a regular expression: `/.../`."""
    return len(entry) > 2 and entry[0] == entry[-1] == "/"


def require_ignore(entry: str) -> str:
    """Refuse what is no word, pair or pattern to ignore.

    Raises:
        SettingsError: what is wrong with it.
    """
    if is_pattern(entry):
        compile_pattern(entry[1:-1])
        return entry
    return require_pair(entry) if "=" in entry else _require_word(entry)


def require_pair(entry: str) -> str:
    """Refuse what is no pair.

    Raises:
        SettingsError: what is wrong with it.
    """
    before, after = split_pair(entry)
    if not before or not after or before == after or re.search(r"\s", entry) or "=" in after:
        raise SettingsError(f"{entry!r} is no pair; write it as BEFORE=AFTER, without blanks, such as led=filed")
    return entry


def compile_pattern(pattern: str) -> Pattern:
    """Compile a user's regular expression.

    Raises:
        SettingsError: it is none.
    """
    import regex  # only where patterns are used; unlike `re`, it can stop a search that takes too long

    try:
        return regex.compile(pattern, regex.MULTILINE)
    except regex.error as error:
        raise SettingsError(f"{pattern!r} is no regular expression: {error}") from None


def _require_word(entry: str) -> str:
    if not entry or re.search(r"\s", entry):
        raise SettingsError(f"{entry!r} is no word; an entry has no blanks")
    return entry
