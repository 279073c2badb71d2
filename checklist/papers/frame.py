"""What every paper shares: its title, the notice, the lines at its head."""

from collections.abc import Iterable

from checklist.papers.visit import (
    Blank,
    Block,
    Facts,
    Labels,
    Paper,
    Paragraph,
    VisitSummary,
    Words,
)
from checklist.papers.voice import tidy
from checklist.ruleset.model import Ruleset
from checklist.wording.phrases import day_in_words

_SCHEMA = 1
RUNNING = "For learning only. It is not advice."
# Browsers that print nothing in the margins still end the paper with what it is.
LAST = Paragraph(Words(RUNNING))
_RIGHT_TO_LEFT = frozenset(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
TITLES: dict[Paper, str] = {
    "doctor": "Page for your doctor",
    "copy": "Your own copy",
    "blank": "Form to fill in by pen",
}


def framed(paper: Paper, ruleset: Ruleset, date_iso: str, blocks: Iterable[Block]) -> VisitSummary:
    """Return a paper with its title and the words that stand on each of its sides."""
    language = ruleset.language
    return VisitSummary(
        paper=paper,
        schema=_SCHEMA,
        language=language,
        direction="rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        title=TITLES[paper],
        topic=tidy(ruleset.title),
        date_iso=date_iso,
        date=day_in_words(date_iso),
        running_notice=RUNNING,
        labels=Labels(page="Page", of="of", date="Date"),
        blocks=tuple(blocks),
    )


def head(date_iso: str) -> tuple[Block, ...]:
    """Return the day and a line for the name, which only a pen ever fills in."""
    return (Facts((("Date", (Words(day_in_words(date_iso)),)),)), Blank("Name"))


def notice(purpose: Iterable[str]) -> Paragraph:
    """Return what the paper is and is not, set apart."""
    return Paragraph(Words(tidy(" ".join(purpose))), "notice")


def urgent(ruleset: Ruleset) -> tuple[Paragraph, ...]:
    """Return when not to wait for the visit, where the ruleset says so."""
    text = tidy(f"{ruleset.start.urgent_title} {ruleset.start.urgent}")
    return (Paragraph(Words(text), "lead"),) if text else ()
