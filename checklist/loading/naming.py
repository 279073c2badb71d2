"""Which names a ruleset defines, and the faults in how it uses them.

Questions, facts and criteria share one set of names, since promises may test any of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from checklist.errors import Advisor, Problem, quote
from checklist.loading import schema
from checklist.loading.document import Path, is_stand_in
from checklist.loading.shape import Shaped
from checklist.loading.soundness import Soundness
from checklist.ruleset.conditions import BadTestError, Domain, NumberDomain, WordDomain
from checklist.ruleset.model import STATUSES

RESERVED = ("score", "outcome")

# Where names of each kind are defined.
_DEFINED_IN = {
    "name": ("sections", "facts", "criteria"),
    "question": ("sections",),
    "multi_choice or grid question": ("sections",),
    "criterion": ("criteria",),
    "source": ("sources",),
    "evidence": ("evidence",),
    "figure": ("figures",),
    "term": ("glossary",),
}


class Names:
    """The names of one ruleset, and a collector of problems with their places.

    ``doubts`` are findings that do not stop a ruleset from being loaded: see ``verify``.
    """

    def __init__(self, shaped: Shaped, ruleset: schema.Ruleset) -> None:
        self.document = shaped.document
        self.soundness = Soundness(shaped, ruleset)
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.questions: dict[str, schema.Question] = {}
        for section in ruleset.sections:
            for question in section.questions:
                self.questions.setdefault(question.id, question)
        self.facts: Mapping[str, schema.Count | schema.Tally] = ruleset.facts
        self.criteria = {criterion.id: criterion for criterion in ruleset.criteria}
        self.outcomes = dict.fromkeys(outcome.id for outcome in ruleset.outcomes)
        self.sources = ruleset.sources
        self.evidence = ruleset.evidence
        self._advisor = Advisor()
        self._domains: dict[str, Domain | None] = {}
        self._define(ruleset)

    def fault(self, message: str, path: Path, *, at_key: bool = False) -> None:
        """Record a fault at the value (or at the key) that ``path`` leads to."""
        if self.soundness.is_given(path):
            self.problems.append(self._problem(message, path, at_key=at_key))
            self.soundness.mark(path)

    def bad_test(self, error: BadTestError, path: Path) -> None:
        """Record a test that cannot be read, with advice on a word that it cannot be."""
        advice = self.advice(error.given, error.allowed) if error.allowed else ""
        self.fault(f"{error}{advice}", path)

    def doubt(self, message: str, path: Path) -> None:
        """Record what is no fault but cannot be meant, for ``checklist check``."""
        problem = self._problem(message, path)
        self.doubts.append(replace(problem, kind="test_never_holds"))

    def check_known(
        self, name: str, known: Collection[str], what: str, path: Path, *, at_key: bool = False
    ) -> bool:
        """Return whether ``name`` is among ``known``; record a fault if it is nowhere defined."""
        if name in known:
            return True
        if self.may_be_lost(name, what):
            self.soundness.mark(path)
        else:
            start = "nothing is named" if what == "name" else f"there is no {what}"
            message = f"{start} {quote(name)}{self.advice(name, known)}"
            self.fault(message, path, at_key=at_key)
        return False

    def may_be_lost(self, name: str, what: str) -> bool:
        """Return whether ``name`` may be defined where the file could not be read."""
        unread = any((part,) in self.soundness.stand_ins for part in _DEFINED_IN.get(what, ()))
        return unread or name in self.soundness.vague

    def advice(self, name: str, known: Collection[str]) -> str:
        """Return the end of a message about a name that is not known."""
        return self._advisor.advice(name, [other for other in known if not is_stand_in(other)])

    def check_cited(self, ids: Iterable[str], known: Collection[str], path: Path) -> None:
        """Record a fault for each cited source or piece of evidence that is not defined."""
        what = "source" if path[-1] == "sources" else "evidence"
        for number, name in enumerate(ids):
            self.check_known(name, known, what, (*path, number))

    def domain(self, name: str) -> Domain | None:
        """Return what a tested name can be, or None if that is not known."""
        if name in self.soundness.vague:
            return None
        if name not in self._domains:
            self._domains[name] = self._domain(name)
        return self._domains[name]

    def _domain(self, name: str) -> Domain | None:
        if name in self.facts:
            fact = self.facts[name]
            if isinstance(fact, schema.Tally):
                return NumberDomain(0, len(fact.tally))
            slots = counted_slots(self.questions.get(fact.count))
            return NumberDomain(0, len(fact.items or slots)) if slots else None
        if name in self.questions:
            return question_domain(self.questions[name])
        if name in self.criteria:
            return WordDomain(STATUSES)
        if name == "outcome":
            return WordDomain(self.outcomes)
        points = [[rule.points for rule in c.rules] for c in self.criteria.values()]
        return NumberDomain(min(0, sum(map(min, points))), max(0, sum(map(max, points))))

    def _problem(self, message: str, path: Path, *, at_key: bool = False) -> Problem:
        place = self.document.key_place(path) if at_key else self.document.place(path)
        return Problem(message, self.document.spell(path), place)

    def _define(self, ruleset: schema.Ruleset) -> None:
        taken: dict[str, str] = dict.fromkeys(RESERVED, "a word of the format")
        for name, what, path, at_key in _definitions(ruleset):
            if name in taken:
                message = f"the name {quote(name)} is taken: it is {taken[name]}; choose another"
                self.fault(message, path, at_key=at_key)
            line = (self.document.key_place if at_key else self.document.place)(path).line
            taken.setdefault(name, f"{what} in line {line}")
        for part in ("sections", "outcomes", "background", "choices"):
            self._once(part, [entry.id for entry in getattr(ruleset, part)])

    def _once(self, part: str, ids: list[str]) -> None:
        lines: dict[str, int] = {}
        for number, name in enumerate(ids):
            path: Path = (part, number, "id")
            line = self.document.place(path).line
            if name in lines:
                message = f"the name {quote(name)} is taken in line {lines[name]}; choose another"
                self.fault(message, path)
            lines.setdefault(name, line)


def _definitions(ruleset: schema.Ruleset) -> Iterator[tuple[str, str, Path, bool]]:
    for n, section in enumerate(ruleset.sections):
        for m, question in enumerate(section.questions):
            yield question.id, "a question", ("sections", n, "questions", m, "id"), False
    for name in ruleset.facts:
        yield name, "a fact", ("facts", name), True
    for n, criterion in enumerate(ruleset.criteria):
        yield criterion.id, "a criterion", ("criteria", n, "id"), False


def question_domain(question: schema.Question) -> Domain | None:
    """Return what an answer to a yes_no, choice or integer question can be, else None."""
    if isinstance(question, schema.YesNo):
        return WordDomain(("yes", "no"))
    if isinstance(question, schema.Choice):
        return WordDomain(question.options)
    if isinstance(question, schema.Integer):
        ends = sorted((question.minimum, question.maximum))
        return NumberDomain(*ends)
    return None


def counted_slots(question: schema.Question | None) -> Mapping[str, str]:
    """Return what a count over a grid or multi_choice can count, else nothing."""
    if isinstance(question, schema.Grid):
        return question.items
    return question.options if isinstance(question, schema.MultiChoice) else {}
