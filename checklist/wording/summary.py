"""From an assessment to words: the one result that page, print and text all show.

Medical words come from the ruleset; only the words of the form itself stand here. Knows no
HTML and no framework.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from checklist.engine.assess import applies
from checklist.engine.assessment import Assessment, CriterionResult
from checklist.engine.what_if import changes
from checklist.ruleset.model import Answers, Criterion, Ruleset
from checklist.ruleset.reliance import all_beneath
from checklist.wording.about import ADDED, about_lines, overdue, purpose
from checklist.wording.answers_in_words import answer_view
from checklist.wording.asking import all_asks, chosen_first, raised
from checklist.wording.citing import citations, rule_view
from checklist.wording.look_again import to_look_at_again
from checklist.wording.phrases import NOT_ANSWERED, label, points_words
from checklist.wording.teaching import (
    choice_views,
    grid_views,
    guidance_views,
    outcome_changes,
    status_changes,
    timeline_view,
    topic_views,
)
from checklist.wording.views import (
    AnswerView,
    ChangeView,
    CriterionView,
    FindOutView,
    OutcomeView,
    ScoreView,
    SectionView,
    Summary,
)

_SAID = ("answered", "partly", "set_aside")


def summarise(
    ruleset: Ruleset,
    answers: Answers,
    assessment: Assessment,
    date: str,
    not_known: Collection[str] = (),
    chosen: Sequence[str] = (),
) -> Summary:
    """Return all that the result page, the printed page and the text say.

    Args:
        ruleset: what was asked.
        answers: checked answers, open ones absent.
        assessment: what follows from them.
        date: the day, in ISO 8601.
        not_known: the questions (``question.item`` in a grid) answered 'I do not know'.
        chosen: what the person wants to ask, their own questions among it, in their order.
    """
    return _Teller(ruleset, answers, assessment, not_known).summary(date, chosen)


def answer_sections(
    ruleset: Ruleset, answers: Answers, not_known: Collection[str] = ()
) -> tuple[SectionView, ...]:
    """Return every question with what was said, section by section."""
    return _section_views(ruleset, _answer_views(ruleset, answers, not_known))


def _section_views(ruleset: Ruleset, views: Mapping[str, AnswerView]) -> tuple[SectionView, ...]:
    return tuple(
        SectionView(section.id, section.title, tuple(views[q.id] for q in section.questions))
        for section in ruleset.sections
    )


def _answer_views(
    ruleset: Ruleset, answers: Answers, not_known: Collection[str]
) -> dict[str, AnswerView]:
    whether = applies(ruleset, answers)
    return {
        name: answer_view(question, answers.get(name), whether[name], not_known)
        for name, question in ruleset.questions.items()
    }


@lru_cache(maxsize=8)
def _looked_at(ruleset: Ruleset) -> Mapping[str, tuple[str, ...]]:
    """Return the questions that each criterion looks at, in the ruleset's order."""
    beneath = {one.id: all_beneath(ruleset, (one.id,)) for one in ruleset.criteria}
    return {
        id: tuple(name for name in ruleset.questions if name in names)
        for id, names in beneath.items()
    }


