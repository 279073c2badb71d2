"""What is shown to learn from: figures, the timeline, choices, changes, words, the marking.

Placed in words here; what it says comes from the ruleset.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from checklist.engine.what_if import Change
from checklist.ruleset.conditions import any_of
from checklist.ruleset.content import Figure, Note
from checklist.ruleset.model import Answers, Grid, MultiChoice, OneOf, Question, Ruleset, Test
from checklist.wording.citing import note_view
from checklist.wording.conditions_in_words import quoted_answers
from checklist.wording.phrases import joined, label, name_of
from checklist.wording.views import (
    ChangeView,
    ChoiceView,
    EventView,
    FigureView,
    GridView,
    MarkingView,
    NoteView,
    State,
    TermView,
    TimelineView,
    TopicView,
)

_MET: dict[str, tuple[State, str]] = {
    "yes": ("met", "Met"),
    "partly": ("partly", "Partly met"),
    "no": ("not_met", "Not met"),
}


@lru_cache(maxsize=8)
def guidance_views(ruleset: Ruleset) -> tuple[NoteView, ...]:
    """Return what is said to everybody who sees a result."""
    return note_views(ruleset, ruleset.guidance)


def note_views(ruleset: Ruleset, notes: Iterable[Note]) -> tuple[NoteView, ...]:
    """Return paragraphs with their citations and figures."""
    return tuple(
        note_view(ruleset, note.text, note.evidence, note.sources, _figure(ruleset, note.figure))
        for note in notes
    )


def _figure(ruleset: Ruleset, name: str) -> FigureView | None:
    return figure_view(ruleset.figures[name]) if name else None


def figure_view(figure: Figure) -> FigureView:
    """Return a figure in words, both ways round and with one denominator."""
    rest = figure.of - figure.count
    return FigureView(
        id=figure.id,
        count=figure.count,
        of=figure.of,
        what=figure.what,
        otherwise=figure.otherwise,
        filled=f"{figure.count} of {figure.of} {figure.what} {figure.over}.",
        empty=f"{rest} of {figure.of} {figure.otherwise}.",
        who=figure.who,
    )


@lru_cache(maxsize=8)
def topic_views(ruleset: Ruleset) -> tuple[TopicView, ...]:
    """Return the background topics."""
    return tuple(
        TopicView(topic.id, topic.title, note_views(ruleset, topic.notes))
        for topic in ruleset.background
    )


@lru_cache(maxsize=8)
def choice_views(ruleset: Ruleset) -> tuple[ChoiceView, ...]:
    """Return the choices that a person has, each with good and bad."""
    return tuple(
        ChoiceView(
            choice.id,
            choice.title,
            choice.text,
            note_views(ruleset, choice.good),
            note_views(ruleset, choice.bad),
        )
        for choice in ruleset.choices
    )


@lru_cache(maxsize=8)
def timeline_view(ruleset: Ruleset) -> TimelineView | None:
    """Return the timeline, each event placed between the first year and the last."""
    timeline = ruleset.timeline
    if timeline is None:
        return None
    first = timeline.events[0].year
    span = max(timeline.events[-1].year - first, 1)
    events = tuple(
        EventView(
            event.year,
            event.title,
            (event.year - first) * 1000 // span,
            note_view(ruleset, event.text, event.evidence),
        )
        for event in timeline.events
    )
    return TimelineView(timeline.title, timeline.text, events)


def grid_views(ruleset: Ruleset, answers: Answers) -> tuple[GridView, ...]:
    """Return every grid of which something was answered."""
    return tuple(
        GridView(
            name_of(question), name, tuple(question.options.values()), tuple(_rows(question, given))
        )
        for name, question in ruleset.questions.items()
        if isinstance(question, Grid) and isinstance(given := answers.get(name), dict)
    )


def _rows(question: Grid, given: dict[str, str]) -> Iterator[tuple[str, str, int | None]]:
    order = list(question.options)
    for item, words in question.items.items():
        option = given.get(item)
        if option is None:
            yield words, "Not known yet", None
        else:
            yield words, question.options[option], order.index(option)


def status_changes(
    ruleset: Ruleset, changes: Iterable[Change], criterion_id: str
) -> tuple[ChangeView, ...]:
    """Return the answers that would change a criterion's status, and to what."""
    criterion = next(c for c in ruleset.criteria if c.id == criterion_id)
    ways = (
        (change, "; or ".join(label(ruleset, criterion, s) for s in statuses))
        for change in changes
        if (statuses := change.statuses.get(criterion_id))
    )
    return tuple(_change_views(ruleset, ways))


def outcome_changes(ruleset: Ruleset, changes: Iterable[Change]) -> tuple[ChangeView, ...]:
    """Return the answers that would change where the result leads, and to what."""
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    ways = (
        (change, "; or ".join(titles[name] for name in change.outcomes))
        for change in changes
        if change.outcomes is not None
    )
    return tuple(_change_views(ruleset, ways))


def _change_views(ruleset: Ruleset, ways: Iterable[tuple[Change, str]]) -> Iterator[ChangeView]:
    # Answers to one question that lead to the same are one line; so are the items of a grid.
    leads: dict[tuple[str, str], dict[str, list[Test]]] = {}
    for change, then in ways:
        question = ruleset.questions[change.question]
        items = leads.setdefault((question.id, then), {})
        items.setdefault(change.item, []).append(change.answers)
    for (name, then), items in leads.items():
        question = ruleset.questions[name]
        together: dict[tuple[str, ...], list[str]] = {}
        for item, tests in items.items():
            together.setdefault(_answers(question, any_of(tests)), []).append(item)
        for shared, alike in together.items():
            words = _answer_words(question, alike, shared)
            yield ChangeView(name_of(question), name, question.section, words, then)


def _answers(question: Question, test: Test) -> tuple[str, ...]:
    if isinstance(question, MultiChoice) and isinstance(test, OneOf):
        return ("ticked" if "yes" in test.words else "not ticked",)
    return tuple(quoted_answers(question, test))


def _answer_words(question: Question, items: list[str], answers: tuple[str, ...]) -> str:
    if isinstance(question, MultiChoice):
        options = {option: f"'{words}'" for option, words in question.options.items()}
        return f"{_any_of(options, items)} {joined(answers)}"
    if isinstance(question, Grid):
        return f"{_any_of(question.items, items)}: {joined(answers)}"
    return joined(answers)


def _any_of(labels: Mapping[str, str], chosen: list[str]) -> str:
    if len(chosen) == len(labels) > 2:
        return "Any one of them"
    return joined(labels[name] for name in chosen)


def term_views(ruleset: Ruleset) -> tuple[TermView, ...]:
    """Return the words that are taught, in the order of the alphabet."""
    terms = sorted(ruleset.glossary.values(), key=lambda term: term.term.casefold())
    return tuple(
        TermView(
            term.id,
            term.term,
            term.plain,
            term.means,
            tuple((other, ruleset.glossary[other].term) for other in term.see),
        )
        for term in terms
    )


def marking_views(ruleset: Ruleset) -> tuple[MarkingView, ...]:
    """Return the checklist's own marking, with the totals of each standard."""
    views = []
    for marking in ruleset.marking:
        count = {met: sum(mark.met == met for mark in marking.items) for met in _MET}
        totals = f"{count['yes']} met, {count['partly']} partly met, {count['no']} not met."
        items = tuple((mark.item, *_MET[mark.met], mark.reason) for mark in marking.items)
        views.append(MarkingView(marking.standard, marking.text, totals, items))
    return tuple(views)
