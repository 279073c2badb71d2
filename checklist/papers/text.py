"""A paper as plain text, for the shell and for readers of the screen."""

from collections.abc import Iterator
from textwrap import fill
from typing import assert_never

from checklist.papers.visit import (
    Blank,
    Block,
    Boxes,
    Facts,
    Heading,
    Items,
    Paragraph,
    Points,
    References,
    Room,
    VisitSummary,
)

_WIDTH = 78
_UNDER = {2: "-", 3: "."}


def as_text(visit: VisitSummary) -> str:
    """Return a paper as lines of at most 78 characters, ending in a line feed."""
    lines = [*_heading(visit.title, "="), _wrapped(visit.topic)]
    for block in visit.blocks:
        lines += _placed(block)
    return "\n".join(lines).lstrip("\n") + "\n"


def _placed(block: Block) -> Iterator[str]:  # noqa: C901  # one case for each kind of block
    match block:
        case Heading(level=level, text=text):
            yield from _heading(text, _UNDER.get(level, ""))
        case Paragraph(words=words):
            yield _wrapped(words.text)
        case Items(items=items, start=start):
            for number, words in enumerate(items, start=start):
                yield _wrapped(words.text, f"{number}. " if start else "* ")
        case Facts(rows=rows):
            for name, lines in rows:
                yield _wrapped(name)
                yield from (_wrapped(line.text, "    ") for line in lines)
        case Points(rows=points):
            for point in points:
                yield _wrapped(f"{point.title}: {point.status_words}", f"{point.number}. ")
                if point.reason:
                    yield _wrapped(point.reason, "    ")
        case Room(lines=count):
            yield from ["_" * _WIDTH] * count
        case Blank(name=name, unit=unit):
            yield f"{name} {'_' * 30} {unit}".rstrip()
        case Boxes(among=among, options=options):
            yield from filter(None, (among,))
            yield from (_wrapped(option, "[ ] ") for option in options)
        case References(rows=references):
            for row in references:
                yield _wrapped(f"{row.text} {row.address}".rstrip(), f"{row.number}. ")
        case _:
            assert_never(block)


def _heading(title: str, rule: str) -> Iterator[str]:
    yield ""
    yield _wrapped(title)
    yield from filter(None, (rule * min(len(title), _WIDTH),))


def _wrapped(text: str, mark: str = "") -> str:
    return fill(text, _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
