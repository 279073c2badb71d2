"""How this works: every rule of a ruleset in plain words, made from the ruleset alone."""

from functools import lru_cache

from msgspec import Struct

from checklist.ruleset.model import Count, Criterion, Fact, Ruleset, Tally
from checklist.wording.about import ADDED, about_lines, overdue
from checklist.wording.citing import citations, note_view, rule_view
from checklist.wording.conditions_in_words import conditions
from checklist.wording.phrases import capital, joined, name_of
from checklist.wording.teaching import marking_views
from checklist.wording.views import Citation, MarkingView, RuleView


class TableView(Struct, frozen=True):
    """A criterion's whole decision table in words, for the rule book."""

    id: str
    title: str
    added: str
    why: str
    says: str
    not_known: str
    rules: tuple[RuleView, ...]
    sources: tuple[Citation, ...]


class OutcomeRuleView(Struct, frozen=True):
    """A line of the outcome table in words."""

    id: str
    title: str
    text: str
    conditions: tuple[str, ...]


class RuleBook(Struct, frozen=True):
    """How this works: every rule in plain words, made from the ruleset."""

    title: str
    version: str
    tables: tuple[TableView, ...]
    facts: tuple[str, ...]  # sentences that say how each counted number is counted
    outcomes: tuple[OutcomeRuleView, ...]
    promises: tuple[str, ...]
    limits: tuple[str, ...]
    marking: tuple[MarkingView, ...]
    about: tuple[str, ...]
    overdue: str
    evidence: tuple[tuple[str, str, str, tuple[int, ...]], ...]  # id, text, confidence, sources
    sources: tuple[Citation, ...]


@lru_cache(maxsize=8)  # a ruleset never changes; a day does, once a day
def rule_book(ruleset: Ruleset, today: str = "") -> RuleBook:
    """Return every rule, count, outcome, promise and finding of a ruleset, in words.

    Args:
        ruleset: from ``load_ruleset``.
        today: the day in ISO 8601, to say if a review is due; without it nothing is said.
    """
    return RuleBook(
        title=ruleset.title,
        version=ruleset.version,
        tables=tuple(_table(ruleset, criterion) for criterion in ruleset.criteria),
        facts=tuple(_fact(ruleset, fact) for fact in ruleset.facts.values()),
        outcomes=tuple(
            OutcomeRuleView(
                outcome.id, outcome.title, outcome.text, conditions(ruleset, outcome.when)
            )
            for outcome in ruleset.outcomes
        ),
        promises=tuple(promise.text for promise in ruleset.promises),
        limits=ruleset.about.limits,
        marking=marking_views(ruleset),
        about=about_lines(ruleset, today),
        overdue=overdue(ruleset, today),
        evidence=tuple((name, *_finding(ruleset, name)) for name in ruleset.evidence),
        sources=tuple(citations(ruleset).values()),
    )


def _table(ruleset: Ruleset, criterion: Criterion) -> TableView:
    cited = citations(ruleset)
    return TableView(
        id=criterion.id,
        title=criterion.title,
        added=ADDED if criterion.added else "",
        why=criterion.why,
        says=criterion.says,
        not_known=criterion.not_known,
        rules=tuple(
            rule_view(ruleset, criterion, number + 1) for number in range(len(criterion.rules))
        ),
        sources=tuple(cited[name] for name in criterion.sources),
    )


def _fact(ruleset: Ruleset, fact: Fact) -> str:
    match fact:
        case Tally():
            each = (joined(conditions(ruleset, when), "and") for when in fact.conditions)
            return f"{capital(fact.text)}. It counts how many of these hold: {'; '.join(each)}."
        case Count():
            return _count(ruleset, fact)


def _count(ruleset: Ruleset, fact: Count) -> str:
    question = ruleset.questions[fact.question]
    labels: dict[str, str] = dict(
        getattr(question, "items", None) or getattr(question, "options", {})
    )
    options: dict[str, str] = dict(getattr(question, "options", {}))
    counted = "; ".join(labels[item] for item in fact.items)
    asked = f"{capital(fact.text)}. Under '{name_of(question)}', it counts"
    if set(fact.where) == {"yes"} and "yes" not in options:
        return f"{asked} those that are ticked: {counted}."
    answers = joined(f"'{words}'" for option, words in options.items() if option in fact.where)
    return f"{asked} those with the answer {answers}: {counted}."


def _finding(ruleset: Ruleset, name: str) -> tuple[str, str, tuple[int, ...]]:
    finding = ruleset.evidence[name]
    view = note_view(ruleset, finding.text, (name,))
    who = f" ({finding.who})" if finding.who else ""
    return f"{finding.text}{who}", view.confidence, view.numbers
