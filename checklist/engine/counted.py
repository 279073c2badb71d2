"""The cells of a question whose answers are counted: a grid, or one with many ticks.

The counts of one question are worked through slot by slot; those ways in which they can
stand that no test tells apart are one cell. See ``cells``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from checklist.engine.one_out import each_left_out
from checklist.errors import EntangledError, Tangle
from checklist.ruleset.conditions import holds, range_starts
from checklist.ruleset.model import Answer, Count, Grid, MultiChoice, Test, Within

MOST_STEPS = 200_000  # to work out in how many ways the counts of one question can stand

# A test together with the name that it stands under: a question's, or a count's.
NamedTest = tuple[str, Test]
# Which tests hold: bit n stands for the n-th test.
Signature = int


class Step(Struct, frozen=True):
    """By which counts one answer to one slot is raised, as two masks over all counts.

    A count stands as a run of ones as long as the count, in a field of its own: ``low``
    has the lowest bit of each raised field, ``rest`` the other bits of it. At the end of
    its field a count stops; beyond that no test tells it apart.
    """

    low: int
    rest: int

    def __call__(self, counts: int) -> int:
        """Return the counts after this step."""
        return counts | counts << 1 & self.rest | self.low


NO_STEP = Step(0, 0)


class CountedAxis(Struct, frozen=True):
    """A grid or multi_choice question, as the counts over it see it.

    Each slot is an item of a grid, or an option of a multi_choice that is ticked or not.
    ``steps[slot][value]`` is what that value does to the counts; ``cell_of`` tells the
    cell of each way that the counts can come out.
    """

    question: Grid | MultiChoice
    steps: Mapping[str, Mapping[str, Step]]
    cell_of: Mapping[int, int]
    examples: tuple[Answer, ...]
    masks: Mapping[NamedTest, int]

    @property
    def size(self) -> int:
        """Return the number of cells."""
        return len(self.examples)

    @property
    def varies(self) -> bool:
        """Return whether the question allows more than one answer."""
        return any(len(values) > 1 for values in self.steps.values())

    def possible(self, answer: Answer | None) -> int:
        """Return the cells that a completion of ``answer`` can lie in."""
        if answer is None:
            return (1 << self.size) - 1
        reached = {0}
        for steps in self._steps_left(answer):
            reached = _after(reached, steps)
        return self._cells_of(reached)

    def possible_with_another(self, answer: Answer | None) -> Iterator[tuple[str, dict[str, int]]]:
        """Yield for each slot, under each value it could have, the cells a completion can lie in.

        All other slots stay as they are in ``answer``.
        """
        each = each_left_out({0}, self._steps_left(answer), _after)
        for (slot, values), others in zip(self.steps.items(), each, strict=True):
            ways = {step: self._cells_after(others, step) for step in {*values.values()}}
            yield slot, {value: ways[step] for value, step in values.items()}

    def _steps_left(self, answer: Answer | None) -> list[Collection[Step]]:
        given = _slots_given(self.question, answer)
        return [
            [values[given[slot]]] if slot in given else list(dict.fromkeys(values.values()))
            for slot, values in self.steps.items()
        ]

    def _cells_of(self, reached: Iterable[int]) -> int:
        return sum([1 << cell for cell in {self.cell_of[counts] for counts in reached}])

    def _cells_after(self, reached: Iterable[int], step: Step) -> int:
        # In one go: ``reached`` can be long, and this is asked for every value of every slot.
        cell_of, low, rest = self.cell_of, step.low, step.rest
        cells = {cell_of[counts | counts << 1 & rest | low] for counts in reached}
        return sum([1 << cell for cell in cells])

    def is_open(self, answer: Answer | None) -> bool:
        """Return whether ``answer`` leaves any slot open."""
        given = _slots_given(self.question, answer)
        return any(slot not in given and len(values) > 1 for slot, values in self.steps.items())

    def example(self, cell: int) -> Answer:
        """Return one complete answer that lies in ``cell``."""
        return self.examples[cell]


def _after(reached: set[int], steps: Collection[Step]) -> set[int]:
    if steps == [NO_STEP]:
        return reached
    found = set[int]()
    for step in steps:
        low, rest = step.low, step.rest  # as ``step`` itself does, without a call for each
        found.update([counts | counts << 1 & rest | low for counts in reached])
    return found


def counted_axis(
    question: Grid | MultiChoice, counts: Sequence[Count], tests: tuple[NamedTest, ...]
) -> CountedAxis:
    """Return the cells of ``question`` under ``tests`` of its ``counts``, each test once.

    Raises:
        EntangledError: its counts can come out in too many ways.
    """
    fields = tuple(_fields(counts, tests))
    steps = _steps(question, fields)
    reached = _reached(question, counts, steps)
    told = [(field, _told(field, tests)) for field in fields]
    signature_of = {
        total: sum(signatures[field.count_in(total)] for field, signatures in told)
        for total in reached
    }
    cells = {signature: cell for cell, signature in enumerate(dict.fromkeys(signature_of.values()))}
    examples = {cells[signature_of[total]]: slots for total, slots in reversed(reached.items())}
    return CountedAxis(
        question,
        steps,
        {total: cells[signature] for total, signature in signature_of.items()},
        tuple(_as_answer(question, examples[cell]) for cell in range(len(cells))),
        masks_of(tests, cells),
    )


class _Field(Struct, frozen=True):
    # Where a count stands among the bits of all counts: ``width`` bits from ``start`` on.
    count: Count
    start: int
    width: int

    @property
    def mask(self) -> int:
        return ((1 << self.width) - 1) << self.start

    def count_in(self, total: int) -> int:
        return (total & self.mask).bit_count()


def _fields(counts: Sequence[Count], tests: tuple[NamedTest, ...]) -> Iterator[_Field]:
    start = 0
    for count in counts:
        own = [test for name, test in tests if name == count.id]
        if own:
            width = range_starts(own, 0, len(count.items))[-1]
            yield _Field(count, start, width)
            start += width


def _told(field: _Field, tests: tuple[NamedTest, ...]) -> list[Signature]:
    # For each number that the field can show: which of the tests, all of them, it passes.
    own = [test if name == field.count.id else Within(()) for name, test in tests]
    return [bits_of(holds(test, number) for test in own) for number in range(field.width + 1)]


def _reached(
    question: Grid | MultiChoice, counts: Sequence[Count], steps: Mapping[str, Mapping[str, Step]]
) -> dict[int, dict[str, str]]:
    # Slot by slot: the ways the counts can stand so far, each with slots that lead there.
    reached: dict[int, dict[str, str]] = {0: {}}
    taken = 0
    for slot, values in steps.items():
        by_step = {step: value for value, step in reversed(list(values.items()))}
        taken += len(reached) * len(by_step)
        if taken > MOST_STEPS:
            names = tuple(count.id for count in counts)
            raise EntangledError([Tangle("counts", MOST_STEPS, names, (question.id,))])
        further: dict[int, dict[str, str]] = {}
        for total, chosen in reached.items():
            for step, value in by_step.items():
                raised = step(total)
                if raised not in further:
                    further[raised] = {**chosen, slot: value}
        reached = further
    return reached


def _steps(question: Grid | MultiChoice, fields: Sequence[_Field]) -> dict[str, dict[str, Step]]:
    values = tuple(question.options) if isinstance(question, Grid) else ("yes", "no")
    slots = question.items if isinstance(question, Grid) else question.options
    return {slot: {value: _step(slot, value, fields) for value in values} for slot in slots}


def _step(slot: str, value: str, fields: Sequence[_Field]) -> Step:
    raised = [f for f in fields if slot in f.count.items and value in f.count.where and f.width]
    low = sum(1 << field.start for field in raised)
    return Step(low, sum(field.mask for field in raised) & ~low)


def _slots_given(question: Grid | MultiChoice, answer: Answer | None) -> Mapping[str, str]:
    if answer is None:
        return {}
    if isinstance(question, MultiChoice):
        assert isinstance(answer, tuple)  # noqa: S101 - answers were checked when they came in
        return {option: "yes" if option in answer else "no" for option in question.options}
    assert isinstance(answer, Mapping)  # noqa: S101 - answers were checked when they came in
    return answer


def _as_answer(question: Grid | MultiChoice, slots: Mapping[str, str]) -> Answer:
    if isinstance(question, MultiChoice):
        return tuple(option for option in question.options if slots[option] == "yes")
    return dict(slots)


def masks_of(tests: tuple[NamedTest, ...], cells: Mapping[Signature, int]) -> dict[NamedTest, int]:
    """Return for each test the set of cells in which it holds."""
    return {
        named: sum(1 << cell for signature, cell in cells.items() if signature >> index & 1)
        for index, named in enumerate(tests)
    }


def bits_of(held: Iterable[bool]) -> Signature:
    """Return which of some tests hold, in order, as bits."""
    return sum(1 << index for index, holding in enumerate(held) if holding)
