"""Read every ``when``, ``enable_when``, ``never`` and condition: which names each may test."""

from collections.abc import Iterable, Mapping
from typing import Any

from checklist import schema
from checklist.conditions import BadTestError, WordDomain, read_test
from checklist.errors import nearest, quote
from checklist.model import STATUSES, Expectation, OneOf, When
from checklist.naming import RESERVED, Names, question_domain
from checklist.yaml_text import Path


class WhenReader:
    """Reads the conditions of one ruleset; faults go to its ``names``."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.single = [n for n, q in names.questions.items() if question_domain(q) is not None]
        self.counts = [n for n, f in names.facts.items() if isinstance(f, schema.Count)]

    def of_rule(self, raw: Mapping[str, Any] | None, path: Path) -> When:
        """Return the ``when`` of a rule: questions with one answer, and facts."""
        return self._read(raw, path, [*self.single, *self.names.facts])

    def of_tally(self, raw: Mapping[str, Any], path: Path) -> When:
        """Return a condition of a tally: questions with one answer, and counts."""
        return self._read(raw, path, [*self.single, *self.counts])

    def of_outcome(self, raw: Mapping[str, Any] | None, path: Path) -> When:
        """Return the ``when`` of an outcome: criteria and the score."""
        return self._read(raw, path, [*self.names.criteria, "score"])

    def of_promise(self, raw: Mapping[str, Any], path: Path) -> When:
        """Return what a promise rules out: anything that can be tested."""
        names = self.names
        return self._read(raw, path, [*self.single, *names.facts, *names.criteria, *RESERVED])

    def of_question(self, raw: Mapping[str, Any] | None, asked: str, path: Path) -> When:
        """Return the ``enable_when`` of the question ``asked``: earlier questions only."""
        order = list(self.names.questions)
        earlier = order[: order.index(asked)]
        for name in raw or {}:
            if name == asked:
                message = f"{quote(name)} cannot depend on its own answer (a circle)"
                self.names.fault(message, (*path, name), at_key=True)
            elif name in self.names.questions and name not in earlier:
                message = f"{quote(name)} is asked later; only earlier questions can be tested"
                self.names.fault(message, (*path, name), at_key=True)
        ahead = {
            name: test for name, test in (raw or {}).items() if name not in order or name in earlier
        }
        return self._read(ahead, path, [name for name in self.single if name in earlier])

    def expectation(self, raw: schema.Expect, path: Path) -> Expectation:
        """Return what a case expects: each value given alone, or as all that stay possible."""
        outcomes = None
        if raw.outcome is not None:
            domain = WordDomain(tuple(self.names.outcomes))
            outcomes = self._words(raw.outcome, domain, (*path, "outcome"))
        criteria = {
            name: self._words(statuses, WordDomain(STATUSES), (*path, "criteria", name))
            for name, statuses in (raw.criteria or {}).items()
            if self.names.check_known(
                name, self.names.criteria, "criterion", (*path, "criteria", name), at_key=True
            )
        }
        return Expectation(outcomes, self._score(raw.score, (*path, "score")), criteria)

    def _words(self, raw: object, domain: WordDomain, path: Path) -> frozenset[str]:
        try:
            test = read_test(raw, domain)
        except BadTestError as error:
            self.names.fault(str(error), path)
            return frozenset()
        return test.words if isinstance(test, OneOf) else frozenset()

    def _score(self, raw: object, path: Path) -> tuple[int, int] | None:
        if raw is None:
            return None
        match raw if isinstance(raw, list) else [raw, raw]:
            case [int(low), int(high)] if bool not in (type(low), type(high)):
                return low, high
        self.names.fault("this must be a whole number, or [lowest, highest]", path)
        return None

    def _read(self, raw: Mapping[str, Any] | None, path: Path, allowed: Iterable[str]) -> When:
        may_test = list(allowed)
        read: dict[str, Any] = {}
        for name, test in (raw or {}).items():
            here = (*path, name)
            if name not in may_test:
                self._cannot_test(name, may_test, here)
                continue
            domain = self.names.domain(name)
            if domain is None:  # a count of something that cannot be counted: said there
                self.names.broken.update(self.names.document.spell(path).split(".")[1:2])
                continue
            try:
                read[name] = read_test(test, domain)
            except BadTestError as error:
                self.names.fault(str(error), here)
        return read

    def _cannot_test(self, name: str, allowed: list[str], path: Path) -> None:
        names = self.names
        advice = nearest(name, allowed)
        if name in names.questions and name not in self.single:
            kind = names.questions[name].type
            end = "is never scored" if kind == "text" else "can be tested only through a fact"
            names.fault(f"{quote(name)} is a {kind} question, which {end}", path, at_key=True)
        elif name in names.questions or name in names.facts or name in names.criteria:
            names.fault(f"{quote(name)} cannot be tested here; {advice}", path, at_key=True)
        elif name in RESERVED:
            names.fault(
                f"{quote(name)} can be tested only by promises{_also(name)}", path, at_key=True
            )
        else:
            names.check_known(name, allowed, "name", path, at_key=True)


def _also(name: str) -> str:
    return " and outcomes" if name == "score" else ""
