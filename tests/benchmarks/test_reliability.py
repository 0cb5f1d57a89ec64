from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from calibration import judge
from channels import damage
from reliability import calibration_error, curve, draw, wilson

from ligafix import clean


def test_probabilities_that_come_true_have_no_error() -> None:
    pairs = [(0.75, True)] * 3 + [(0.75, False)] + [(0.5, True), (0.5, False)]
    assert calibration_error(pairs) == pytest.approx(0)


def test_the_error_is_the_mean_distance_weighted_by_the_cases() -> None:
    pairs = [(0.9, True)] * 6 + [(0.9, False)] * 2 + [(0.3, False)] * 2
    assert calibration_error(pairs) == pytest.approx((8 * 0.15 + 2 * 0.3) / 10)


def test_nothing_has_no_error() -> None:
    assert math.isnan(calibration_error([]))


def test_a_certain_one_is_in_the_last_bin() -> None:
    assert calibration_error([(1.0, True), (0.99, True)]) == pytest.approx(0.005)


def test_the_points_of_a_curve_stand_for_enough_cases() -> None:
    points = list(curve([(n / 200, n % 2 == 0) for n in range(200)]))
    assert 4 <= len(points) <= 200 / 25
    assert len(list(curve([(0.5, True)] * 10 + [(0.9, True)] * 10))) == 1
    assert all(low <= share <= high for _, share, low, high in points)
    assert [p for p, *_ in points] == sorted(p for p, *_ in points)


def test_the_interval_of_a_share_stays_inside_zero_and_one() -> None:
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 10)[0] == 0.0
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


def test_the_picture_is_sound_svg_with_a_panel_for_each_stage() -> None:
    picture = draw({"codes": [(0.9, True)] * 60, "a < b": [(0.5, False)]})
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own
    titles = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text") if t.get("font-weight")]
    assert titles == ["codes: 60 changes, ECE 0.100", "a < b: 1 changes, ECE 0.500"]


def test_changes_are_judged_by_what_stood_there() -> None:
    text = "The first officer found the file in his office; it was most significant and efficient. " * 3
    damaged = damage(text, "drop-full")
    outcomes = list(judge(damaged, clean(damaged.text).changes))
    assert len(outcomes) > 10
    assert all(o.right for o in outcomes if o.applied)
    assert {o.stage for o in outcomes} == {"ligatures"}
