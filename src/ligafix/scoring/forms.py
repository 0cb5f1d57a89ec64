"""What is known about a form wherever it stands in a document's own languages, and what neighbours may change of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ligafix.places import Place, Reading

if TYPE_CHECKING:
    from ligafix.lexicon.context.arrays import Floats

MOST_CONTEXT = 10.0
"""Neighbours never speak louder than this (nats)."""

_RARE = math.log(1e-7)

_ROUNDING = 1e-9
"""What sums of powers, in proportion, may differ by."""


class Form:
    """What is known about a form wherever it stands in the document's own languages.

    Attributes:
        text: the form.
        readings: its readings by themselves, the most probable first.
        is_familiar: whether it is a word with a life of its own.
        question: what neighbours are asked: the elided word before it ('' for none), the form and its readings
            without that; None where they cannot tell.
        hope: the probability of the best reading but itself.
        bounds: how much (nats) neighbours may speak against a reading and for it.
    """

    __slots__ = (
        "_may_need",
        "_needs",
        "_own",
        "_weights",
        "bounds",
        "hope",
        "is_familiar",
        "question",
        "readings",
        "text",
    )

    def __init__(
        self,
        text: str,
        readings: tuple[Reading, ...],
        is_familiar: bool,
        question: tuple[str, str, tuple[str, ...]] | None = None,
    ) -> None:
        self.text = text
        self.readings = readings
        self.is_familiar = is_familiar
        self.question = question
        self.hope = next((r.probability for r in readings if r.text != text), 0.0)
        self._weights = [r.weight for r in readings]
        self._own = next((i for i, r in enumerate(readings) if r.text == text), 0)
        self._needs: dict[float, tuple[float, ...]] = {}
        self._may_need: dict[float, bool] = {}
        self.bounds = _context_bounds(readings[self._own]) if readings else (0.0, 0.0)

    @property
    def asks(self) -> tuple[str, str, tuple[str, ...]]:
        """What neighbours are asked, if they can tell."""
        return self.question or ("", self.text, ())

    def needs(self, least: float) -> tuple[float, ...]:
        """How much (nats) must be said of each reading for all but the form itself to be together so probable.

        Infinite where neighbours never say so much; where less is said of each, they are less probable.
        """
        if least not in self._needs:
            odds = least / (1 - least) / max(1, len(self._weights) - 1)
            own = self._weights[self._own]
            found = [math.log(odds) + own - weight - _ROUNDING if odds else -math.inf for weight in self._weights]
            most = self.bounds[1]
            self._needs[least] = tuple(
                math.inf if nats > most or number == self._own else nats for number, nats in enumerate(found)
            )
        return self._needs[least]

    def may_need(self, least: float) -> bool:
        """Whether neighbours may make all readings but the form itself together so probable."""
        if least not in self._may_need:
            self._may_need[least] = min(self.needs(least)) < math.inf
        return self._may_need[least]

    def may_reach(self, least: float, heard: Floats) -> list[bool]:
        """Whether it may reach that, for rows of what is heard: so but for the rounding of numbers."""
        weights = (heard + self._weights).T
        others = sum(
            math.e ** (weight - weights[self._own]).clip(None, 700.0)
            for number, weight in enumerate(weights)
            if number != self._own
        )
        return (others * (1 + _ROUNDING) >= least * (1 + others)).tolist()  # type: ignore[no-any-return]

    def reaches(self, least: float, heard: Sequence[float]) -> bool:
        """Whether its readings but itself are together so probable where the words around speak so for each."""
        weights = [weight + nats for weight, nats in zip(self._weights, heard, strict=True)]
        own = weights.pop(self._own)
        others = sum(math.exp(min(700.0, weight - own)) for weight in weights)
        return others >= least * (1 + others)


Asked = tuple[int, Place, Form, bool]
"""A place with its number among those that are weighed, its form, and whether it may be left out: where nothing else is
so probable as is asked for."""


def is_decided(readings: Sequence[Reading]) -> bool:
    """Whether one reading is so far ahead that no neighbours can change it."""
    first, second = sorted((r.weight for r in readings), reverse=True)[:2]
    return first - second > MOST_CONTEXT + 5


def _context_bounds(own: Reading) -> tuple[float, float]:
    """How much (nats) neighbours may speak against a reading and for it: little where the form was rarely seen.

    Against a form that is hardly a word, unusual neighbours only show that the reading is met in other texts.
    """
    seen = 1.5 * (own.language - _RARE) / math.log(10)
    return -max(0.5, min(MOST_CONTEXT, 0.5 + seen)), max(3.0, min(MOST_CONTEXT, 3.0 + seen))
