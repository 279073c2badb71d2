"""For each of several parts, all the others put together, in few steps."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Whole = TypeVar("Whole")
Part = TypeVar("Part")


def each_left_out(
    whole: Whole, parts: Sequence[Part], add: Callable[[Whole, Part], Whole]
) -> Iterator[Whole]:
    """Yield for each part, in order, ``whole`` with all the other parts added.

    The parts are halved again and again: n parts take n log n additions, not n times n.
    """
    if len(parts) == 1:
        yield whole
    if len(parts) < 2:
        return
    middle = len(parts) // 2
    for here, there in ((parts[:middle], parts[middle:]), (parts[middle:], parts[:middle])):
        added = whole
        for part in there:
            added = add(added, part)
        yield from each_left_out(added, here, add)
