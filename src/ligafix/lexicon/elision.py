"""What apostrophes part: an elided word before another one, and the 's behind it."""

from __future__ import annotations


def split_elision(form: str) -> tuple[str, str]:
    """What is left of an elided word with its apostrophe, and the word behind it.

    >>> split_elision("l’aaire"), split_elision("five"), split_elision("Aairs’s")
    (('l’', 'aaire'), ('', 'five'), ('', 'Aairs’s'))
    """
    for mark in "'’":
        if mark not in form:
            continue
        head, found, rest = form.partition(mark)
        if found and len(rest) > 2 and not any(other in rest for other in "'’"):
            return head + found, rest
    return "", form


def split_possessive(form: str) -> tuple[str, str]:
    """A form and its 's, which word lists do not hold with every word.

    >>> split_possessive("Aairs’s"), split_possessive("five")
    (('Aairs', '’s'), ('five', ''))
    """
    if len(form) > 3 and form[-2] in "'’" and form[-1] in "sS":
        return form[:-2], form[-2:]
    return form, ""
