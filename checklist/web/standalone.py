"""Papers as one HTML file that needs no other: for the shell and for e-mail."""

import re
from base64 import b64encode
from collections.abc import Sequence

from flask import Flask, render_template
from markupsafe import Markup

from checklist import paths
from checklist.paper_names import Letters
from checklist.papers import doctor_page, persons_copy
from checklist.papers.visit import VisitSummary
from checklist.web.print_look import margin_boxes
from checklist.web.sessions import Checklist
from checklist.wording.views import Summary

_FONT_FILE = re.compile(r'url\("(fonts/[\w-]+\.woff2)"\)')


def as_html(app: Flask, summary: Summary) -> str:
    """Return the doctor's page and, behind it, the person's copy as one file.

    Args:
        app: from ``create_app``, for the ruleset that ``summary`` speaks of.
        summary: what the papers say.
    """
    checklist: Checklist = app.extensions["checklist"]
    ruleset = checklist.ruleset
    return file_of(app, [doctor_page(ruleset, summary), persons_copy(ruleset, summary)])


def file_of(
    app: Flask,
    visits: Sequence[VisitSummary],
    letters: Letters = "ordinary",
) -> str:
    """Return papers one after the other, with styles and letters inside.

    Args:
        app: from ``create_app``.
        visits: one paper or more.
        letters: ``large`` has them in large print.
    """
    large = _style("paper-large.css") if letters == "large" else Markup("")
    margins = Markup(margin_boxes(visits[0], letters))  # noqa: S704  # our words
    with app.test_request_context():
        return render_template(
            "print/file.html",
            visits=visits,
            screen_style=_style("style.css"),
            print_style=_style("print.css"),
            paper_style=_style("paper.css") + large + margins,
        )


def _style(name: str) -> Markup:
    # Our own file, and never a word of the ruleset or of a person: it may stand as it is.
    style = (paths.STATIC / name).read_text("utf-8")
    return Markup(_FONT_FILE.sub(_inside, style))  # noqa: S704


def _inside(found: re.Match[str]) -> str:
    content = b64encode((paths.STATIC / found[1]).read_bytes()).decode("ascii")
    return f'url("data:font/woff2;base64,{content}")'
