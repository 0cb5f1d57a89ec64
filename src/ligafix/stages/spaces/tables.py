"""What is known about the words that hold sentences together, and how they occur inside other words."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IDENTIFIER_PREFIXES: Mapping[str, str] = {
    **dict.fromkeys(_words("in on as by at for not an out up per with from"), "preposition"),
    **dict.fromkeys(
        _words("to is my has no do be if get set new all can pro non re we you it add use who what which any old this"),
        "identifier",
    ),
}
"""What names of programs and products begin with: `toString`, `isEmpty`, `onClick`, `YouTube`."""

PARTICLES = _words(
    "de la le el al du da di do dos das des van von der den ter ten zu mac mc st du lo los las bin ibn y e a o les del "
    "della dello san santa saint fitz vom zum zur"
)
"""What surnames begin with: `deVries`, `LeBlanc`."""

AFFIX_FREE: Mapping[str, frozenset[str]] = {
    "en": _words(
        "the of and that with from which their this these those have been were would could should his its they what "
        "when where who your was had has but than then them because between through such also very"
    ),
    "de": _words("nicht dass daß wurde wurden einen einer einem dieser"),
    "fr": _words("dans avec cette"),
    "es": _words("del pero"),
    "it": _words("della delle degli questo questa"),
    "pt": _words("não uma"),
    "nl": _words("niet zijn"),
    "pl": _words("jest oraz który która"),
}
"""Frequent words that words of the language rarely begin with or end in."""

SHORT_PART: Mapping[int, float] = {1: 5e-3, 2: 1e-3, 3: 3e-5}
"""How frequent a word of so many letters must be to be a part: short strings are words by chance."""

LONGEST_PART = 20
"""No part has more letters."""

FUNCTIONS = _words(
    "log ln lg exp sin cos tan cot sec max min arg argmax argmin sup inf lim pr prob var cov corr rank det dim ker mod "
    "sqrt sign sgn logit probit erf gcd lcm diag trace div grad curl median mean size length count sum avg if while "
    "for print return"
)
"""What stands before a bracket as the name of a function."""

ELISIONS = _words("Tis Twas Twere Twill Em Til")
"""What stands behind an apostrophe that is no quotation mark."""

ELEMENTS = _words("He Li Be Ne Na Mg Al Si Cl Ar Ca Sc Ti Mn Fe Co Ni Cu Zn Ga As Se Br Kr In Xe Cs Ba La At Am No")
"""What stands behind raised figures as an isotope."""

ORDINAL_ENDINGS = _words("st nd rd th er re ème o a")
"""What stands behind figures as the end of an ordinal number."""
