"""What the words around many places say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.context.arrays import Floats, Ints, Tokens
from ligafix.scoring.around import Part
from ligafix.scoring.forms import Asked, Form

Models = Sequence[tuple[float, ContextModel, Ints | None]]
"""The weights of a text's languages, their models, and what the document is about for each of these."""


def hear(
    asked: Sequence[Asked], near: Part, models: Models, least: float
) -> Iterator[tuple[Sequence[Asked], Sequence[float]]]:
    """How much (nats) the words around places speak for each reading of their forms, and at which it is so much.

    The places of a form with the same tokens around them are asked about once.

    Args:
        asked: the places; where one may be left out at which nothing may be so probable as `least`, it is.
        near: the part of the text in which they are.
        models: see `Models`.
        least: how probable.
    """
    tokens = near.tokens([place[1:] for _, place, _, _ in asked], [form.asks[0] for _, _, form, _ in asked])
    alike: defaultdict[tuple[Form, bool, bytes], list[int]] = defaultdict(list)
    for number, ((_, _, form, may_be_left_out), row) in enumerate(zip(asked, tokens.keys(), strict=True)):
        alike[form, may_be_left_out, row].append(number)
    places: defaultdict[tuple[Form, bool], list[int]] = defaultdict(list)
    for number, (form, may_be_left_out, _) in enumerate(alike):
        places[form, may_be_left_out].append(number)
    groups = list(alike.values())
    enough = [form.needs(least if may_be_left_out else 0.0) for form, may_be_left_out in places]
    plain = [form.asks[1:] for form, _ in places]
    heard = hear_forms(tokens.of([first for first, *_ in groups]), plain, list(places.values()), models, enough)
    for ((form, may_be_left_out), at), said in zip(places.items(), heard, strict=True):
        bounded = said.clip(*form.bounds)
        kept: Sequence[int] = range(len(at))
        if may_be_left_out:
            kept = [n for n, may in enumerate(form.may_reach(least, bounded)) if may]
        for n, row in zip(kept, bounded[kept].tolist(), strict=True):
            yield [asked[number] for number in groups[at[n]]], row


def hear_forms(
    tokens: Tokens,
    asked: Sequence[tuple[str, tuple[str, ...]]],
    places: Sequence[Sequence[int]],
    models: Models,
    least: Sequence[Sequence[float]] | None = None,
) -> Iterator[Floats]:
    """The same of one form after the other: a row for each of its places, with a column for each reading.

    Args:
        tokens: the tokens around all places.
        asked: some forms, and the readings of each.
        places: the places of each, by number.
        models: see `Models`.
        least: for each form how much must be said of each of its readings to matter; see `ContextModel.log_odds_in`.
    """
    numbers = [np.array(at, np.int64) for at in places]
    shares = [share for share, _, _ in models]
    is_only_one = shares == [1.0]
    enough = least if is_only_one else None
    rows = [model.log_odds_in(tokens, asked, numbers, enough, document) for _, model, document in models]
    for said in zip(*rows, strict=True):
        yield said[0] if is_only_one else sum(share * row for share, row in zip(shares, said, strict=True))
