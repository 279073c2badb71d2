"""A summary as plain text, for the shell and for readers of the screen."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from checklist.views import CriterionView, NoteView, Summary

_WIDTH = 78


def as_text(summary: Summary) -> str:
    """Return the summary as lines of at most 78 characters, ending in a line feed."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    yield from _heading(summary.title, "=")
    yield from map(_wrapped, summary.purpose)
    yield f"Date: {summary.date}"
    yield from _notes(summary.guidance)
    yield from _heading("Where this leads")
    yield _wrapped(summary.outcome_lead)
    for outcome in summary.outcomes:
        yield _wrapped(f"* {outcome.title}", 2)
        yield from (_wrapped(f"  {words}", 2) for words in (outcome.text,) if words)
        yield from (_wrapped(f"  Next: {step}", 4) for step in outcome.next)
    yield from _heading("Each point")
    for criterion in summary.criteria:
        yield from _criterion(criterion)
    yield from _heading("The points added up")
    yield _wrapped(f"{summary.score.words} {summary.score.note}")
    yield from _heading("What to find out")
    yield _wrapped(summary.find_out_lead)
    for number, entry in enumerate(summary.find_out, start=1):
        yield _wrapped(f"{number}. {entry.question} {entry.changes}", 3)
        yield from (
            _wrapped(f"   {words} {said}", 3)
            for words, said in (("Who may know:", entry.who), ("Where to find it:", entry.where))
            if said
        )
    yield from _numbered("Questions to take with you", summary.questions)
    yield from _answers(summary)
    yield from _background(summary)
    yield from _heading("Sources")
    for source in summary.sources:
        yield _wrapped(f"{source.number}. {source.text} {source.address}".rstrip(), 3)
    yield from map(_wrapped, summary.about)
    yield from map(_wrapped, summary.purpose)


def _criterion(view: CriterionView) -> Iterator[str]:
    yield _wrapped(f"* {view.title}: {view.status_words}", 2)
    yield _wrapped(f"  {view.reason}", 2)
    if view.possible:
        yield _wrapped(f"  Still possible: {'; '.join(view.possible)}.", 2)
    yield from (_wrapped(f"  Next: {step}", 4) for step in view.next)


def _answers(summary: Summary) -> Iterator[str]:
    yield from _heading("Your answers")
    for section in summary.sections:
        yield section.title
        for view in section.answers:
            if view.state == "not_asked":
                continue
            aside = (
                " (kept, but not counted: it does not apply)" if view.state == "set_aside" else ""
            )
            if view.items:
                yield _wrapped(f"  {view.question}{aside}", 4)
                yield from (_wrapped(f"    {item}: {said}", 6) for item, said in view.items)
            else:
                yield _wrapped(f"  {view.question} {view.answer}{aside}", 4)


def _background(summary: Summary) -> Iterator[str]:
    if summary.timeline:
        yield from _heading(summary.timeline.title)
        for event in summary.timeline.events:
            yield _wrapped(f"{event.year}: {event.title}. {event.note.text}", 6)
    for topic in summary.background:
        yield from _heading(topic.title)
        yield from _notes(topic.notes)
    if summary.choices:
        yield from _heading("Your choices")
    for choice in summary.choices:
        yield _wrapped(f"* {choice.title}. {choice.text}".rstrip(), 2)
        for name, notes in (("Good", choice.good), ("Bad", choice.bad)):
            yield f"  {name}:"
            yield from (_wrapped(f"    {line}", 4) for line in _notes(notes))


def _notes(notes: Sequence[NoteView]) -> Iterator[str]:
    for note in notes:
        numbers = f" [{', '.join(map(str, note.numbers))}]" if note.numbers else ""
        yield _wrapped(f"{note.text}{numbers}")
        if note.figure:
            yield _wrapped(f"  {note.figure.words} {note.figure.who}", 2)


def _numbered(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from _heading(title)
        yield from (_wrapped(f"{n}. {line}", 3) for n, line in enumerate(lines, start=1))


def _heading(title: str, rule: str = "-") -> Iterator[str]:
    yield ""
    yield _wrapped(title)
    yield rule * min(len(title), _WIDTH)


def _wrapped(text: str, indent: int = 0) -> str:
    blanks = text[: len(text) - len(text.lstrip())]
    body = " ".join(text.split())
    return fill(body, _WIDTH, initial_indent=blanks, subsequent_indent=" " * indent)
