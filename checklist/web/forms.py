"""A form class made from questions of the ruleset; typed answers out of it.

Also which questions a page shows, and the words of the condition under which each is
asked. Knows the ruleset and WTForms; nothing of requests, the session or HTML.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from wtforms import Form

from checklist.ruleset.model import (
    Answer,
    Answers,
    Choice,
    Grid,
    Integer,
    MultiChoice,
    Question,
    Ruleset,
    Section,
    Text,
    YesNo,
)
from checklist.web.fields import (
    NONE_OF_THESE,
    NOT_KNOWN,
    ON,
    AnswerField,
    ManyChoices,
    OneChoice,
    OwnWords,
    Tick,
    WholeNumber,
)

_KINDS = {
    YesNo: "yes_no",
    Choice: "choice",
    Integer: "integer",
    MultiChoice: "multi_choice",
    Grid: "grid",
    Text: "text",
}

_MOST_CLASSES = 256
_form_classes: dict[tuple[int, ...], tuple[type[Form], tuple[Question, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Condition:
    """Under which answer to another question this one is asked, in words."""

    question: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its page shows it: ``parts`` is a label and a field for each item of a grid.

    ``rest`` is the box of a grid that answers whatever is still open.
    """

    question: Question
    kind: str
    open_words: str
    conditions: tuple[Condition, ...]
    parts: tuple[tuple[str, AnswerField], ...]
    rest: AnswerField | None = None

    @property
    def field(self) -> AnswerField:
        """Return its only field (of a grid, the first)."""
        return self.parts[0][1]

    @property
    def fields(self) -> list[AnswerField]:
        """Return all of its fields, the box for the rest of a grid last."""
        return [field for _, field in self.parts] + ([self.rest] if self.rest else [])

    def with_fields(self, fields: Sequence[Any]) -> "Asked":
        """Return the same question with others in place of its ``fields``."""
        labels = [label for label, _ in self.parts]
        rest = fields[-1] if self.rest else None
        return replace(self, parts=tuple(zip(labels, fields, strict=False)), rest=rest)


@dataclass(frozen=True, slots=True)
class Entries:
    """What one page said: None is open, and ``not_known`` names what was left open on purpose."""

    answers: Mapping[str, Answer | None]
    not_known: frozenset[str]


def questions_shown(section: Section, ruleset: Ruleset, answers: Answers) -> tuple[Question, ...]:
    """Return the questions of a page, those left out that earlier pages rule out for sure.

    What was said on the page itself rules nothing out: who comes back to change it finds
    every question that hangs on it.
    """
    from checklist.engine.assess import applies

    if not any(question.enable_when for question in section.questions):
        return section.questions
    before = applies(ruleset, _from_other_pages(section, answers))
    return tuple(question for question in section.questions if before[question.id] != "no")


def questions_sent(section: Section, formdata: Any) -> tuple[Question, ...]:
    """Return the questions that the page held when it was sent, by its own list or its fields."""
    listed = set(formdata.getlist("asked"))
    return tuple(
        question
        for question in section.questions
        if question.id in listed or any(name in formdata for name, _ in _fields(question))
    )


def saved_form(questions: Sequence[Question], answers: Answers, not_known: Collection[str]) -> Form:
    """Return a form that shows what was kept."""
    data: dict[str, object] = {}
    for question in questions:
        data.update(_kept(question, answers.get(question.id), not_known))
    return _form_class(questions)(data=data)


def sent_form(questions: Sequence[Question], formdata: Any) -> Form:
    """Return a form that shows what was sent; ``validate`` finds what cannot be read."""
    return _form_class(questions)(formdata)


def entries(questions: Sequence[Question], form: Form) -> Entries:
    """Return what a form says, once it has been found readable."""
    answers: dict[str, Answer | None] = {}
    not_known: set[str] = set()
    for question in questions:
        fields = {_item_of(name): form[name] for name, _ in _fields(question)}
        not_known.update(
            f"{question.id}{item}" for item, field in fields.items() if field.said_not_known
        )
        if isinstance(question, Grid):
            answers[question.id] = _grid_answer(question, fields, form) or None
        else:
            answers[question.id] = fields[""].answer
    return Entries(answers, frozenset(not_known))


