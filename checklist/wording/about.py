"""What the ruleset says of itself, on every page with a result and in the rule book."""

from checklist.ruleset.model import Ruleset
from checklist.wording.phrases import day_in_words

_PURPOSE = (
    "This page cannot tell you what is right for you.",
    "Take it to somebody who knows your case.",
)
ADDED = "The makers of this checklist added this point. It is not one of the report's own."


def purpose(ruleset: Ruleset) -> tuple[str, ...]:
    """Return what every page with a result says first: what it is not, and what to do next."""
    return ruleset.purpose or _PURPOSE


def about_lines(ruleset: Ruleset, today: str = "") -> tuple[str, ...]:
    """Return who made the ruleset, when it is reviewed next, and whether that day is past."""
    about = ruleset.about
    lines = [about.made_by, about.paid_by]
    days = [("Made", about.made), ("Last reviewed", about.reviewed)]
    days += [("Next review due", about.next_review)]
    lines += [f"{what}: {day_in_words(day)}." for what, day in days if day]
    lines.append(overdue(ruleset, today))
    return tuple(line for line in lines if line)


def overdue(ruleset: Ruleset, today: str) -> str:
    """Return a sentence once the day of the next review has passed, else nothing."""
    due = ruleset.about.next_review
    if not (today and due and due < today):
        return ""
    return "The day of the next review has passed. Some of this may be out of date."
