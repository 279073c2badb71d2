"""The pages: each view reads the request, calls the core once, and renders or redirects.

No rule and no sentence about the subject stands here; redirects go to fixed pages only,
and no answer ever enters an address, a title or an error page. What the first page can do
without is imported where it is used, since whoever starts the program waits for that page.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from checklist.ruleset.model import Question, Ruleset, Section
from checklist.web import current, looks, same_for_all, store, teach
from checklist.web.sessions import Keeper

if TYPE_CHECKING:
    from wtforms import Form

    from checklist.web.take_along import Sheet

pages = Blueprint("pages", __name__)

# Where 'Continue' leads instead of the next section, by the form's own word for it.
_RETURNS = {"check": "pages.check", "result": "pages.result"}
# Pages that follow each other begin at their main part: the next key press is in the first answer.
_MAIN = "main"
_ERROR_CODES = (400, 403, 404, 405, 413, 431, 500, 503)


@pages.get("/")
def start() -> str:
    """Show what this is, what it is not, and where to begin."""
    return current.page("start.html", answered=bool(store.answers() or store.not_known()))


@pages.route("/section/<section_id>", methods=["GET", "POST"])
def section(section_id: str) -> Any:
    """Show one page of questions, or keep what was said on it."""
    from checklist.web import forms

    here = _section_or_404(section_id)
    if request.method != "POST":
        questions = forms.questions_shown(here, current.ruleset(), store.answers())
        return _form_page(
            here, questions, forms.saved_form(questions, store.answers(), store.not_known())
        )
    questions, form = _sent(here)
    if request.form.get("run") != store.run_id():
        return _form_page(here, questions, form, stale=current.what_happened()), 409
    if not form.validate():
        return _form_page(here, questions, form, fault="unread"), 422
    return _kept(here, questions, form)


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


@pages.route("/questions", methods=["GET", "POST"])
def questions() -> Any:
    """Show which questions can be taken along, or keep those that were chosen."""
    from checklist.web import take_along

    if request.method != "POST":
        sheet = take_along.saved_sheet(current.ruleset(), _raised(), store.to_ask())
        return _questions_page(sheet, lost=store.what_was_lost())
    sheet = take_along.sent_sheet(current.ruleset(), _raised(), request.form)
    if request.form.get("run") != store.run_id():
        return _questions_page(sheet, stale=current.what_happened()), 409
    if not sheet.validate():
        return _questions_page(sheet, fault="unread"), 422
    try:
        store.keep_to_ask(sheet.chosen(store.to_ask()))
    except store.TooMuchError:
        return _questions_page(sheet, fault="too_much"), 422
    leads_on = request.form.get("go") == "result"
    here = url_for("pages.result" if leads_on else "pages.questions")
    return redirect(_elsewhere() or here, 303)


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
def clear() -> Any:
    """Ask once whether to forget everything, then do so."""
    if request.method != "POST":
        return current.page("clear.html", stale="")
    # Not everybody could read the next page without it.
    look: dict[str, Any] = {**looks.chosen(store.display())}
    store.clear()
    return redirect(url_for("pages.cleared", **look), 303)


@pages.get("/cleared")
def cleared() -> Any:
    """Say that nothing is left; where something is, ask first."""
    if store.is_anything_kept():
        return redirect(url_for("pages.clear"), 303)
    return render_template("cleared.html")


@pages.app_context_processor
def _for_every_page() -> dict[str, object]:
    return {
        "ruleset": current.ruleset(),
        "minutes_kept": _minutes_kept(),
        "go_on": _where_to_go_on,
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


@pages.app_errorhandler(CSRFError)
def _token_is_stale(error: CSRFError) -> Any:
    # The page comes back with what was typed: nothing is lost, and nothing kept unasked.
    # An address that was made up is not shown its page: here, aborting would be an error of ours.
    here = _section((request.view_args or {}).get("section_id", ""))
    if request.endpoint == "pages.section" and here:
        questions, form = _sent(here)
        return _form_page(here, questions, form, stale=current.what_happened()), 409
    if request.endpoint == "pages.questions":
        from checklist.web.take_along import sent_sheet

        sheet = sent_sheet(current.ruleset(), _raised(), request.form)
        return _questions_page(sheet, stale=current.what_happened()), 409
    if request.endpoint == "pages.clear":
        happened = current.what_happened()
        if happened == "no_cookie":  # then there is nothing left to clear
            return redirect(url_for("pages.cleared"), 303)
        return current.page("clear.html", stale=happened), 409
    return _plain_words(error)


def _plain_words(error: HTTPException) -> Response:
    response = error.get_response()
    response.set_data(render_template("error.html", code=error.code))
    response.content_type = "text/html; charset=utf-8"
    return Response(response.get_data(), error.code, response.headers)


for _code in _ERROR_CODES:
    pages.app_errorhandler(_code)(_plain_words)


def _raised() -> tuple[str, ...]:
    from checklist.engine.assess import assess
    from checklist.wording.asking import raised

    ruleset, answers = current.ruleset(), store.answers()
    return raised(ruleset, answers, assess(ruleset, answers))


def _questions_page(
    sheet: "Sheet",
    *,
    fault: Literal["", "unread", "too_much"] = "",
    stale: str = "",
    lost: str = "nothing",
) -> str:
    words = {"run": store.run_id(), "fault": fault, "stale": stale, "lost": lost}
    return render_template("take_along.html", sheet=sheet, **words)


def _section_or_404(section_id: str) -> Section:
    return _section(section_id) or abort(404)


def _section(section_id: str) -> Section | None:
    return next((s for s in current.ruleset().sections if s.id == section_id), None)


def _sent(here: Section) -> tuple[tuple[Question, ...], "Form"]:
    from checklist.web import forms

    questions = forms.questions_sent(here, request.form)
    return questions, forms.sent_form(questions, request.form)


def _kept(here: Section, questions: tuple[Question, ...], form: "Form") -> Any:
    from checklist.web import forms, way

    said = forms.entries(questions, form)
    try:
        store.keep(said.answers, said.not_known)
    except store.TooMuchError:
        return _form_page(here, questions, form, fault="too_much"), 422
    if elsewhere := _elsewhere():
        return redirect(elsewhere, 303)
    if request.form.get("go") == "stop":
        return redirect(url_for("pages.result", _anchor=_MAIN), 303)
    if request.form.get("go") == "back":
        return redirect(_address_before(here), 303)
    if back_to := _RETURNS.get(request.form.get("from", "")):
        return redirect(url_for(back_to, _anchor=_place_to_return_to()), 303)
    following = way.section_after(here, current.ruleset(), store.answers())
    return redirect(_address(following, "pages.check"), 303)


def _elsewhere() -> str:
    # The ways out of a form that lie outside of it: what was typed is kept first.
    match request.form.get("go"):
        case "display":
            return url_for("display.settings", **_way_back_here())
        case "save":
            return url_for("saved.save")
        case _:
            return ""


def _way_back_here() -> dict[str, Any]:
    came_from = request.form.get("from", "")
    return {
        "page": request.endpoint,
        "section": (request.view_args or {}).get("section_id"),
        "from": came_from if came_from in _RETURNS else None,
        "at": _came_at() or None,
    }


def _form_page(
    here: Section,
    questions: tuple[Question, ...],
    form: "Form",
    *,
    fault: Literal["", "unread", "too_much"] = "",
    stale: str = "",
) -> str:
    from checklist.web.forms import asked
    from checklist.web.questions_shown import filled

    ruleset = current.ruleset()
    came_from = request.values.get("from", "")
    back_to = _RETURNS.get(came_from)
    return render_template(
        "section.html",
        section=here,
        part=ruleset.sections.index(here) + 1,
        terms=teach.words_on(here),
        asked=list(asked(questions, form, ruleset, store.answers())),
        filled=filled,
        run=store.run_id(),
        came_from=came_from if back_to else "",
        came_at=_came_at(),
        back=url_for(back_to) if back_to else _address_before(here),
        lost=store.what_was_lost() if request.method != "POST" else "nothing",
        fault=fault,
        stale=stale,
    )


def _came_at() -> str:
    # The question whose link led here: taken only if it is one of ours.
    asked = request.values.get("at", "")
    return asked if asked in current.ruleset().questions else ""


def _place_to_return_to() -> str:
    # Nobody should have to look for their place on a long page again.
    from_check = request.form.get("from") == "check"
    return f"said-{_came_at()}" if from_check and _came_at() else _MAIN


def _where_to_go_on() -> str:
    from checklist.web import way

    if "to_do" not in g:
        g.to_do = way.section_to_do(current.ruleset(), store.answers(), store.not_known())
    return url_for("pages.section", section_id=g.to_do.id, _anchor=_MAIN) if g.to_do else ""


def _address_before(here: Section) -> str:
    from checklist.web import way

    return _address(way.section_before(here, current.ruleset(), store.answers()), "pages.start")


def _address(target: Section | None, otherwise: str) -> str:
    if target is None:
        return url_for(otherwise, _anchor=_MAIN)
    return url_for("pages.section", section_id=target.id, _anchor=_MAIN)
