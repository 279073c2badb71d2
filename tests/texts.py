"""The texts that a ruleset writes, those that a summary says, and what gives a bad join away."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from msgspec import Struct

from checklist.ruleset.model import Count, Ruleset
from checklist.wording.views import CriterionView

# Fields that hold names or values, not words for readers.
_NO_WORDS = re.compile(
    "address|authors|cases|conditions|confidence|enable_when|figure|file|id|kind|language|made|met"
    "|never|next_review|option|place|question|questions|rests_on|reviewed|section|see|status|unit|version"
    "|unit_one|when|doctor_page"
)
_NAMES_ONLY = frozenset(["evidence", "sources"])  # except at the top, where they are written
_LEFTOVER = re.compile(
    r"\bNone\b(?! of )|\bundefined\b|[{}]|%[sd]|  | [.,;:?!](?:\s|$)|\.\.|[?!:;,]\.|\(\)|\[\]|''"
)


def blocks_of(view: CriterionView) -> Iterator[tuple[str, object]]:
    """Yield each part that a criterion's block must have, under its name."""
    yield "reason", view.reason
    yield "status", view.status_words
    yield "what the report says, or why we ask", view.says or view.why
    yield "what can be done", view.next or view.state == "met"
    yield "sources", view.sources
    yield "rules", view.rules
    yield "what was told", view.told or view.state == "open"
    yield "points", view.points
    yield "what is missing", view.missing or view.state != "open"
    yield "what is possible", view.possible or view.state != "open"


def leftovers(text: str) -> Iterator[str]:
    """Yield what a template or a joined sentence left behind, with the words around it."""
    for found in _LEFTOVER.finditer(text):
        around = text[max(0, found.start() - 40) : found.end() + 20]
        yield f"{found.group()!r} in: ...{around}..."


def said(told: object) -> Iterator[str]:
    """Yield every text that a summary, or any part of one, holds."""
    if isinstance(told, str):
        yield told
    for name in _fields(told):
        if name not in ("id", "section", "address", "open_name"):
            yield from said(getattr(told, name))
    if isinstance(told, tuple | frozenset):
        for part in told:
            yield from said(part)


def written(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yield every text that the ruleset's author wrote for readers, with its place."""
    for name in _fields(ruleset):
        if not _NO_WORDS.fullmatch(name):
            yield from _written(name, getattr(ruleset, name))


def _fields(thing: object) -> tuple[str, ...]:
    if isinstance(thing, Struct):
        return thing.__struct_fields__
    return tuple(field.name for field in fields(thing)) if is_dataclass(thing) else ()


def _written(where: str, part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, str) and part:
        yield where, " ".join(part.split())
    for name, inner in _parts(part):
        yield from _written(f"{where}.{name}", inner)


def _parts(part: object) -> Iterator[tuple[object, object]]:
    if isinstance(part, Count):
        yield "text", part.text
    elif names := _fields(part):
        in_words = [n for n in names if n not in _NAMES_ONLY and not _NO_WORDS.fullmatch(n)]
        yield from ((name, getattr(part, name)) for name in in_words)
    elif isinstance(part, Mapping):
        yield from part.items()
    elif isinstance(part, tuple):
        yield from ((getattr(one, "id", n), one) for n, one in enumerate(part, start=1))


def without_teaching(text: str, ruleset: Ruleset) -> str:
    """Return a text with every 'plain words (term)' put back to the term, all in small letters."""
    plain_again = text.casefold()
    for term in ruleset.glossary.values():
        taught = f"{term.plain} ({term.term})".casefold()
        plain_again = plain_again.replace(taught, term.term.casefold())
    return plain_again
