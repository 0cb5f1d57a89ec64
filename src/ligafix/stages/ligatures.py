"""Ligatures dropped without a trace, or down to one letter: `rst` for first, `Aairs`, `ofce`.

Where it comes from: the glyph of a ligature has no usable name or code in the PDF's font, so the extractor leaves
it out. Which ligatures a document lost is in its evidence; where none is lost, this stage has nothing to do.

It refuses to touch what stands in addresses and code, all-capital words, a word with a capital where the ligature
would have been (Fi is never one glyph), and halves of words that a line's end divides and the
stage `hyphens` left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ligafix.changes import Candidate, Proposal
from ligafix.chunks import Word, find_chunks_of, find_in_prose, words_in
from ligafix.document import is_fragment
from ligafix.lexicon.alignment import Loss
from ligafix.scoring import Place, Reading, Scorer

SUGGEST = 0.3
"""A reading at least this probable is worth a suggestion."""

SUSPECT = 0.05
"""An unlisted word with a reading at least this probable is noted as suspected."""


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The words of a text that lost ligatures, with their readings."""
    found = [p for local, spans in scorer.in_regions(text) for p in _propose_in(text, spans, local)]
    return sorted(found, key=lambda proposal: proposal.start)


def _propose_in(text: str, spans: Iterable[tuple[int, int]], scorer: Scorer) -> list[Proposal]:
    """The words in these parts of a text, which went through one channel."""
    if not scorer.loses_anything:
        return []
    words = [word for word in _find(text, spans, scorer) if _is_open(text, word, scorer)]
    readings = scorer.weigh_all([Place(text, word.start, word.start + len(word.text)) for word in words], SUSPECT)
    return [p for word, found in zip(words, readings, strict=True) if (p := _propose(word, found, scorer)) is not None]


def _marked_chunks(text: str, scorer: Scorer) -> frozenset[str]:
    """The distinct chunks with a word that has more than one reading."""
    chunks = find_chunks_of(text)
    find = scorer.vocabulary.readable if scorer.reads_parts else scorer.vocabulary.readable_by_lists
    marked = {word for word in find(chunks.words) if scorer.readings(word)}
    return chunks.having(marked) if marked else frozenset()


def _find(text: str, spans: Iterable[tuple[int, int]], scorer: Scorer) -> Iterator[Word]:
    """The words of the marked chunks where they stand in these parts of a text."""
    parts = iter(spans)
    start, end = next(parts)
    for chunk, at in find_in_prose(text, _marked_chunks(text, scorer)):
        while at >= end:
            if (part := next(parts, None)) is None:
                return
            start, end = part
        if at >= start:
            for word in words_in(chunk):
                yield Word(word.text, at + word.start)


def _is_open(text: str, word: Word, scorer: Scorer) -> bool:
    """Whether a word has more than one reading, and stands where it can be judged."""
    if word.text == "i":  # a variable; the stage `codes` finds those that were iff
        return False
    end = word.start + len(word.text)
    if is_fragment(text, word.start, end) or scorer.evidence.neighbours.may_tear(text, word.start, end):
        return False
    return bool(scorer.readings(word.text))


def _propose(word: Word, readings: tuple[Reading, ...], scorer: Scorer) -> Proposal | None:
    best = next((r for r in readings if r.text != word.text), None)
    if best is None or best.probability < SUSPECT:
        return None
    if best.probability < SUGGEST:
        return _suspect(word, best, scorer)
    return Proposal(
        word.start,
        word.start + len(word.text),
        best.text,
        _rule(best.losses),
        best.probability,
        _runners_up(readings),
        _say(best.losses, scorer),
    )


def _suspect(word: Word, best: Reading, scorer: Scorer) -> Proposal | None:
    """A note that a word which no list holds looks damaged, though its best reading is unlikely."""
    if scorer.vocabulary.known(word.text) or word.text != word.text.lower():
        return None
    end = word.start + len(word.text)
    candidate = Candidate(best.text, best.probability)
    return Proposal(word.start, end, None, "unknown-word", best.probability, (candidate,), _say(best.losses, scorer))


def _runners_up(readings: tuple[Reading, ...]) -> tuple[Candidate, ...]:
    kept = [r for i, r in enumerate(readings[:6]) if i < 2 or r.probability > 1e-4]
    return tuple(Candidate(r.text, r.probability) for r in kept)


def _rule(losses: tuple[Loss, ...]) -> str:
    """The name of what happened: `dropped-fi`, or `ffi-to-f` for a half-lost one."""
    return "+".join(f"{x.ligature}-to-{x.left}" if x.left else f"dropped-{x.ligature}" for x in losses)


def _say(losses: tuple[Loss, ...], scorer: Scorer) -> str:
    said = []
    for loss in dict.fromkeys(losses):
        found = scorer.evidence.losses.get(loss)
        intact = found.intact if found else 0
        said.append(f"{loss.ligature}: {scorer.evidence.lost(loss):.0%} lost, {intact} intact")
    return "; ".join(said)
