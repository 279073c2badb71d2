"""Roughly how many sides a paper takes: said before it is printed, never promised."""

from math import ceil, sqrt

from checklist.papers.visit import (
    Block,
    Boxes,
    Facts,
    Heading,
    Points,
    Room,
    VisitSummary,
    sentences_in,
)

_SIDE = 58.0  # lines of ordinary print
_LARGE = 1.5  # from here on, the layout of large print
_LETTERS = 76.0  # of a line
_AROUND = {Heading: 0.8, Facts: 0.6, Points: 0.6, Boxes: 0.6}  # lines of empty room


def about_sides(visit: VisitSummary, scale: float = 1.0) -> int:
    """Return about how many sides of A4 a paper takes.

    Args:
        visit: the paper.
        scale: how much larger than ordinary print its letters are, 1 or more.
    """
    if visit.paper == "doctor":
        return 1
    lines = sum(_lines(block, _LETTERS / scale) for block in visit.blocks)
    side = _SIDE / (sqrt(scale) if scale >= _LARGE else 1)  # large print has wider margins too
    return max(1, ceil(lines * scale / side))


def _lines(block: Block, letters: float) -> float:
    if isinstance(block, Room):
        return block.lines * 1.5
    texts = [ceil(len(text) / letters) for text in sentences_in(block)]
    boxed = 0.65 * len(block.options) if isinstance(block, Boxes) else 0.0
    return sum(texts) + boxed + 0.3 * len(texts) + _AROUND.get(type(block), 0.3)
