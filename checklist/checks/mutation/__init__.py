"""One change at a time: how well do a ruleset's cases and promises guard its rules?"""

from checklist.checks.mutation.guards import Guarded, Unnoticed, try_changes

__all__ = ["Guarded", "Unnoticed", "try_changes"]
