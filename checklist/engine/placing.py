"""Where a person's answers lie, as one whole number.

In it each axis has a field with a bit for every cell: set are those that are left of a
question that was answered. All bits of an open one are 0: open is not a value here either,
but one more thing to look a table up by.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from operator import getitem, itemgetter
from typing import Any

from checklist.engine.atlas import Atlas
from checklist.engine.cells import Axis
from checklist.engine.kept import Kept
from checklist.ruleset.answers import check_answers
from checklist.ruleset.model import Answers, Choice, Integer, Question, YesNo

_MOST_KEPT = 1000  # of the answers to one question
_WHOLE = {int, type(None)}  # True and 1.0 are no 1, though they equal it


class Placer:
    """Places answers to the questions of an atlas, most of them by one look each."""

    def __init__(self, questions: Mapping[str, Question], atlas: Atlas) -> None:
        self._questions = questions
        self._atlas = atlas
        self._starts = list(accumulate((axis.size for axis in atlas.axes), initial=0))
        # Whole numbers first: of their answers the type is looked at.
        self._names = sorted(questions, key=lambda name: not isinstance(questions[name], Integer))
        self._numbers = sum([isinstance(question, Integer) for question in questions.values()])
        self._every = _getter(self._names)
        places = {a.question.id: (a, s) for a, s in zip(atlas.axes, self._starts, strict=False)}
        self._bits = [
            _bits_by_answer(questions[name], *places.get(name, (None, 0))) for name in self._names
        ]

    def at_once(self, given: Mapping[str, Any]) -> int | None:
        """Return where answers lie, or None: then they need a closer look.

        Args:
            given: as anybody may write it, not checked. Nothing is returned that a check
                would refuse or change.
        """
        if given.__class__ is not dict:  # what else there is may make up what it does not hold
            return None
        try:
            if len(given) == len(self._names):
                values = self._every(given)
            elif given.keys() <= self._questions.keys():
                values = [given.get(name) for name in self._names]
            else:
                return None
            if _WHOLE.issuperset(map(type, values[: self._numbers])):
                return sum(map(getitem, self._bits, values))
        except (KeyError, TypeError):
            pass
        return None

    def checked(self, given: Mapping[str, Any]) -> tuple[Answers, int]:
        """Return the answers once they are checked, and where they lie.

        Raises:
            AnswersError: names every answer that the questions do not allow.
        """
        answers = check_answers(self._questions, given)
        return answers, self.of(answers)

    def of(self, answers: Answers) -> int:
        """Return where checked answers lie."""
        places = zip(self._atlas.axes, self._starts, strict=False)
        given = [(answers.get(axis.question.id), axis, start) for axis, start in places]
        return sum([axis.possible(a) << start for a, axis, start in given if a is not None])

    def with_cells(self, packed: int, axis: int, cells: int) -> int:
        """Return where answers lie if those on one axis lie in other cells."""
        return packed & ~self.field(axis) | cells << self._starts[axis]

    def spread(self, packed: int, axes: Iterable[int]) -> dict[int, int | None]:
        """Return the cells left on some axes, None where they are open."""
        return {axis: self._cells(packed, axis) or None for axis in axes}

    def possible(self, packed: int, axes: Iterable[int]) -> dict[int, int]:
        """Return the cells that completions reach, on some axes."""
        every = self._atlas.axes
        return {a: self._cells(packed, a) or (1 << every[a].size) - 1 for a in axes}

    def field(self, axis: int) -> int:
        """Return the bits of an axis, all set."""
        return ((1 << self._atlas.axes[axis].size) - 1) << self._starts[axis]

    def _cells(self, packed: int, axis: int) -> int:
        return (packed & self.field(axis)) >> self._starts[axis]


def _getter(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: [given[name] for name in names]


def _bits_by_answer(question: Question, axis: Axis | None, start: int) -> Mapping[Any, int]:
    # A KeyError means that an answer needs a closer look.
    allowed: Collection[str | int] = ()
    match question:
        case YesNo() | Choice():
            allowed = question.options
        case Integer():
            allowed = range(question.minimum, question.maximum + 1)

    def bits_of(answer: Any) -> int:
        if answer is None:
            return 0
        if answer not in allowed:
            raise KeyError
        return axis.possible(answer) << start if axis else 0

    return Kept(bits_of, _MOST_KEPT)
