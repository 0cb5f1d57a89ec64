"""Conditions that lost their ligature: `x is prime i there is no divisor` (iff), in a document that lost ff.

Where it comes from: mathematicians abbreviate *if and only if*, and a lost ff leaves an i, which in the same papers is
a variable. No frequency tells them apart, but their neighbours do: before *iff* a statement ends, behind it one begins.

It refuses texts that are not mostly English, in many of which i is a word of its own. And it refuses an i that may be
a variable (`for each agent i it is known`, `the value of player i for all x`), a bracket, an index, or the pronoun in
a text that begins its sentences small: among 8,429 of them in research papers it takes five for conditions, and finds
a quarter of the 274 conditions there (`benchmarks/conditions.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ligafix.changes import Candidate, Proposal
from ligafix.chunks import find_chunks_of
from ligafix.document import surroundings
from ligafix.lexicon.alignment import Loss
from ligafix.scoring import Scorer
from ligafix.scoring.alone import ESTABLISHED

CONFIDENCE = 0.95
"""How often it is right where ff is lost, by the counts above and as many conditions as there are in such papers."""

REACH = 1000
"""So many code points before a place and behind it tell how sentences begin there."""

_SMALL_START = re.compile(r"[.!?](?<=[a-z][a-z].)\s{1,4}[a-z]")
_LARGE_START = re.compile(r"[.!?](?<=[a-z][a-z].)\s{1,4}[A-Z]")

_LONE = re.compile(r"(?<=[^\S\r\f])i(?=[^\S\r\f])")

_NO_END = re.compile(
    "(?:a|all|an|and|any|are|as|at|be|between|by|each|either|every|for|from|given|gives|has|if|in|is|it|let|no|of|on|or"
    "|over|per|some|such|than|that|the|then|through|to|under|via|when|where|which|while|who|with|within|without)",
    re.IGNORECASE,
)
"""Words in which no statement ends."""

_VERB = r"(?:is|are|has|have|does|do|can|holds?|exists?|[a-z]{2,}[^\Ws]s)\b"
_RELATION = r"(?:<=|>=|!=|[=<>≤≥∈∉⊆⊂≠≡→⇒⊢⊨≻≺])"
_VARIABLE = r"[^\W\d_]\w{0,2}'?"
_QUANTIFIED = rf"for\s+(?:all|every|some)\s+{_VARIABLE}\s"

_STATEMENT = re.compile(
    r"\s(?:there\s+(?:is|are|exists?|was|were|do|does)\b|(?:it|they|both|neither)\s+\w|not\s+[^\W\d_]\d)"
)
"""What begins a statement and never follows a variable."""

_FORMULA = re.compile(
    rf"[ \t](?:not\b|[∃∀¬]\w|\(\s*{_VARIABLE}\s+|[a-z]{{1,8}}\([^\s]|{_QUANTIFIED}"
    rf"|{_VARIABLE}\s+(?:{_VERB}|{_RELATION}|not\b|[-+−∧∨∪∩]\s+{_VARIABLE}\s+{_RELATION}))"
)
"""What begins a formula, or a statement about a variable."""

_CLAUSE = re.compile(
    rf"\s(?:(?:the|its|every|all|each|no|some|any|a|an)\s+(?:[\w-]+\s+){{1,8}}?{_VERB}"
    rf"|for\s+(?:all|any|every|each|some)\s|(?:\w+\s+){{1,2}}{_VERB})"
)
"""What begins a statement in words."""

_FORMULA_END = re.compile(r"(?:(?:\A|\s)[α-ωΑ-Ω]'?|[=≤≥<>] -?\d+|[^\W\d_]\d{1,2}'?|\w[)\]}]+)\Z")
_PREDICATE_END = re.compile(
    r"(?:\w(?:able|ible|ive|ous|[^n]ed|less|free)|holds|true|false|even|odd|empty|valid|finite|optimal|minimal|maximal"
    r"|complete|consistent|equivalent|equal|independent|prime|convex|compact|linear|terminates|converges|exists)\Z"
)
"""What is said of something, where an index would follow a noun."""

_QUANTIFIER = re.compile(r"\b(?:for|each|every|all|any|some|no|given)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:!?]\s")
_FUNCTION = re.compile(r"\s\w*\(")


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The lone i's of a text that were conditions."""
    lost = scorer.evidence.lost(Loss("ff", ""))
    if lost < ESTABLISHED or not scorer.vocabulary.is_english:
        return []
    candidates = Candidate("iff", CONFIDENCE), Candidate("i", 1 - CONFIDENCE)
    said = f"ff: {lost:.0%} lost; between two statements"
    return [Proposal(at, at + 1, "iff", "condition", CONFIDENCE, candidates, said) for at in _find(text)]


def _find(text: str) -> Iterator[int]:
    for _, start in find_chunks_of(text).find({"i"}):
        is_lone = _LONE.match(text, start) and is_condition(*surroundings(text, start, start + 1))
        if is_lone and not _is_lower_case(text[max(0, start - REACH) : start + REACH]):
            yield start


def _is_lower_case(text: str) -> bool:
    """Whether most sentences of a text begin small, so that an i in it is a pronoun."""
    small, large = len(_SMALL_START.findall(text)), len(_LARGE_START.findall(text))
    return small > large


def is_condition(left: str, right: str) -> bool:
    """Whether a statement ends before a place, and another begins behind it.

    >>> is_condition("p1 overrides p2 ", " p1 implies p2"), is_condition("the value of agent ", " is known")
    (True, False)
    """
    last = _SENTENCE_END.split(left)[-1].split()[-2:]
    if not last or _NO_END.fullmatch(last[-1]):
        return False
    ends_formula = _FORMULA_END.search(" ".join(last)) is not None
    if ends_formula and _FORMULA.match(right):
        return not (left.endswith("\n") and _FUNCTION.match(right))
    if _PREDICATE_END.search(last[-1]) and (_CLAUSE.match(right) or _FORMULA.match(right)):
        return True
    is_named = last[-1][-1].isalpha() and not _QUANTIFIER.search(" ".join(last))
    return (ends_formula or is_named) and _STATEMENT.match(right) is not None
