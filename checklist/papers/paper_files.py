"""The papers under the names by which browser and shell ask for them, each as a PDF."""

from typing import Literal, assert_never, get_args

from checklist.display import Display
from checklist.papers import blank_form, doctor_page, persons_copy
from checklist.papers.pdf import Pdf, as_pdf
from checklist.papers.pdf_look import Letters, Page
from checklist.papers.visit import VisitSummary
from checklist.ruleset.model import Ruleset
from checklist.wording.views import Summary

Name = Literal["doctor", "copy", "large", "blank", "blank-large"]
NAMES: tuple[Name, ...] = get_args(Name)
PAGES: tuple[Page, ...] = get_args(Page)


def paper(name: Name, ruleset: Ruleset, summary: Summary) -> VisitSummary:
    """Return the paper of this name, its words the same in large print as in ordinary."""
    match name:
        case "doctor":
            return doctor_page(ruleset, summary)
        case "copy" | "large":
            return persons_copy(ruleset, summary)
        case "blank" | "blank-large":
            return blank_form(ruleset, summary.date)
        case _:
            assert_never(name)


def is_large(name: Name) -> bool:
    """Return whether the paper of this name is in large print."""
    return name in ("large", "blank-large")


def pdf_of(name: Name, visit: VisitSummary, page: Page, display: Display) -> Pdf:
    """Return the paper of this name as a PDF.

    Args:
        name: ``large`` and ``blank-large`` are in large print.
        visit: from ``paper`` for the same name.
        page: the size of the sheet.
        display: how the person wants to read.

    Raises:
        ChecklistError: there is no typst here to make a PDF with.
    """
    letters: Letters = "large" if is_large(name) else "ordinary"
    return as_pdf(visit, page=page, letters=letters, display=display)


def file_name(name: Name, page: Page) -> str:
    """Return the name for the file; it says nothing of what was answered."""
    return f"checklist-{name}-{page}.pdf"
