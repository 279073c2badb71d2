"""The pages that show something: each view calls the core once and renders; and 'clear'.

No rule and no sentence about the subject stands here; redirects go to fixed pages only,
and no answer ever enters an address, a title or an error page. What the first page can do
without is imported where it is used, since whoever starts the program waits for that page.
"""

from datetime import date
from typing import Any, cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from checklist.ruleset.model import Ruleset
from checklist.web import current, looks, next_page, same_for_all, store, teach
from checklist.web.sessions import Keeper

pages = Blueprint("pages", __name__)

_ERROR_CODES = (400, 403, 404, 405, 413, 431, 500, 503)


@pages.get("/")
def start() -> str:
    """Show what this is, what it is not, and where to begin."""
    return current.page("start.html", answered=bool(store.answers() or store.not_known()))


@pages.get("/check")
def check() -> str:
    """Show every question that was asked, with what was said."""
    from checklist.wording.look_again import to_look_at_again
    from checklist.wording.summary import answer_sections

    ruleset, answers = current.ruleset(), store.answers()
    views = answer_sections(ruleset, answers, store.not_known())
    again = to_look_at_again(ruleset, answers)
    return current.page("check.html", sections=views, look_again=again)


@pages.get("/result")
def result() -> str:
    """Show what can be said so far."""
    return current.page("result.html", summary=current.summary())


@pages.get("/trail")
def trail() -> str:
    """Show, sentence by sentence, how the answers led to the result."""
    from checklist.wording.rule_book import rule_book

    return current.page("trail.html", summary=current.summary(), book=rule_book(current.ruleset()))


@pages.get("/how")
def how() -> str:
    """Show every rule in words."""
    return same_for_all.page("how.html", _book, date.today().isoformat())


@pages.get("/words")
def words() -> str:
    """Show every word that is taught."""
    return same_for_all.page("words.html", _terms)


@pages.get("/sources")
def sources() -> str:
    """Show what the rules and notes rest on."""
    return same_for_all.page("sources.html", _book)


def _book(ruleset: Ruleset, today: str) -> dict[str, object]:
    from checklist.wording.rule_book import rule_book

    return {"book": rule_book(ruleset, today)}


def _terms(ruleset: Ruleset, today: str) -> dict[str, object]:
    from checklist.wording.teaching import term_views

    return {"terms": term_views(ruleset)}


@pages.route("/clear", methods=["GET", "POST"])
def clear() -> ResponseReturnValue:
    """Ask once whether to forget everything, then do so."""
    if request.method != "POST":
        return current.page("clear.html", stale="")
    # Not everybody could read the next page without it.
    look: dict[str, Any] = {**looks.chosen(store.display())}
    store.clear()
    return redirect(url_for("pages.cleared", **look), 303)


@pages.get("/cleared")
def cleared() -> ResponseReturnValue:
    """Say that nothing is left; where something is, ask first."""
    if store.is_anything_kept():
        return redirect(url_for("pages.clear"), 303)
    return render_template("cleared.html")


@pages.app_context_processor
def _for_every_page() -> dict[str, object]:
    return {
        "ruleset": current.ruleset(),
        "minutes_kept": _minutes_kept(),
        "go_on": next_page.to_go_on,
    }


def _minutes_kept() -> int | None:
    # Told only where others serve the form; on one's own computer the program's end is the end.
    terms = cast(Keeper, current_app.session_interface).terms
    return terms.idle // 60 if terms.secure else None


@pages.app_template_filter("day")
def _day(iso: str) -> str:
    from checklist.wording.phrases import day_in_words

    return day_in_words(iso)


pages.add_app_template_filter(teach.taught, "taught")
pages.add_app_template_global(same_for_all.part, "for_all")


@pages.errorhandler(CSRFError)
def _token_is_stale(error: CSRFError) -> ResponseReturnValue:
    happened = current.what_happened()
    if happened == "no_cookie":  # then there is nothing left to clear
        return redirect(url_for("pages.cleared"), 303)
    return current.page("clear.html", stale=happened), 409


for _code in _ERROR_CODES:
    pages.app_errorhandler(_code)(current.error_page)
