"""Answers that can hardly both be so: pointed out to the person, and judged as they stand."""

from collections.abc import Iterator

from checklist.ruleset.model import Answers, Integer, Ruleset
from checklist.wording.answers_in_words import said
from checklist.wording.phrases import name_of


def to_look_at_again(ruleset: Ruleset, answers: Answers) -> tuple[str, ...]:
    """Return a line for each number that is below one that it should reach, in words.

    Args:
        ruleset: what was asked.
        answers: checked answers, open ones absent.
    """
    return tuple(_lines(ruleset, answers))


def _lines(ruleset: Ruleset, answers: Answers) -> Iterator[str]:
    from checklist.engine.assess import applies  # a first page does without it

    counted = {name for name, whether in applies(ruleset, answers).items() if whether == "yes"}
    for question in ruleset.questions.values():
        if not isinstance(question, Integer) or not question.at_least:
            continue
        if not {question.id, question.at_least} <= counted & answers.keys():
            continue
        least, given = answers[question.at_least], answers[question.id]
        if isinstance(least, int) and isinstance(given, int) and given < least:
            other = ruleset.questions[question.at_least]
            yield (
                f"{name_of(other)}: {said(other, least)}. {name_of(question)}: "
                f"{said(question, given)}. One of these may need another look."
            )
