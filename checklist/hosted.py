"""The form as a clinic serves it, for gunicorn or any other WSGI server.

Joins files, core and web as the commands do, with settings from the environment.
"""

import logging
import os
import sys
from typing import TYPE_CHECKING

from checklist import paths
from checklist.errors import Problem, RulesetError
from checklist.output import say_problems
from checklist.web.hosting import RULES_SETTING, Hosting, SettingsError, hosting_from

if TYPE_CHECKING:
    from flask import Flask

    from checklist.ruleset.model import Ruleset

# How gunicorn's workers say that an application cannot be loaded. After any other status it
# would start the next worker, and the next.
CANNOT_START = 4


def app() -> "Flask":
    """Return the application; where that cannot be, say why in plain lines and end."""
    hosting, faults = _hosting()
    ruleset, problems = _ruleset()
    if hosting is None or ruleset is None:
        say_problems([*faults, *problems])
        sys.exit(CANNOT_START)
    from checklist.web import create_app

    _set_up_log()
    return create_app(ruleset, hosting=hosting)


def _hosting() -> tuple[Hosting | None, list[Problem]]:
    try:
        return hosting_from(os.environ), []
    except SettingsError as error:
        return None, [Problem(fault) for fault in error.faults]


def _ruleset() -> "tuple[Ruleset | None, list[Problem]]":
    from checklist.loading.loader import load_ruleset

    try:
        return load_ruleset(os.environ.get(RULES_SETTING) or str(paths.RULES)), []
    except RulesetError as error:
        return None, list(error.problems)


def _set_up_log() -> None:
    # One place for the lines on requests and for the errors of the form, both without answers.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("checklist")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
