"""Read every ``when``, ``enable_when``, ``never`` and condition: which names each may test."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import UNSET

from checklist.errors import quote
from checklist.loading import schema
from checklist.loading.document import Path
from checklist.loading.naming import RESERVED, Names, question_domain
from checklist.ruleset.conditions import BadTestError, Domain, WordDomain, idle_parts, read_test
from checklist.ruleset.model import STATUSES, Expectation, OneOf, When

_MAY_TEST_FACTS = ("criteria", "facts", "promises")


class WhenReader:
    """Reads the conditions of one ruleset; faults go to its ``names``."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.order = {name: number for number, name in enumerate(names.questions)}
        single = [n for n, q in names.questions.items() if question_domain(q) is not None]
        counts = [n for n, f in names.facts.items() if isinstance(f, schema.Count)]
        self.single = dict.fromkeys(single)
        self.in_rules = dict.fromkeys([*single, *names.facts])
        self.in_tallies = dict.fromkeys([*single, *counts])
        self.in_outcomes = dict.fromkeys([*names.criteria, "score"])
        self.in_promises = dict.fromkeys([*single, *names.facts, *names.criteria, *RESERVED])

    def of_rule(self, raw: Mapping[str, Any], path: Path) -> When:
        """Return the ``when`` of a rule: questions with one answer, and facts."""
        return self._read(raw, path, self.in_rules)

    def of_tally(self, raw: Mapping[str, Any], path: Path) -> When:
        """Return a condition of a tally: questions with one answer, and counts."""
        known = self.in_rules.keys() - self.in_tallies.keys() - self.names.soundness.vague
        tallies = [name for name in raw if name in known]
        for name in tallies:
            message = f"{quote(name)} is a tally, and no tally builds on a tally; repeat what it"
            self.names.fault(
                f"{message} counts, or test both in a rule", (*path, name), at_key=True
            )
        rest = {name: test for name, test in raw.items() if name not in tallies}
        return self._read(rest, path, self.in_tallies)

    def of_outcome(self, raw: Mapping[str, Any], path: Path) -> When:
        """Return the ``when`` of an outcome: criteria and the score."""
        return self._read(raw, path, self.in_outcomes)

    def of_promise(self, raw: Mapping[str, Any], path: Path) -> When:
        """Return what a promise rules out: anything that can be tested."""
        return self._read(raw, path, self.in_promises)

    def of_question(self, raw: Mapping[str, Any], asked: str, path: Path) -> When:
        """Return the ``enable_when`` of the question ``asked``: earlier questions only."""
        ahead = {}
        for name, test in raw.items():
            here = (*path, name)
            if name == asked:
                message = "a question cannot depend on its own answer; test an earlier one"
                self.names.fault(message, here, at_key=True)
            elif self.order.get(name, -1) > self.order[asked]:
                message = (
                    f"{quote(name)} is asked later, and only earlier questions can be tested; "
                    "move this question below it"
                )
                self.names.fault(message, here, at_key=True)
            else:
                ahead[name] = test
        if ahead.keys() <= self.single.keys():
            return self._read(ahead, path, self.single)
        earlier = list(self.order)[: self.order[asked]]  # only these are offered as advice
        return self._read(ahead, path, [name for name in earlier if name in self.single])

    def expectation(self, raw: schema.Expect, path: Path) -> Expectation:
        """Return what a case expects: each value given alone, or as all that stay possible."""
        outcomes = None
        if raw.outcome is not UNSET:
            outcomes = self._words(raw.outcome, self.names.domain("outcome"), (*path, "outcome"))
        criteria = {
            name: self._words(statuses, WordDomain(STATUSES), (*path, "criteria", name))
            for name, statuses in raw.criteria.items()
            if self.names.check_known(
                name, self.names.criteria, "criterion", (*path, "criteria", name), at_key=True
            )
        }
        return Expectation(outcomes, self._score(raw.score, (*path, "score")), criteria)

    def _words(self, raw: object, domain: Domain | None, path: Path) -> frozenset[str]:
        if domain is None:
            return frozenset()
        try:
            test = read_test(raw, domain)
        except BadTestError as error:
            self.names.bad_test(error, path)
            return frozenset()
        return test.words if isinstance(test, OneOf) else frozenset()

    def _score(self, raw: object, path: Path) -> tuple[int, int] | None:
        if raw is UNSET:
            return None
        match raw if isinstance(raw, list) else [raw, raw]:
            case [int(low), int(high)] if bool not in (type(low), type(high)):
                return low, high
        self.names.fault("this must be a whole number, or [lowest, highest]", path)
        return None

    def _read(self, raw: Mapping[str, Any], path: Path, allowed: Collection[str]) -> When:
        read: dict[str, Any] = {}
        for name, test in raw.items():
            here = (*path, name)
            domain = self.names.domain(name) if name in allowed else None
            if name in self.names.soundness.vague:
                self.names.soundness.mark(here)
            elif domain is None:
                self._cannot_test(name, allowed, here)
            else:
                try:
                    read[name] = read_test(test, domain)
                except BadTestError as error:
                    self.names.bad_test(error, here)
                else:
                    self._doubt(test, domain, here)
        return read

    def _doubt(self, test: object, domain: Domain, path: Path) -> None:
        # Where a whole test of a rule or question fails, `verify` finds it by what follows; and
        # a promise may well rule out what is not possible in the first place.
        parts, idle = idle_parts(test, domain)
        if idle and path[0] != "promises" and (len(idle) < parts or path[0] == "facts"):
            listed = ", ".join(quote(part) for part in idle)
            self.names.doubt(f"no answer can pass the test {listed}; take it out", path)

    def _cannot_test(self, name: str, allowed: Collection[str], path: Path) -> None:
        names = self.names
        if name in allowed:
            names.soundness.mark(path)  # a count of what cannot be counted: told there
        elif name in names.questions and name not in self.single:
            kind = names.questions[name].type
            if kind == "text":
                end = "which is never scored"
            elif path[0] in _MAY_TEST_FACTS:
                end = f"and can be tested only by a fact; make one with 'count: {name}'"
            else:
                end = f"which cannot be tested here{names.advice(name, allowed)}"
            names.fault(f"{quote(name)} is a {kind} question, {end}", path, at_key=True)
        elif what := _kind(name, names):
            message = f"{quote(name)} is a {what}, which cannot be tested here"
            message += names.advice(name, allowed)
            names.fault(message, path, at_key=True)
        elif name in RESERVED:
            message = f"{quote(name)} can be tested only by promises{_also(name)}"
            names.fault(message, path, at_key=True)
        else:
            names.check_known(name, allowed, "name", path, at_key=True)


def _kind(name: str, names: Names) -> str:
    if name in names.questions:
        return "question"
    if name in names.facts:
        return "fact"
    return "criterion" if name in names.criteria else ""


def _also(name: str) -> str:
    return " and outcomes" if name == "score" else ""
