"""The papers as PDF files to save, where this computer can make them."""

from functools import cache

from flask import Blueprint, Response, abort, request

from checklist.errors import ChecklistError
from checklist.web import current

pdf_papers = Blueprint("pdf_papers", __name__)


@pdf_papers.app_context_processor
def _offer() -> dict[str, object]:
    return {"pdf_offered": _is_offered}


@cache  # what is installed stays so while the program runs
def _is_offered() -> bool:
    from checklist.papers.pdf import is_offered  # a first page does without papers

    return is_offered()


@pdf_papers.get("/print/<name>.pdf")
def file(name: str) -> Response:
    """Send a paper as a PDF file; it is made in memory and kept nowhere."""
    from checklist.papers.paper_files import NAMES, PAGES, file_name, paper, pdf_of

    known = next((each for each in NAMES if each == name), None) or abort(404)
    asked = request.args.get("page", PAGES[0])
    page = next((each for each in PAGES if each == asked), None) or abort(400)
    visit = paper(known, current.ruleset(), current.summary())
    try:
        pdf = pdf_of(known, visit, page, current.display())
    except ChecklistError:
        abort(404)  # no page offers it where it cannot be made
    attachment = {"Content-Disposition": f'attachment; filename="{file_name(known, page)}"'}
    return Response(pdf.content, mimetype="application/pdf", headers=attachment)
