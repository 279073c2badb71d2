"""What a ruleset shows but does not judge, once it has been read: frozen data."""

from dataclasses import dataclass, field

from checklist.errors import Place


@dataclass(frozen=True, slots=True)
class Note:
    """A cited paragraph that is shown but not judged."""

    text: str
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A titled group of notes, shown whatever the result."""

    id: str
    title: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Figure:
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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """A point of the timeline."""

    year: int
    title: str
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened when, the earliest first."""

    title: str
    text: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices that a person has, with what speaks for it and against it."""

    id: str
    title: str
    text: str
    good: tuple[Note, ...]
    bad: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is taught: ``plain`` can stand in its place."""

    id: str
    term: str
    plain: str
    means: str
    see: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """One item of a published standard, and whether the checklist meets it."""

    item: str
    met: str
    reason: str


@dataclass(frozen=True, slots=True)
class Marking:
    """The checklist held against one published standard by its own makers."""

    standard: str
    text: str
    items: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """The words of the first page."""

    what: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    at_hand: tuple[str, ...] = ()
    time: str = ""
    urgent_title: str = ""
    urgent: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Who made the ruleset, when, and what it cannot do. Dates are ISO 8601."""

    made_by: str = ""
    paid_by: str = ""
    made: str = ""
    reviewed: str = ""
    next_review: str = ""
    limits: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)
