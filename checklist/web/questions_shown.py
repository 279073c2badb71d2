"""Questions as a page shows them: made once for everybody, then filled with what was said.

What is kept is made of the ruleset alone, with open places for ticks and for what was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import request
from markupsafe import Markup, escape

from checklist.ruleset.model import Ruleset
from checklist.web import current
from checklist.web.fields import AnswerField
from checklist.web.forms import Asked, Condition, asked, saved_form
from checklist.web.marks import Marks

_MOST = 1024

Macro = Callable[[Asked], str]


def filled(macro: Macro, item: Asked) -> Markup:
    """Return a question with what was said of it, or typed.

    Args:
        macro: makes a question of its kind.
        item: the question, with its fields.
    """
    fields = item.fields
    if any(field.errors for field in fields):  # rare, and to be said beside each field
        return Markup(macro(item))  # noqa: S704  # escaped by the macro
    root = request.environ.get("SCRIPT_NAME", "")  # all addresses begin with it
    pieces = _pieces(macro, current.ruleset(), item.question.id, item.conditions, root)
    said = [piece.filled(fields) if isinstance(piece, _Place) else piece for piece in pieces]
    return Markup("".join(said))  # noqa: S704  # each piece is escaped


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field shows whether a box is ticked, or with no box, what was typed."""

    field: int
    box: str | None

    def filled(self, fields: Sequence[AnswerField]) -> str:
        field = fields[self.field]
        return escape(field.typed) if self.box is None else field.checked(self.box)


class _OpenField:
    """A field of which it is left open what was said."""

    errors = ()

    def __init__(self, field: AnswerField, number: int, places: Marks[_Place]) -> None:
        self.id, self.name, self.first_id = field.id, field.name, field.first_id
        self.alone = getattr(field, "alone", {})
        self._number = number
        self._places = places

    @property
    def typed(self) -> str:
        return self._places.mark(_Place(self._number, None))

    def checked(self, box: str) -> str:
        return self._places.mark(_Place(self._number, box))


@lru_cache(maxsize=_MOST)
def _pieces(
    macro: Macro,
    ruleset: Ruleset,
    question_id: str,
    conditions: tuple[Condition, ...],
    root: str,
) -> tuple[str | _Place, ...]:
    questions = [ruleset.questions[question_id]]
    [blank] = asked(questions, saved_form(questions, {}, ()), ruleset, {})
    places = Marks[_Place]()
    fields = [_OpenField(field, n, places) for n, field in enumerate(blank.fields)]
    item = replace(blank, conditions=conditions).with_fields(fields)
    return tuple(str(p) if isinstance(p, str) else p for p in places.between(macro(item)))
