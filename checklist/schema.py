"""The shape of a ruleset file, as pydantic sees it; and its JSON Schema for editors.

Shape only: which keys there are and what kind of value each takes. What names mean
(does the question exist, can the test apply) is the loader's business.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, WithJsonSchema

from checklist.content_schema import (
    About,
    Figure,
    Id,
    Line,
    Marking,
    Note,
    Option,
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

# What a test may be depends on the input that it tests: the loader reads it, see conditions.py.
_TEST: dict[str, Any] = {
    "description": "A word or a number; '< 5', '<= 5', '> 5', '>= 5'; 3..6; or any of a list.",
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "array", "minItems": 1}],
}
When = dict[Id, Annotated[Any, WithJsonSchema(_TEST)]]


class Source(Shape):
    """Something that can be cited."""

    title: Line
    kind: Line
    year: Whole
    authors: Line | None = None
    address: Line | None = Field(None, description="Where it is found: a web address or a DOI.")


class Evidence(Shape):
    """One finding, in your own words, that rules and notes can rest on."""

    text: Words
    sources: Annotated[list[Id], Field(min_length=1)]
    confidence: Literal["high", "medium", "low", "derived"]
    who: Line | None = Field(None, description="In whom it was found.")


class _Question(Shape):
    id: Id
    text: Line
    short: Line | None = Field(None, description="A short name for print and lists.")
    why: Words | None = Field(None, description="Why we ask; shown in the open under the question.")
    hint: Words | None = None
    where: Line | None = Field(None, description="Where the answer is written.")
    who: Line | None = Field(None, description="Who may know the answer.")
    ask: Line | None = Field(None, description="A question for the visit while this is open.")
    enable_when: When | None = Field(None, description="Asked only when all of these tests hold.")
    scored: YesOrNo | None = Field(None, description="'no': wanted for the talk, used by no rule.")


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
    unit: Line | None = None


class MultiChoice(_Question):
    """Answered by any of the options, or none."""

    type: Literal["multi_choice"]
    options: Annotated[dict[Id, Line], Field(min_length=1)]


class Grid(_Question):
    """One of the options for every item."""

    type: Literal["grid"]
    items: Annotated[dict[Id, Line], Field(min_length=1)]
    options: Annotated[dict[Id, Line], Field(min_length=1)]


class Text(_Question):
    """The person's own words; never scored."""

    type: Literal["text"]
    max_length: Annotated[int, Field(ge=1, le=600)] | None = None


Question = Annotated[
    YesNo | Choice | Integer | MultiChoice | Grid | Text, Field(discriminator="type")
]


class Section(Shape):
    """One page of the form."""

    id: Id
    title: Line
    intro: Words | None = None
    questions: Annotated[list[Question], Field(min_length=1)]


class Count(Shape):
    """How many items of a grid, or options of a multi_choice, are so answered."""

    text: Line
    count: Id
    where: Annotated[list[Id], Field(min_length=1)] | None = None
    items: Annotated[list[Id], Field(min_length=1)] | None = None


class Tally(Shape):
    """How many of the listed conditions hold."""

    text: Line
    tally: Annotated[list[When], Field(min_length=1)]


def _fact_kind(value: object) -> str:
    return "tally" if isinstance(value, Mapping) and "tally" in value else "count"


Fact = Annotated[
    Annotated[Count, Tag("count")] | Annotated[Tally, Tag("tally")], Discriminator(_fact_kind)
]


class Rule(Shape):
    """One line of a decision table."""

    when: When | None = Field(None, description="Without it the rule matches everything.")
    status: Status
    points: Whole
    because: Words
    rests_on: list[RestsOn] | None = Field(None, description="What the threshold rests on.")
    evidence: list[Id] | None = None
    next: Words | None = Field(None, description="What the person can do next.")
    ask: Line | None = Field(None, description="A question for the visit when this rule decides.")


class Labels(Shape):
    """What each status is called on the page."""

    met: Line | None = None
    partly: Line | None = None
    not_met: Line | None = None
    not_yet: Line | None = None
    open: Line | None = None


class Criterion(Shape):
    """One decision table over the answers; the first rule that holds decides."""

    id: Id
    title: Line
    sources: list[Id]
    rules: Annotated[list[Rule], Field(min_length=1)]
    why: Words | None = None
    says: Words | None = Field(None, description="What the report says of this.")
    added: YesOrNo | None = Field(None, description="'yes': added by the makers of the tool.")
    not_known: Words | None = None
    next: Words | None = Field(None, description="What the person can do, whatever rule decides.")
    labels: Labels | None = None


class Outcome(Shape):
    """One line of the decision table over the statuses and the score."""

    id: Id
    title: Line
    text: Words
    when: When | None = None
    next: list[Words] | None = None
    ask: list[Line] | None = None
    evidence: list[Id] | None = None


class Promise(Shape):
    """What must never happen, whatever the answers."""

    text: Line
    never: Annotated[When, Field(min_length=1)]


class Expect(Shape):
    """What a case should come to: one value, or all that stay possible."""

    outcome: Any = None
    score: Any = None
    criteria: dict[Id, Any] | None = None


class Case(Shape):
    """A worked example, checked like a test."""

    name: Line
    answers: dict[Id, Any]
    expect: Expect


class Ruleset(Shape):
    """A checklist: everything that it asks, judges and says."""

    format: Literal[1]
    id: Id
    title: Line
    version: Line
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    start: Start | None = None
    purpose: list[Words] | None = Field(None, description="The first sentences of every result.")
    guidance: list[Note] | None = Field(None, description="Shown near the top of every result.")
    background: list[Topic] | None = None
    choices: list[Option] | None = Field(None, description="Each with good and bad.")
    figures: dict[Id, Figure] | None = None
    timeline: Timeline | None = None
    glossary: dict[Id, Term] | None = None
    marking: list[Marking] | None = None
    doctor_questions: list[Line] | None = None
    labels: Labels | None = None
    about: About | None = None
    sources: dict[Id, Source]
    evidence: dict[Id, Evidence] | None = None
    sections: Annotated[list[Section], Field(min_length=1)]
    facts: dict[Id, Fact] | None = None
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    outcomes: Annotated[list[Outcome], Field(min_length=1)]
    promises: list[Promise] | None = None
    cases: list[Case] | None = None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the ruleset format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Ruleset.model_json_schema(),
    }
