"""The papers under the names by which browser and shell ask for them, each as a PDF."""

from typing import assert_never

from checklist.display import Display
from checklist.paper_names import Name, Page, letters_of
from checklist.papers import blank_form, doctor_page, persons_copy
from checklist.papers.pdf import Pdf, as_pdf
from checklist.papers.visit import VisitSummary
from checklist.ruleset.model import Ruleset
from checklist.wording.views import Summary


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
    return as_pdf(visit, page=page, letters=letters_of(name), display=display)
