"""What was found out about the last text, kept for who asks again.

A text that was changed is asked about no more. Then all of it is forgotten at once, lest the old text stay in memory
beside the new one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import TypeVar

T = TypeVar("T")

_FORGET: list[Callable[[], None]] = []


def of_last_text(find: Callable[..., T]) -> _lru_cache_wrapper[T]:
    """Remember what a function found out about the last text that it was asked about."""
    remembered = lru_cache(maxsize=1)(find)
    _FORGET.append(remembered.cache_clear)
    return remembered


def when_forgotten(forget: Callable[[], None]) -> Callable[[], None]:
    """Have something else done, too, when the last text is forgotten."""
    _FORGET.append(forget)
    return forget


def forget_last_text() -> None:
    """Forget what was found out about the last text, which is going to be changed."""
    for forget in _FORGET:
        forget()
