"""Tests, answers and citations in plain words.

Labels and texts come from the ruleset; only the small words between them (or, to, and the
words of the form itself) stand here.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache

from checklist.engine.assessment import Range
from checklist.ruleset.model import (
    Answer,
    Count,
    Criterion,
    Grid,
    Integer,
    MultiChoice,
    OneOf,
    Question,
    Rule,
    Ruleset,
    Tally,
    Test,
    Text,
    When,
    Within,
)
from checklist.wording.views import AnswerView, Citation, FigureView, NoteView, RuleView, State

NONE_OF_THESE = "None of these"
NOT_ANSWERED = "Not answered"
_LABELS = {
    "met": "Fits",
    "partly": "Fits in part",
    "not_met": "Does not fit",
    "not_yet": "Cannot be judged yet",
    "open": "Not known yet",
}
_RESTS_ON = {
    "report": "what the report says",
    "paper": "published papers or guidance",
    "editorial": "a choice of the makers of this checklist",
}
_SURENESS = ("low", "derived", "medium", "high")
_SURE_WORDS = {
    "low": "How sure: not very (from news or a company page).",
    "derived": "How sure: we worked this out from other findings.",
    "medium": "How sure: fairly (from a summary of the source).",
    "high": "",
}


def name_of(question: Question) -> str:
    """Return the short name of a question, or its text where it has none."""
    return question.short or question.text


def open_words(question: Question) -> str:
    """Return the words by which a person leaves a question open on purpose."""
    return "I do not know" if question.scored else "I do not know, or would rather not say"


@lru_cache(maxsize=64)
def day_in_words(iso: str) -> str:
    """Return a day such as '2 March 2026' from its ISO 8601 form."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def label(ruleset: Ruleset, criterion: Criterion, state: State) -> str:
    """Return what a status, or 'open', is called for a criterion."""
    return criterion.labels.get(state) or ruleset.labels.get(state) or _LABELS[state]


