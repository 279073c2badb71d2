"""What is said of a person: frozen results, and their JSON form.

Every value here holds over all completions of the person's answers. Knows nothing of how
it was worked out, nor of how it is shown. Structs, since these are made for every person, and
cost a fifth of what frozen dataclasses do; they hold no circles for a collector to look for.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from checklist.ruleset.model import Status


class Range(Struct, frozen=True, gc=False):
    """The lowest and highest points over all completions, and the most there could be."""

    low: int
    high: int
    maximum: int

    @property
    def settled(self) -> bool:
        """Return whether no open answer can change the points."""
        return self.low == self.high

    def as_dict(self) -> dict[str, int]:
        """Return the three numbers under their names."""
        return {"low": self.low, "high": self.high, "maximum": self.maximum}


class CriterionResult(Struct, frozen=True, gc=False):
    """What can be said of one criterion.

    ``statuses`` and ``rules`` (numbered from 1) are those that some completion reaches;
    ``missing`` the open questions that matter to the status, in the ruleset's order.
    """

    id: str
    statuses: tuple[Status, ...]
    rules: tuple[int, ...]
    points: Range
    missing: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Return whether every completion gives the same status."""
        return len(self.statuses) == 1

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "statuses": list(self.statuses),
            "rules": list(self.rules),
            "points": self.points.as_dict(),
            "missing": list(self.missing),
        }


class FindOut(Struct, frozen=True, gc=False):
    """An open question that matters to the outcome.

    ``criteria`` are those whose status it matters to. ``left`` is the number of outcomes
    still possible once it is answered, averaged over the answers that rules tell apart:
    the fewer are left, the more the answer tells.
    """

    question: str
    criteria: tuple[str, ...]
    left: float

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "question": self.question,
            "criteria": list(self.criteria),
            "outcomes_left": round(self.left, 3),
        }


class Assessment(Struct, frozen=True, gc=False):
    """Everything that follows from a person's answers, open ones left open.

    ``outcomes`` are those that some completion reaches, in the ruleset's order;
    ``find_out`` has the most telling question first; ``set_aside`` names the questions
    whose given answer counts in no completion, because they do not apply.
    """

    ruleset_id: str
    ruleset_version: str
    score: Range
    outcomes: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]
    find_out: tuple[FindOut, ...]
    set_aside: tuple[str, ...]

    @property
    def by_criterion(self) -> Mapping[str, CriterionResult]:
        """Return criterion id to its result."""
        return {result.id: result for result in self.criteria}

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON, in the documented form."""
        return {
            "ruleset": {"id": self.ruleset_id, "version": self.ruleset_version},
            "score": self.score.as_dict(),
            "outcomes": list(self.outcomes),
            "criteria": [result.as_dict() for result in self.criteria],
            "find_out": [entry.as_dict() for entry in self.find_out],
            "set_aside": list(self.set_aside),
        }
