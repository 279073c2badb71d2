"""The shape of a ruleset file, as msgspec reads it.

Shape only: which keys there are and what kind of value each takes. What names mean
(does the question exist, can the test apply) is the loader's business.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from msgspec import UNSET, Meta, UnsetType, ValidationError, convert, field

from checklist.loading.content_schema import (
    About,
    Figure,
    Id,
    Line,
    Marking,
    Met,
    Note,
    Option,
    Ref,
    Shape,
    Start,
    Term,
    Timeline,
    Topic,
    Whole,
    Words,
)

YesOrNo = Literal["yes", "no"]
Status = Literal["met", "partly", "not_met", "not_yet"]
RestsOn = Literal["report", "paper", "editorial"]
Confidence = Literal["high", "medium", "low", "derived"]
# msgspec forgets in which order the words of a Literal stand.
_IN_ORDER = {
    frozenset(words): words for words in map(get_args, (YesOrNo, Status, RestsOn, Confidence, Met))
}

Points = Annotated[int, Meta(ge=-(10**9), le=10**9)]


def _known_as(definition: str) -> Meta:
    return Meta(extra_json_schema={"$comment": definition})


# What stands here depends on the question or table that is named: the loader reads it. For
# editors it is described in full, see ``editor_schema``.
Test = Annotated[Any, _known_as("Test")]
When = dict[Ref, Test]
_Given = str | int | float | bool | list[Any] | dict[str, Any]  # anything but nothing


def in_order(words: Iterable[Any]) -> tuple[Any, ...]:
    """Return the words that a Literal allows in the order in which it was written."""
    return _IN_ORDER.get(frozenset(words), tuple(words))


class Source(Shape):
    """Something that can be cited."""

    title: Line
    kind: Line
    year: Whole
    authors: Line = ""
    address: Annotated[Line, Meta(description="Where it is found: a web address or a DOI.")] = ""


class Evidence(Shape):
    """One finding, in your own words, that rules and notes can rest on."""

    text: Words
    sources: Annotated[tuple[Ref, ...], Meta(min_length=1)]
    confidence: Confidence
    who: Annotated[Line, Meta(description="In whom it was found.")] = ""


class _Question(Shape, tag_field="type"):
    id: Id
    text: Line
    short: Annotated[Line, Meta(description="A short name for print and lists.")] = ""
    why: Annotated[Words, Meta(description="Why we ask; shown in the open under the question.")] = (
        ""
    )
    hint: Words = ""
    where: Annotated[Line, Meta(description="Where the answer is written.")] = ""
    who: Annotated[Line, Meta(description="Who may know the answer.")] = ""
    ask: Annotated[Line, Meta(description="A question for the visit while this is open.")] = ""
    enable_when: Annotated[When, Meta(description="Asked only when all of these tests hold.")] = (
        field(default_factory=dict)
    )
    scored: Annotated[YesOrNo, Meta(description="'no': wanted for the talk, used by no rule.")] = (
        "yes"
    )

    @property
    def type(self) -> str:
        return str(self.__struct_config__.tag)


class YesNo(_Question, tag="yes_no", kw_only=True):
    """Answered by yes or no."""


class Choice(_Question, tag="choice", kw_only=True):
    """Answered by one of the options."""

    options: Annotated[dict[Id, Line], Meta(min_length=1)]


class Integer(_Question, tag="integer", kw_only=True):
    """Answered by a whole number."""

    minimum: Whole
    maximum: Whole
    unit: Line = ""
    unit_one: Line = ""
    at_least: (
        Annotated[
            Ref, Meta(description="An earlier question: an answer below its answer is pointed out.")
        ]
        | UnsetType
    ) = UNSET


class MultiChoice(_Question, tag="multi_choice", kw_only=True):
    """Answered by any of the options, or none."""

    options: Annotated[dict[Id, Line], Meta(min_length=1)]


class Rest(Shape):
    """One tick that gives every item still open the same option."""

    option: Ref
    text: Line


class Grid(_Question, tag="grid", kw_only=True):
    """One of the options for every item."""

    items: Annotated[dict[Id, Line], Meta(min_length=1)]
    options: Annotated[dict[Id, Line], Meta(min_length=1)]
    rest: (
        Annotated[Rest, Meta(description="One tick for all items that are left open.")] | UnsetType
    ) = UNSET


class Text(_Question, tag="text", kw_only=True):
    """The person's own words; never scored."""

    max_length: Annotated[int, Meta(ge=1, le=600)] = 600


Question = YesNo | Choice | Integer | MultiChoice | Grid | Text


class Section(Shape, kw_only=True):
    """One page of the form."""

    id: Id
    title: Line
    intro: Words = ""
    questions: tuple[Question, ...]


class Count(Shape):
    """How many items of a grid, or options of a multi_choice, are so answered."""

    text: Line
    count: Ref
    where: Annotated[tuple[Ref, ...], Meta(min_length=1)] = ()
    items: Annotated[tuple[Ref, ...], Meta(min_length=1)] = ()


