"""Sources, numbered alike everywhere; paragraphs and rules with what they rest on."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from checklist.ruleset.model import Criterion, Rule, Ruleset
from checklist.wording.conditions_in_words import conditions
from checklist.wording.phrases import capital, joined, label
from checklist.wording.views import Citation, FigureView, NoteView, RuleView

_RESTS_ON = {
    "report": "what the report says",
    "paper": "published papers or guidance",
    "editorial": "a choice of the makers of this checklist",
}
_SURENESS = ("low", "derived", "medium", "high")
_SURE_WORDS = {
    "low": "How sure: not very (from news or a company page).",
    "derived": "How sure: we worked this out from other findings.",
    "medium": "How sure: fairly (from a summary of the source).",
    "high": "",
}


@lru_cache(maxsize=8)
def citations(ruleset: Ruleset) -> dict[str, Citation]:
    """Return every source as it is cited, numbered alike everywhere."""
    cited = {}
    for number, source in enumerate(ruleset.sources.values(), start=1):
        authors = f"{source.authors}. " if source.authors else ""
        text = f"{authors}{source.title}. {capital(source.kind)}, {source.year}."
        cited[source.id] = Citation(source.id, number, text, source.address)
    return cited


def note_view(
    ruleset: Ruleset,
    text: str,
    evidence: Iterable[str],
    sources: Iterable[str] = (),
    figure: FigureView | None = None,
) -> NoteView:
    """Return a paragraph with the numbers of its sources, and how sure it is."""
    cited = citations(ruleset)
    findings = [ruleset.evidence[name] for name in evidence]
    names = [*sources, *(source for finding in findings for source in finding.sources)]
    numbers = tuple(sorted({cited[name].number for name in names}))
    least = min((f.confidence for f in findings), key=_SURENESS.index, default="")
    return NoteView(text, numbers, _SURE_WORDS.get(least, ""), figure)


def rule_view(ruleset: Ruleset, criterion: Criterion, number: int) -> RuleView:
    """Return a criterion's rule, numbered from 1, in words."""
    return _rule_views(ruleset)[criterion.id][number - 1]


@lru_cache(maxsize=8)
def _rule_views(ruleset: Ruleset) -> Mapping[str, tuple[RuleView, ...]]:
    return {
        criterion.id: tuple(
            RuleView(
                number,
                conditions(ruleset, rule.when),
                rule.status,
                label(ruleset, criterion, rule.status),
                rule.points,
                rule.because,
                tuple(_basis(ruleset, rule)),
                rule.next,
                note_view(ruleset, "", rule.evidence).numbers,
            )
            for number, rule in enumerate(criterion.rules, start=1)
        )
        for criterion in ruleset.criteria
    }


def _basis(ruleset: Ruleset, rule: Rule) -> Iterable[str]:
    if rule.rests_on:
        yield f"This rests on {joined((_RESTS_ON[kind] for kind in rule.rests_on), 'and')}."
    for name in rule.evidence:
        yield f"Finding {name.upper()}: {ruleset.evidence[name].text}"
