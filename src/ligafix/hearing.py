"""What the words around many places say, of one form after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.context_arrays import Floats, Tokens


def hear(
    tokens: Tokens,
    asked: Sequence[tuple[str, tuple[str, ...]]],
    places: Sequence[Sequence[int]],
    models: Sequence[tuple[float, ContextModel]],
) -> Iterator[Floats]:
    """How much (nats) the words around places speak for each reading of a form.

    Args:
        tokens: the tokens around all places.
        asked: some forms, and the readings of each.
        places: the places of each, by number.
        models: the models of the text's languages, and their weights.

    Returns: for each form a row for each place, with a column for each reading.
    """
    numbers = [np.array(at, np.int64) for at in places]
    rows = [model.log_odds_in(tokens, asked, numbers) for _, model in models]
    shares = [share for share, _ in models]
    for said in zip(*rows, strict=True):
        yield said[0] if shares == [1.0] else sum(share * row for share, row in zip(shares, said, strict=True))
