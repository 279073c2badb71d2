"""Where the next page is: by the button that was pressed, the link that led here, the form's order.

Leads to fixed pages only: of what was sent, nothing is taken up but names of ours.
"""

from typing import Any

from flask import g, request, url_for

from checklist.ruleset.model import Section
from checklist.web import current, store

# Where 'Continue' leads instead of the next section, by the form's own word for it.
RETURNS = {"check": "pages.check", "result": "pages.result"}
# The ways out of a form that keep it first, by the words that its buttons send.
_WAYS_OUT = {
    "start": "pages.start",
    "check": "pages.check",
    "result": "pages.result",
    "print": "papers.choose",
    "how": "pages.how",
    "words": "pages.words",
    "save": "saved.save",
    "open": "saved.open_saved",
    "compare": "saved.compare",
}
# Pages that follow each other begin at their main part: the next key press is in the first answer.
_MAIN = "main"


def after(here: Section) -> str:
    """Return the address of the page to show once a page of questions is kept."""
    from checklist.web import way  # a first page does without

    if leads_out := out_of_form():
        return leads_out
    if request.form.get("go") == "stop":
        return url_for("pages.result", _anchor=_MAIN)
    if request.form.get("go") == "back":
        return _before(here)
    if came_from():
        return url_for(RETURNS[came_from()], _anchor=_place_to_return_to())
    following = way.section_after(here, current.ruleset(), store.answers())
    return _address(following, "pages.check")


def out_of_form() -> str:
    """Return the address that a button leads to which stands outside of its form, or nothing.

    What was typed is kept first.
    """
    go = request.form.get("go", "")
    if go == "display":
        return url_for("display.settings", **_way_back_here())
    return url_for(_WAYS_OUT[go]) if go in _WAYS_OUT else ""


def back_from(here: Section) -> str:
    """Return the address to which a page of questions leads back."""
    return url_for(RETURNS[came_from()]) if came_from() else _before(here)


def came_from() -> str:
    """Return which page's link led here, by the form's own word for it, or nothing."""
    word = request.values.get("from", "")
    return word if word in RETURNS else ""


def came_at() -> str:
    """Return the question whose link led here, or nothing: taken only if it is one of ours."""
    asked = request.values.get("at", "")
    return asked if asked in current.ruleset().questions else ""


def to_go_on() -> str:
    """Return the address of the first page on which nothing was said yet, or nothing."""
    from checklist.web import way

    if "to_do" not in g:  # a page leads there more than once
        g.to_do = way.section_to_do(current.ruleset(), store.answers(), store.not_known())
    return _address(g.to_do, "") if g.to_do else ""


def _way_back_here() -> dict[str, Any]:
    return {
        "page": request.endpoint,
        "section": (request.view_args or {}).get("section_id"),
        "from": came_from() or None,
        "at": came_at() or None,
    }


def _place_to_return_to() -> str:
    # Nobody should have to look for their place on a long page again.
    return f"said-{came_at()}" if came_from() == "check" and came_at() else _MAIN


def _before(here: Section) -> str:
    from checklist.web import way

    return _address(way.section_before(here, current.ruleset(), store.answers()), "pages.start")


def _address(target: Section | None, otherwise: str) -> str:
    if target is None:
        return url_for(otherwise, _anchor=_MAIN)
    return url_for("questionnaire.section", section_id=target.id, _anchor=_MAIN)
