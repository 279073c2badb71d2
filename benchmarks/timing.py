"""Timing contenders side by side: in turns, round after round, medians and spread.

The machine's speed drifts, so whoever is compared is timed within the same second, and
ratios are taken round by round. The garbage collector stays on, as in use, but is emptied
before each turn, so that nobody pays for another's rubbish.
"""

import gc
import os
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import TypeVar

Turn = Callable[[], float]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one thing took, in seconds, round by round."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle of all rounds."""
        return statistics.median(self.rounds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Return where the middle half of the rounds begins and ends."""
        if len(self.rounds) < 2:
            return self.median, self.median
        low, _, high = statistics.quantiles(self.rounds, n=4, method="inclusive")
        return low, high

    def times(self, other: "Timing") -> float:
        """Return how many times as long as the other this took: the median, round by round."""
        pairs = zip(self.rounds, other.rounds, strict=True)
        return statistics.median(one / two for one, two in pairs)


def in_turns(turns: Mapping[str, Turn], rounds: int) -> dict[str, Timing]:
    """Return what each turn reports, in seconds, over some rounds after one to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in turns}
    names = list(turns)
    for number in range(rounds + 1):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:  # nobody always comes first
            gc.collect()
            seconds = turns[name]()
            if number:
                taken[name].append(seconds)
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}


def for_each(action: Callable[[Item], object], items: Sequence[Item]) -> Turn:
    """Return a turn: the time that an action takes for each of some items."""

    def turn() -> float:
        start = process_time()
        for item in items:
            action(item)
        return (process_time() - start) / len(items)

    return turn


def for_others_each_time(
    action: Callable[[Item], object], items: Sequence[Item], turns: int
) -> Turn:
    """Return a turn: the time that an action takes for each of some items, always new ones.

    Args:
        action: what is timed.
        items: cut into as many parts as there are turns; no two turns share any.
        turns: how often this can be asked for.
    """
    number = len(items) // turns
    parts = iter([items[turn * number : (turn + 1) * number] for turn in range(turns)])
    return lambda: for_each(action, next(parts))()


def once(action: Callable[[], object]) -> Turn:
    """Return a turn: the time that an action takes."""

    def turn() -> float:
        start = process_time()
        action()
        return process_time() - start

    return turn


def shown(seconds: float) -> str:
    """Return a time with the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):  # noqa: B007 - used below
        if seconds >= size:
            break
    value = seconds / size
    return f"{value:.2f} {unit}" if value < 10 else f"{value:.3g} {unit}"


def spread(timing: Timing) -> str:
    """Return the middle half of the rounds, in words."""
    low, high = timing.quartiles
    return f"{shown(low)} to {shown(high)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, numbers on the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])


def verdict(figure: float, target: float, unit: str = "times") -> str:
    """Return a figure beside the most that it should be."""
    word = "reached" if figure <= target else "**not reached**"
    return f"{figure:.3g} {unit}, target at most {target:g}: {word}"


def effort(full: int, quick: int) -> int:
    """Return how much to do: ``quick`` when ``BENCHMARKS_QUICK`` is set, to try things out."""
    return quick if os.environ.get("BENCHMARKS_QUICK") else full
