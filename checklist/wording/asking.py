"""The questions for the doctor: all that there can be, those that answers raise, their order.

Knows the ruleset and the assessment; nothing of pages, nor of where a choice is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from checklist.ruleset.model import Answers, Grid, Ruleset
from checklist.ruleset.reliance import all_beneath

if TYPE_CHECKING:
    from checklist.engine.assessment import Assessment

OWN_AT_MOST = 5
OWN_LENGTH = 200


@lru_cache(maxsize=8)
def all_asks(ruleset: Ruleset) -> tuple[str, ...]:
    """Return every question that any answers can raise, each once, in the ruleset's order.

    A question's position is its short name wherever many must fit into little room.
    """
    return _distinct(_every_ask(ruleset))


def raised(ruleset: Ruleset, answers: Answers, assessment: "Assessment") -> tuple[str, ...]:
    """Return the questions that follow from the answers, the most telling first."""
    return _distinct(_raised(ruleset, answers, assessment))


def chosen_first(chosen: Sequence[str], following: Sequence[str]) -> tuple[str, ...]:
    """Return what the person chose, in their order, then what else follows.

    What was chosen counts even where it no longer follows.
    """
    return _distinct((*chosen, *following))


def reference(ask: str) -> str:
    """Return a short name for a question that says nothing, and means no other question.

    Unlike a position it holds in a page that was opened before the ruleset changed.
    """
    return sha256(ask.encode()).hexdigest()[:12]


def _is_begun(ruleset: Ruleset, answers: Answers, name: str) -> bool:
    question, given = ruleset.questions[name], answers[name]
    return (
        isinstance(question, Grid)
        and isinstance(given, Mapping)
        and len(given) < len(question.items)
    )


def _distinct(asks: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ask for ask in asks if ask))


def _every_ask(ruleset: Ruleset) -> Iterator[str]:
    for criterion in ruleset.criteria:
        yield from (rule.ask for rule in criterion.rules)
    yield from (question.ask for question in ruleset.questions.values())
    for outcome in ruleset.outcomes:
        yield from outcome.ask
    yield from ruleset.doctor_questions


def _raised(ruleset: Ruleset, answers: Answers, assessment: "Assessment") -> Iterator[str]:
    from checklist.engine.assess import applies  # nobody who only reads what can be asked needs it

    # What would settle most comes first, then what the result itself raises. Nothing is
    # asked of a question that may not even apply; of one that the person has begun to answer,
    # only where what they left out keeps it unsure which rule holds.
    surely = {name for name, whether in applies(ruleset, answers).items() if whether == "yes"}
    unknown = surely - answers.keys()
    for entry in assessment.find_out:
        if entry.question in unknown:
            yield ruleset.questions[entry.question].ask
    for criterion, result in zip(ruleset.criteria, assessment.criteria, strict=True):
        # A rule's question speaks as if that rule held: it is raised only if no other can.
        asks = {criterion.rules[number - 1].ask for number in result.rules}
        if len(asks) == 1:
            yield from asks
        else:
            beneath = all_beneath(ruleset, (criterion.id,))
            begun = (name for name in answers if name in beneath & surely)
            yield from (
                ruleset.questions[name].ask for name in begun if _is_begun(ruleset, answers, name)
            )
        yield from (ruleset.questions[name].ask for name in result.missing if name in unknown)
    for outcome in ruleset.outcomes:
        if (outcome.id,) == assessment.outcomes:
            yield from outcome.ask
    yield from ruleset.doctor_questions
