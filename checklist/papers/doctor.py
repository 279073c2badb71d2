"""The doctor's page: one side, the weightiest first; what does not fit is on the copy."""

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from checklist.papers.copy import HEADS, asks, points_of
from checklist.papers.facts import IN_FULL, LINES, REASONS, REST, WHOLE, fact_parts, listed
from checklist.papers.fit import Part, fitting
from checklist.papers.frame import RUNNING, TITLES, framed, head, notice
from checklist.papers.sheet import (
    HEIGHT,
    LINE,
    MARK,
    ROOM_LINE,
    WIDTH,
    fitted,
    height,
    lines,
    title_height,
)
from checklist.papers.visit import (
    Block,
    Facts,
    Heading,
    Items,
    Paragraph,
    Points,
    Room,
    VisitSummary,
    Words,
)
from checklist.papers.voice import first_sentence, tidy
from checklist.ruleset.model import Ruleset, Text
from checklist.wording.phrases import joined
from checklist.wording.views import Summary

_FIRST = 3  # questions for the doctor
_SURE_POINTS = 12  # that stand on the page whatever else does
_LEAST_ROOM = 2  # lines to write on
_CLOSING = 2  # lines that say what else there is


def doctor_page(ruleset: Ruleset, summary: Summary) -> VisitSummary:
    """Return the page for the doctor, which fits on one side of A4 and of Letter.

    Args:
        ruleset: what was asked; its ``doctor_page`` says which answers come first.
        summary: what follows from the answers.
    """
    return framed("doctor", ruleset, summary.date, _Page(ruleset, summary).blocks())


class _Page:
    def __init__(self, ruleset: Ruleset, summary: Summary) -> None:
        self.ruleset = ruleset
        self.summary = summary
        self.views = {view.id: view for section in summary.sections for view in section.answers}
        self.listed = listed(ruleset)

    def blocks(self) -> tuple[Block, ...]:
        parts = tuple(self._parts())
        room = HEIGHT - title_height(TITLES["doctor"], tidy(self.ruleset.title))
        room -= height((Room(_LEAST_ROOM),)) + _CLOSING * LINE + 4
        taken = fitting(parts, room, height)
        chosen = [part.lengths[length] for part, length in zip(parts, taken, strict=True)]
        blocks = _merged(chain.from_iterable(chosen))
        more_room = max(0, int((room - height(blocks)) // ROOM_LINE))
        cut = [part.rest for part, length in zip(parts, taken, strict=True) if part.is_cut(length)]
        return (*blocks, Room(_LEAST_ROOM + more_room, fill=True), _closing(cut))

    def _parts(self) -> Iterator[Part]:
        answers = [*fact_parts(self.ruleset, self.summary)]
        # An author who says what the doctor sees first has it at the head of the page.
        at_head = answers[:1] if self.ruleset.doctor_page else []
        yield Part.fixed(*head(self.summary.date))
        yield from at_head
        yield Part.fixed(notice(self.summary.purpose))
        yield from self._questions()
        if others := [*answers[len(at_head) :], *self._not_answered()]:
            yield Part.fixed(Heading(2, "What the person said"))
            yield from others
        yield Part.fixed(Heading(2, "Each point in one look"))
        yield from self._points()
        yield from self._find_out()

    def _questions(self) -> Iterator[Part]:
        every = asks(self.summary)
        if not every:
            return
        whole = every[:_FIRST]
        short = tuple(_cut(item, WIDTH - MARK, 2) for item in whole)
        lengths = tuple((Items(items, start=1),) for items in (short[:1], short, whole))
        more = len(every) > _FIRST
        rest = f"questions {_FIRST + 1} to {len(every)}" if more else "the questions in full"
        yield Part.fixed(Heading(2, "First questions for the doctor"))
        yield Part(lengths, rest, (IN_FULL,), whole=None if more else 2)

    def _not_answered(self) -> Iterator[Part]:
        to_find_out = {entry.id for entry in self.summary.find_out}
        asked = [name for name in self.listed if name not in to_find_out]
        # Who wrote nothing of their own left nothing open.
        views = [
            self.views[name] for name in asked if not isinstance(self.ruleset.questions[name], Text)
        ]
        names = [view.short for view in views if view.state == "open"]
        if names:
            row = Facts((("Not answered", (Words(tidy("; ".join(names) + ".")),)),))
            yield Part(((), (row,)), "what you left open", (LINES,), whole=1)

    def _points(self) -> Iterator[Part]:
        # The reasons that tell the most come first: those of points that do not simply fit.
        for row in points_of(self.summary).rows:
            short = replace(row, reason=first_sentence(row.reason))
            rows = (replace(row, reason=""), short, row)
            lengths: tuple[tuple[Block, ...], ...] = tuple((Points(HEADS, (r,)),) for r in rows)
            after: tuple[int, ...] = (REST if row.state == "met" else REASONS, WHOLE)
            rest = "the full reasons"
            if row.number > _SURE_POINTS:
                lengths, after, rest = ((), *lengths), (IN_FULL, *after), "all points"
            yield Part(lengths, rest, after, whole=len(lengths) - 1)

    def _find_out(self) -> Iterator[Part]:
        whole = tuple(Words(tidy(entry.question)) for entry in self.summary.find_out)
        if not whole:
            return
        short = tuple(_cut(item, WIDTH - MARK, 1) for item in whole)
        counts = (short[:1], short[:3], short[:5], whole)
        lengths = tuple((Items(items, start=1),) for items in counts)
        after = (REASONS, LINES, WHOLE)
        yield Part.fixed(Heading(2, "Still to find out"))
        yield Part(lengths, "what to find out", after, whole=counts.index(whole))


def _closing(cut: list[str]) -> Paragraph:
    sections = [rest for rest in cut if rest.startswith("'")]
    others = [rest for rest in dict.fromkeys(cut) if rest not in sections]
    rest = joined([*others, "background", "choices", "sources"], "and")
    if not sections:
        return Paragraph(Words(_closed(f"Your own copy also holds {rest}.")))
    more = f"Your own copy says more under {joined(sections, 'and')}."
    return Paragraph(Words(_closed(f"{more} It also holds {rest}.")))


def _closed(told: str) -> str:
    # The last words of the page are what it is; they stay, whatever else is cut.
    whole = f"{told} {RUNNING}"
    while lines(whole, WIDTH) > _CLOSING:
        told = told.rpartition(", ")[0] or told.rpartition(" ")[0]
        whole = f"{told} and more. {RUNNING}"
    return whole


def _cut(words: Words, across: float, most: int) -> Words:
    return replace(words, text=fitted(words.text, across, most))


def _merged(blocks: Iterator[Block]) -> tuple[Block, ...]:
    # Rows that follow each other are one table.
    whole: list[Block] = []
    for block in blocks:
        before = whole[-1] if whole else None
        if isinstance(block, Facts) and isinstance(before, Facts):
            whole[-1] = Facts((*before.rows, *block.rows))
        elif isinstance(block, Points) and isinstance(before, Points):
            whole[-1] = Points(before.heads, (*before.rows, *block.rows))
        else:
            whole.append(block)
    return tuple(whole)
