"""What rests on what: criteria on facts and questions, these on others in turn."""

from collections.abc import Iterable, Iterator

from checklist.ruleset.model import Count, Ruleset, Tally


def all_beneath(ruleset: Ruleset, names: Iterable[str]) -> set[str]:
    """Return ``names`` of questions, facts and criteria, and all that they rest on."""
    criteria = {
        criterion.id: [name for rule in criterion.rules for name in rule.when]
        for criterion in ruleset.criteria
    }
    waiting = list(names)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += criteria[name] if name in criteria else _rests_on(ruleset, name)
    return found


def _rests_on(ruleset: Ruleset, name: str) -> Iterator[str]:
    fact = ruleset.facts.get(name)
    if isinstance(fact, Count):
        yield fact.question
    elif isinstance(fact, Tally):
        for condition in fact.conditions:
            yield from condition
    elif name in ruleset.questions:
        yield from ruleset.questions[name].enable_when
