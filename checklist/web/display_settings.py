"""The page on which a person says how they want to see pages: size, spacing, weight, colours.

Needs no script. It leads back to where the person came from, by a name of ours and never by an
address that was sent.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from msgspec.structs import replace
from werkzeug.routing import Map

from checklist.display import OFFERED, Display
from checklist.ruleset.model import Ruleset
from checklist.web import current, looks, next_page, store

display = Blueprint("display", __name__)

Fault = Literal["", "unread", "too_much", "stale", "no_cookie"]

_SECTION = "questionnaire.section"


@display.route("/display", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Show how pages can look, or keep what was chosen and go back."""
    if request.method != "POST":
        return current.page("display.html", **_words(current.display()))
    sent = request.form.to_dict()
    if looks.offered(sent).keys() != sent.keys() & OFFERED.keys():
        return _refused(store.display(), "unread"), 422
    wanted = _wanted()
    try:
        store.keep_display(wanted)
    except store.TooMuchError:
        return _refused(wanted, "too_much"), 422
    return redirect(_way_back(), 303)


@display.errorhandler(CSRFError)
def _token_is_stale(error: CSRFError) -> ResponseReturnValue:
    return _refused(_wanted(), "stale" if current.has_cookie() else "no_cookie"), 409


@display.app_context_processor
def _for_every_page() -> dict[str, object]:
    look = current.display()
    return {"look": looks.classes(look), "looks": looks.chosen(look), "this_page": _this_page}


def _wanted() -> Display:
    return replace(store.display(), **looks.offered(request.form.to_dict()))


def _refused(shown: Display, fault: Fault) -> str:
    # In the look that was asked for, so that it can be read even where it cannot be kept.
    store.what_was_lost()
    words = {**_words(shown), "look": looks.classes(shown), "fault": fault}
    return render_template("display.html", **words)


def _words(shown: Display) -> dict[str, object]:
    return {"shown": shown, "fault": "", "came": _came_by(), "back": _way_back()}


def _this_page() -> dict[str, Any]:
    """Return what leads back to the page at hand, for a link to ``settings``."""
    # Of what was sent only the address: a form that was too large cannot be read again.
    if request.endpoint == "display.settings":
        return _known(request.args)
    section = (request.view_args or {}).get("section_id")
    return _known({**request.args, "page": request.endpoint, "section": section})


def _came_by() -> dict[str, Any]:
    return _known(request.values)


def _known(place: Mapping[str, object]) -> dict[str, Any]:
    # Only names of our own pages, sections and questions.
    ours = _ours(current_app.url_map, current.ruleset())
    return {name: place[name] for name, words in ours.items() if place.get(name) in words}


@lru_cache(maxsize=8)
def _ours(addresses: Map, ruleset: Ruleset) -> Mapping[str, frozenset[str]]:
    pages = {
        rule.endpoint
        for rule in addresses.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    }
    return {
        "page": frozenset(pages | {_SECTION}),
        "section": frozenset(section.id for section in ruleset.sections),
        "from": frozenset(next_page.RETURNS),
        "at": frozenset(ruleset.questions),
    }


def _way_back() -> str:
    came = _came_by()
    page = came.pop("page", "pages.start")
    section = came.pop("section", "")
    if page != _SECTION:
        return url_for(page)
    return url_for(page, section_id=section, **came) if section else url_for("pages.start")
