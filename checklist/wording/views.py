"""What a page, a printed page or a text shows: frozen data, every word of it final.

Renderings place these words; none decides anything or makes up a sentence.
"""

from dataclasses import dataclass
from typing import Literal

State = Literal["met", "partly", "not_met", "not_yet", "open"]
AnswerState = Literal["answered", "partly", "open", "set_aside", "not_asked"]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question and what was said: ``state`` tells apart what words alone might blur.

    ``answer`` says it in words, whatever the state. ``items`` is a grid, item by item:
    label and answer. ``open_name`` names what is still open of it.
    """

    question: str
    id: str
    section: str
    short: str
    answer: str
    state: AnswerState
    items: tuple[tuple[str, str], ...] = ()
    open_name: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the form with every question that was asked."""

    id: str
    title: str
    answers: tuple[AnswerView, ...]

    @property
    def asked(self) -> tuple[AnswerView, ...]:
        """Return those of questions that were asked."""
        return tuple([view for view in self.answers if view.state != "not_asked"])


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as it is cited: ``number`` is the same wherever the page cites it."""

    id: str
    number: int
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that decides, or may: its conditions in words, what follows, what it rests on."""

    number: int
    conditions: tuple[str, ...]  # empty: it takes all that is left
    status: State
    status_words: str
    points: int
    because: str
    rests_on: tuple[str, ...]  # sentences, with the evidence named
    next: str
    numbers: tuple[int, ...]  # of the sources behind that evidence


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Answers that would change something: 'Age: 40 to 54 years', and what then follows."""

    question: str
    id: str
    section: str
    answer: str
    then: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A block of the result, always with the same parts."""

    id: str
    title: str
    added: str  # a sentence where the tool's makers added it, else empty
    state: State  # 'open' where completions differ
    status_words: str
    reason: str
    possible: tuple[str, ...]  # the status words still possible, where it is open
    why: str
    says: str
    told: tuple[AnswerView, ...]
    rules: tuple[RuleView, ...]
    missing: tuple[AnswerView, ...]
    changes: tuple[ChangeView, ...]
    not_known: str
    next: tuple[str, ...]
    points: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The points as words and as thousandths of the bar's width."""

    low: int
    high: int
    maximum: int
    words: str
    note: str
    bar_start: int
    bar_width: int


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One outcome that is still possible."""

    id: str
    title: str
    text: str
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindOutView:
    """An open question that matters: what it could change, who may know it, where it is."""

    question: str
    id: str
    section: str
    changes: str
    answers: tuple[tuple[str, str], ...]  # an answer, and where that would lead
    who: str
    where: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number from a study as so many of so many, both ways round."""

    id: str
    count: int
    of: int
    what: str
    otherwise: str
    filled: str  # the sentence of those who are counted
    empty: str  # the sentence of all others
    who: str

    @property
    def words(self) -> str:
        """Return all that it says, both ways round."""
        return f"{self.filled} {self.empty}"

    @property
    def dots(self) -> tuple[tuple[int, int, bool], ...]:
        """Return a dot for each: its place across and down, in rows of ten, and if it is full."""
        return tuple((n % 10, n // 10, n < self.count) for n in range(self.of))

    @property
    def rows(self) -> int:
        """Return how many rows of ten the dots take."""
        return -(-self.of // 10)


@dataclass(frozen=True, slots=True)
class NoteView:
    """A cited paragraph, with a figure to draw beside it or None."""

    text: str
    numbers: tuple[int, ...]
    confidence: str
    figure: FigureView | None = None


@dataclass(frozen=True, slots=True)
class EventView:
    """A point of the timeline; ``at`` is how far along it stands, in thousandths."""

    year: int
    title: str
    at: int
    note: NoteView

    @property
    def across(self) -> str:
        """Return how far along it stands, as a percentage: '5.8%'."""
        return f"{self.at // 10}.{self.at % 10}%"


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What happened when, the earliest first."""

    title: str
    text: str
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One of the choices that a person has."""

    id: str
    title: str
    text: str
    good: tuple[NoteView, ...]
    bad: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """An answered grid at a glance: each item with its answer, and the number of that option.

    ``mark`` is the option's place among ``options``, counted from 0, or None while open.
    """

    title: str
    id: str
    options: tuple[str, ...]
    rows: tuple[tuple[str, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A word that is taught."""

    id: str
    term: str
    plain: str
    means: str
    see: tuple[tuple[str, str], ...]  # id and term of each


@dataclass(frozen=True, slots=True)
class MarkingView:
    """The checklist held against a published standard: each item, met or not, and why."""

    standard: str
    text: str
    totals: str
    items: tuple[tuple[str, State, str, str], ...]  # item, met, the same in words, reason


@dataclass(frozen=True, slots=True)
class TopicView:
    """A titled group of paragraphs."""

    id: str
    title: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the result page, the printed page and the text say."""

    title: str
    language: str
    version: str
    date: str  # ISO 8601, the day it was made
    purpose: tuple[str, ...]
    guidance: tuple[NoteView, ...]
    nothing_answered: bool
    outcome_lead: str
    outcomes: tuple[OutcomeView, ...]
    criteria: tuple[CriterionView, ...]
    score: ScoreView
    find_out_lead: str
    find_out: tuple[FindOutView, ...]
    questions: tuple[str, ...]  # for the doctor, those that the person chose first
    own_questions: frozenset[str]  # which of them are in the person's own words
    own_words: tuple[AnswerView, ...]  # text answers and other unscored ones
    sections: tuple[SectionView, ...]
    changes: tuple[ChangeView, ...]  # what would change where this leads
    grids: tuple[GridView, ...]
    timeline: TimelineView | None
    background: tuple[TopicView, ...]
    choices: tuple[ChoiceView, ...]
    sources: tuple[Citation, ...]
    about: tuple[str, ...]
    overdue: str  # a sentence once the day of the next review has passed, else empty
    look_again: tuple[str, ...] = ()  # answers that can hardly both be so

    @property
    def cited(self) -> tuple[Citation, ...]:
        """Return the sources that this cites, in their order; rules cite theirs elsewhere."""
        topics = (note for topic in self.background for note in topic.notes)
        events = (event.note for event in self.timeline.events) if self.timeline else ()
        sides = (note for choice in self.choices for note in (*choice.good, *choice.bad))
        notes = (*self.guidance, *topics, *events, *sides)
        numbers = {number for note in notes for number in note.numbers}
        numbers |= {source.number for view in self.criteria for source in view.sources}
        return tuple(source for source in self.sources if source.number in numbers)
