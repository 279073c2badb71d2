"""What was said, question by question, under the numbers that the blank form has too."""

from collections.abc import Iterable, Iterator

from checklist.papers.visit import Words
from checklist.papers.voice import own_lines, tidy
from checklist.ruleset.model import Grid, Question, Ruleset, Text
from checklist.wording.views import AnswerView

NOT_KNOWN = "Not known yet"
_FEW_ITEMS = 4
_SET_ASIDE = "Kept, but not counted: going by your other answers, this does not apply."
Row = tuple[str, tuple[Words, ...]]


def question_numbers(ruleset: Ruleset) -> dict[str, int]:
    """Return the number of each question: its place in the form, whether it is asked or not."""
    return {name: number for number, name in enumerate(ruleset.questions, start=1)}


def answer_rows(
    views: Iterable[AnswerView], numbers: dict[str, int], ruleset: Ruleset
) -> Iterator[Row]:
    """Yield each question that was answered, under its number, with what was said."""
    for view in views:
        if view.state in ("answered", "partly", "set_aside"):
            aside = (Words(_SET_ASIDE),) if view.state == "set_aside" else ()
            lines = said_lines(view, ruleset.questions[view.id])
            yield f"{numbers[view.id]}. {tidy(view.question)}", (*lines, *aside)


def left_open(views: Iterable[AnswerView], numbers: dict[str, int]) -> Iterator[Row]:
    """Yield the questions that were left open, those not known apart from those skipped."""
    by_words: dict[str, list[str]] = {}
    for view in views:
        if view.state == "open":
            by_words.setdefault(view.answer, []).append(f"{numbers[view.id]}. {view.question}")
    for words, questions in by_words.items():
        yield tidy(words), tuple(Words(tidy(question)) for question in questions)


def said_lines(view: AnswerView, question: Question) -> tuple[Words, ...]:
    """Return what was said of one question; of a long grid, the items under each answer."""
    if isinstance(question, Grid) and view.state in ("answered", "partly", "set_aside"):
        return tuple(Words(line) for line in _by_answer(view, question))
    if isinstance(question, Text) and view.state in ("answered", "set_aside"):
        return own_lines(view.answer)
    return (Words(tidy(view.answer)),)


def _by_answer(view: AnswerView, question: Grid) -> Iterator[str]:
    if len(question.items) <= _FEW_ITEMS:
        yield from (tidy(f"{item}: {said}") for item, said in view.items)
        return
    for words in question.options.values():
        items = [item for item, said in view.items if said == words]
        if items:
            yield tidy(f"{words}: {'; '.join(items)}")
    left = [item for item, said in view.items if said not in question.options.values()]
    if left:
        yield tidy(f"{NOT_KNOWN}: {'; '.join(left)}")
