from __future__ import annotations

import pytest

from ligafix import calibration
from ligafix.calibration import SUGGEST, Curve, calibrate, find_curve, load_curves
from ligafix.changes import Candidate, Proposal, Proposals
from ligafix.settings import Settings

CONFIDENCES = [n / 1000 for n in range(1, 1000)]


def propose(confidence: float, after: str | None = "first", rule: str = "dropped-fi") -> Proposal:
    candidates = (Candidate("first", confidence), Candidate("rst", 1 - confidence))
    return Proposal(0, 3, after, rule, confidence, candidates)


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    curves = {"ligatures": Curve(0.5, -1.0, 0.99), "ligatures/dropped-ff": Curve()}
    monkeypatch.setattr(calibration, "load_curves", lambda: curves)


def test_the_thresholds_are_where_costs_and_gains_are_even() -> None:
    applied, suggested = Settings().min_confidence, SUGGEST
    assert applied == pytest.approx(10 * (1 - applied), abs=0.11)  # ten missed repairs weigh a spoiled word
    assert suggested == pytest.approx(0.43 * (1 - suggested), abs=0.01)


def test_without_a_curve_a_confidence_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "load_curves", dict)
    assert calibrate("ligatures", Proposals([propose(0.7)])) == Proposals([propose(0.7)])


@pytest.mark.usefixtures("doubtful")
def test_a_rule_without_a_curve_has_its_stages() -> None:
    assert find_curve("ligatures", "dropped-fi") == Curve(0.5, -1.0, 0.99)
    assert find_curve("ligatures", "dropped-ff") == Curve()
    assert find_curve("codes", "code") == Curve()


@pytest.mark.usefixtures("doubtful")
def test_confidence_and_candidates_change_together() -> None:
    (found,) = calibrate("ligatures", Proposals([propose(0.95)]))
    assert found.confidence == pytest.approx(0.6097, abs=1e-4)
    assert [c.text for c in found.candidates] == ["first", "rst"]
    assert sum(c.probability for c in found.candidates) == pytest.approx(1)
    assert found.candidates[0].probability == found.confidence


@pytest.mark.usefixtures("doubtful")
def test_what_is_no_longer_worth_a_suggestion_is_left() -> None:
    assert calibrate("ligatures", Proposals([propose(0.4)])) == Proposals()


@pytest.mark.usefixtures("doubtful")
def test_a_suspicion_stays_a_suspicion() -> None:
    assert calibrate("ligatures", Proposals([propose(0.05, None)])) == Proposals([propose(0.05, None)])


def test_a_stage_may_suggest_less_than_that_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "load_curves", dict)
    assert calibrate("ligatures", Proposals([propose(0.2)])) == Proposals([propose(0.2)])


def test_nothing_is_more_certain_than_its_ceiling() -> None:
    curve = Curve(1.0, 3.0, 0.999)
    assert curve(0.9999) < curve(1.0) == 0.999
    assert curve(0.0) == 0.0
    assert Curve()(0.7) == 0.7


@pytest.mark.parametrize("name", sorted(load_curves()) or ["none"])
def test_every_curve_we_ship_rises(name: str) -> None:
    curve = load_curves().get(name, Curve())
    values = [curve(p) for p in CONFIDENCES]
    assert values == sorted(values)
    assert 0 < values[-1] <= curve.ceiling <= 1
