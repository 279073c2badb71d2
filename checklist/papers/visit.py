"""A paper for the visit as plain data: a row of blocks, every word of them final.

One ``VisitSummary`` is one paper. Page, PDF and plain text each place its blocks in this
order, one rendering for each kind of block; none leaves one out, moves one or makes up a
word. Knows nothing of how a block looks.
"""

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct, structs, to_builtins

from checklist.wording.views import State

Paper = Literal["doctor", "copy", "blank"]


class Words(Struct, frozen=True):
    """A run of text. ``own``: the person wrote it, so it may read in any direction."""

    text: str
    own: bool = False


class Heading(Struct, frozen=True):
    """A heading; the paper's title is level 1, so these are 2 to 4."""

    level: Literal[2, 3, 4]
    text: str


class Paragraph(Struct, frozen=True):
    """A paragraph; a ``notice`` is set apart from the rest, a ``lead`` is a little larger."""

    words: Words
    role: Literal["plain", "notice", "lead"] = "plain"


class Items(Struct, frozen=True):
    """A list. ``start`` numbers it from there; 0 gives it bullets."""

    items: tuple[Words, ...]
    start: int = 0


class Facts(Struct, frozen=True):
    """Names, each with what was said of it, one or more lines."""

    rows: tuple[tuple[str, tuple[Words, ...]], ...]


class Point(Struct, frozen=True):
    """A point of the result: status as a shape and in words, with its reason."""

    number: int
    title: str
    state: State
    status_words: str
    reason: str


class Points(Struct, frozen=True):
    """The points one below the other; ``heads`` name the columns where they form a table."""

    heads: tuple[str, str, str]
    rows: tuple[Point, ...]


class Room(Struct, frozen=True):
    """Empty lines to write on. ``fill``: as many as the page still has, but at least these.

    On paper a line is 8 mm high, in large print 13 mm.
    """

    lines: int
    fill: bool = False


class Blank(Struct, frozen=True):
    """A name and the empty line behind it, to fill in by pen; ``unit`` stands after the line."""

    name: str
    unit: str = ""


class Boxes(Struct, frozen=True):
    """Options to tick by pen, each behind its box; ``among`` says how: 'Tick one', or is empty.

    ``apart`` counts those at the end that stand apart from the rest, as 'I do not know' does.
    """

    among: str
    options: tuple[str, ...]
    apart: int = 0


class Reference(Struct, frozen=True):
    """A source under its number; ``address`` is empty or comes from the ruleset."""

    number: int
    text: str
    address: str


class References(Struct, frozen=True):
    """The sources."""

    rows: tuple[Reference, ...]


Block = Heading | Paragraph | Items | Facts | Points | Room | Blank | Boxes | References


class Labels(Struct, frozen=True):
    """The words that a rendering needs around the blocks, so that none stands in a template."""

    page: str  # 'Page'
    of: str  # 'of', as in 'Page 1 of 2'
    date: str  # 'Date'


class VisitSummary(Struct, frozen=True):
    """One paper: what it is, and its blocks in reading order.

    ``date_iso`` is ISO 8601, ``date`` the same day in words; ``running_notice`` stands on
    every page. Neither title nor any other field but ``blocks`` ever holds an answer.
    """

    paper: Paper
    schema: int
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    topic: str
    date_iso: str
    date: str
    running_notice: str
    labels: Labels
    blocks: tuple[Block, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON knows it; each block names its ``kind``."""
        return {
            **structs.asdict(self),
            "labels": to_builtins(self.labels),
            "blocks": [
                {"kind": type(block).__name__.lower(), **to_builtins(block)}
                for block in self.blocks
            ],
        }

    def sentences(self) -> Iterator[str]:
        """Yield every text of the paper's body in reading order, title and topic first."""
        yield from (self.title, self.topic)
        for block in self.blocks:
            yield from sentences_in(block)


def sentences_in(block: Block) -> Iterator[str]:
    """Yield the texts of one block in reading order; an empty one is not shown."""
    yield from filter(None, _texts(block))


def _texts(block: Block) -> Iterator[str]:  # noqa: C901  # one case for each kind of block
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(words=words):
            yield words.text
        case Items(items=items):
            yield from (item.text for item in items)
        case Facts(rows=rows):
            for name, lines in rows:
                yield name
                yield from (line.text for line in lines)
        case Points(rows=points):
            for point in points:
                yield from (point.title, point.status_words, point.reason)
        case Room():
            return
        case Blank(name=name, unit=unit):
            yield from (name, unit)
        case Boxes(among=among, options=options):
            yield from (among, *options)
        case References(rows=references):
            for row in references:
                yield from (row.text, row.address)
