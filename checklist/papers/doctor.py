"""The doctor's page: one side, the weightiest first; what does not fit is on the copy."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby

from checklist.model import Ruleset
from checklist.papers.answers import said_lines
from checklist.papers.copy import HEADS, asks, points_of
from checklist.papers.fit import Part, fitting
from checklist.papers.frame import RUNNING, TITLES, framed, head, notice
from checklist.papers.sheet import (
    HEIGHT,
    LINE,
    MARK,
    ROOM_LINE,
    VALUES,
    WIDTH,
    fitted,
    height,
    title_height,
)
from checklist.papers.voice import Voice, first_sentence, tidy
from checklist.views import AnswerView, Summary
from checklist.visit import Block, Facts, Heading, Items, Paragraph, Points, Room, VisitSummary
from checklist.visit import Words as Run
from checklist.wording import joined

_FIRST = 3  # questions for the doctor
_LEAST_ROOM = 3  # lines to write on
_REASONS = "the reasons in full"
_LAST = Paragraph(Run(RUNNING))
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
        self.voice = Voice(ruleset)
        self.views = {view.id: view for section in summary.sections for view in section.answers}

    def blocks(self) -> tuple[Block, ...]:
        parts = tuple(self._parts())
        least = height((Room(_LEAST_ROOM),))
        room = HEIGHT - title_height(TITLES["doctor"], tidy(self.ruleset.title)) - least
        room -= _CLOSING * LINE + 4 + height((_LAST,))
        lengths = fitting(parts, room)
        chosen = [part.lengths[taken] for part, taken in zip(parts, lengths, strict=True)]
        blocks = _merged(block for blocks in chosen for block in blocks)
        more_lines = max(0, int((room - height(blocks)) // ROOM_LINE))
        cut = [part.rest for part, taken in zip(parts, lengths, strict=True) if part.is_cut(taken)]
        return (*blocks, Room(_LEAST_ROOM + more_lines, fill=True), _closing(cut), _LAST)

    def _parts(self) -> Iterator[Part]:
        first, *groups = [*self._answer_parts()] or [Part.fixed()]
        at_head = bool(self.ruleset.doctor_page)
        yield Part.fixed(*head(self.summary.date))
        if at_head:
            yield first
        yield Part.fixed(notice(self.summary.purpose))
        yield from self._questions()
        yield Part.fixed(Heading(2, "Your answers"))
        yield from groups if at_head else (first, *groups)
        yield from self._not_answered()
        yield Part.fixed(Heading(2, "Each point in one look"))
        yield from self._points()
        yield from self._find_out()
        yield Part.fixed(Heading(2, "Room to write"))

    def _questions(self) -> Iterator[Part]:
        every = asks(self.summary, self.voice)
        if not every:
            return
        whole = every[:_FIRST]
        short = tuple(_cut(item, WIDTH - MARK, 2) for item in whole)
        more = f"questions {_FIRST + 1} to {len(every)}" if len(every) > _FIRST else "the questions"
        lengths = tuple((Items(items, start=1),) for items in (short[:1], short, whole))
        yield Part.fixed(Heading(2, "First questions for the doctor"))
        yield Part(lengths, more, whole=None if len(every) > _FIRST else 2)

    def _answer_parts(self) -> Iterator[Part]:
        for section, names in groupby(
            self.ruleset.doctor_page or self.ruleset.questions,
            key=lambda name: self.ruleset.questions[name].section,
        ):
            title = next(s.title for s in self.ruleset.sections if s.id == section)
            views = [self.views[name] for name in names]
            facts = [self._fact(view) for view in views if view.state in ("answered", "partly")]
            if facts:
                yield _answer_part(tidy(title), facts)

    def _fact(self, view: AnswerView) -> tuple[Run, ...]:
        said = said_lines(view, self.ruleset.questions[view.id])
        if len(said) == 1 and not said[0].own:
            return (Run(tidy(f"{view.short}: {said[0].text}")),)
        return said

    def _not_answered(self) -> Iterator[Part]:
        listed = self.ruleset.doctor_page or tuple(self.ruleset.questions)
        to_find_out = {entry.id for entry in self.summary.find_out}
        names = [
            view.short
            for view in map(self.views.__getitem__, listed)
            if view.state == "open" and view.id not in to_find_out
        ]
        if names:
            yield _answer_part("Not answered", [(Run(tidy("; ".join(names))),)], after=3)

    def _points(self) -> Iterator[Part]:
        # The reasons that tell the most come first: those of points that do not simply fit.
        for row in points_of(self.summary, self.voice).rows:
            rows = (
                replace(row, reason=""),
                replace(row, reason=first_sentence(row.reason)),
                row,
            )
            lengths = tuple((Points(HEADS, (each,)),) for each in rows)
            yield Part(lengths, _REASONS, after=(3 if row.state == "met" else 1, 4), whole=2)

    def _find_out(self) -> Iterator[Part]:
        whole = tuple(Run(tidy(entry.question)) for entry in self.summary.find_out)
        if not whole:
            return
        short = tuple(_cut(item, WIDTH - MARK, 1) for item in whole)
        counts = (short[:1], short[:3], short[:5], whole)
        yield Part.fixed(Heading(2, "Still to find out"))
        lengths = tuple((Items(items, start=1),) for items in counts)
        yield Part(lengths, "all that is still to be found out", after=(1, 1, 2, 4), whole=3)


def _closing(cut: list[str]) -> Paragraph:
    sections = [rest for rest in cut if rest.startswith("'")]
    others = [rest for rest in dict.fromkeys(cut) if rest not in sections]
    more = [f"more under {joined(sections, 'and')}"] if sections else []
    told = "; ".join([*more, *others, "background, choices and sources"])
    return Paragraph(Run(fitted(f"On your own copy: {told}.", WIDTH, _CLOSING)))


def _answer_parts(self) -> Iterator[Part]:
        for section, names in groupby(
            self.ruleset.doctor_page or self.ruleset.questions,
            key=lambda name: self.ruleset.questions[name].section,
        ):
            title = next(s.title for s in self.ruleset.sections if s.id == section)
            views = [self.views[name] for name in names]
            facts = [self._fact(view) for view in views if view.state in ("answered", "partly")]
            if facts:
                yield _answer_part(tidy(title), facts)

    def _fact(self, view: AnswerView) -> tuple[Run, ...]:
        said = said_lines(view, self.ruleset.questions[view.id])
        if len(said) == 1 and not said[0].own:
            return (Run(tidy(f"{view.short}: {said[0].text}")),)
        return said

    def _not_answered(self) -> Iterator[Part]:
        listed = self.ruleset.doctor_page or tuple(self.ruleset.questions)
        to_find_out = {entry.id for entry in self.summary.find_out}
        names = [
            view.short
            for view in map(self.views.__getitem__, listed)
            if view.state == "open" and view.id not in to_find_out
        ]
        if names:
            yield _answer_part("Not answered", [(Run(tidy("; ".join(names))),)], after=3)

    def _points(self) -> Iterator[Part]:
        # The reasons that tell the most come first: those of points that do not simply fit.
        for row in points_of(self.summary, self.voice).rows:
            rows = (
                replace(row, reason=""),
                replace(row, reason=first_sentence(row.reason)),
                row,
            )
            lengths = tuple((Points(HEADS, (each,)),) for each in rows)
            yield Part(lengths, _REASONS, after=(3 if row.state == "met" else 1, 4), whole=2)

    def _find_out(self) -> Iterator[Part]:
        whole = tuple(Run(tidy(entry.question)) for entry in self.summary.find_out)
        if not whole:
            return
        short = tuple(_cut(item, WIDTH - MARK, 1) for item in whole)
        counts = (short[:1], short[:3], short[:5], whole)
        yield Part.fixed(Heading(2, "Still to find out"))
        lengths = tuple((Items(items, start=1),) for items in counts)
        yield Part(lengths, "all that is still to be found out", after=(1, 1, 2, 4), whole=3)


def _closing(cut: list[str]) -> Paragraph:
    more = "; ".join(dict.fromkeys((*cut, "background, choices and sources")))
    return Paragraph(Run(fitted(f"On your own copy: {more}.", WIDTH, _CLOSING)))


def _answer_part(title: str, facts: list[tuple[Run, ...]], after: int = 0) -> Part:
    # A fact stands whole or not at all: cut short, it could say the opposite. Only what the
    # person wrote is cut. Facts run on in one paragraph, or have lines of their own if they can.
    def row(*lines: Run) -> tuple[Block, ...]:
        return (Facts(((title, lines),)),)

    short = [tuple(_cut(line, VALUES, 2) if line.own else line for line in fact) for fact in facts]
    running = [_running(short[: count + 1]) for count in range(len(facts))]
    spread = tuple(line for fact in facts for line in fact)
    lengths = ((), *(row(*lines) for lines in running), row(*spread))
    cut = any(line.own for line in spread) and spread != tuple(chain.from_iterable(short))
    return Part(
        lengths,
        f"'{title}'",
        after=(*[after] * len(facts), 2),
        whole=len(lengths) - (1 if cut else 2),
    )


def _running(facts: list[tuple[Run, ...]]) -> tuple[Run, ...]:
    # What the person wrote keeps lines of its own, as it may read in another direction.
    run: list[Run] = []
    for line in chain.from_iterable(facts):
        if run and not line.own and not run[-1].own:
            run[-1] = Run(f"{run[-1].text} {_stopped(line.text)}")
        else:
            run.append(line if line.own else Run(_stopped(line.text)))
    return tuple(run)


def _cut(words: Run, across: float, most: int) -> Run:
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


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