def joined(words: Iterable[str], last: str = "or") -> str:
    """Return words as one enumeration: 'a, b or c'."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


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
        return f"{_capital(fact.text)}: {joined(_numbers(test, 0, most)) or 'never'}"
    if name == "score":
        total = sum(criterion.maximum for criterion in ruleset.criteria)
        return f"Checklist points: {joined(_numbers(test, 0, total)) or 'never'}"
    criterion = next(criterion for criterion in ruleset.criteria if criterion.id == name)
    assert isinstance(test, OneOf)  # noqa: S101 - a status is a word
    statuses = [state for state in _LABELS if state in test.words]
    return f"{criterion.title}: {joined(label(ruleset, criterion, s) for s in statuses)}"  # type: ignore[arg-type]


def passing_answers(question: Question, test: Test) -> tuple[str, ...]:
    """Return the answers that pass a test, in the words of the form: '18 to 39 years'."""
    if isinstance(question, Integer):
        return _numbers(test, question.minimum, question.maximum, question.unit)
    assert isinstance(test, OneOf)  # noqa: S101 - an option is a word
    options: Mapping[str, str] = getattr(question, "options", {})
    return tuple(words for option, words in options.items() if option in test.words)


def quoted_answers(question: Question, test: Test) -> Iterable[str]:
    """Return the answers that pass a test, labels in quotes: they may hold commas and 'or'."""
    said = passing_answers(question, test)
    return said if isinstance(question, Integer) else (f"'{words}'" for words in said)


def _numbers(test: Test, lowest: int, highest: int, unit: str = "") -> tuple[str, ...]:
    assert isinstance(test, Within)  # noqa: S101 - a number is tested by ranges
    return tuple(_span(low, high, lowest, highest, unit) for low, high in test.ranges)


def _span(low: int, high: int, lowest: int, highest: int, unit: str) -> str:
    if low <= lowest and high >= highest > lowest:
        return "any number"
    if low == high:
        return f"{low} {unit}".strip()
    if low <= lowest:
        return f"{high} {unit} or less".replace("  ", " ")
    if high >= highest:
        return f"{low} {unit} or more".replace("  ", " ")
    return f"{low} to {high} {unit}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def points_words(points: Range) -> str:
    """Return '1 of 2' or '0 to 2 of 2'."""
    low = f"{points.low}" if points.settled else f"{points.low} to {points.high}"
    return f"{low} of {points.maximum}"


def answer_view(
    question: Question,
    answer: Answer | None,
    applies: str,
    not_known: Collection[str] = (),
) -> AnswerView:
    """Return a question with what was said of it.

    Args:
        question: any question.
        answer: what was answered, or None.
        applies: 'yes', 'no' or 'maybe', from ``engine.applies``.
        not_known: the ids for which 'I do not know' was said (``question.item`` in a grid).
    """
    items: tuple[tuple[str, str], ...] = ()
    if isinstance(question, Grid):
        given = answer if isinstance(answer, Mapping) else {}
        items = tuple(
            (words, question.options[given[item]])
            if item in given
            else (words, _left_open(question, f".{item}", not_known))
            for item, words in question.items.items()
        )
    if applies == "no":
        state = "not_asked" if answer is None else "set_aside"
    elif isinstance(question, Grid):
        missing = len(question.items) - len(answer if isinstance(answer, Mapping) else {})
        state = "answered" if not missing else "partly" if answer else "open"
    else:
        state = "open" if answer is None else "answered"
    words = _left_open(question, "", not_known) if answer is None else said(question, answer)
    return AnswerView(
        question.text,
        question.id,
        question.section,
        name_of(question),
        words,
        state,  # type: ignore[arg-type]
        items,
        _open_name(question, answer),
    )


def _open_name(question: Question, answer: Answer | None) -> str:
    if not isinstance(question, Grid) or not isinstance(answer, Mapping):
        return name_of(question)
    left = [words for item, words in question.items.items() if item not in answer]
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    return f"{name_of(question)} ({', '.join(left[:3])}{more})"


def _left_open(question: Question, item: str, not_known: Collection[str]) -> str:
    if question.id + item not in not_known:
        return NOT_ANSWERED
    return f"You said: {open_words(question)}"


def said(question: Question, answer: Answer) -> str:
    """Return an answer in the words of the form."""
    if isinstance(question, Text):
        return str(answer)
    if isinstance(question, Integer):
        return f"{answer} {question.unit}".strip()
    if isinstance(question, MultiChoice):
        ticked = answer if isinstance(answer, tuple) else ()
        return "; ".join(question.options[option] for option in ticked) or NONE_OF_THESE
    if isinstance(question, Grid):
        given = answer if isinstance(answer, Mapping) else {}
        return "; ".join(
            f"{question.items[item]}: {question.options[option]}" for item, option in given.items()
        )
    return question.options[str(answer)]


@lru_cache(maxsize=8)
def citations(ruleset: Ruleset) -> dict[str, Citation]:
    """Return every source as it is cited, numbered alike everywhere."""
    cited = {}
    for number, source in enumerate(ruleset.sources.values(), start=1):
        authors = f"{source.authors}. " if source.authors else ""
        text = f"{authors}{source.title}. {_capital(source.kind)}, {source.year}."
        cited[source.id] = Citation(source.id, number, text, source.address)
    return cited


def note_view(
    ruleset: Ruleset,
    text: str,
    evidence: Iterable[str],
    sources: Iterable[str] = (),
    figure: FigureView | None = None,
) -> NoteView:
    """Return a paragraph with the numbers of its sources, and how sure it is."""
    cited = citations(ruleset)
    findings = [ruleset.evidence[name] for name in evidence]
    names = [*sources, *(source for finding in findings for source in finding.sources)]
    numbers = tuple(sorted({cited[name].number for name in names}))
    least = min((f.confidence for f in findings), key=_SURENESS.index, default="")
    return NoteView(text, numbers, _SURE_WORDS.get(least, ""), figure)


def rule_view(ruleset: Ruleset, criterion: Criterion, number: int) -> RuleView:
    """Return a criterion's rule, numbered from 1, in words."""
    return _rule_views(ruleset)[criterion.id][number - 1]


@lru_cache(maxsize=8)
def _rule_views(ruleset: Ruleset) -> Mapping[str, tuple[RuleView, ...]]:
    return {
        criterion.id: tuple(
            RuleView(
                number,
                conditions(ruleset, rule.when),
                rule.status,
                label(ruleset, criterion, rule.status),
                rule.points,
                rule.because,
                tuple(_basis(ruleset, rule)),
                rule.next,
                note_view(ruleset, "", rule.evidence).numbers,
            )
            for number, rule in enumerate(criterion.rules, start=1)
        )
        for criterion in ruleset.criteria
    }


def _basis(ruleset: Ruleset, rule: Rule) -> Iterable[str]:
    if rule.rests_on:
        yield f"This rests on {joined((_RESTS_ON[kind] for kind in rule.rests_on), 'and')}."
    for name in rule.evidence:
        yield f"Finding {name.upper()}: {ruleset.evidence[name].text}"


def looked_at(ruleset: Ruleset, criterion: Criterion) -> tuple[str, ...]:
    """Return the questions that a criterion looks at, in the ruleset's order."""
    return _looked_at(ruleset)[criterion.id]


@lru_cache(maxsize=8)
def _looked_at(ruleset: Ruleset) -> Mapping[str, tuple[str, ...]]:
    return {criterion.id: tuple(_inputs(ruleset, criterion)) for criterion in ruleset.criteria}


def _inputs(ruleset: Ruleset, criterion: Criterion) -> list[str]:
    waiting = [name for rule in criterion.rules for name in rule.when]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        fact = ruleset.facts.get(name)
        if isinstance(fact, Count):
            waiting.append(fact.question)
        elif isinstance(fact, Tally):
            waiting += [tested for condition in fact.conditions for tested in condition]
        elif name not in found:
            found.add(name)
            waiting += ruleset.questions[name].enable_when
    return [name for name in ruleset.questions if name in found]
