"""What a ruleset is, once it has been read and found sound: frozen data and look-ups.

The words are those of the format: questions speak FHIR Questionnaire, criteria speak
DMN decision tables (hit policy "First"). Knows no file format and no framework.
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from msgspec import Struct, field

from checklist.errors import Place, Problem
from checklist.ruleset.content import (
    About,
    Figure,
    Marking,
    Note,
    Option,
    Start,
    Term,
    Timeline,
    Topic,
)

Status = Literal["met", "partly", "not_met", "not_yet"]
STATUSES: tuple[Status, ...] = ("met", "partly", "not_met", "not_yet")

# A complete or partial answer, checked: an option id, a whole number, the ticked option
# ids, item id to option id, or typed text. Open is not a value: an open question is absent.
Answer = str | int | tuple[str, ...] | Mapping[str, str]
Answers = Mapping[str, Answer]


class OneOf(Struct, frozen=True):
    """Holds when a word (an option id, a status, an outcome id) is among ``words``."""

    words: frozenset[str]


class Within(Struct, frozen=True):
    """Holds when a whole number lies in one of ``ranges``, each closed at both ends.

    Every numeric test of the format becomes this when it is read, cut to what its input
    can be: with an input from 0 to 120, ``"< 18"`` is ``((0, 17),)``.
    """

    ranges: tuple[tuple[int, int], ...]


Test = OneOf | Within
When = Mapping[str, Test]


class Source(Struct, frozen=True):
    """Something that can be cited."""

    id: str
    title: str
    kind: str
    year: int
    authors: str = ""
    address: str = ""
    place: Place | None = None


class Evidence(Struct, frozen=True):
    """One finding that rules and notes can rest on, in our own words, with its sources."""

    id: str
    text: str
    sources: tuple[str, ...]
    confidence: str
    who: str = ""
    place: Place | None = None


class QuestionBase(Struct, frozen=True, kw_only=True):
    """What every question has, whatever its type."""

    id: str
    text: str
    section: str
    short: str = ""
    why: str = ""
    hint: str = ""
    where: str = ""
    who: str = ""
    ask: str = ""
    enable_when: When = field(default_factory=dict)
    scored: bool = True
    place: Place | None = None


class YesNo(QuestionBase, frozen=True, kw_only=True):
    """Answered by ``yes`` or ``no``."""

    @property
    def options(self) -> Mapping[str, str]:
        """Return option id to label, as a choice has them."""
        return {"yes": "Yes", "no": "No"}


class Choice(QuestionBase, frozen=True, kw_only=True):
    """Answered by one option id."""

    options: Mapping[str, str]


class Integer(QuestionBase, frozen=True, kw_only=True):
    """Answered by a whole number from ``minimum`` to ``maximum``, in ``unit``.

    ``unit_one`` is what one of them is called, or empty where that is no other word.
    ``at_least`` names an earlier question: an answer below its answer is pointed out, and
    is judged like any other.
    """

    minimum: int
    maximum: int
    unit: str = ""
    unit_one: str = ""
    at_least: str = ""

    def counted(self, number: int) -> str:
        """Return a number with its unit: '1 year', '2 years'."""
        unit = self.unit_one if number == 1 and self.unit_one else self.unit
        return f"{number} {unit}".strip()


class MultiChoice(QuestionBase, frozen=True, kw_only=True):
    """Answered by any number of option ids; none at all is an answer too."""

    options: Mapping[str, str]


class Rest(Struct, frozen=True):
    """One tick that answers every item of a grid that is still open: what it says, and with what.

    ``option`` is the id of the grid's option that each of them then has.
    """

    option: str
    text: str


class Grid(QuestionBase, frozen=True, kw_only=True):
    """Answered, item by item, by one option id for each."""

    items: Mapping[str, str]
    options: Mapping[str, str]
    rest: Rest | None = None


class Text(QuestionBase, frozen=True, kw_only=True):
    """Answered in the person's own words; never scored."""

    max_length: int = 600


Question = YesNo | Choice | Integer | MultiChoice | Grid | Text
Single = YesNo | Choice | Integer


class Section(Struct, frozen=True):
    """One page of the form."""

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""


class Count(Struct, frozen=True):
    """How many items of a grid have an option under ``where``, or how many options are ticked.

    ``items`` are the grid's items, or the multi_choice's options, that are counted.
    """

    id: str
    text: str
    question: str
    items: tuple[str, ...]
    where: frozenset[str]
    place: Place | None = None


class Tally(Struct, frozen=True):
    """How many of ``conditions`` hold."""

    id: str
    text: str
    conditions: tuple[When, ...]
    place: Place | None = None


Fact = Count | Tally


class Rule(Struct, frozen=True):
    """One line of a decision table: when ``when`` holds and no earlier line does, it decides."""

    status: Status
    points: int
    because: str
    when: When = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    next: str = ""
    ask: str = ""
    place: Place | None = None


class Criterion(Struct, frozen=True):
    """One decision table over the answers, and what is said around it."""

    id: str
    title: str
    sources: tuple[str, ...]
    rules: tuple[Rule, ...]
    why: str = ""
    says: str = ""
    added: bool = False
    not_known: str = ""
    next: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    @property
    def maximum(self) -> int:
        """Return the largest number of points that any rule gives."""
        return max(rule.points for rule in self.rules)


class Outcome(Struct, frozen=True):
    """One line of the decision table over the criteria's statuses and the score."""

    id: str
    title: str
    text: str
    when: When = field(default_factory=dict)
    next: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    place: Place | None = None


class Promise(Struct, frozen=True):
    """What must not happen for any possible set of answers."""

    text: str
    never: When
    place: Place | None = None


class Expectation(Struct, frozen=True):
    """What a case says should come out; None or absent says nothing."""

    outcomes: frozenset[str] | None = None
    score: tuple[int, int] | None = None
    criteria: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Case(Struct, frozen=True):
    """A worked example, checked like a test."""

    name: str
    answers: Answers
    expect: Expectation
    place: Place | None = None


class Ruleset(Struct, frozen=True, eq=False, dict=True):
    """Everything that a checklist asks, judges and says. Made by ``load_ruleset`` alone.

    Compared by identity, so that what is worked out once for a ruleset can be kept.
    """

    id: str
    title: str
    version: str
    language: str
    file: str
    sources: Mapping[str, Source]
    sections: tuple[Section, ...]
    facts: Mapping[str, Fact]
    criteria: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]
    promises: tuple[Promise, ...] = ()
    cases: tuple[Case, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    start: Start = field(default_factory=Start)
    purpose: tuple[str, ...] = ()
    caution: str = ""  # stands wherever it is told what other answers would change
    guidance: tuple[Note, ...] = ()
    background: tuple[Topic, ...] = ()
    choices: tuple[Option, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    timeline: Timeline | None = None
    glossary: Mapping[str, Term] = field(default_factory=dict)
    marking: tuple[Marking, ...] = ()
    doctor_questions: tuple[str, ...] = ()
    doctor_page: tuple[str, ...] = ()  # ids of questions; empty: all, in the form's order
    labels: Mapping[str, str] = field(default_factory=dict)
    about: About = field(default_factory=About)
    doubts: tuple[Problem, ...] = ()  # what cannot be meant but can be judged

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Return the questions of all sections by id."""
        return MappingProxyType({q.id: q for section in self.sections for q in section.questions})
