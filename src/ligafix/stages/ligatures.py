"""Ligatures dropped without a trace, or down to one letter: `rst` for first, `Aairs`, `ofce`.

Where it comes from: the glyph of a ligature has no usable name or code in the PDF's font, so the extractor leaves
it out. Which ligatures a document lost is in its evidence; where none is lost, this stage has nothing to do.

It refuses to touch what stands in addresses and code, all-capital words, a word with a capital where the ligature
would have been (Fi is never one glyph), halves of words that a line's end divides and the stage `hyphens` left,
syllables of a word that is drawn out (`Re...gi...ment`), and what stands beside a ligature by itself (`fi nal`): that
one is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from itertools import chain, compress

from ligafix.calibration import SUGGEST
from ligafix.changes import Candidate, Proposals, Remedy
from ligafix.chunks import find_chunks_of, find_in_prose
from ligafix.chunks.words import words_in
from ligafix.document import LETTERS, is_fragment
from ligafix.evidence.torn import PIECE
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.places import Place, Places, Reading
from ligafix.scoring import Scorer
from ligafix.scoring.alone import NAME_ENDINGS

SUSPECT = 0.05
"""An unlisted word with a reading at least this probable is noted as suspected."""


_LONE = frozenset(form for ligature in LIGATURES for form in (ligature, ligature.capitalize(), ligature.upper()))
_LIGATURE_BEFORE = re.compile(r"(?<![^\W\d_])f(?:f[il]?|[il])\s\Z", re.IGNORECASE)
_LIGATURE_BEHIND = re.compile(r"\sf(?:f[il]?|[il])(?![^\W\d_])")
_FORM_BEHIND = re.compile(rf"[ \t]*\r?\n[ \t]*([{LETTERS}]+)")
_HYPHEN_BEHIND = re.compile(r"[-‐][^\W\d_]")
_DRAWN_BEFORE = re.compile(r"[^\W\d_](?:\.{2,4}|…)\Z")
_DRAWN_BEHIND = re.compile(r"(?:\.{2,4}|…)[^\W\d_]")

LONGEST_SYLLABLE = 3
"""What has more letters may be a word between two others without a space behind their dots."""

VARIABLE = "i"
"""The stage `codes` finds those that were iff."""


def propose(text: str, scorer: Scorer) -> Proposals:
    """The words of a text that lost ligatures, with their readings."""
    found = [_propose_in(text, spans, local) for local, spans in scorer.in_regions(text)]
    return found[0] if len(found) == 1 else Proposals(chain.from_iterable(found)).in_order()


def _propose_in(text: str, spans: Iterable[tuple[int, int]], scorer: Scorer) -> Proposals:
    """The words in these parts of a text, which went through one channel."""
    if not scorer.loses_anything:
        return Proposals()
    places = Places(text, find_places(text, spans, scorer))
    weighed = scorer.weigh_all(places, SUGGEST)
    say = cache(partial(_say, scorer=scorer))
    alike: dict[int, Remedy | None] = {}  # many places have the same object for their readings
    for form, readings in zip(places.forms, weighed, strict=True):
        if id(readings) not in alike:
            alike[id(readings)] = _decide(form, readings, scorer, say)
    remedies = [alike[id(readings)] for readings in weighed]
    return Proposals.of_columns(
        compress(places.starts, remedies), compress(places.ends, remedies), filter(None, remedies)
    )


def _find_open(text: str, scorer: Scorer) -> dict[str, list[tuple[int, int]]]:
    """The distinct chunks with words that have more than one reading, and where in them these start and end."""
    chunks = find_chunks_of(text)
    find = scorer.vocabulary.readable if scorer.reads_parts else scorer.vocabulary.readable_by_lists
    marked = {word for word in find(chunks.words) if scorer.readings(word)}
    names = (name + ending for name in marked if name[0].isupper() for ending in NAME_ENDINGS)
    marked |= {form for form in names if form in chunks.words and scorer.readings(form)}
    found = {}
    for chunk in chunks.having(marked) if marked else ():
        words = (word for word in words_in(chunk) if word.text != VARIABLE and scorer.readings(word.text))
        places = (Place(chunk, word.start, word.start + len(word.text)) for word in words)
        if spans := [place[1:] for place in places if not _is_syllable(place) and not _is_initial(place, scorer)]:
            found[chunk] = spans
    return found


def find_places(text: str, spans: Iterable[tuple[int, int]], scorer: Scorer) -> Iterator[tuple[int, int]]:
    """The words with more than one reading in these parts of a text, where they can be judged: their spans."""
    parts = iter(spans)
    part_start, part_end = next(parts)
    is_open = _find_open(text, scorer)
    chunks = find_chunks_of(text)
    edges, has_lone = chunks.edges_of_halves, not chunks.words.isdisjoint(_LONE)
    neighbours = scorer.evidence.neighbours
    for chunk, at in find_in_prose(text, is_open):
        while at >= part_end:
            if (part := next(parts, None)) is None:
                return
            part_start, part_end = part
        for first, last in is_open[chunk] if at >= part_start else ():
            start, end = at + first, at + last
            if (start in edges or end in edges) and is_fragment(text, start, end):
                continue
            if (start == 0 or end == len(text)) and neighbours.may_tear(text, start, end):
                continue
            if has_lone and _is_beside_ligature(text, start, end):
                continue
            behind = _FORM_BEHIND.match(text, end) if last == len(chunk) else None
            if behind is None or not _is_torn(text[start:end], behind[1], scorer):
                yield start, end


def _is_beside_ligature(text: str, start: int, end: int) -> bool:
    """Whether a ligature by itself, apart from both its neighbours, is one of the words beside a place."""
    before = _LIGATURE_BEFORE.search(text[max(0, start - 5) : start])
    return bool(before or _LIGATURE_BEHIND.match(text[end : end + 5]))


def _is_torn(form: str, behind: str, scorer: Scorer) -> bool:
    """Whether a form at a line's end makes a word with a ligature together with the next line's first, which is none.

    The ligature came out as a line's end (`con⏎icts`).
    """
    if scorer.vocabulary.known(behind) >= PIECE or scorer.readings(behind):
        return False
    return bool(scorer.vocabulary.torn(form + behind))


def _is_initial(place: Place, scorer: Scorer) -> bool:
    """Whether a letter in a chunk stands before a hyphen and a word, as axes do; in a language little known.

    Of others the hyphens are: English has *off-* and *fly-*, French *fit-il*.
    """
    text, start, end = place
    is_letter = end - start == 1 and not scorer.vocabulary.knows_compounds
    return is_letter and _HYPHEN_BEHIND.match(text, end) is not None


def _is_syllable(place: Place) -> bool:
    """Whether a short form of a chunk stands between two others with nothing but dots between them."""
    text, start, end = place
    if end - start > LONGEST_SYLLABLE or text[end : end + 1] not in (".", "…"):
        return False
    return bool(_DRAWN_BEFORE.search(text[max(0, start - 5) : start]) and _DRAWN_BEHIND.match(text[end : end + 5]))


def _decide(
    form: str, readings: tuple[Reading, ...], scorer: Scorer, say: Callable[[tuple[Loss, ...]], str]
) -> Remedy | None:
    """What to propose for a form with these readings, if anything.

    A word that no list holds is suspected where it looks damaged, though its best reading is unlikely.
    """
    best = next((r for r in readings if r.text != form), None)
    if best is None or best.probability < SUSPECT:
        return None
    if best.probability >= SUGGEST:
        return Remedy(best.text, _rule(best.losses), best.probability, _runners_up(readings), say(best.losses))
    if form != form.lower() or scorer.vocabulary.known(form):
        return None
    candidates = (Candidate(best.text, best.probability),)
    return Remedy(None, "unknown-word", best.probability, candidates, say(best.losses))


def _runners_up(readings: tuple[Reading, ...]) -> tuple[Candidate, ...]:
    kept = [r for i, r in enumerate(readings[:6]) if i < 2 or r.probability > 1e-4]
    return tuple(Candidate(r.text, r.probability) for r in kept)


@lru_cache(maxsize=1 << 10)
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
