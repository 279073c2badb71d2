"""The papers as PDF files to save, where this computer can make them."""

from functools import cache
from threading import BoundedSemaphore

from flask import Blueprint, Response, abort, request

from checklist.errors import ChecklistError
from checklist.paper_names import NAMES, PAGES, file_name
from checklist.web import current

pdf_papers = Blueprint("pdf_papers", __name__)

# So many are made at a time: setting a long paper keeps a processor busy, and whoever asks
# for a hundred must not keep everybody else from their pages.
AT_ONCE = BoundedSemaphore(2)


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
    from checklist.papers.paper_files import paper, pdf_of

    # Another site's link may open a page of ours, but not put a person's answers into a folder.
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        abort(403)
    known = next((each for each in NAMES if each == name), None) or abort(404)
    asked = request.args.get("page", PAGES[0])
    page = next((each for each in PAGES if each == asked), None) or abort(400)
    if not AT_ONCE.acquire(blocking=False):
        abort(503)
    try:
        visit = paper(known, current.ruleset(), current.summary())
        pdf = pdf_of(known, visit, page, current.display())
    except ChecklistError:
        abort(404)  # no page offers it where it cannot be made
    finally:
        AT_ONCE.release()
    attachment = {"Content-Disposition": f'attachment; filename="{file_name(known, page)}"'}
    return Response(pdf.content, mimetype="application/pdf", headers=attachment)
