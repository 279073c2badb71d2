"""The shape of what a ruleset shows but does not judge: notes, figures, choices, words taught.

Also the few kinds of text and number that every part of a ruleset is made of.
"""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from checklist.text_rules import MOST_DIGITS

_ID = r"^[a-z][a-z0-9_-]*$"
_LONGEST_ID = 200

Id = Annotated[str, StringConstraints(pattern=_ID, max_length=_LONGEST_ID)]
# The id of something else: one that is not defined is said where names are looked up.
Ref = Annotated[str, WithJsonSchema({"type": "string", "pattern": _ID, "maxLength": _LONGEST_ID})]
Words = Annotated[str, StringConstraints(min_length=1)]
Line = Words  # shown in one line
Whole = Annotated[int, Field(gt=-(10**MOST_DIGITS), lt=10**MOST_DIGITS)]
Isodate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


def is_id(name: str) -> bool:
    """Return whether ``name`` can be an id."""
    return len(name) <= _LONGEST_ID and re.fullmatch(_ID, name) is not None


def _something(value: object) -> object:
    # A key left blank would pass for a key left out: an empty `when` for one that always holds.
    if value is None:
        raise PydanticCustomError("nothing", "nothing stands here")
    return value


T = TypeVar("T")
Maybe = Annotated[T | None, BeforeValidator(_something)]


class Shape(BaseModel):
    """A mapping with no keys but its own, and no value of another kind."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class Note(Shape):
    """A paragraph that is shown but not judged, with what it rests on."""

    text: Words
    evidence: Maybe[list[Ref]] = None
    sources: Maybe[list[Ref]] = None
    figure: Maybe[Ref] = Field(None, description="A figure drawn with this paragraph.")


class Figure(Shape):
    """A number from a study, as so many people of so many, both ways round."""

    what: Line = Field(description="What happened to `count` of them: 'were alive'.")
    otherwise: Line = Field(description="What happened to the rest: 'had died'.")
    count: Annotated[int, Field(ge=0)]
    of: Annotated[int, Field(ge=1)]
    over: Line = Field(description="Over what time: 'after five years'.")
    who: Line = Field(description="In whom it was measured.")
    people: Annotated[int, Field(ge=1)] = Field(description="In how many people.")
    evidence: Annotated[list[Ref], Field(min_length=1)]


class Event(Shape):
    """A point of the timeline."""

    year: Whole
    title: Line
    text: Words
    evidence: Annotated[list[Ref], Field(min_length=1)]


class Timeline(Shape):
    """What happened when, drawn as a line and told as a list."""

    title: Line
    text: Maybe[Words] = None
    events: Annotated[list[Event], Field(min_length=2)]


class Option(Shape):
    """One of the choices that a person has, with what speaks for it and against it."""

    id: Id
    title: Line
    text: Maybe[Words] = None
    good: Annotated[list[Note], Field(min_length=1)]
    bad: Annotated[list[Note], Field(min_length=1)]


class Term(Shape):
    """A word that is taught: `plain` can take its place in a sentence."""

    term: Line
    plain: Line = Field(description="Plain words that can stand in its place.")
    means: Words
    see: Maybe[list[Ref]] = None


class Mark(Shape):
    """One item of a published standard, and whether this checklist meets it."""

    item: Line
    met: Literal["yes", "no", "partly"]
    reason: Words


class Marking(Shape):
    """The checklist held against one published standard by its own makers."""

    standard: Line
    text: Maybe[Words] = None
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

    what: Maybe[list[Words]] = None
    for_whom: Maybe[list[Words]] = None
    is_not: Maybe[list[Words]] = None
    at_hand: Maybe[list[Words]] = None
    time: Maybe[Words] = None
    urgent: Maybe[Urgent] = None


class About(Shape):
    """Who made the ruleset, when, and what it cannot do."""

    made_by: Maybe[Words] = None
    paid_by: Maybe[Words] = None
    made: Maybe[Isodate] = None
    reviewed: Maybe[Isodate] = None
    next_review: Maybe[Isodate] = None
    limits: Maybe[list[Words]] = None
