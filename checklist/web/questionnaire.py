"""The pages of questions: each shows a section of the ruleset, and keeps what was said on it.

What the first page can do without is imported where it is used.
"""

from typing import TYPE_CHECKING, Literal

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from checklist.ruleset.model import Question, Section
from checklist.web import current, next_page, store, teach

if TYPE_CHECKING:
    from wtforms import Form

questionnaire = Blueprint("questionnaire", __name__)


@questionnaire.route("/section/<section_id>", methods=["GET", "POST"])
def section(section_id: str) -> ResponseReturnValue:
    """Show one page of questions, or keep what was said on it."""
    here = _section(section_id) or abort(404)
    if request.method != "POST":
        return _kept_page(here)
    if current.is_stale():
        return _stale_page(here)
    questions, form = _sent(here)
    if not form.validate():
        return _page(here, questions, form, fault="unread"), 422
    return _kept(here, questions, form)


@questionnaire.errorhandler(CSRFError)
def _token_is_stale(error: CSRFError) -> ResponseReturnValue:
    # The page comes back with what was typed: nothing is lost, and nothing kept unasked.
    # An address that was made up is not shown its page: here, aborting would be an error of ours.
    here = _section((request.view_args or {}).get("section_id", ""))
    return _stale_page(here) if here else current.error_page(error)


def _section(section_id: str) -> Section | None:
    return next((s for s in current.ruleset().sections if s.id == section_id), None)


def _kept_page(here: Section) -> str:
    from checklist.web import forms

    questions = forms.questions_shown(here, current.ruleset(), store.answers())
    form = forms.saved_form(questions, store.answers(), store.not_known())
    return _page(here, questions, form, lost=store.what_was_lost())


def _stale_page(here: Section) -> ResponseReturnValue:
    return _page(here, *_sent(here), stale=current.what_happened()), 409


def _sent(here: Section) -> tuple[tuple[Question, ...], "Form"]:
    from checklist.web import forms

    questions = forms.questions_sent(here, request.form)
    return questions, forms.sent_form(questions, request.form)


def _kept(here: Section, questions: tuple[Question, ...], form: "Form") -> ResponseReturnValue:
    from checklist.web import forms

    said = forms.entries(questions, form)
    try:
        store.keep(said.answers, said.not_known)
    except store.TooMuchError:
        return _page(here, questions, form, fault="too_much"), 422
    return redirect(next_page.after(here), 303)


def _page(
    here: Section,
    questions: tuple[Question, ...],
    form: "Form",
    *,
    fault: Literal["", "unread", "too_much"] = "",
    stale: str = "",
    lost: str = "nothing",
) -> str:
    from checklist.web.forms import asked
    from checklist.web.questions_shown import filled

    ruleset = current.ruleset()
    return render_template(
        "section.html",
        section=here,
        part=ruleset.sections.index(here) + 1,
        terms=teach.words_on(here),
        asked=list(asked(questions, form, ruleset, store.answers())),
        filled=filled,
        run=store.run_id(),
        came_from=next_page.came_from(),
        came_at=next_page.came_at(),
        back=next_page.back_from(here),
        lost=lost,
        fault=fault,
        stale=stale,
    )
