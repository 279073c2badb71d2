"""The person's own copy: all of the result that helps on paper, in the result's order."""

from collections.abc import Iterator

from checklist.papers.answers import answer_rows, left_open, question_numbers
from checklist.papers.frame import RUNNING, framed, head, notice, urgent
from checklist.papers.visit import (
    Block,
    Facts,
    Heading,
    Items,
    Paragraph,
    Point,
    Points,
    Reference,
    References,
    Room,
    VisitSummary,
    Words,
)
from checklist.papers.voice import Voice, taught, tidy
from checklist.ruleset.model import Ruleset
from checklist.wording.views import (
    ChangeView,
    CriterionView,
    FindOutView,
    NoteView,
    RuleView,
    Summary,
)

HEADS = ("Point", "Status", "Why")
_FEW_CHANGES = 8
_FEW_RULES = 4
_NO_ADVICE = "These lines show how the rules work. They are no advice."


def persons_copy(ruleset: Ruleset, summary: Summary) -> VisitSummary:
    """Return the person's own copy, for ordinary and for large print.

    Args:
        ruleset: what was asked.
        summary: what follows from the answers.
    """
    blocks = _Copy(ruleset, summary).blocks()
    return framed("copy", ruleset, summary.date, blocks)


def points_of(summary: Summary) -> Points:
    """Return every point in one look, with its whole reason; no term is taught yet."""
    rows = (
        Point(n, tidy(view.title), view.state, tidy(view.status_words), tidy(view.reason))
        for n, view in enumerate(summary.criteria, start=1)
    )
    return Points(HEADS, tuple(rows))


