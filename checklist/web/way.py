"""The way through the form: which page of questions comes next, before, or is still to do.

Pages on which nothing is asked, going by the answers so far, are passed over. Knows the
ruleset; nothing of requests or addresses.
"""

from collections.abc import Collection, Iterable

from checklist.ruleset.model import Answers, Ruleset, Section
from checklist.web.forms import questions_shown


def section_after(here: Section, ruleset: Ruleset, answers: Answers) -> Section | None:
    """Return the next page that asks something, or None at the end."""
    following = ruleset.sections[ruleset.sections.index(here) + 1 :]
    return _first_that_asks(following, ruleset, answers)


def section_before(here: Section, ruleset: Ruleset, answers: Answers) -> Section | None:
    """Return the page before that asks something, or None at the start."""
    earlier = ruleset.sections[: ruleset.sections.index(here)]
    return _first_that_asks(reversed(earlier), ruleset, answers)


def section_to_do(ruleset: Ruleset, answers: Answers, not_known: Collection[str]) -> Section | None:
    """Return the first page on which nothing was said yet, not even 'I do not know'."""
    said = answers.keys() | {name.split(".")[0] for name in not_known}
    for section in ruleset.sections:
        if any(question.id in said and not question.enable_when for question in section.questions):
            continue
        shown = questions_shown(section, ruleset, answers)
        if shown and not any(question.id in said for question in shown):
            return section
    return None


def _first_that_asks(
    sections: Iterable[Section], ruleset: Ruleset, answers: Answers
) -> Section | None:
    return next((s for s in sections if questions_shown(s, ruleset, answers)), None)
