"""The shape of a ruleset file, as pydantic sees it.

Shape only: which keys there are and what kind of value each takes. What names mean
(does the question exist, can the test apply) is the loader's business.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, WithJsonSchema

from checklist.loading.content_schema import (
    About,
    Figure,
    Id,
    Line,
    Marking,
    Maybe,
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

Points = Annotated[int, Field(ge=-(10**9), le=10**9)]


def _refers_to(definition: str) -> WithJsonSchema:
    return WithJsonSchema({"$comment": definition})


# What stands here depends on the question or table that is named: the loader reads it. For
# editors it is described in full, see ``editor_schema``.
Test = Annotated[Any, _refers_to("Test")]
When = dict[Ref, Test]


class Source(Shape):
    """Something that can be cited."""

    title: Line
    kind: Line
    year: Whole
    authors: Maybe[Line] = None
    address: Maybe[Line] = Field(None, description="Where it is found: a web address or a DOI.")


class Evidence(Shape):
    """One finding, in your own words, that rules and notes can rest on."""

    text: Words
    sources: Annotated[list[Ref], Field(min_length=1)]
    confidence: Literal["high", "medium", "low", "derived"]
    who: Maybe[Line] = Field(None, description="In whom it was found.")


class _Question(Shape):
    id: Id
    text: Line
    short: Maybe[Line] = Field(None, description="A short name for print and lists.")
    why: Maybe[Words] = Field(None, description="Why we ask; shown in the open under the question.")
    hint: Maybe[Words] = None
    where: Maybe[Line] = Field(None, description="Where the answer is written.")
    who: Maybe[Line] = Field(None, description="Who may know the answer.")
    ask: Maybe[Line] = Field(None, description="A question for the visit while this is open.")
    enable_when: Maybe[When] = Field(None, description="Asked only when all of these tests hold.")
    scored: Maybe[YesOrNo] = Field(None, description="'no': wanted for the talk, used by no rule.")


class YesNo(_Question):
    """Answered by yes or no."""

    type: Literal["yes_no"]


class Choice(_Question):
    """Answered by one of the options."""

    type: Literal["choice"]
    options: Annotated[dict[Id, Line], Field(min_length=1)]


class Integer(_Question):
    """Answered by a whole number."""

    type: Literal["integer"]
    minimum: Whole
    maximum: Whole
    unit: Maybe[Line] = None
    unit_one: Maybe[Line] = None
    at_least: Maybe[Ref] = Field(
        None, description="An earlier question: an answer below its answer is pointed out."
    )


class MultiChoice(_Question):
    """Answered by any of the options, or none."""

    type: Literal["multi_choice"]
    options: Annotated[dict[Id, Line], Field(min_length=1)]


class Rest(Shape):
    """One tick that gives every item still open the same option."""

    option: Ref
    text: Line


class Grid(_Question):
    """One of the options for every item."""

    type: Literal["grid"]
    items: Annotated[dict[Id, Line], Field(min_length=1)]
    options: Annotated[dict[Id, Line], Field(min_length=1)]
    rest: Maybe[Rest] = Field(None, description="One tick for all items that are left open.")


class Text(_Question):
    """The person's own words; never scored."""

    type: Literal["text"]
    max_length: Maybe[Annotated[int, Field(ge=1, le=600)]] = None


Question = Annotated[
    YesNo | Choice | Integer | MultiChoice | Grid | Text, Field(discriminator="type")
]


class Section(Shape):
    """One page of the form."""

    id: Id
    title: Line
    intro: Maybe[Words] = None
    questions: list[Question]


class Count(Shape):
    """How many items of a grid, or options of a multi_choice, are so answered."""

    text: Line
    count: Ref
    where: Maybe[Annotated[list[Ref], Field(min_length=1)]] = None
    items: Maybe[Annotated[list[Ref], Field(min_length=1)]] = None


class Tally(Shape):
    """How many of the listed conditions hold."""

    text: Line
    tally: Annotated[list[When], Field(min_length=1)]


