"""The papers for the visit: a page to choose one, and each as a page that prints well."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Blueprint, Response
from msgspec import Struct

from checklist.display import LARGE_FROM
from checklist.paper_names import Name, letters_of
from checklist.ruleset.model import Ruleset
from checklist.web import current, store
from checklist.web.print_look import look, margin_boxes

if TYPE_CHECKING:
    from checklist.papers.visit import Block, VisitSummary
    from checklist.wording.views import Summary

papers = Blueprint("papers", __name__)

_LARGER = 18 / 12  # how much larger large print is
_LARGEST = 2.0  # paper.css prints no larger letters


class Sheet(Struct, frozen=True):
    """A paper as it is offered: ``name`` is the end of its address and of its endpoint."""

    name: Name
    title: str
    words: tuple[str, ...]
    sides: str

    @property
    def needs_answers(self) -> bool:
        """Return whether the paper says little until a question is answered."""
        return not self.name.startswith("blank")


@papers.get("/print")
def choose() -> str:
    """Show which papers there are, what each is for and how long it is."""
    return current.page("print/choose.html", sheets=_sheets(), nothing_answered=not store.answers())


@papers.get("/print/doctor")
def doctor() -> str:
    """Show the doctor's page."""
    from checklist.papers.doctor import doctor_page  # a first page does without papers

    return _shown("doctor", doctor_page(current.ruleset(), current.summary()))


@papers.get("/print/copy")
def copy() -> str:
    """Show the person's own copy."""
    return _shown("copy", _copy(current.summary()))


@papers.get("/print/large")
def large() -> str:
    """Show the person's own copy in large print."""
    return _shown("large", _copy(current.summary()))


@papers.get("/print/blank")
def blank() -> str:
    """Show the form to fill in by pen."""
    return _shown("blank", _blank())


@papers.get("/print/blank-large", endpoint="blank-large")
def blank_large() -> str:
    """Show the form to fill in by pen, in large print."""
    return _shown("blank-large", _blank())


@papers.get("/print/margins.css")
def margins() -> Response:
    """Send what stands in the margins of each side; it changes with the day."""
    return Response(margin_boxes(_blank(), "ordinary"), mimetype="text/css")


@papers.get("/print/margins-large.css")
def margins_large() -> Response:
    """Send the same for large print."""
    return Response(margin_boxes(_blank(), "large"), mimetype="text/css")


def _shown(name: Name, visit: "VisitSummary") -> str:
    return current.page(
        "print/paper.html",
        visit=visit,
        name=name,
        paper_look=look(visit, current.display()),
        large_print=_is_large(name),
    )


def _copy(summary: "Summary") -> "VisitSummary":
    from checklist.papers.copy import persons_copy

    return persons_copy(current.ruleset(), summary)


def _is_large(name: Name) -> bool:
    """Return whether a paper takes the layout of large print: by its name, or as somebody reads."""
    if letters_of(name) == "large":
        return True
    return name != "doctor" and current.display().size >= LARGE_FROM


def _scale(name: Name) -> float:
    chosen = min(_LARGEST, current.display().size / 100)
    return max(_LARGER, chosen) if _is_large(name) else max(1.0, chosen)


def _blank() -> "VisitSummary":
    from checklist.papers.blank import blank_form

    return blank_form(current.ruleset(), date.today().isoformat())


def _sheets() -> tuple[Sheet, ...]:
    same = "The same, in large letters."
    return (
        Sheet(
            "doctor",
            "Page for your doctor",
            ("Give this to your doctor. It says the most in the least time.",),
            "It is one side.",
        ),
        Sheet(
            "copy",
            "Your own copy",
            ("Keep this. It holds all of your result, your answers and your questions.",),
            _sides_of_copy("copy"),
        ),
        Sheet(
            "large",
            "Your own copy in large print",
            (same,),
            _sides_of_copy("large"),
        ),
        Sheet(
            "blank",
            "Form to fill in by pen",
            ("Every question with boxes to tick. Nothing that you answered here stands on it.",),
            _sides_of_blank("blank"),
        ),
        Sheet(
            "blank-large",
            "Form to fill in by pen, in large print",
            (same,),
            _sides_of_blank("blank-large"),
        ),
    )


def _sides_of_copy(name: Name) -> str:
    from checklist.papers.length import about_sides_of_copy

    return _about(about_sides_of_copy(current.ruleset(), store.answers().keys(), _scale(name)))


def _sides_of_blank(name: Name) -> str:
    return _about(_count_of_blank(current.ruleset(), _scale(name)))


@lru_cache(maxsize=64)
def _count_of_blank(ruleset: Ruleset, scale: float) -> int:
    from checklist.papers.blank import blank_form
    from checklist.papers.length import about_sides

    return about_sides(blank_form(ruleset, date.today().isoformat()), scale)


def _about(count: int) -> str:
    return f"It takes about {count} sides." if count > 1 else "It takes about one side."


@papers.app_template_filter("kind_of_block")
def _kind_of_block(block: "Block") -> str:
    return type(block).__name__.lower()
