"""A cleaner whose changes are known beforehand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from ligafix import Change, Cleaner, Settings
from ligafix.changes import Candidate, Proposal
from ligafix.draft import Draft

REPAIRS = {"signicant": "significant", "rst": "first", "Tokyo": "Tōkyō", "signi-\ncant": "significant\n"}
GUESSES = {"led": "filed"}
RIDDLES = {"xq"}


@dataclass(frozen=True)
class FakeResult:
    text: str
    changes: Sequence[Change]


class FakeCleaner:
    """Repairs the words of `REPAIRS`, suggests those of `GUESSES`, suspects those of `RIDDLES`."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    def clean(self, text: str, **_: object) -> FakeResult:
        draft = Draft(text)
        draft.apply("fake", [_propose(m) for m in _PLACES.finditer(text)], self.settings.min_confidence)
        return FakeResult(draft.text, draft.changes())


def fake_cleaner(settings: Settings | None = None) -> Cleaner:
    return cast(Cleaner, FakeCleaner(settings))


_PLACES = re.compile("|".join(rf"\b{word}(?!\w)" for word in (*REPAIRS, *GUESSES, *RIDDLES)))


def _propose(place: re.Match[str]) -> Proposal:
    word = place.group()
    after = {**REPAIRS, **GUESSES}.get(word)
    confidence = 0.5 if word in GUESSES else 0.987654321
    candidates = (Candidate(after, confidence), Candidate(word, 1 - confidence)) if after else ()
    return Proposal(*place.span(), after, "table", confidence, candidates, "as the test says")
