"""Save my answers, open them again, compare them with today's: files that the person keeps.

Nothing of a file is ever stored here: what was opened waits sealed on the page until it is
confirmed, and the name of the file is never looked at.
"""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from checklist.web import current, store
from checklist.wording.file_entries import Fault
from checklist.wording.saved_file import NotOpenedError, Opened, open_file, write_file

saved = Blueprint("saved", __name__)

# The same for everybody: a name must tell nothing of what is inside.
FILE_NAME = "my-answers.json"
_NO_FILE = Fault("", "No file was chosen.")
_TOO_MUCH = Fault("", "It holds more of your own words than this program can keep.")


@saved.route("/save", methods=["GET", "POST"])
def save() -> ResponseReturnValue:
    """Say what a file of answers is and who can read it; on a POST, hand it out."""
    if request.method != "POST" or not store.is_anything_kept():
        return _page("save.html")
    text = write_file(current.ruleset(), store.said(), date.today().isoformat())
    # A POST, so that no link on another site can put the answers into a folder.
    response = Response(text, content_type="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=FILE_NAME)
    return response


@saved.route("/open", methods=["GET", "POST"])
def open_saved() -> ResponseReturnValue:
    """Take a file, and show what is in it before anything changes."""
    if request.method != "POST":
        return _page("open.html")
    if current.is_stale():
        return _page("open.html", stale=current.what_happened()), 409
    try:
        opened = _opened()
        sealed = store.seal_for_page(opened.said)
    except NotOpenedError as error:
        return _page("open.html", faults=error.faults), 422
    except store.TooMuchError:
        return _page("open.html", faults=(_TOO_MUCH,)), 422
    from checklist.wording.comparison import asks_side_by_side, side_by_side

    beside = side_by_side(current.ruleset(), opened.said, store.said())
    asks = asks_side_by_side(opened.said, store.said())
    return _page("opening.html", opened=opened, sealed=sealed, beside=beside, asks=asks)


@saved.route("/opened", methods=["GET", "POST"])
def opened() -> ResponseReturnValue:
    """Take up what was shown and confirmed; on a GET, say that it was."""
    if request.method != "POST":
        return _page("opened.html") if store.is_anything_kept() else _to("saved.open_saved")
    try:
        taken = not current.is_stale() and store.take_over(request.form.get("sealed", ""))
    except store.TooMuchError:
        return _page("open.html", faults=(_TOO_MUCH,)), 422
    if not taken:
        return _page("open.html", stale=current.what_happened()), 409
    return _to("saved.opened")


@saved.route("/compare", methods=["GET", "POST"])
def compare() -> ResponseReturnValue:
    """Show an earlier file beside today's answers; keep nothing of it."""
    if request.method != "POST":
        return _page("compare.html")
    if current.is_stale():
        return _page("compare.html", stale=current.what_happened()), 409
    try:
        opened = _opened()
    except NotOpenedError as error:
        return _page("compare.html", faults=error.faults), 422
    from checklist.wording.about import purpose
    from checklist.wording.comparison import compare as compared  # a first page does without

    return _page(
        "comparison.html",
        opened=opened,
        today=date.today().isoformat(),
        found=compared(current.ruleset(), opened.said, store.said()),
        purpose=purpose(current.ruleset()),
    )


@saved.errorhandler(CSRFError)
def _token_is_stale(error: CSRFError) -> ResponseReturnValue:
    # Browsers never fill in a file again: the page comes back and asks for it.
    pages = {"saved.save": "save.html", "saved.compare": "compare.html"}
    return _page(pages.get(request.endpoint or "", "open.html"), stale=current.what_happened()), 409


def _opened() -> Opened:
    file = request.files.get("file")
    content = file.read() if file else b""
    if not (file and (file.filename or content)):
        raise NotOpenedError([_NO_FILE])
    return open_file(current.ruleset(), content)


def _page(
    template: str, *, faults: tuple[Fault, ...] = (), stale: str = "", **words: object
) -> str:
    lost = "nothing" if stale else store.what_was_lost()
    return render_template(
        template,
        lost=lost,
        stale=stale,
        faults=faults,
        run=store.run_id(),
        anything_kept=store.is_anything_kept(),
        file_name=FILE_NAME,
        **words,
    )


def _to(endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint), 303)
