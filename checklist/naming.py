"""Which names a ruleset defines, and the faults in how it uses them.

Questions, facts and criteria share one set of names, since promises may test any of them.
"""

from collections.abc import Iterable, Iterator, Mapping

from checklist import schema
from checklist.conditions import Domain, NumberDomain, WordDomain
from checklist.errors import Problem, nearest, quote
from checklist.model import STATUSES
from checklist.shape import Shaped
from checklist.yaml_text import Path

RESERVED = ("score", "outcome")
Single = schema.YesNo | schema.Choice | schema.Integer


class Names:
    """The names of one ruleset, and a collector of problems with their places."""

    def __init__(self, shaped: Shaped, ruleset: schema.Ruleset) -> None:
        self.document = shaped.document
        self.dropped = shaped.dropped
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.questions: dict[str, schema.Question] = {}
        self.facts = ruleset.facts or {}
        self.criteria = {criterion.id: criterion for criterion in ruleset.criteria}
        self.outcomes = [outcome.id for outcome in ruleset.outcomes]
        self.sources = ruleset.sources
        self.evidence = ruleset.evidence or {}
        self._define(ruleset)

    def fault(self, message: str, path: Path, *, at_key: bool = False) -> None:
        """Record a fault at the value (or at the key) that ``path`` leads to."""
        place = self.document.key_place(path) if at_key else self.document.place(path)
        where = self.document.spell(path)
        self.problems.append(Problem(message, where, place))
        self.broken.update(str(step) for step in path[:1])
        self.broken.update(where.split(".")[1:2])

    def check_known(
        self, name: str, known: Iterable[str], what: str, path: Path, *, at_key: bool = False
    ) -> bool:
        """Return whether ``name`` is among ``known``; record a fault if it is nowhere defined."""
        names = list(known)
        if name in names:
            return True
        if name not in self.dropped:
            message = f"there is no {what} {quote(name)}; {nearest(name, names)}"
            self.fault(message, path, at_key=at_key)
        else:
            self.broken.update(self.document.spell(path).split(".")[1:2])
        return False

    def check_cited(self, ids: Iterable[str] | None, known: Iterable[str], path: Path) -> None:
        """Record a fault for each cited source or piece of evidence that is not defined."""
        what = "source" if path[-1] == "sources" else "evidence"
        for number, name in enumerate(ids or ()):
            self.check_known(name, known, what, (*path, number))

    def domain(self, name: str) -> Domain | None:
        """Return what a tested name can be, or None if it cannot be tested directly."""
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
            return WordDomain(tuple(self.outcomes))
        if name == "score":
            points = [[rule.points for rule in c.rules] for c in self.criteria.values()]
            return NumberDomain(min(0, sum(map(min, points))), max(0, sum(map(max, points))))
        return None

    def _define(self, ruleset: schema.Ruleset) -> None:
        taken: dict[str, str] = dict.fromkeys(RESERVED, "a word of the format")
        for name, what, path, at_key in _definitions(ruleset):
            if name in taken:
                self.fault(
                    f"the name {quote(name)} is taken: it is {taken[name]}", path, at_key=at_key
                )
            taken.setdefault(name, what)
        for number, section in enumerate(ruleset.sections):
            for question in section.questions:
                self.questions.setdefault(question.id, question)
            self._once([s.id for s in ruleset.sections[:number]], section.id, ("sections", number))
        for number, outcome in enumerate(self.outcomes):
            self._once(self.outcomes[:number], outcome, ("outcomes", number))
        topics = [topic.id for topic in ruleset.background or ()]
        for number, topic in enumerate(topics):
            self._once(topics[:number], topic, ("background", number))

    def _once(self, earlier: list[str], name: str, path: Path) -> None:
        if name in earlier:
            self.fault(f"the name {quote(name)} stands here a second time", (*path, "id"))


def _definitions(ruleset: schema.Ruleset) -> Iterator[tuple[str, str, Path, bool]]:
    for n, section in enumerate(ruleset.sections):
        for m, question in enumerate(section.questions):
            yield question.id, "a question", ("sections", n, "questions", m, "id"), False
    for name in ruleset.facts or {}:
        yield name, "a fact", ("facts", name), True
    for n, criterion in enumerate(ruleset.criteria):
        yield criterion.id, "a criterion", ("criteria", n, "id"), False


def question_domain(question: schema.Question) -> Domain | None:
    """Return what an answer to a yes_no, choice or integer question can be, else None."""
    if isinstance(question, schema.YesNo):
        return WordDomain(("yes", "no"))
    if isinstance(question, schema.Choice):
        return WordDomain(tuple(question.options))
    if isinstance(question, schema.Integer):
        ends = sorted((question.minimum, question.maximum))
        return NumberDomain(*ends)
    return None


def counted_slots(question: schema.Question | None) -> Mapping[str, str]:
    """Return what a count over a grid or multi_choice can count, else nothing."""
    if isinstance(question, schema.Grid):
        return question.items
    return question.options if isinstance(question, schema.MultiChoice) else {}
