"""What every view needs of the request at hand: the ruleset, the result, a page to send."""

from datetime import date
from typing import TYPE_CHECKING

from flask import Response, current_app, render_template, request
from msgspec.structs import replace
from werkzeug.exceptions import HTTPException

from checklist.display import Display
from checklist.ruleset.model import Ruleset
from checklist.web import looks, store
from checklist.web.sessions import Checklist

# Pages whose address may name a look: after a clear there is no cookie left to hold it.
_LOOK_IN_ADDRESS = ("pages.cleared", "display.settings")

if TYPE_CHECKING:
    from checklist.wording.views import Summary


def ruleset() -> Ruleset:
    """Return the ruleset that the form is made from."""
    checklist: Checklist = current_app.extensions["checklist"]
    return checklist.ruleset


def summary() -> "Summary":
    """Return what follows from the visitor's answers."""
    from checklist.engine.assess import assess  # a first page does without both
    from checklist.wording.summary import summarise

    rules, answers = ruleset(), store.answers()
    today = date.today().isoformat()
    judged = assess(rules, answers)
    return summarise(rules, answers, judged, today, store.not_known(), store.to_ask())


def display() -> Display:
    """Return how the visitor wants pages and papers to look."""
    kept = store.display()
    if request.endpoint not in _LOOK_IN_ADDRESS:
        return kept
    return replace(kept, **looks.offered(request.args.to_dict()))


def is_stale() -> bool:
    """Return whether the page that was sent is from before a clear or a new start."""
    return request.form.get("run") != store.run_id()


def what_happened() -> str:
    """Return why a page that was sent is out of date, for the page to say so."""
    return store.what_was_lost() if has_cookie() else "no_cookie"


def has_cookie() -> bool:
    """Return whether a cookie of ours came; without one, the browser keeps none for us."""
    return current_app.session_interface.get_cookie_name(current_app) in request.cookies


def page(template: str, **words: object) -> str:
    """Return the page that ``template`` makes, which says what was lost if anything was."""
    return render_template(template, lost=store.what_was_lost(), **words)


def error_page(error: HTTPException) -> Response:
    """Return the page that says in plain words what went wrong, and leads on."""
    head = error.get_response().headers
    head["Content-Type"] = "text/html; charset=utf-8"
    return Response(render_template("error.html", code=error.code), error.code, head)
