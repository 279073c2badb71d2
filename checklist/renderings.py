"""What the shell prints of an assessment: text, JSON, or a page that needs no other file."""

import json
from datetime import date

from checklist.engine.assess import assess
from checklist.paper_names import Letters
from checklist.papers import blank_form, persons_copy
from checklist.ruleset.model import Ruleset
from checklist.wording.saved_file import Said
from checklist.wording.summary import summarise
from checklist.wording.views import Summary


def summary_of(ruleset: Ruleset, said: Said) -> Summary:
    """Return what follows from what was said, as of today."""
    judged = assess(ruleset, said.answers)
    return summarise(ruleset, said.answers, judged, _today(), said.not_known, said.to_ask)


def rendered(ruleset: Ruleset, said: Said, form: str) -> str:
    """Return what follows from what was said as ``text``, ``json`` or ``html``."""
    if form == "json":
        judged = assess(ruleset, said.answers).as_dict()
        return json.dumps(judged, ensure_ascii=False, indent=2) + "\n"
    summary = summary_of(ruleset, said)
    if form == "text":
        from checklist.papers.text import as_text

        return as_text(persons_copy(ruleset, summary))
    from checklist.web import create_app
    from checklist.web.standalone import as_html

    return as_html(create_app(ruleset), summary)


def blank_page(ruleset: Ruleset, letters: Letters) -> str:
    """Return the form with nothing filled in as a page."""
    from checklist.web import create_app
    from checklist.web.standalone import file_of

    return file_of(create_app(ruleset), [blank_form(ruleset, _today())], letters)


def _today() -> str:
    return date.today().isoformat()
