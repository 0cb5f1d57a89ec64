"""What the user wants left alone or preferred, whatever the stages propose. The cleaner asks here, and only here.

- *Protected* regions of the source (`protect`) keep every character: no stage touches them.
- *Ignored* words stay whole and ignored pairs are never made, by any stage that mends words; `furniture` and `lines`
  still move and remove whole lines.
- A *preferred* pair weighs more: the scorer takes the second word for a far likelier reading of the first, and what
  a stage would only suggest for it is applied. Where the document shows no damage, nothing is preferred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ligafix.changes import Proposal, Proposals
from ligafix.dictionary import Pattern, compile_pattern, is_pattern, split_pair
from ligafix.document import chunk_end, chunk_start
from ligafix.draft import Draft
from ligafix.errors import InputError
from ligafix.lexicon.words import UserWords
from ligafix.settings import Settings
from ligafix.spans import Spans

LINE_STAGES = frozenset(("furniture", "lines"))
"""The stages that are about lines, not about words."""

PATTERN_SECONDS = 20.0
"""How long a user's pattern may search a text; a pattern that takes longer is most likely a mistake."""

_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_COMPOUND = re.compile(r"(?<![\w\u0300-\u036f])[\w\u0300-\u036f]+(?:['’‐-][\w\u0300-\u036f]+)+")
_INNER = re.compile(r"\w(?:.*\w)?")


class Overrides:
    """The user's wishes, ready for use. Safe to pickle and to share between threads.

    Attributes:
        listed: the words that the user says there are, and what is preferred; None where nothing is.
    """

    def __init__(self, settings: Settings) -> None:
        ignore = [*settings.ignore, *(entry for d in settings.dictionaries for entry in d.ignore)]
        prefer = [*settings.prefer, *(entry for d in settings.dictionaries for entry in d.prefer)]
        self._protect = [compile_pattern(pattern) for pattern in settings.protect]
        self._patterns = [compile_pattern(entry[1:-1]) for entry in ignore if is_pattern(entry)]
        self._words = frozenset(e for e in ignore if not is_pattern(e) and "=" not in e)
        self._pairs = frozenset(split_pair(e) for e in ignore if not is_pattern(e) and "=" in e)
        preferred = dict(split_pair(entry) for entry in prefer)
        words = frozenset().union(*(d.words for d in settings.dictionaries))
        self.listed = UserWords(words, preferred) if words or preferred else None
        self._least = settings.min_confidence

    def find_protected(self, source: str) -> Spans:
        """The regions of a source that are left alone.

        Raises:
            InputError: a pattern takes too long.
        """
        return Spans(span for pattern in self._protect for span in _search(pattern, source))

    def settle(self, stage: str, draft: Draft, proposals: Proposals, protected: Spans) -> Proposals:
        """What remains of a stage's proposals, and what is preferred to them.

        Args:
            stage: the stage.
            draft: the text that the proposals are about.
            proposals: the proposals; of a group all remain or none.
            protected: the regions of the draft's source that are left alone.
        """
        if not (protected or self._words or self._patterns or self._pairs or self.listed):
            return proposals
        if self.listed and stage not in LINE_STAGES:
            proposals = Proposals(self._prefer(self.listed, draft.text, p) for p in proposals)
        refused = [self._refuses(stage, draft, p, protected) for p in proposals]
        groups = {p.group for p, no in zip(proposals, refused, strict=True) if no and p.group is not None}
        return proposals.at([n for n, no in enumerate(refused) if not no and proposals.said[n].group not in groups])

    def _refuses(self, stage: str, draft: Draft, proposal: Proposal, protected: Spans) -> bool:
        if protected and protected.meet(*draft.source_span(proposal.start, proposal.end)):
            return True
        return stage not in LINE_STAGES and self._ignores(draft.text, proposal)

    def _ignores(self, text: str, proposal: Proposal) -> bool:
        """Whether a proposal makes an ignored pair, or takes an ignored word away."""
        before = text[proposal.start : proposal.end]
        if proposal.after is not None and _find_pair(before, proposal.after, self._pairs):
            return True
        if not self._words and not self._patterns:
            return False
        start, end = chunk_start(text, proposal.start), chunk_end(text, proposal.end)
        ignored = self._count_ignored(text[start:end])
        if proposal.after is None:
            return bool(ignored)
        after = f"{text[start : proposal.start]}{proposal.after}{text[proposal.end : end]}"
        return bool(ignored) and bool(ignored - self._count_ignored(after))

    def _count_ignored(self, text: str) -> Counter[str]:
        return Counter(word for word in _words_of(text) if self._is_ignored(word))

    def _is_ignored(self, word: str) -> bool:
        if word in self._words or word.lower() in self._words:
            return True
        return any(_match(pattern, word) for pattern in self._patterns)

    def _prefer(self, listed: UserWords, text: str, proposal: Proposal) -> Proposal:
        """A proposal as the user prefers it, if its place may be what is preferred."""
        wanted = listed.preferred(text[proposal.start : proposal.end])
        possible = (proposal.after, *(candidate.text for candidate in proposal.candidates))
        if not wanted or wanted not in possible:
            return proposal
        confidence = max(proposal.confidence if wanted == proposal.after else 0.0, self._least)
        evidence = "; ".join(filter(None, (proposal.evidence, "preferred by the user")))
        return proposal._replace(after=wanted, confidence=confidence, evidence=evidence)


def _search(pattern: Pattern, source: str) -> Iterator[tuple[int, int]]:
    try:
        for match in pattern.finditer(source, timeout=PATTERN_SECONDS):
            if match.start() < match.end():
                yield match.span()
    except TimeoutError:
        raise _too_slow(pattern) from None


def _match(pattern: Pattern, word: str) -> bool:
    try:
        return pattern.fullmatch(word, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise _too_slow(pattern) from None


def _too_slow(pattern: Pattern) -> InputError:
    return InputError(f"the pattern {pattern.pattern!r} searches longer than {PATTERN_SECONDS:.0f} s; make it simpler")


def _find_pair(before: str, after: str, pairs: frozenset[tuple[str, str]]) -> bool:
    return (before, after) in pairs or (before.lower(), after.lower()) in pairs


def _words_of(text: str) -> Iterator[str]:
    """All that may be called a word: chunks with and without what is around them, words, and words with hyphens."""
    spans = {match.span() for pattern in (_CHUNK, _WORD, _COMPOUND) for match in pattern.finditer(text)}
    for match in _CHUNK.finditer(text):
        inner = _INNER.search(match.group())
        if inner:
            spans.add((match.start() + inner.start(), match.start() + inner.end()))
    for start, end in sorted(spans):
        yield text[start:end]
