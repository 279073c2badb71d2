"""The page on which a person chooses what to ask their doctor: shows a sheet, keeps it.

What the first page can do without is imported where it is used.
"""

from typing import TYPE_CHECKING, Literal

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from checklist.web import current, next_page, store

if TYPE_CHECKING:
    from checklist.web.take_along import Sheet

questions_to_ask = Blueprint("questions_to_ask", __name__)


@questions_to_ask.route("/questions", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Show which questions can be taken along, or keep those that were chosen."""
    from checklist.web import take_along

    if request.method != "POST":
        sheet = take_along.saved_sheet(current.ruleset(), _raised(), store.to_ask())
        return _page(sheet, lost=store.what_was_lost())
    if current.is_stale():
        return _stale_page()
    sheet = _sent()
    if not sheet.validate():
        return _page(sheet, fault="unread"), 422
    try:
        store.keep_to_ask(sheet.chosen(store.to_ask()))
    except store.TooMuchError:
        return _page(sheet, fault="too_much"), 422
    return redirect(_next_page(), 303)


@questions_to_ask.errorhandler(CSRFError)
def _token_is_stale(error: CSRFError) -> ResponseReturnValue:
    return _stale_page()


def _stale_page() -> ResponseReturnValue:
    return _page(_sent(), stale=current.what_happened()), 409


def _next_page() -> str:
    return next_page.out_of_form() or url_for("questions_to_ask.choose")


def _sent() -> "Sheet":
    from checklist.web.take_along import sent_sheet

    return sent_sheet(current.ruleset(), _raised(), request.form)


def _raised() -> tuple[str, ...]:
    from checklist.engine.assess import assess
    from checklist.wording.asking import raised

    ruleset, answers = current.ruleset(), store.answers()
    return raised(ruleset, answers, assess(ruleset, answers))


def _page(
    sheet: "Sheet",
    *,
    fault: Literal["", "unread", "too_much"] = "",
    stale: str = "",
    lost: str = "nothing",
) -> str:
    words = {"run": store.run_id(), "fault": fault, "stale": stale, "lost": lost}
    return render_template("take_along.html", sheet=sheet, **words)
