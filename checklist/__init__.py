"""Checklist: read a ruleset, judge answers by it exactly, say what follows.

>>> import checklist
>>> ruleset = checklist.load_ruleset("rules.yaml")
>>> checklist.assess(ruleset, {}).as_dict()
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.engine.assess import assess
    from checklist.errors import AnswersError, RulesetError
    from checklist.loading.loader import load_ruleset

__all__ = ["AnswersError", "RulesetError", "__version__", "assess", "load_ruleset"]
__version__ = "0.1.0"

_FOUND_IN = {
    "AnswersError": "checklist.errors",
    "RulesetError": "checklist.errors",
    "assess": "checklist.engine.assess",
    "load_ruleset": "checklist.loading.loader",
}


def __getattr__(name: str) -> object:
    # Imported when first asked for: a command imports no more than it needs.
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FOUND_IN[name]), name)
