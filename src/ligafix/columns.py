"""Many places of a text and what there is to say of each, in little memory: a long text has millions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from operator import lt
from typing import Any, Generic, Self, TypeVar, overload

Row = TypeVar("Row", bound=tuple[Any, ...])
"""A place's start, its end, and what is said of it."""

Said = TypeVar("Said", bound=tuple[Any, ...])
"""What is said of a place, whatever place it is."""


class Columns(Sequence[Row], Generic[Row, Said]):
    """Rows that begin with the start and the end of a place.

    They are kept as columns, and what is said alike of many places as one object: that takes a tenth of the memory
    that the rows would, which are made when they are asked for. Equal to a tuple of the same rows.

    Attributes:
        starts: where the places start.
        ends: where they end.
        said: what is said of each.
    """

    make: Callable[..., Row]
    """Makes a row of its fields."""

    make_said: Callable[[tuple[Any, ...]], Said]
    """Makes what is said of those behind the first two."""

    __slots__ = ("ends", "said", "starts")

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.starts, self.ends = array("I"), array("I")
        self.said: list[Said] = []
        same: dict[tuple[Any, ...], Said] = {}
        for row in rows:
            rest = row[2:]
            if (said := same.get(rest)) is None:
                said = same[rest] = self.make_said(rest)
            self.add(row[0], row[1], said)

    @classmethod
    def of_columns(cls, starts: Iterable[int], ends: Iterable[int], said: Iterable[Said]) -> Self:
        """Those whose columns are given."""
        found = cls()
        found.starts, found.ends, found.said = array("I", starts), array("I", ends), list(said)
        return found

    def add(self, start: int, end: int, said: Said) -> None:
        """Put a place behind the others."""
        self.starts.append(start)
        self.ends.append(end)
        self.said.append(said)

    def __len__(self) -> int:
        return len(self.said)

    def __iter__(self) -> Iterator[Row]:
        return (self.make(start, end, *said) for start, end, said in self.parted())

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(map(self.__getitem__, range(*index.indices(len(self)))))
        return self.make(self.starts[index], self.ends[index], *self.said[index])

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (tuple, Columns)) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def parted(self) -> Iterator[tuple[int, int, Said]]:
        """The starts, the ends, and what is said of each."""
        return zip(self.starts, self.ends, self.said, strict=True)

    def distinct(self) -> dict[int, Said]:
        """What is said of places, once each (by identity), in the order in which it comes first."""
        return dict(zip(map(id, self.said), self.said, strict=True))

    def revise(self, change: Callable[[Said], Said | None]) -> Self:
        """The same places with something else said of each; without those of which nothing is left to say."""
        changed = {key: change(said) for key, said in self.distinct().items()}
        kept = self.having(lambda said: changed[id(said)] is not None)
        found = type(self)()
        found.starts, found.ends = kept.starts, kept.ends
        found.said = [new for said in kept.said if (new := changed[id(said)]) is not None]
        return found

    def having(self, test: Callable[[Said], bool]) -> Self:
        """Those of which such a thing is said."""
        wanted = {key: test(said) for key, said in self.distinct().items()}
        if all(wanted.values()):
            return self
        kept = list(map(wanted.__getitem__, map(id, self.said)))
        return self.of_columns(compress(self.starts, kept), compress(self.ends, kept), compress(self.said, kept))

    def at(self, numbers: Sequence[int]) -> Self:
        """Some of them, in this order."""
        get_start, get_end, get_said = self.starts.__getitem__, self.ends.__getitem__, self.said.__getitem__
        return self.of_columns(map(get_start, numbers), map(get_end, numbers), map(get_said, numbers))

    def in_order(self) -> Self:
        """All of them, sorted by their starts and then their ends."""
        return self if all(map(lt, self.starts, self.starts[1:])) else self.at(self.order())

    def order(self) -> list[int]:
        """Their numbers, sorted so; of equal places the first stays first."""
        return sorted(sorted(range(len(self)), key=self.ends.__getitem__), key=self.starts.__getitem__)
