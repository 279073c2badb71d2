"""The shape of what a ruleset shows but does not judge: notes, figures, choices, words taught.

Also the few kinds of text and number that every part of a ruleset is made of.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Whole = Annotated[int, Field(ge=-(10**9), le=10**9)]
Isodate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Shape(BaseModel):
    """A mapping with no keys but its own, and no value of another kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Note(Shape):
    """A paragraph that is shown but not judged, with what it rests on."""

    text: Words
    evidence: list[Id] | None = None
    sources: list[Id] | None = None
    figure: Id | None = Field(None, description="A figure drawn with this paragraph.")


class Figure(Shape):
    """A number from a study, as so many people of so many, both ways round."""

    what: Line = Field(description="What happened to `count` of them: 'were alive'.")
    otherwise: Line = Field(description="What happened to the rest: 'had died'.")
    count: Annotated[int, Field(ge=0)]
    of: Annotated[int, Field(ge=1)]
    over: Line = Field(description="Over what time: 'after five years'.")
    who: Line = Field(description="In whom it was measured.")
    people: Annotated[int, Field(ge=1)] = Field(description="In how many people.")
    evidence: Annotated[list[Id], Field(min_length=1)]


class Event(Shape):
    """A point of the timeline."""

    year: Whole
    title: Line
    text: Words
    evidence: Annotated[list[Id], Field(min_length=1)]


class Timeline(Shape):
    """What happened when, drawn as a line and told as a list."""

    title: Line
    text: Words | None = None
    events: Annotated[list[Event], Field(min_length=2)]


class Option(Shape):
    """One of the choices that a person has, with what speaks for it and against it."""

    id: Id
    title: Line
    text: Words | None = None
    good: Annotated[list[Note], Field(min_length=1)]
    bad: Annotated[list[Note], Field(min_length=1)]


class Term(Shape):
    """A word that is taught: `plain` can take its place in a sentence."""

    term: Line
    plain: Line = Field(description="Plain words that can stand in its place.")
    means: Words
    see: list[Id] | None = None


class Mark(Shape):
    """One item of a published standard, and whether this checklist meets it."""

    item: Line
    met: Literal["yes", "no", "partly"]
    reason: Words


class Marking(Shape):
    """The checklist held against one published standard by its own makers."""

    standard: Line
    text: Words | None = None
    items: Annotated[list[Mark], Field(min_length=1)]


class Topic(Shape):
    """A titled group of notes, shown whatever the result."""

    id: Id
    title: Line
    notes: Annotated[list[Note], Field(min_length=1)]


class Urgent(Shape):
    """The calm box on the first page."""

    title: Line
    text: Words


class Start(Shape):
    """The words of the first page."""

    what: list[Words] | None = None
    for_whom: list[Words] | None = None
    is_not: list[Words] | None = None
    at_hand: list[Words] | None = None
    time: Words | None = None
    urgent: Urgent | None = None


class About(Shape):
    """Who made the ruleset, when, and what it cannot do."""

    made_by: Words | None = None
    paid_by: Words | None = None
    made: Isodate | None = None
    reviewed: Isodate | None = None
    next_review: Isodate | None = None
    limits: list[Words] | None = None
