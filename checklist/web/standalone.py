"""The printed page as one HTML file that needs no other: for the shell and for e-mail."""

from flask import Flask, render_template
from markupsafe import Markup

from checklist import paths
from checklist.views import Summary


def as_html(app: Flask, summary: Summary) -> str:
    """Return the page for paper, with its styles inside and no link to the program.

    Args:
        app: from ``create_app``, for the ruleset that ``summary`` speaks of.
        summary: what the page says.
    """
    with app.test_request_context():
        return render_template(
            "print/doctor.html",
            layout="print/file.html",
            summary=summary,
            screen_style=_style("style.css"),
            print_style=_style("print.css"),
        )


def _style(name: str) -> Markup:
    # Our own file, and never a word of the ruleset or of a person: it may stand as it is.
    return Markup((paths.STATIC / name).read_text("utf-8"))  # noqa: S704
