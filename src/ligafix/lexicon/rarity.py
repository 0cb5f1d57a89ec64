"""Which forms are rarer than some frequency, told fast: nearly all forms of a text were met before."""

from __future__ import annotations

from collections.abc import Callable, Set

MOST_FORMS = 1 << 16
"""So many forms are remembered for one mixture of languages and registers, at each frequency that is asked for."""


class Rarity:
    """Tells which forms are rarer than some frequency in one mixture of languages and registers."""

    def __init__(self, least: float, known: Callable[[str], float]) -> None:
        """Take what tells how frequent a form is.

        Args:
            least: the frequency.
            known: how frequent a form is in this mixture.
        """
        self._least = least
        self._known = known
        self._frequent: set[str] = set()
        self._rare: set[str] = set()

    def rarer(self, forms: Set[str]) -> Set[str]:
        """Those of some forms that are rarer."""
        forms = forms - self._frequent
        new = forms - self._rare
        if not new:
            return forms
        least, known = self._least, self._known
        frequent = {form for form in new if known(form) >= least}
        if len(self._frequent) + len(self._rare) + len(new) > MOST_FORMS:
            self._frequent, self._rare = set(), set()
        if len(new) <= MOST_FORMS:
            self._frequent |= frequent
            self._rare |= new - frequent
        return forms - frequent
