"""The shape of what a ruleset shows but does not judge: notes, figures, choices, words taught.

Also the few kinds of text and number that every part of a ruleset is made of.
"""

import re
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from checklist.text_rules import MOST_DIGITS

# msgspec looks for a pattern as Python's ``re`` does, to which ``$`` may stand before a last
# line break. ``editor_schema`` writes it as editors want it.
_ID = r"^[a-z][a-z0-9_-]*\Z"
_LONGEST_ID = 200

Id = Annotated[str, Meta(pattern=_ID, max_length=_LONGEST_ID)]
# The id of something else: one that is not defined is said where names are looked up.
Ref = Annotated[str, Meta(extra_json_schema={"pattern": _ID, "maxLength": _LONGEST_ID})]
Words = Annotated[str, Meta(min_length=1)]
Line = Words  # shown in one line
Whole = Annotated[int, Meta(ge=1 - 10**MOST_DIGITS, le=10**MOST_DIGITS - 1)]
Isodate = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
Met = Literal["yes", "no", "partly"]


def is_id(name: str) -> bool:
    """Return whether ``name`` can be an id."""
    return len(name) <= _LONGEST_ID and re.fullmatch(_ID, name) is not None


class Shape(Struct, forbid_unknown_fields=True):
    """A mapping with no keys but its own, and no value of another kind.

    A key that may be left out has a value of its kind that says nothing, such as ``""``, or
    ``UNSET`` where there is none; what stands in the file may not be blank.
    """


class Note(Shape):
    """A paragraph that is shown but not judged, with what it rests on."""

    text: Words
    evidence: tuple[Ref, ...] = ()
    sources: tuple[Ref, ...] = ()
    figure: Annotated[Ref, Meta(description="A figure drawn with this paragraph.")] | UnsetType = (
        UNSET
    )


class Figure(Shape):
    """A number from a study, as so many people of so many, both ways round."""

    what: Annotated[Line, Meta(description="What happened to `count` of them: 'were alive'.")]
    otherwise: Annotated[Line, Meta(description="What happened to the rest: 'had died'.")]
    count: Annotated[int, Meta(ge=0)]
    of: Annotated[int, Meta(ge=1)]
    over: Annotated[Line, Meta(description="Over what time: 'after five years'.")]
    who: Annotated[Line, Meta(description="In whom it was measured.")]
    people: Annotated[int, Meta(ge=1, description="In how many people.")]
    evidence: Annotated[tuple[Ref, ...], Meta(min_length=1)]


class Event(Shape):
    """A point of the timeline."""

    year: Whole
    title: Line
    text: Words
    evidence: Annotated[tuple[Ref, ...], Meta(min_length=1)]


class Timeline(Shape, kw_only=True):
    """What happened when, drawn as a line and told as a list."""

    title: Line
    text: Words = ""
    events: Annotated[tuple[Event, ...], Meta(min_length=2)]


class Option(Shape, kw_only=True):
    """One of the choices that a person has, with what speaks for it and against it."""

    id: Id
    title: Line
    text: Words = ""
    good: Annotated[tuple[Note, ...], Meta(min_length=1)]
    bad: Annotated[tuple[Note, ...], Meta(min_length=1)]


class Term(Shape):
    """A word that is taught: `plain` can take its place in a sentence."""

    term: Line
    plain: Annotated[Line, Meta(description="Plain words that can stand in its place.")]
    means: Words
    see: tuple[Ref, ...] = ()


class Mark(Shape):
    """One item of a published standard, and whether this checklist meets it."""

    item: Line
    met: Met
    reason: Words


class Marking(Shape, kw_only=True):
    """The checklist held against one published standard by its own makers."""

    standard: Line
    text: Words = ""
    items: Annotated[tuple[Mark, ...], Meta(min_length=1)]


class Topic(Shape):
    """A titled group of notes, shown whatever the result."""

    id: Id
    title: Line
    notes: Annotated[tuple[Note, ...], Meta(min_length=1)]


class Urgent(Shape):
    """The calm box on the first page."""

    title: Line
    text: Words


class Start(Shape):
    """The words of the first page."""

    what: tuple[Words, ...] = ()
    for_whom: tuple[Words, ...] = ()
    is_not: tuple[Words, ...] = ()
    at_hand: tuple[Words, ...] = ()
    time: Words = ""
    urgent: Urgent | UnsetType = UNSET


class About(Shape):
    """Who made the ruleset, when, and what it cannot do."""

    made_by: Words = ""
    paid_by: Words = ""
    made: Isodate = ""
    reviewed: Isodate = ""
    next_review: Isodate = ""
    limits: tuple[Words, ...] = ()
