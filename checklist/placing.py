"""Where a person's answers lie: for each axis the cells that are left, or None where open.

Open is not a value here either: an open answer is None, which is one more thing to look a
table up by, beside the sets of cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checklist.answers import check_answers
from checklist.atlas import Atlas
from checklist.model import Answer, Answers, Choice, Integer, Question, YesNo

# For each axis the cells left of a question that was answered, None where it was not.
Placed = Sequence[int | None]
# The axis, the class of an answer, and the cells of every answer that there can be.
_Known = tuple[int, type, Mapping[Any, int]]

_MOST_NUMBERS = 1000  # a wider range is looked through by its cells, not number by number


class Placer:
    """Places answers to the questions of an atlas, most of them by one look each."""

    def __init__(self, questions: Mapping[str, Question], atlas: Atlas) -> None:
        self._questions = questions
        self._atlas = atlas
        self._open: list[int | None] = [None] * (len(atlas.axes) + 1)
        self._known = dict(self._single_questions())

    def _single_questions(self) -> Iterator[tuple[str, _Known]]:
        for name, question in self._questions.items():
            if isinstance(question, YesNo | Choice):
                values: Sequence[str | int] = list(question.options)
            elif isinstance(question, Integer) and _is_narrow(question):
                values = range(question.minimum, question.maximum + 1)
            else:
                continue
            number = self._atlas.number_of.get(name)
            if number is None:  # never tested: its place is the one after the last
                yield name, (-1, type(values[0]), dict.fromkeys(values, 0))
            else:
                axis = self._atlas.axes[number]
                yield name, (number, type(values[0]), {v: axis.possible(v) for v in values})

    def at_once(self, given: Mapping[str, Any]) -> Placed | None:
        """Return where answers lie, or None: then they need a closer look.

        Args:
            given: as anybody may write it, not checked. Nothing is returned that a check
                would refuse or change.
        """
        placed, known = self._open.copy(), self._known
        try:
            for name, answer in given.items():
                if answer is not None:
                    number, kind, cells = known[name]
                    if answer.__class__ is not kind:  # True is no 1
                        return None
                    placed[number] = cells[answer]
        except (AttributeError, KeyError, TypeError):
            return None
        return placed

    def checked(self, given: Mapping[str, Any]) -> tuple[Answers, Placed]:
        """Return the answers once they are checked, and where they lie.

        Raises:
            AnswersError: names every answer that the questions do not allow.
        """
        answers = check_answers(self._questions, given)
        return answers, self.of(answers)

    def of(self, answers: Answers) -> Placed:
        """Return where checked answers lie."""
        placed = self._open.copy()
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


def _is_narrow(question: Integer) -> bool:
    return question.maximum - question.minimum < _MOST_NUMBERS
