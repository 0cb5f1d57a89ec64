"""What the words around many places say, of one form after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.context.arrays import Floats, Ints, Tokens


def hear(
    tokens: Tokens,
    asked: Sequence[tuple[str, tuple[str, ...]]],
    places: Sequence[Sequence[int]],
    models: Sequence[tuple[float, ContextModel, Ints | None]],
    least: Sequence[Sequence[float]] | None = None,
) -> Iterator[Floats]:
    """How much (nats) the words around places speak for each reading of a form.

    Args:
        tokens: the tokens around all places.
        asked: some forms, and the readings of each.
        places: the places of each, by number.
        models: the weights of the text's languages, their models, and what the document is about for each of these.
        least: for each form how much must be said of each of its readings to matter; see `ContextModel.log_odds_in`.

    Returns: for each form a row for each place, with a column for each reading.
    """
    numbers = [np.array(at, np.int64) for at in places]
    shares = [share for share, _, _ in models]
    is_only_one = shares == [1.0]
    enough = least if is_only_one else None
    rows = [model.log_odds_in(tokens, asked, numbers, enough, document) for _, model, document in models]
    for said in zip(*rows, strict=True):
        yield said[0] if is_only_one else sum(share * row for share, row in zip(shares, said, strict=True))
