"""The doctor's page: one side, the weightiest first; what does not fit is on the copy."""

from checklist.model import Ruleset
from checklist.papers.answers import said_lines
from checklist.papers.copy import asks, points_of
from checklist.papers.frame import framed, head, notice
from checklist.papers.voice import Voice, tidy
from checklist.views import Summary
from checklist.visit import Facts, Heading, Items, Room, VisitSummary, Words


def doctor_page(ruleset: Ruleset, summary: Summary) -> VisitSummary:
    """Return the page for the doctor.

    Args:
        ruleset: what was asked.
        summary: what follows from the answers.
    """
    voice = Voice(ruleset)
    views = {view.id: view for section in summary.sections for view in section.answers}
    rows = tuple(
        (tidy(views[name].short), said_lines(views[name], ruleset.questions[name]))
        for name in ruleset.doctor_page or ruleset.questions
        if views[name].state in ("answered", "partly")
    )
    blocks = (
        *head(summary.date),
        notice(summary.purpose),
        Heading(2, "First questions"),
        Items(asks(summary, voice)[:3], start=1),
        Heading(2, "Your answers"),
        Facts(rows),
        Heading(2, "Each point in one look"),
        points_of(summary, voice),
        Heading(2, "Still to find out"),
        Items(tuple(Words(tidy(entry.question)) for entry in summary.find_out[:3]), start=1),
        Heading(2, "Room to write"),
        Room(3, fill=True),
        notice(summary.purpose),
    )
    return framed("doctor", ruleset, summary.date, blocks)
