"""What goes on a page of one side: the parts in their order of worth, each as full as fits."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from checklist.papers.visit import Block


class Part(Struct, frozen=True):
    """A part of the page in several lengths, the shortest first.

    Args:
        lengths: the blocks of each length.
        rest: what stands on the copy where the part is cut, in words.
        after: of each length but the shortest: those with a higher number are taken only after
            all those with a lower one. Too few of them: the last counts for the rest.
        whole: the first length that leaves nothing out; None where even the last does.
    """

    lengths: tuple[tuple[Block, ...], ...]
    rest: str = ""
    after: tuple[int, ...] = (0,)
    whole: int | None = 0

    @classmethod
    def fixed(cls, *blocks: Block) -> "Part":
        """Return a part that has one length only."""
        return cls((blocks,))

    def is_cut(self, length: int) -> bool:
        """Return whether something of this part is left out."""
        return self.whole is None or length < self.whole

    def steps(self) -> Iterator[tuple[int, int]]:
        """Yield each length but the shortest, with the number that says how early it is taken."""
        for length in range(1, len(self.lengths)):
            yield self.after[min(length, len(self.after)) - 1], length


def fitting(
    parts: Sequence[Part], room: float, height: Callable[[tuple[Block, ...]], float]
) -> list[int]:
    """Return which length of each part to show.

    All begin at their shortest, and take their next lengths as long as the page has room: first
    those with the lowest ``after``; among these round by round, the weightiest first.

    Args:
        parts: the weightiest first, as they stand on the page.
        room: how high the page is, in points.
        height: how high blocks are, in points.
    """
    taken = [0] * len(parts)
    used = sum(height(part.lengths[0]) for part in parts)
    steps = [(*step, number) for number, part in enumerate(parts) for step in part.steps()]
    for _, length, number in sorted(steps):
        lengths = parts[number].lengths
        more = height(lengths[length]) - height(lengths[length - 1])
        if taken[number] == length - 1 and used + more <= room:
            taken[number], used = length, used + more
    return taken
