"""What a page, a printed page or a text shows: frozen data, every word of it final.

Renderings place these words; none decides anything or makes up a sentence.
"""

from dataclasses import dataclass
from typing import Literal

State = Literal["met", "partly", "not_met", "not_yet", "open"]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question and what was said: ``state`` tells apart what words alone might blur.

    ``answer`` says it in words, whatever the state. ``items`` is a grid, item by item:
    label and answer.
    """

    question: str
    id: str
    section: str
    short: str
    answer: str
    state: Literal["answered", "partly", "open", "set_aside", "not_asked"]
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the form with every question that was asked."""

    id: str
    title: str
    answers: tuple[AnswerView, ...]


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
    who: str
    where: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A cited paragraph."""

    text: str
    numbers: tuple[int, ...]
    confidence: str


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
    questions: tuple[str, ...]
    own_words: tuple[AnswerView, ...]  # text answers and other unscored ones
    sections: tuple[SectionView, ...]
    background: tuple[TopicView, ...]
    sources: tuple[Citation, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A criterion's whole decision table in words, for the rule book."""

    id: str
    title: str
    added: str
    why: str
    says: str
    not_known: str
    rules: tuple[RuleView, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRuleView:
    """A line of the outcome table in words."""

    title: str
    text: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """How this works: every rule in plain words, made from the ruleset."""

    title: str
    version: str
    tables: tuple[TableView, ...]
    facts: tuple[str, ...]  # sentences that say how each counted number is counted
    outcomes: tuple[OutcomeRuleView, ...]
    promises: tuple[str, ...]
    limits: tuple[str, ...]
    about: tuple[str, ...]
    evidence: tuple[tuple[str, str, str, tuple[int, ...]], ...]  # id, text, confidence, sources
    sources: tuple[Citation, ...]