def _grid_answer(grid: Grid, fields: Mapping[str, AnswerField], form: Form) -> dict[str, str]:
    # Whoever ticked 'I do not know' of an item has said something: only what is blank is filled.
    blank = grid.rest.option if grid.rest and form[_rest_name(grid)].is_marked(ON) else None
    said = {
        item.lstrip("."): field.answer if field.data else blank for item, field in fields.items()
    }
    return {item: option for item, option in said.items() if option is not None}


def asked(
    questions: Sequence[Question], form: Form, ruleset: Ruleset, answers: Answers
) -> Iterator[Asked]:
    """Yield each question with its fields and the conditions that are not settled yet."""
    from checklist.wording.conditions_in_words import passing_answers
    from checklist.wording.phrases import open_words

    for question in questions:
        section = next(s for s in ruleset.sections if s.id == question.section)
        settled = _from_other_pages(section, answers)
        conditions = tuple(
            Condition(ruleset.questions[name].text, passing_answers(ruleset.questions[name], test))
            for name, test in question.enable_when.items()
            if name not in settled
        )
        parts = tuple((field.label.text, field) for field in _bound(question, form))
        kind, words = _KINDS[type(question)], open_words(question)
        yield Asked(question, kind, words, conditions, parts, _bound_rest(question, form))


def _from_other_pages(section: Section, answers: Answers) -> Answers:
    here = {question.id for question in section.questions}
    return {name: answer for name, answer in answers.items() if name not in here}


def _form_class(questions: Sequence[Question]) -> type[Form]:
    same = tuple(map(id, questions))
    known = _form_classes.get(same)
    if known is None:
        if len(_form_classes) >= _MOST_CLASSES:
            _form_classes.clear()
        # Every name holds a '-' after its 'q', so that none can hide a method of the form.
        fields = {name: field for question in questions for name, field in _all_fields(question)}
        made = type("SectionForm", (Form,), fields)
        known = _form_classes[same] = made, tuple(questions)  # held: no others get their ids
    return known[0]


def _bound_rest(question: Question, form: Form) -> AnswerField | None:
    has_rest = isinstance(question, Grid) and question.rest
    return form[_rest_name(question)] if has_rest else None


def _bound(question: Question, form: Form) -> Iterator[AnswerField]:
    return (form[name] for name, _ in _fields(question))


def _item_of(name: str) -> str:
    return name[name.index(".") :] if "." in name else ""


def _rest_name(grid: Question) -> str:
    return f"q-{grid.id}:rest"


def _all_fields(question: Question) -> Iterator[tuple[str, Any]]:
    yield from _fields(question)
    if isinstance(question, Grid) and question.rest:
        yield _rest_name(question), Tick(label=question.rest.text)


def _fields(question: Question) -> Iterator[tuple[str, Any]]:
    from checklist.wording.phrases import NONE_OF_THESE as NONE_OF_THESE_WORDS
    from checklist.wording.phrases import open_words

    name = f"q-{question.id}"
    label = question.text
    match question:
        case YesNo() | Choice():
            yield name, OneChoice(label=label, options=question.options)
        case MultiChoice():
            alone = {NONE_OF_THESE: NONE_OF_THESE_WORDS, NOT_KNOWN: open_words(question)}
            yield name, ManyChoices(label=label, options=question.options, alone=alone)
        case Integer():
            yield name, _number(question)
        case Grid():
            for item, item_label in question.items.items():
                yield f"{name}.{item}", OneChoice(label=item_label, options=question.options)
        case Text():
            yield name, OwnWords(label=label, max_length=question.max_length)
        case _:
            assert_never(question)


def _number(question: Integer) -> Any:
    from checklist.wording.phrases import open_words

    return WholeNumber(
        label=question.text,
        minimum=question.minimum,
        maximum=question.maximum,
        units=(question.unit, question.unit_one),
        not_known=open_words(question),
    )


def _kept(
    question: Question, answer: Answer | None, not_known: Collection[str]
) -> Iterator[tuple[str, object]]:
    for name, _ in _fields(question):
        item = _item_of(name)
        value = answer.get(item[1:]) if item and isinstance(answer, Mapping) else answer
        if value is None and f"{question.id}{item}" in not_known:
            value = (NOT_KNOWN,) if isinstance(question, MultiChoice) else NOT_KNOWN
        elif value == () and isinstance(question, MultiChoice):
            value = (NONE_OF_THESE,)
        yield name, value
