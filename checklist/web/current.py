"""What every view needs of the request at hand: the ruleset, the result, a page to send."""

from datetime import date
from typing import TYPE_CHECKING

from flask import current_app, render_template

from checklist.model import Ruleset
from checklist.web import store

if TYPE_CHECKING:
    from checklist.views import Summary


def ruleset() -> Ruleset:
    """Return the ruleset that the form is made from."""
    checklist: store.Checklist = current_app.extensions["checklist"]
    return checklist.ruleset


def summary() -> "Summary":
    """Return what follows from the visitor's answers."""
    from checklist.engine import assess  # a first page does without both
    from checklist.summary import summarise

    rules, answers = ruleset(), store.answers()
    today = date.today().isoformat()
    judged = assess(rules, answers)
    return summarise(rules, answers, judged, today, store.not_known(), store.to_ask())


def page(template: str, **words: object) -> str:
    """Return the page that ``template`` makes, which says what was lost if anything was."""
    return render_template(template, lost=store.what_was_lost(), **words)
