"""Reliability: how far probabilities agree with what happened, as a number and as a picture."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

Pair = tuple[float, bool]
"""A probability and whether what it was given to is so."""

BINS = 15
"""As many as in Guo et al. 2017, On Calibration of Modern Neural Networks."""

LEAST_IN_POINT = 25
"""A point of a curve stands for at least so many cases, or its interval would say nothing."""

STEP = 0.9
"""How far apart in log odds points are."""

LOWEST, HIGHEST = 0.1, 0.9999
"""Where the picture's axes begin and end."""

_TICKS = (0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.999)
_WIDTH, _HEIGHT, _MARGIN = 260, 240, 44
_COLUMNS = 4


def mean(values: Iterable[float]) -> float:
    """The mean; not a number where there is none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else math.nan


def calibration_error(pairs: Sequence[Pair], bins: int = BINS) -> float:
    """The expected calibration error: sum over bins of |share right - mean probability|, weighted by the cases.

    Bins have equal width (Naeini, Cooper and Hauskrecht 2015, Obtaining Well Calibrated Probabilities Using Bayesian
    Binning).
    """
    groups: defaultdict[int, list[Pair]] = defaultdict(list)
    for probability, right in pairs:
        groups[min(bins - 1, int(probability * bins))].append((probability, right))
    gaps = (abs(sum(right - p for p, right in group)) for group in groups.values())
    return sum(gaps) / len(pairs) if pairs else math.nan


def curve(pairs: Sequence[Pair]) -> Iterator[tuple[float, float, float, float]]:
    """The points of a reliability curve: mean probability, share right, and the ends of its 95 % interval.

    A point stands for at least `LEAST_IN_POINT` cases, and for all within `STEP` of each other.
    """
    points: list[list[Pair]] = []
    for pair in sorted(pairs):
        point = points[-1] if points else []
        if not point or (len(point) >= LEAST_IN_POINT and _log_odds(pair[0]) - _log_odds(point[0][0]) >= STEP):
            points.append([])
        points[-1].append(pair)
    if len(points) > 1 and len(points[-1]) < LEAST_IN_POINT:
        points[-2:] = [points[-2] + points[-1]]
    for point in points:
        right = sum(r for _, r in point)
        yield mean(p for p, _ in point), right / len(point), *wilson(right, len(point))


def _log_odds(probability: float) -> float:
    """The log odds of a probability, as far as the picture reaches."""
    p = min(HIGHEST, max(LOWEST, probability))
    return math.log(p / (1 - p))


def wilson(right: int, number: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of a share (Wilson 1927)."""
    share = right / number
    middle = share + z * z / (2 * number)
    spread = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    whole = 1 + z * z / number
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def draw(panels: Mapping[str, Sequence[Pair]]) -> str:
    """An SVG picture with a reliability curve a panel; both axes are stretched towards 1, as log odds are."""
    rows = (len(panels) + _COLUMNS - 1) // _COLUMNS
    width, height = _WIDTH * min(_COLUMNS, len(panels)), _HEIGHT * rows
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="10">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for number, (name, pairs) in enumerate(panels.items()):
        row, column = divmod(number, _COLUMNS)
        parts.append(f'<g transform="translate({column * _WIDTH} {row * _HEIGHT})">')
        parts += [*_axes(name, pairs), *_points(pairs), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


def _stretch(probability: float) -> float:
    """Where on an axis from 0 to 1 a probability stands: by its log odds, from the first tick to the last."""
    low, high = _log_odds(LOWEST), _log_odds(HIGHEST)
    return (_log_odds(probability) - low) / (high - low)


def _x(probability: float) -> str:
    return f"{_MARGIN + _stretch(probability) * (_WIDTH - _MARGIN - 12):.1f}"


def _y(probability: float) -> str:
    return f"{_HEIGHT - 36 - _stretch(probability) * (_HEIGHT - 60):.1f}"


def _axes(name: str, pairs: Sequence[Pair]) -> Iterator[str]:
    error = calibration_error(pairs)
    title = escape(f"{name}: {len(pairs)} changes, ECE {error:.3f}")
    yield f'<text x="{_MARGIN}" y="16" font-weight="bold">{title}</text>'
    yield f'<path d="M{_x(0)} {_y(0)} L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="3 3"/>'
    for tick in _TICKS:
        yield f'<path d="M{_x(tick)} {_y(0)} V{_y(1)} M{_x(0)} {_y(tick)} H{_x(1)}" stroke="#eee"/>'
        yield f'<text x="{_x(tick)}" y="{_HEIGHT - 22}" text-anchor="middle">{tick}</text>'
        yield f'<text x="{_MARGIN - 4}" y="{_y(tick)}" dy="3" text-anchor="end">{tick}</text>'
    yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 8}" text-anchor="middle">confidence</text>'
    yield f'<text transform="translate(10 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">share right</text>'


def _points(pairs: Sequence[Pair]) -> Iterator[str]:
    points = list(curve(pairs))
    line = " ".join(f"{_x(p)},{_y(share)}" for p, share, _, _ in points)
    yield f'<polyline points="{line}" fill="none" stroke="#1f5fa8"/>'
    for p, share, low, high in points:
        yield f'<path d="M{_x(p)} {_y(low)} V{_y(high)}" stroke="#1f5fa8"/>'
        yield f'<circle cx="{_x(p)}" cy="{_y(share)}" r="3" fill="#1f5fa8"/>'