class _Teller:
    def __init__(
        self,
        ruleset: Ruleset,
        answers: Answers,
        assessment: Assessment,
        not_known: Collection[str],
    ) -> None:
        self.ruleset = ruleset
        self.answers = answers
        self.assessment = assessment
        self.not_known = not_known
        self.views = _answer_views(ruleset, answers, not_known)
        self.cited = citations(ruleset)
        self.changes = changes(ruleset, answers)
        self.leads = outcome_changes(ruleset, self.changes)

    def summary(self, date: str, chosen: Sequence[str]) -> Summary:
        ruleset = self.ruleset
        return Summary(
            title=ruleset.title,
            language=ruleset.language,
            version=ruleset.version,
            date=date,
            purpose=purpose(ruleset),
            guidance=guidance_views(ruleset),
            nothing_answered=not self.answers,
            outcome_lead=self._outcome_lead(),
            outcomes=self._outcomes(),
            criteria=tuple(map(self._criterion, ruleset.criteria, self.assessment.criteria)),
            score=self._score(),
            find_out_lead=self._find_out_lead(),
            find_out=tuple(self._find_out()),
            questions=chosen_first(chosen, raised(ruleset, self.answers, self.assessment)),
            own_questions=frozenset(chosen).difference(all_asks(ruleset)),
            own_words=tuple(
                self.views[name]
                for name, question in ruleset.questions.items()
                if not question.scored and self.views[name].state == "answered"
            ),
            sections=_section_views(ruleset, self.views),
            changes=self.leads,
            grids=tuple(
                grid
                for grid in grid_views(ruleset, self.answers)
                if self.views[grid.id].state != "set_aside"
            ),
            timeline=timeline_view(ruleset),
            background=topic_views(ruleset),
            choices=choice_views(ruleset),
            sources=tuple(self.cited.values()),
            about=about_lines(ruleset, date),
            overdue=overdue(ruleset, date),
            look_again=to_look_at_again(ruleset, self.answers),
        )

    def _outcome_lead(self) -> str:
        several = len(self.assessment.outcomes)
        if several > 1:
            return (
                f"{several} next steps are still possible. What is not known yet decides which "
                "of these comes first."
            )
        if self.assessment.score.settled and not self.assessment.find_out:
            return "Your answers lead here."
        return "Your answers lead here, however the open ones turn out."

    def _outcomes(self) -> tuple[OutcomeView, ...]:
        reached = [o for o in self.ruleset.outcomes if o.id in self.assessment.outcomes]
        if len(reached) == 1:
            return tuple(OutcomeView(o.id, o.title, o.text, o.next) for o in reached)
        # An outcome's text speaks as if it were so: while it is only possible, its name is enough.
        return tuple(OutcomeView(o.id, o.title, "", ()) for o in reached)

    def _score(self) -> ScoreView:
        score = self.assessment.score
        words = f"{points_words(score)} checklist points"
        words += "." if score.settled else ", depending on what is not known yet."
        whole = max(score.maximum, 1)
        start = min(1000, max(0, score.low * 1000 // whole))
        end = min(1000, max(start, score.high * 1000 // whole))
        note = "We made these points to sum up this page. They are not a medical score."
        return ScoreView(score.low, score.high, score.maximum, words, note, start, end - start)

    def _criterion(self, criterion: Criterion, result: CriterionResult) -> CriterionView:
        ruleset = self.ruleset
        state = result.statuses[0] if result.settled else "open"
        told = [self.views[name] for name in _looked_at(ruleset)[criterion.id]]
        return CriterionView(
            id=criterion.id,
            title=criterion.title,
            added=ADDED if criterion.added else "",
            state=state,
            status_words=label(ruleset, criterion, state),
            reason=self._reason(criterion, result),
            possible=()
            if result.settled
            else tuple(label(ruleset, criterion, status) for status in result.statuses),
            why=criterion.why,
            says=criterion.says,
            told=tuple(_said_only(view) for view in told if view.state in _SAID),
            rules=tuple(rule_view(ruleset, criterion, number) for number in result.rules),
            missing=tuple(self.views[name] for name in result.missing),
            changes=status_changes(ruleset, self.changes, criterion.id),
            not_known=criterion.not_known,
            next=tuple(dict.fromkeys(self._next(criterion, result))),
            points=f"Checklist points for this: {points_words(result.points)}.",
            sources=tuple(self.cited[name] for name in criterion.sources),
        )

    def _reason(self, criterion: Criterion, result: CriterionResult) -> str:
        if not result.settled:
            names = "; ".join(self.views[name].open_name for name in result.missing)
            return f"What is still open decides this: {names}{_stop(names)}"
        reasons = {criterion.rules[number - 1].because for number in result.rules}
        if len(reasons) == 1:
            return reasons.pop()
        return "Some answers are open, but each way they can turn out leads here."

    def _next(self, criterion: Criterion, result: CriterionResult) -> Iterator[str]:
        if not result.settled:
            # Who may know it stands once, under what to find out.
            names = "; ".join(self.views[name].open_name for name in result.missing)
            yield f"Find out: {names}{_stop(names)}"
        elif result.statuses[0] != "met":
            yield from (
                criterion.rules[n - 1].next for n in result.rules if criterion.rules[n - 1].next
            )
        if criterion.next:
            yield criterion.next

    def _find_out_lead(self) -> str:
        if self.assessment.find_out:
            return "These open answers could change where this leads. The first tells the most."
        return "No open answer can change where this leads."

    def _find_out(self) -> Iterator[FindOutView]:
        titles = {criterion.id: criterion.title for criterion in self.ruleset.criteria}
        for entry in self.assessment.find_out:
            waiting = [titles[name] for name in entry.criteria]
            yield self._to_find_out(entry.question, f"It matters for: {_points(waiting)}.")
        # Then what could change a single point only, in the form's order.
        told = {entry.question for entry in self.assessment.find_out}
        for name in self.ruleset.questions:
            waiting = [titles[r.id] for r in self.assessment.criteria if name in r.missing]
            if waiting and name not in told:
                yield self._to_find_out(name, f"It matters only for: {_points(waiting)}.")

    def _to_find_out(self, name: str, matters: str) -> FindOutView:
        question = self.ruleset.questions[name]
        leads = self._leads_of_what_is_open(name)
        partly = self.views[name].state == "partly"
        still_open = f"Still open: {self.views[name].open_name}. " if partly else ""
        return FindOutView(
            question.text,
            question.id,
            question.section,
            still_open + matters,
            tuple((change.answer, change.then) for change in leads),
            question.who,
            question.where,
        )

    def _leads_of_what_is_open(self, name: str) -> Sequence[ChangeView]:
        answered = self.answers.get(name)
        if not isinstance(answered, Mapping):
            return [change for change in self.leads if change.id == name]
        still_open = [c for c in self.changes if c.question == name and c.item not in answered]
        return outcome_changes(self.ruleset, still_open)


def _points(titles: Sequence[str]) -> str:
    return "; ".join(titles) or "the points"


def _said_only(view: AnswerView) -> AnswerView:
    # Of a grid, the items that were answered.
    given = tuple([item for item in view.items if item[1] != NOT_ANSWERED])
    return view if len(given) == len(view.items) else replace(view, items=given)


def _stop(text: str) -> str:
    return "" if text.endswith((".", "?", "!")) else "."
