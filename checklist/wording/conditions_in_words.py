"""Tests in words, such as 'Age: 18 to 39 years'. Labels and texts come from the ruleset."""

from collections.abc import Callable, Iterable, Mapping

from checklist.ruleset.model import Integer, OneOf, Question, Ruleset, Tally, Test, When, Within
from checklist.wording.phrases import LABELS, capital, joined, label, name_of


def conditions(ruleset: Ruleset, when: When) -> tuple[str, ...]:
    """Return each test of a ``when`` in words, such as 'Age: 18 to 39 years'."""
    return tuple(_condition(ruleset, name, test) for name, test in when.items())


def _condition(ruleset: Ruleset, name: str, test: Test) -> str:
    if name in ruleset.questions:
        question = ruleset.questions[name]
        return f"{name_of(question)}: {joined(quoted_answers(question, test)) or 'never'}"
    if name in ruleset.facts:
        fact = ruleset.facts[name]
        most = len(fact.conditions) if isinstance(fact, Tally) else len(fact.items)
        return f"{capital(fact.text)}: {joined(_numbers(test, 0, most)) or 'never'}"
    if name == "score":
        total = sum(criterion.maximum for criterion in ruleset.criteria)
        return f"Checklist points: {joined(_numbers(test, 0, total)) or 'never'}"
    criterion = next(criterion for criterion in ruleset.criteria if criterion.id == name)
    assert isinstance(test, OneOf)  # noqa: S101 - a status is a word
    statuses = [state for state in LABELS if state in test.words]
    return f"{criterion.title}: {joined(label(ruleset, criterion, s) for s in statuses)}"  # type: ignore[arg-type]


def passing_answers(question: Question, test: Test) -> tuple[str, ...]:
    """Return the answers that pass a test, in the words of the form: '18 to 39 years'."""
    if isinstance(question, Integer):
        return _numbers(test, question.minimum, question.maximum, question.counted)
    assert isinstance(test, OneOf)  # noqa: S101 - an option is a word
    options: Mapping[str, str] = getattr(question, "options", {})
    return tuple(words for option, words in options.items() if option in test.words)


def quoted_answers(question: Question, test: Test) -> Iterable[str]:
    """Return the answers that pass a test, labels in quotes: they may hold commas and 'or'."""
    said = passing_answers(question, test)
    return said if isinstance(question, Integer) else (f"'{words}'" for words in said)


def _numbers(
    test: Test, lowest: int, highest: int, counted: Callable[[int], str] = str
) -> tuple[str, ...]:
    assert isinstance(test, Within)  # noqa: S101 - a number is tested by ranges
    return tuple(_span(low, high, lowest, highest, counted) for low, high in test.ranges)


def _span(low: int, high: int, lowest: int, highest: int, counted: Callable[[int], str]) -> str:
    if low <= lowest and high >= highest > lowest:
        return "any number"
    if low == high:
        return counted(low)
    if low <= lowest:
        return f"{counted(high)} or less"
    if high >= highest:
        return f"{counted(low)} or more"
    return f"{low} to {counted(high)}"