def _fact_kind(value: object) -> str | None:
    kinds = [kind for kind in ("count", "tally") if isinstance(value, Mapping) and kind in value]
    return kinds[0] if len(kinds) == 1 else None


Fact = Annotated[
    Annotated[Count, Tag("count")] | Annotated[Tally, Tag("tally")], Discriminator(_fact_kind)
]


class Rule(Shape):
    """One line of a decision table."""

    when: Maybe[When] = Field(None, description="Without it the rule matches everything.")
    status: Status
    points: Points
    because: Words
    rests_on: Maybe[list[RestsOn]] = Field(None, description="What the threshold rests on.")
    evidence: Maybe[list[Ref]] = None
    next: Maybe[Words] = Field(None, description="What the person can do next.")
    ask: Maybe[Line] = Field(None, description="A question for the visit when this rule decides.")


class Labels(Shape):
    """What each status is called on the page."""

    met: Maybe[Line] = None
    partly: Maybe[Line] = None
    not_met: Maybe[Line] = None
    not_yet: Maybe[Line] = None
    open: Maybe[Line] = None


class Criterion(Shape):
    """One decision table over the answers; the first rule that holds decides."""

    id: Id
    title: Line
    sources: list[Ref]
    rules: Annotated[list[Rule], Field(min_length=1)]
    why: Maybe[Words] = None
    says: Maybe[Words] = Field(None, description="What the report says of this.")
    added: Maybe[YesOrNo] = Field(None, description="'yes': added by the makers of the tool.")
    not_known: Maybe[Words] = None
    next: Maybe[Words] = Field(None, description="What the person can do, whatever rule decides.")
    labels: Maybe[Labels] = None


class Outcome(Shape):
    """One line of the decision table over the statuses and the score."""

    id: Id
    title: Line
    text: Words
    when: Maybe[When] = None
    next: Maybe[list[Words]] = None
    ask: Maybe[list[Line]] = None
    evidence: Maybe[list[Ref]] = None


class Promise(Shape):
    """What must never happen, whatever the answers."""

    text: Line
    never: Annotated[When, Field(min_length=1)]


class Expect(Shape):
    """What a case should come to: one value, or all that stay possible."""

    outcome: Maybe[Annotated[Any, _refers_to("Outcomes")]] = None
    score: Maybe[Annotated[Any, _refers_to("Scores")]] = None
    criteria: Maybe[dict[Ref, Annotated[Any, _refers_to("Statuses")]]] = None


class Case(Shape):
    """A worked example, checked like a test."""

    name: Line
    answers: dict[Ref, Annotated[Any, _refers_to("Answer")]]
    expect: Expect


class Ruleset(Shape):
    """A checklist: everything that it asks, judges and says."""

    format: Literal[1]
    id: Id
    title: Line
    version: Line
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    start: Maybe[Start] = None
    purpose: Maybe[list[Words]] = Field(None, description="The first sentences of every result.")
    caution: Maybe[Words] = Field(
        None, description="Stands where it is told what other answers would change."
    )
    guidance: Maybe[list[Note]] = Field(None, description="Shown near the top of every result.")
    background: Maybe[list[Topic]] = None
    choices: Maybe[list[Option]] = Field(None, description="Each with good and bad.")
    figures: Maybe[dict[Id, Figure]] = None
    timeline: Maybe[Timeline] = None
    glossary: Maybe[dict[Id, Term]] = None
    marking: Maybe[list[Marking]] = None
    doctor_questions: Maybe[list[Line]] = None
    doctor_page: Maybe[list[Ref]] = Field(
        None, description="The questions whose answers the doctor sees, the weightiest first."
    )
    labels: Maybe[Labels] = None
    about: Maybe[About] = None
    sources: dict[Id, Source]
    evidence: Maybe[dict[Id, Evidence]] = None
    sections: Annotated[list[Section], Field(min_length=1)]
    facts: Maybe[dict[Id, Fact]] = None
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    outcomes: Annotated[list[Outcome], Field(min_length=1)]
    promises: Maybe[list[Promise]] = None
    cases: Maybe[list[Case]] = None
