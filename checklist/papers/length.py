"""Roughly how many sides a paper takes: said before it is printed, never promised."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from math import ceil, sqrt

from checklist.engine.assess import assess
from checklist.papers.copy import persons_copy
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
from checklist.ruleset.model import Ruleset
from checklist.wording.summary import summarise

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
    return max(1, ceil(_sides(visit, scale)))


def about_sides_of_copy(ruleset: Ruleset, answered: Collection[str], scale: float = 1.0) -> int:
    """Return about how many sides the person's own copy takes, without making it.

    With each answer that could change something it says less of what to find out.

    Args:
        ruleset: what was asked.
        answered: the questions that something was answered to.
        scale: as of ``about_sides``.
    """
    telling, least, most = _copies(ruleset, scale)
    still_open = sum(name not in answered for name in telling)
    return max(1, ceil(least + (most - least) * still_open / max(len(telling), 1)))


@lru_cache(maxsize=64)
def _copies(ruleset: Ruleset, scale: float) -> tuple[tuple[str, ...], float, float]:
    """Return the questions that could change something, and a copy's sides without and with."""
    nothing_said = summarise(ruleset, {}, assess(ruleset, {}), "2000-01-01")
    nothing_open = replace(nothing_said, find_out=(), changes=())
    least, most = (
        _sides(persons_copy(ruleset, each), scale) for each in (nothing_open, nothing_said)
    )
    return tuple(entry.id for entry in nothing_said.find_out), least, most


def _sides(visit: VisitSummary, scale: float) -> float:
    lines = sum(_lines(block, _LETTERS / scale) for block in visit.blocks)
    side = _SIDE / (sqrt(scale) if scale >= _LARGE else 1)  # large print has wider margins too
    return lines * scale / side


def _lines(block: Block, letters: float) -> float:
    if isinstance(block, Room):
        return block.lines * 1.5
    texts = [ceil(len(text) / letters) for text in sentences_in(block)]
    boxed = 0.65 * len(block.options) if isinstance(block, Boxes) else 0.0
    return sum(texts) + boxed + 0.3 * len(texts) + _AROUND.get(type(block), 0.3)