class _Copy:
    def __init__(self, ruleset: Ruleset, summary: Summary) -> None:
        self.ruleset = ruleset
        self.summary = summary
        self.voice = Voice(ruleset)

    def blocks(self) -> Iterator[Block]:
        summary = self.summary
        yield from head(summary.date)
        yield notice(map(self.voice, summary.purpose))
        yield from urgent(self.ruleset)
        yield from self._first_words()
        yield from self._outcomes()
        yield Heading(2, "Each point in one look")
        yield taught(points_of(summary), self.voice)
        yield Heading(2, "The points added up")
        yield self._said(f"{summary.score.words} {summary.score.note}")
        yield from self._find_out()
        yield from self._changes()
        yield from self._questions()
        yield from self._answers()
        yield Heading(2, "Each point in full")
        for number, view in enumerate(summary.criteria, start=1):
            yield from self._criterion(number, view)
        yield from self._background()
        yield from self._choices()
        yield from self._sources()
        yield from self._about()

    def _said(self, text: str) -> Paragraph:
        return Paragraph(self.voice.words(text))

    def _first_words(self) -> Iterator[Block]:
        if self.summary.overdue:
            yield self._said(self.summary.overdue)
        if self.summary.nothing_answered:
            yield self._said("No question is answered yet. All that follows is what could be.")
        yield from self._notes(self.summary.guidance)

    def _outcomes(self) -> Iterator[Block]:
        yield Heading(2, "Where this leads")
        yield self._said(self.summary.outcome_lead)
        several = len(self.summary.outcomes) > 1
        if several:
            yield Items(tuple(Words(tidy(each.title)) for each in self.summary.outcomes))
            return
        for outcome in self.summary.outcomes:
            yield Heading(3, tidy(outcome.title))
            yield self._said(outcome.text)
            if outcome.next:
                yield Items(tuple(map(self.voice.words, outcome.next)))

    def _find_out(self) -> Iterator[Block]:
        yield Heading(2, "What to find out")
        yield self._said(self.summary.find_out_lead)
        if self.ruleset.caution and self.summary.find_out:
            yield self._said(self.ruleset.caution)
        for number, entry in enumerate(self.summary.find_out, start=1):
            yield Heading(3, f"{number}. {tidy(entry.question)}")
            yield self._said(entry.changes)
            if rows := tuple(self._how_to_find(entry)):
                yield Facts(rows)

    def _how_to_find(self, entry: FindOutView) -> Iterator[tuple[str, tuple[Words, ...]]]:
        if entry.answers:
            leads = (Words(tidy(f"{answer}: {then}")) for answer, then in entry.answers)
            yield "Where an answer would lead", tuple(leads)
        if entry.who:
            yield "Who may know", (self.voice.words(entry.who),)
        if entry.where:
            yield "Where to find it", (self.voice.words(entry.where),)

    def _changes(self) -> Iterator[Block]:
        still_open = {entry.id for entry in self.summary.find_out}
        changes = [change for change in self.summary.changes if change.id not in still_open]
        if not changes:
            return
        yield Heading(2, "What would change where this leads")
        yield self._said(f"{_NO_ADVICE} {self.ruleset.caution}".strip())
        by_question: dict[str, list[ChangeView]] = {}
        for change in changes:
            by_question.setdefault(change.question, []).append(change)
        leads = _leads
        if len(changes) > _FEW_CHANGES:
            leads = _leads_in_brief
            yield self._said("In short, another answer could lead to this.")
        yield Facts(
            tuple((tidy(question), leads(views)) for question, views in by_question.items())
        )

    def _questions(self) -> Iterator[Block]:
        if not self.summary.questions:
            return
        yield Heading(2, "Questions to take with you")
        every = asks(self.summary)
        if new := self.voice.new_words([words.text for words in every if not words.own]):
            yield Heading(3, "Words used here")
            yield Facts(tuple((tidy(term.term), (Words(tidy(term.plain)),)) for term in new))
            yield Heading(3, "Your questions")
        yield Items(every, start=1)
        yield Heading(3, "Room to write")
        yield Room(4)

    def _answers(self) -> Iterator[Block]:
        yield Heading(2, "Your answers")
        numbers = question_numbers(self.ruleset)
        for section in self.summary.sections:
            rows = tuple(answer_rows(section.answers, numbers, self.ruleset))
            if rows:
                yield Heading(3, tidy(section.title))
                yield Facts(rows)
        views = [view for section in self.summary.sections for view in section.answers]
        if rows := tuple(left_open(views, numbers)):
            yield Heading(3, "What you left open")
            yield Facts(rows)

    def _criterion(self, number: int, view: CriterionView) -> Iterator[Block]:
        yield Heading(3, f"{number}. {tidy(view.title)}: {tidy(view.status_words)}")
        if view.added:
            yield self._said(view.added)
        if view.why:
            yield self._said(view.why)
        yield Facts(tuple(self._parts(view)))

    def _parts(self, view: CriterionView) -> Iterator[tuple[str, tuple[Words, ...]]]:
        words = self.voice.words
        cited = self.voice.numbers(tuple(source.number for source in view.sources))
        says = self.voice(view.says or "Nothing is quoted here.")
        yield "What the sources say", (Words(f"{says}{cited}"),)
        if view.possible:
            yield "Still possible", tuple(Words(tidy(words)) for words in view.possible)
        if lines := tuple(_rule_lines(view.rules)):
            yield "How that leads here", tuple(map(words, lines))
        open_ones = [open_answer.question for open_answer in view.missing]
        if unknown := [*open_ones, view.not_known]:
            yield "What is not known", tuple(words(text) for text in unknown if text)
        nothing = ("Nothing more is needed here. You can still ask about it.",)
        yield "What you can do", tuple(map(words, view.next or nothing))

    def _background(self) -> Iterator[Block]:
        if timeline := self.summary.timeline:
            yield Heading(2, tidy(timeline.title))
            if timeline.text:
                yield self._said(timeline.text)
            yield Facts(
                tuple(
                    (f"{event.year}: {tidy(event.title)}", (Words(self.voice.noted(event.note)),))
                    for event in timeline.events
                )
            )
        for topic in self.summary.background:
            yield Heading(2, tidy(topic.title))
            yield from self._notes(topic.notes)

    def _choices(self) -> Iterator[Block]:
        if self.summary.choices:
            yield Heading(2, "Your choices")
        for choice in self.summary.choices:
            yield Heading(3, tidy(choice.title))
            if choice.text:
                yield self._said(choice.text)
            for name, notes in (("Good", choice.good), ("Bad", choice.bad)):
                yield Heading(4, name)
                yield Items(tuple(Words(self.voice.noted(note)) for note in notes))

    def _notes(self, notes: tuple[NoteView, ...]) -> Iterator[Block]:
        for note in notes:
            yield Paragraph(Words(self.voice.noted(note)))
            if note.figure:
                yield self._said(f"{note.figure.words} {note.figure.who}")

    def _sources(self) -> Iterator[Block]:
        cited = [source for source in self.summary.sources if source.number in self.voice.cited]
        if cited:
            yield Heading(2, "Sources")
            yield References(
                tuple(Reference(each.number, tidy(each.text), tidy(each.address)) for each in cited)
            )

    def _about(self) -> Iterator[Block]:
        yield Heading(2, "About this checklist")
        version = f"{self.summary.title}, version {self.summary.version}."
        # One paragraph: the last words of the paper never stand alone on a side.
        yield self._said(" ".join([version, *self.summary.about, RUNNING]))


def asks(summary: Summary) -> tuple[Words, ...]:
    """Return every question for the doctor, in the person's order; no term is taught yet."""
    own = summary.own_questions
    return tuple(Words(tidy(question), own=question in own) for question in summary.questions)


def _leads(views: list[ChangeView]) -> tuple[Words, ...]:
    return tuple(Words(tidy(f"{view.answer}: {view.then}")) for view in views)


def _leads_in_brief(views: list[ChangeView]) -> tuple[Words, ...]:
    return (Words(tidy("; or ".join(dict.fromkeys(view.then for view in views)))),)


def _rule_lines(rules: tuple[RuleView, ...]) -> Iterator[str]:
    if len(rules) > _FEW_RULES:
        yield f"{len(rules)} rules could still decide."
        return
    if len(rules) > 1:
        yield "Each of these rules could still decide. The first that holds does."
    for rule in rules:
        when = "; ".join(rule.conditions) or "no rule above holds"
        yield f"Rule {rule.number}. If this is so: {when}. Then: {rule.status_words}."
