"""A small line plot as SVG, both axes logarithmic, so that linear growth is a straight line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_WIDTH, _HEIGHT, _EDGE = 640, 400, 70
_DASHES = ("none", "8 4", "2 4")  # told apart without colour


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot: its name, and points of two numbers above 0."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(lines: Sequence[Line], across: str, up: str) -> str:
    """Return the plot; what the axes show is told by ``across`` and ``up``."""
    every = [point for line in lines for point in line.points]
    axes = (
        _Axis([x for x, _ in every], _EDGE, _WIDTH - 20),
        _Axis([y for _, y in every], _HEIGHT - _EDGE, 20),
    )
    parts = [*_ticks(axes[0], axes[1]), *_names(across, up)]
    for number, line in enumerate(lines):
        parts += _drawn(line, axes, _DASHES[number % len(_DASHES)], number)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'role="img" font-family="sans-serif" font-size="14">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


class _Axis:
    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = floor(log10(min(values))), ceil(log10(max(values)))
        self.high = max(self.high, self.low + 1)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self._start + share * (self._end - self._start), 1)

    @property
    def tens(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _ticks(across: _Axis, up: _Axis) -> list[str]:
    left, right = across.at(across.tens[0]), across.at(across.tens[-1])
    bottom, top = up.at(up.tens[0]), up.at(up.tens[-1])
    found = []
    for value in across.tens:
        x = across.at(value)
        found.append(f'<path d="M{x} {bottom}V{top}" stroke="#ccc"/>')
        found.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{value:g}</text>')
    for value in up.tens:
        y = up.at(value)
        found.append(f'<path d="M{left} {y}H{right}" stroke="#ccc"/>')
        found.append(f'<text x="{left - 8}" y="{y + 5}" text-anchor="end">{value:g}</text>')
    return found


def _names(across: str, up: str) -> list[str]:
    return [
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 15}" text-anchor="middle">{across}</text>',
        f'<text x="15" y="{_HEIGHT / 2}" text-anchor="middle" '
        f'transform="rotate(-90 15 {_HEIGHT / 2})">{up}</text>',
    ]


def _drawn(line: Line, axes: tuple[_Axis, _Axis], dash: str, number: int) -> list[str]:
    points = " ".join(f"{axes[0].at(x)},{axes[1].at(y)}" for x, y in line.points)
    style = f'fill="none" stroke="#111" stroke-width="2" stroke-dasharray="{dash}"'
    y = 40 + 22 * number
    return [
        f'<polyline points="{points}" {style}/>',
        f'<path d="M90 {y}h40" {style}/>',
        f'<text x="138" y="{y + 5}">{line.name}</text>',
    ]
