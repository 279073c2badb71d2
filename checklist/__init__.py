"""Checklist: read a ruleset, judge answers by it exactly, say what follows.

>>> import checklist
>>> ruleset = checklist.load_ruleset("rules.yaml")
>>> checklist.assess(ruleset, {}).as_dict()
"""

from checklist.engine import assess
from checklist.errors import AnswersError, RulesetError
from checklist.loader import load_ruleset

__all__ = ["AnswersError", "RulesetError", "__version__", "assess", "load_ruleset"]
__version__ = "0.1.0"
