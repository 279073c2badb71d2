"""The blank form: every question, to fill in by pen."""

from collections.abc import Iterator
from functools import lru_cache
from typing import assert_never

from checklist.papers.answers import question_numbers
from checklist.papers.frame import LAST, framed, notice, urgent
from checklist.papers.visit import (
    Blank,
    Block,
    Boxes,
    Heading,
    Items,
    Paragraph,
    Room,
    VisitSummary,
    Words,
)
from checklist.papers.voice import Voice, tidy
from checklist.ruleset.model import (
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
from checklist.wording.conditions_in_words import passing_answers
from checklist.wording.phrases import NONE_OF_THESE, open_words

_HOW = (
    "Put a tick in the box beside your answer.",
    "You can leave any question out.",
    "'I do not know' is a full answer.",
    "Take the filled-in form to your visit. Or ask somebody to type your answers into the form "
    "on a computer.",
)
_TICK_ONE = "Tick one box."
_TICK_EACH = "Tick one box for each."
_TICK_ALL = "Tick all that are true."
_THE_REST = "For the rest, you can tick this box."
_LETTERS_A_LINE = 80
_MOST_LINES = 8


@lru_cache(maxsize=8)  # a ruleset never changes; a day does, once a day
def blank_form(ruleset: Ruleset, date_iso: str) -> VisitSummary:
    """Return the form with every question and every option, for ordinary and for large print.

    Args:
        ruleset: what is asked.
        date_iso: the day it was printed, in ISO 8601.
    """
    return framed("blank", ruleset, date_iso, _Form(ruleset).blocks())


class _Form:
    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.voice = Voice(ruleset)
        self.numbers = question_numbers(ruleset)

    def blocks(self) -> Iterator[Block]:
        purpose = self.ruleset.purpose
        yield from (Blank("Date"), Blank("Name"))
        yield notice(map(self.voice, purpose))
        yield from urgent(self.ruleset)
        yield Items(tuple(map(self.voice.words, _HOW)))
        for number, section in enumerate(self.ruleset.sections, start=1):
            yield from self._section(number, section)
        yield Heading(2, "Room to write")
        yield Room(6, fill=True)
        yield LAST

    def _section(self, number: int, section: Section) -> Iterator[Block]:
        yield Heading(2, f"Part {number}: {tidy(section.title)}")
        if section.intro:
            yield Paragraph(self.voice.words(section.intro))
        for question in section.questions:
            yield Heading(3, f"{self.numbers[question.id]}. {tidy(question.text)}")
            yield from (Paragraph(Words(line)) for line in self._conditions(question))
            yield from self._asked(question)

    def _asked(self, question: Question) -> Iterator[Block]:
        hint = [question.hint] if question.hint else []
        yield from (Paragraph(self.voice.words(line)) for line in hint)
        about = [Paragraph(self.voice.words(line)) for line in _about(question)]
        if isinstance(question, Grid):
            yield from (*about, *_to_fill_in(question))
        else:
            # The boxes stand with their question; what is told of it may stand on the next side.
            yield from (*_to_fill_in(question), *about)

    def _conditions(self, question: Question) -> Iterator[str]:
        for count, (name, test) in enumerate(question.enable_when.items()):
            asked = self.ruleset.questions[name]
            said = "' or '".join(passing_answers(asked, test))
            begin = "And only if" if count else "Answer this only if"
            number = self.numbers[name]
            yield tidy(f"{begin} you said '{said}' to question {number}: {asked.text}")


def _about(question: Question) -> Iterator[str]:
    told = (
        ("Why we ask: ", question.why),
        ("Where to find it: ", question.where),
        ("Who may know: ", question.who),
    )
    yield from (f"{name}{text}" for name, text in told if text)


def _to_fill_in(question: Question) -> Iterator[Block]:
    not_known = open_words(question)
    match question:
        case YesNo() | Choice():
            yield _boxes(_TICK_ONE, (*question.options.values(), not_known), 1)
        case MultiChoice():
            options = (*question.options.values(), NONE_OF_THESE, not_known)
            yield _boxes(_TICK_ALL, options, 2)
        case Integer():
            yield Blank("Your answer", tidy(question.unit))
            yield _boxes("", (not_known,), 1)
        case Grid():
            yield Paragraph(Words(_TICK_EACH))
            for item in question.items.values():
                yield Heading(4, tidy(item))
                yield _boxes("", (*question.options.values(), not_known), 1)
            if question.rest:
                yield _boxes(_THE_REST, (question.rest.text,), 0)
        case Text():
            yield Room(min(_MOST_LINES, max(3, question.max_length // _LETTERS_A_LINE)))
        case _:
            assert_never(question)


def _boxes(among: str, options: tuple[str, ...], apart: int) -> Boxes:
    return Boxes(among, tuple(map(tidy, options)), apart)