class Tally(Shape):
    """How many of the listed conditions hold."""

    text: Line
    tally: Annotated[tuple[When, ...], Meta(min_length=1)]


# msgspec tells shapes apart by a word that stands in them, and here it is a key that does.
Fact = Annotated[Any, _known_as("Fact")]


def fact_shape(given: object) -> type[Count | Tally] | None:
    """Return which of the two a fact is, or None if it is neither or both."""
    match given:
        case {"count": _, "tally": _}:
            return None
        case {"count": _}:
            return Count
        case {"tally": _}:
            return Tally
    return None


class Rule(Shape, kw_only=True):
    """One line of a decision table."""

    when: Annotated[When, Meta(description="Without it the rule matches everything.")] = field(
        default_factory=dict
    )
    status: Status
    points: Points
    because: Words
    rests_on: Annotated[tuple[RestsOn, ...], Meta(description="What the threshold rests on.")] = ()
    evidence: tuple[Ref, ...] = ()
    next: Annotated[Words, Meta(description="What the person can do next.")] = ""
    ask: Annotated[Line, Meta(description="A question for the visit when this rule decides.")] = ""


class Labels(Shape):
    """What each status is called on the page."""

    met: Line = ""
    partly: Line = ""
    not_met: Line = ""
    not_yet: Line = ""
    open: Line = ""


class Criterion(Shape):
    """One decision table over the answers; the first rule that holds decides."""

    id: Id
    title: Line
    sources: tuple[Ref, ...]
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]
    why: Words = ""
    says: Annotated[Words, Meta(description="What the report says of this.")] = ""
    added: Annotated[YesOrNo, Meta(description="'yes': added by the makers of the tool.")] = "no"
    not_known: Words = ""
    next: Annotated[Words, Meta(description="What the person can do, whatever rule decides.")] = ""
    labels: Labels = field(default_factory=Labels)


class Outcome(Shape):
    """One line of the decision table over the statuses and the score."""

    id: Id
    title: Line
    text: Words
    when: When = field(default_factory=dict)
    next: tuple[Words, ...] = ()
    ask: tuple[Line, ...] = ()
    evidence: tuple[Ref, ...] = ()


class Promise(Shape):
    """What must never happen, whatever the answers."""

    text: Line
    never: Annotated[When, Meta(min_length=1)]


class Expect(Shape):
    """What a case should come to: one value, or all that stay possible."""

    outcome: Annotated[_Given, _known_as("Outcomes")] | UnsetType = UNSET
    score: Annotated[_Given, _known_as("Scores")] | UnsetType = UNSET
    criteria: dict[Ref, Annotated[Any, _known_as("Statuses")]] = field(default_factory=dict)


class Case(Shape):
    """A worked example, checked like a test."""

    name: Line
    answers: dict[Ref, Annotated[Any, _known_as("Answer")]]
    expect: Expect


class Ruleset(Shape, kw_only=True):
    """A checklist: everything that it asks, judges and says."""

    format: Literal[1]
    id: Id
    title: Line
    version: Line
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")]
    start: Start = field(default_factory=Start)
    purpose: Annotated[
        tuple[Words, ...], Meta(description="The first sentences of every result.")
    ] = ()
    caution: Annotated[
        Words, Meta(description="Stands where it is told what other answers would change.")
    ] = ""
    guidance: Annotated[
        tuple[Note, ...], Meta(description="Shown near the top of every result.")
    ] = ()
    background: tuple[Topic, ...] = ()
    choices: Annotated[tuple[Option, ...], Meta(description="Each with good and bad.")] = ()
    figures: dict[Id, Figure] = field(default_factory=dict)
    timeline: Timeline | UnsetType = UNSET
    glossary: dict[Id, Term] = field(default_factory=dict)
    marking: tuple[Marking, ...] = ()
    doctor_questions: tuple[Line, ...] = ()
    doctor_page: Annotated[
        tuple[Ref, ...],
        Meta(description="The questions whose answers the doctor sees, the weightiest first."),
    ] = ()
    labels: Labels = field(default_factory=Labels)
    about: About = field(default_factory=About)
    sources: dict[Id, Source]
    evidence: dict[Id, Evidence] = field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], Meta(min_length=1)]
    facts: dict[Id, Fact] = field(default_factory=dict)
    criteria: Annotated[tuple[Criterion, ...], Meta(min_length=1)]
    outcomes: Annotated[tuple[Outcome, ...], Meta(min_length=1)]
    promises: tuple[Promise, ...] = ()
    cases: tuple[Case, ...] = ()

    def __post_init__(self) -> None:
        self.facts = {name: _fact(given) for name, given in self.facts.items()}


def _fact(given: object) -> Count | Tally:
    if (shape := fact_shape(given)) is None:
        raise ValidationError
    return convert(given, shape)
