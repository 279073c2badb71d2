"""Cut the answers of a question down to cells: answers that no rule can tell apart.

An age from 0 to 120 that is tested for ``"< 18"`` and ``"< 40"`` has three cells. Sets of
cells are whole numbers read as bits: bit n stands for cell n. An answered question has one
cell left, an open one all of its cells, a half-answered grid something in between.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from checklist.engine.counted import CountedAxis, NamedTest, bits_of, counted_axis, masks_of
from checklist.ruleset.conditions import holds, range_starts
from checklist.ruleset.model import (
    Answer,
    Choice,
    Count,
    Grid,
    Integer,
    MultiChoice,
    Question,
    YesNo,
)

MOST_COMBINATIONS = 100_000


class SingleAxis(Struct, frozen=True):
    """A yes_no, choice or integer question and its cells.

    ``starts`` are the values at which a cell may begin: every option, or the numbers at
    which some test changes its answer; ``cell_at`` is the cell of each.
    """

    question: YesNo | Choice | Integer
    starts: tuple[str | int, ...]
    cell_at: tuple[int, ...]
    examples: tuple[str | int, ...]
    masks: Mapping[NamedTest, int]

    @property
    def size(self) -> int:
        """Return the number of cells."""
        return len(self.examples)

    @property
    def varies(self) -> bool:
        """Return whether the question allows more than one answer."""
        if isinstance(self.question, Integer):
            return self.question.minimum < self.question.maximum
        return len(self.question.options) > 1

    def possible(self, answer: Answer | None) -> int:
        """Return the cells that a completion of ``answer`` can lie in."""
        if answer is None:
            return (1 << self.size) - 1
        if isinstance(answer, int):
            return 1 << self.cell_at[bisect_right(self.starts, answer) - 1]
        return 1 << self.cell_at[self.starts.index(answer)]

    def is_open(self, answer: Answer | None) -> bool:
        """Return whether ``answer`` leaves anything open."""
        return answer is None

    def example(self, cell: int) -> Answer:
        """Return one complete answer that lies in ``cell``."""
        return self.examples[cell]


Axis = SingleAxis | CountedAxis


def make_axis(question: Question, counts: Sequence[Count], tests: Iterable[NamedTest]) -> Axis:
    """Return the cells of ``question`` under ``tests``.

    Args:
        question: any but a text question.
        counts: the counts over it, if it is a grid or multi_choice.
        tests: every test of it, or of one of ``counts``.

    Raises:
        EntangledError: its counts can come out in too many ways.
    """
    distinct = tuple(dict.fromkeys(tests))
    if isinstance(question, Grid | MultiChoice):
        return counted_axis(question, counts, distinct)
    assert isinstance(question, YesNo | Choice | Integer)  # noqa: S101 - text is never tested
    return _single_axis(question, distinct)


def _single_axis(question: YesNo | Choice | Integer, tests: tuple[NamedTest, ...]) -> SingleAxis:
    starts: Sequence[str | int] = (
        range_starts((test for _, test in tests), question.minimum, question.maximum)
        if isinstance(question, Integer)
        else tuple(question.options)
    )
    signatures = [bits_of(holds(test, value) for _, test in tests) for value in starts]
    cells = {signature: cell for cell, signature in enumerate(dict.fromkeys(signatures))}
    examples = {
        cells[s]: value for value, s in reversed(list(zip(starts, signatures, strict=True)))
    }
    return SingleAxis(
        question,
        tuple(starts),
        tuple(cells[signature] for signature in signatures),
        tuple(examples[cell] for cell in range(len(cells))),
        masks_of(tests, cells),
    )


def cells_in(mask: int) -> list[int]:
    """Return the cells of a set, lowest first."""
    return [cell for cell in range(mask.bit_length()) if mask >> cell & 1]
