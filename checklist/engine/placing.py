"""Where a person's answers lie: for each axis the cells that are left, or None where open.

Open is not a value here either: an open answer is None, which is one more thing to look a
table up by, beside the sets of cells.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import repeat
from operator import getitem, itemgetter
from typing import Any

from checklist.engine.atlas import Atlas
from checklist.engine.cells import Axis
from checklist.engine.kept import Kept
from checklist.ruleset.answers import check_answers
from checklist.ruleset.model import Answer, Answers, Choice, Integer, Question, YesNo

# For each axis the cells left of a question that was answered, None where it was not.
Placed = Sequence[int | None]

_MOST_KEPT = 1000  # of the answers to one question
_PLAIN = {int, str, type(None)}  # True is no 1, though it equals it


class Placer:
    """Places answers to the questions of an atlas, most of them by one look each."""

    def __init__(self, questions: Mapping[str, Question], atlas: Atlas) -> None:
        self._questions = questions
        self._atlas = atlas
        # What no rule tests comes after what has an axis; it is looked up only to be checked.
        self._names = [*atlas.number_of, *(n for n in questions if n not in atlas.number_of)]
        self._every = _getter(self._names)
        axes = [*atlas.axes, *repeat(None, len(questions) - len(atlas.axes))]
        self._cells = [
            _cells_by_answer(questions[name], axis)
            for name, axis in zip(self._names, axes, strict=True)
        ]

    def at_once(self, given: Mapping[str, Any]) -> Placed | None:
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
            if _PLAIN.issuperset(map(type, values)):
                return list(map(getitem, self._cells, values))
        except (KeyError, TypeError):
            pass
        return None

    def checked(self, given: Mapping[str, Any]) -> tuple[Answers, Placed]:
        """Return the answers once they are checked, and where they lie.

        Raises:
            AnswersError: names every answer that the questions do not allow.
        """
        answers = check_answers(self._questions, given)
        return answers, self.of(answers)

    def of(self, answers: Answers) -> Placed:
        """Return where checked answers lie."""
        placed: list[int | None] = [None] * len(self._names)
        for number, axis in enumerate(self._atlas.axes):
            answer: Answer | None = answers.get(axis.question.id)
            if answer is not None:
                placed[number] = axis.possible(answer)
        return placed

    def possible(self, placed: Placed) -> tuple[int, ...]:
        """Return for each axis the set of cells that is left."""
        return tuple(
            (1 << axis.size) - 1 if cells is None else cells
            for axis, cells in zip(self._atlas.axes, placed, strict=False)
        )


def _getter(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: [given[name] for name in names]


def _cells_by_answer(question: Question, axis: Axis | None) -> Mapping[Any, int | None]:
    # A KeyError means that an answer needs a closer look. Of a wide range not all are kept.
    allowed: Collection[str | int] = ()
    match question:
        case YesNo() | Choice():
            allowed = question.options
        case Integer():
            allowed = range(question.minimum, question.maximum + 1)

    def cells_of(answer: Any) -> int | None:
        if answer is None:
            return None
        if answer not in allowed:
            raise KeyError
        return axis.possible(answer) if axis else 0

    if len(allowed) > _MOST_KEPT:
        return Kept(cells_of, _MOST_KEPT)
    return {answer: cells_of(answer) for answer in (None, *allowed)}
