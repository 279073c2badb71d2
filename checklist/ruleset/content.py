"""What a ruleset shows but does not judge, once it has been read: frozen data."""

from msgspec import Struct

from checklist.errors import Place


class Note(Struct, frozen=True):
    """A cited paragraph that is shown but not judged."""

    text: str
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    figure: str = ""


class Topic(Struct, frozen=True):
    """A titled group of notes, shown whatever the result."""

    id: str
    title: str
    notes: tuple[Note, ...]


class Figure(Struct, frozen=True):
    """``count`` of ``of`` people (``what``), the rest ``otherwise``; measured in ``people``."""

    id: str
    what: str
    otherwise: str
    count: int
    of: int
    over: str
    who: str
    people: int
    evidence: tuple[str, ...]
    place: Place | None = None


class Event(Struct, frozen=True):
    """A point of the timeline."""

    year: int
    title: str
    text: str
    evidence: tuple[str, ...]


class Timeline(Struct, frozen=True):
    """What happened when, the earliest first."""

    title: str
    text: str
    events: tuple[Event, ...]


class Option(Struct, frozen=True):
    """One of the choices that a person has, with what speaks for it and against it."""

    id: str
    title: str
    text: str
    good: tuple[Note, ...]
    bad: tuple[Note, ...]


class Term(Struct, frozen=True):
    """A word that is taught: ``plain`` can stand in its place."""

    id: str
    term: str
    plain: str
    means: str
    see: tuple[str, ...] = ()
    place: Place | None = None


class Mark(Struct, frozen=True):
    """One item of a published standard, and whether the checklist meets it."""

    item: str
    met: str
    reason: str


class Marking(Struct, frozen=True):
    """The checklist held against one published standard by its own makers."""

    standard: str
    text: str
    items: tuple[Mark, ...]


class Start(Struct, frozen=True):
    """The words of the first page."""

    what: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    at_hand: tuple[str, ...] = ()
    time: str = ""
    urgent_title: str = ""
    urgent: str = ""


class About(Struct, frozen=True):
    """Who made the ruleset, when, and what it cannot do. Dates are ISO 8601."""

    made_by: str = ""
    paid_by: str = ""
    made: str = ""
    reviewed: str = ""
    next_review: str = ""
    limits: tuple[str, ...] = ()
    place: Place | None = None
