"""What a person said at two times, side by side, and what follows from each.

Both are judged by today's rules, so that a difference comes from the answers alone. Says
what differs, never whether that is better or worse. Knows no page.
"""

from collections.abc import Iterator

from msgspec import Struct

from checklist.engine.assess import applies, assess
from checklist.engine.assessment import Assessment
from checklist.ruleset.model import Criterion, Ruleset
from checklist.wording.answers_in_words import answer_view
from checklist.wording.phrases import NOT_ANSWERED, joined, label, points_words
from checklist.wording.saved_file import Said
from checklist.wording.views import AnswerView

_NOT_ASKED = "Not asked, going by the other answers"


class Pair(Struct, frozen=True):
    """One thing at two times, in words; ``about`` names it where the page does not."""

    about: str
    then: str
    now: str

    @property
    def differs(self) -> bool:
        """Return whether the two are not the same."""
        return self.then != self.now


class Beside(Struct, frozen=True):
    """A question with two answers: one pair, or one for each item of a grid."""

    question: str
    pairs: tuple[Pair, ...]

    @property
    def differing(self) -> tuple[Pair, ...]:
        """Return what is not the same."""
        return tuple(pair for pair in self.pairs if pair.differs)

    @property
    def untouched(self) -> bool:
        """Return whether nothing was said of it at either time."""
        return all(pair.then == pair.now == NOT_ANSWERED for pair in self.pairs)


class Comparison(Struct, frozen=True):
    """Two sets of answers and two results; ``asks`` is what was, and is, chosen to ask."""

    answers: tuple[Beside, ...]
    criteria: tuple[Pair, ...]
    score: Pair
    outcomes: Pair
    asks: Pair


def compare(ruleset: Ruleset, then: Said, now: Said) -> Comparison:
    """Return all that a person said ``then`` beside what they say ``now``."""
    before, after = assess(ruleset, then.answers), assess(ruleset, now.answers)
    return Comparison(
        side_by_side(ruleset, then, now),
        tuple(_criteria(ruleset, before, after)),
        Pair("", points_words(before.score), points_words(after.score)),
        Pair("", _outcomes(ruleset, before), _outcomes(ruleset, after)),
        asks_side_by_side(then, now),
    )


def side_by_side(ruleset: Ruleset, then: Said, now: Said) -> tuple[Beside, ...]:
    """Return each question with two answers; what is asked at neither time is left out."""
    then_apply, now_apply = applies(ruleset, then.answers), applies(ruleset, now.answers)
    found: list[Beside] = []
    for name, question in ruleset.questions.items():
        before = answer_view(question, then.answers.get(name), then_apply[name], then.not_known)
        after = answer_view(question, now.answers.get(name), now_apply[name], now.not_known)
        if not before.state == after.state == "not_asked":
            found.append(Beside(question.text, tuple(_pairs(before, after))))
    return tuple(found)


def asks_side_by_side(then: Said, now: Said) -> Pair:
    """Return the questions that were, and are, chosen to ask, in their order."""
    return Pair("", _listed(then), _listed(now))


def _listed(said: Said) -> str:
    return "; ".join(said.to_ask) or "No question chosen"


def _pairs(before: AnswerView, after: AnswerView) -> Iterator[Pair]:
    if not before.items:
        yield Pair("", _words(before, before.answer), _words(after, after.answer))
    for (item, then), (_, now) in zip(before.items, after.items, strict=True):
        yield Pair(item, _words(before, then), _words(after, now))


def _words(view: AnswerView, said: str) -> str:
    match view.state:
        case "not_asked":
            return _NOT_ASKED
        case "set_aside":
            return f"{said} (kept, but not counted)"
        case _:
            return said


def _criteria(ruleset: Ruleset, before: Assessment, after: Assessment) -> Iterator[Pair]:
    for criterion in ruleset.criteria:
        yield Pair(
            criterion.title,
            _status(ruleset, criterion, before),
            _status(ruleset, criterion, after),
        )


def _status(ruleset: Ruleset, criterion: Criterion, judged: Assessment) -> str:
    statuses = judged.by_criterion[criterion.id].statuses
    possible = [label(ruleset, criterion, status) for status in statuses]
    if len(possible) == 1:
        return possible[0]
    return f"{label(ruleset, criterion, 'open')} (still possible: {'; '.join(possible)})"


def _outcomes(ruleset: Ruleset, judged: Assessment) -> str:
    titles = [f"'{o.title}'" for o in ruleset.outcomes if o.id in judged.outcomes]
    return titles[0][1:-1] if len(titles) == 1 else f"Still open: {joined(titles)}"
