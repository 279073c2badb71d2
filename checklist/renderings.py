"""What the shell prints of an assessment: text, JSON, or a page that needs no other file."""

import json
from datetime import date
from typing import Literal

from checklist.engine.assess import assess
from checklist.papers import blank_form, persons_copy
from checklist.ruleset.model import Answers, Ruleset
from checklist.wording.summary import summarise
from checklist.wording.views import Summary


def summary_of(ruleset: Ruleset, answers: Answers) -> Summary:
    """Return what follows from the answers, as of today."""
    return summarise(ruleset, answers, assess(ruleset, answers), _today())


def rendered(ruleset: Ruleset, answers: Answers, form: str) -> str:
    """Return what follows from the answers as ``text``, ``json`` or ``html``."""
    if form == "json":
        judged = assess(ruleset, answers).as_dict()
        return json.dumps(judged, ensure_ascii=False, indent=2) + "\n"
    summary = summary_of(ruleset, answers)
    if form == "text":
        from checklist.papers.text import as_text

        return as_text(persons_copy(ruleset, summary))
    from checklist.web import create_app
    from checklist.web.standalone import as_html

    return as_html(create_app(ruleset), summary)


def blank_page(ruleset: Ruleset, letters: Literal["ordinary", "large"]) -> str:
    """Return the form with nothing filled in as a page."""
    from checklist.web import create_app
    from checklist.web.standalone import file_of

    return file_of(create_app(ruleset), [blank_form(ruleset, _today())], letters)


def _today() -> str:
    return date.today().isoformat()
