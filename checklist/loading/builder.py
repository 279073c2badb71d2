"""From the shape of a ruleset to the model, with every name looked up.

All faults are collected, each at its line. A test that cannot be read is left out of the
model, and what it stood in is noted as unsound, so that the rest can still be judged.
"""

from collections.abc import Collection, Sequence
from typing import Any, assert_never

from msgspec import UNSET, Struct, structs

from checklist.errors import AnswersError, Problem, quote
from checklist.loading import schema
from checklist.loading.content_builder import content_of
from checklist.loading.document import Path
from checklist.loading.naming import Names, counted_slots
from checklist.loading.shape import Shaped
from checklist.loading.when_reader import WhenReader
from checklist.ruleset import model
from checklist.ruleset.answers import check_answers


class Built(Struct, frozen=True):
    """A ruleset as far as it could be built, and what was wrong with it.

    ``unsound`` names the questions, facts and criteria that hold a condition with a fault,
    and ``outcome`` where the outcomes do.
    """

    ruleset: model.Ruleset
    problems: tuple[Problem, ...]
    unsound: frozenset[str]


def build(shaped: Shaped) -> Built:
    """Return the model of what ``shaped`` holds, and every fault in its names and tests."""
    assert shaped.ruleset is not None  # noqa: S101 - the loader stops before
    builder = _Builder(shaped, shaped.ruleset)
    ruleset = builder.ruleset()
    names = builder.names
    return Built(ruleset, tuple(names.problems), frozenset(names.soundness.unsound))


class _Builder:
    def __init__(self, shaped: Shaped, shape: schema.Ruleset) -> None:
        self.shape = shape
        self.document = shaped.document
        self.names = Names(shaped, shape)
        self.whens = WhenReader(self.names)
        self.countable = [n for n, q in self.names.questions.items() if counted_slots(q)]
        self.built_questions: dict[str, model.Question] = {}

    def ruleset(self) -> model.Ruleset:
        shape = self.shape
        sections = tuple(self._section(s, ("sections", n)) for n, s in enumerate(shape.sections))
        self.built_questions = {q.id: q for section in sections for q in section.questions}
        return model.Ruleset(
            id=shape.id,
            title=shape.title,
            version=shape.version,
            language=shape.language,
            file=self.document.file,
            sources={name: self._source(name) for name in shape.sources},
            evidence={name: self._evidence(name) for name in shape.evidence},
            sections=sections,
            facts={name: self._fact(name) for name in shape.facts},
            criteria=tuple(
                self._criterion(c, ("criteria", n)) for n, c in enumerate(shape.criteria)
            ),
            outcomes=tuple(self._outcome(o, ("outcomes", n)) for n, o in enumerate(shape.outcomes)),
            promises=tuple(self._promise(p, ("promises", n)) for n, p in enumerate(shape.promises)),
            cases=tuple(self._case(c, ("cases", n)) for n, c in enumerate(shape.cases)),
            purpose=shape.purpose,
            caution=shape.caution,
            doctor_questions=shape.doctor_questions,
            doctor_page=self._doctor_page(),
            **content_of(shape, self.names),
            labels=_labels(shape.labels),
            doubts=tuple(self.names.doubts),
        )

    def _source(self, name: str) -> model.Source:
        shape = self.shape.sources[name]
        return model.Source(
            name,
            shape.title,
            shape.kind,
            shape.year,
            shape.authors,
            shape.address,
            self.document.key_place(("sources", name)),
        )

    def _evidence(self, name: str) -> model.Evidence:
        shape = self.names.evidence[name]
        path: Path = ("evidence", name)
        self.names.check_cited(shape.sources, self.names.sources, (*path, "sources"))
        place = self.document.key_place(path)
        return model.Evidence(name, shape.text, shape.sources, shape.confidence, shape.who, place)

    def _section(self, shape: schema.Section, path: Path) -> model.Section:
        questions = tuple(
            self._question(question, shape.id, (*path, "questions", number))
            for number, question in enumerate(shape.questions)
        )
        return model.Section(shape.id, shape.title, questions, shape.intro)

    def _question(self, shape: schema.Question, section: str, path: Path) -> model.Question:
        common: dict[str, Any] = {
            "id": shape.id,
            "text": shape.text,
            "section": section,
            "enable_when": self.whens.of_question(
                shape.enable_when, shape.id, (*path, "enable_when")
            ),
            "scored": shape.scored != "no" and not isinstance(shape, schema.Text),
            "place": self.document.place(path),
        }
        for name in ("short", "why", "hint", "where", "who", "ask"):
            common[name] = getattr(shape, name)
        match shape:
            case schema.YesNo():
                return model.YesNo(**common)
            case schema.Choice():
                return model.Choice(**common, options=shape.options)
            case schema.Integer():
                self._check_order(shape, path)
                low, high = sorted((shape.minimum, shape.maximum))
                common |= {"unit": shape.unit, "unit_one": shape.unit_one}
                common["at_least"] = self._at_least(shape, path)
                return model.Integer(**common, minimum=low, maximum=high)
            case schema.MultiChoice():
                return model.MultiChoice(**common, options=shape.options)
            case schema.Grid():
                rest = self._rest(shape, path)
                return model.Grid(**common, items=shape.items, options=shape.options, rest=rest)
            case schema.Text():
                return model.Text(**common, max_length=shape.max_length)
            case _:
                assert_never(shape)

    def _rest(self, shape: schema.Grid, path: Path) -> model.Rest | None:
        if shape.rest is UNSET:
            return None
        self.names.check_known(
            shape.rest.option, shape.options, "option", (*path, "rest", "option")
        )
        return model.Rest(shape.rest.option, shape.rest.text)

    def _at_least(self, shape: schema.Integer, path: Path) -> str:
        if shape.at_least is UNSET:
            return ""
        order = self.whens.order
        before = [
            name
            for name, other in self.names.questions.items()
            if isinstance(other, schema.Integer) and order[name] < order[shape.id]
        ]
        what = "earlier integer question"
        self.names.check_known(shape.at_least, before, what, (*path, "at_least"))
        return shape.at_least

    def _check_order(self, shape: schema.Integer, path: Path) -> None:
        given = self.names.soundness.is_given((*path, "maximum"))
        if given and shape.minimum > shape.maximum:
            message = f"the minimum {shape.minimum} is above the maximum {shape.maximum}; swap them"
            self.names.fault(message, (*path, "minimum"))

    def _fact(self, name: str) -> model.Fact:
        shape = self.names.facts[name]
        path: Path = ("facts", name)
        place = self.document.key_place(path)
        if isinstance(shape, schema.Tally):
            conditions = tuple(
                self.whens.of_tally(raw, (*path, "tally", number))
                for number, raw in enumerate(shape.tally)
            )
            return model.Tally(name, shape.text, conditions, place)
        return self._count(name, shape, path)

    def _count(self, name: str, shape: schema.Count, path: Path) -> model.Count:
        question = self.names.questions.get(shape.count)
        slots = counted_slots(question)
        self._check_counted(shape, question, path)
        if slots:
            self._check_listed(shape.items, slots, "item", (*path, "items"))
        where = {"yes"}
        if isinstance(question, schema.Grid):
            where = set(shape.where)
            self._check_listed(shape.where, question.options, "option", (*path, "where"))
        items = tuple(dict.fromkeys(shape.items or slots))
        place = self.document.key_place(path)
        return model.Count(name, shape.text, shape.count, items, frozenset(where), place)

    def _check_counted(
        self, shape: schema.Count, question: schema.Question | None, path: Path
    ) -> None:
        names = self.names
        match question:
            case None:
                what = "multi_choice or grid question"
                names.check_known(shape.count, self.countable, what, (*path, "count"))
            case schema.Grid():
                if not shape.where and names.soundness.is_given((*path, "where")):
                    message = "the key 'where' is missing: which options of the grid count?"
                    names.fault(message, path)
            case schema.MultiChoice():
                if shape.where:
                    message = (
                        "'where' is for a grid, and of a multi_choice the ticked options are "
                        "counted; take it out"
                    )
                    names.fault(message, (*path, "where"), at_key=True)
            case _ if question.id in names.soundness.vague:
                names.soundness.mark((*path, "count"))
            case _:
                message = f"a {question.type} question cannot be counted; only"
                names.fault(f"{message} grid and multi_choice can", (*path, "count"))

    def _check_listed(
        self, given: Sequence[str], known: Collection[str], what: str, path: Path
    ) -> None:
        seen: set[str] = set()
        for number, name in enumerate(given):
            here = (*path, number)
            if name in seen:
                self.names.fault(f"{quote(name)} stands in the list twice", here)
            else:
                self.names.check_known(name, known, what, here)
            seen.add(name)

    def _doctor_page(self) -> tuple[str, ...]:
        listed = self.shape.doctor_page
        self._check_listed(listed, self.names.questions, "question", ("doctor_page",))
        return tuple(name for name in dict.fromkeys(listed) if name in self.names.questions)

    def _criterion(self, shape: schema.Criterion, path: Path) -> model.Criterion:
        self.names.check_cited(shape.sources, self.names.sources, (*path, "sources"))
        return model.Criterion(
            id=shape.id,
            title=shape.title,
            sources=shape.sources,
            rules=tuple(
                self._rule(rule, (*path, "rules", n)) for n, rule in enumerate(shape.rules)
            ),
            why=shape.why,
            says=shape.says,
            added=shape.added == "yes",
            not_known=shape.not_known,
            next=shape.next,
            labels=_labels(shape.labels),
            place=self.document.place(path),
        )

    def _rule(self, shape: schema.Rule, path: Path) -> model.Rule:
        self.names.check_cited(shape.evidence, self.names.evidence, (*path, "evidence"))
        return model.Rule(
            status=shape.status,
            points=shape.points,
            because=shape.because,
            when=self.whens.of_rule(shape.when, (*path, "when")),
            rests_on=shape.rests_on,
            evidence=shape.evidence,
            next=shape.next,
            ask=shape.ask,
            place=self.document.place(path),
        )

    def _outcome(self, shape: schema.Outcome, path: Path) -> model.Outcome:
        self.names.check_cited(shape.evidence, self.names.evidence, (*path, "evidence"))
        return model.Outcome(
            id=shape.id,
            title=shape.title,
            text=shape.text,
            when=self.whens.of_outcome(shape.when, (*path, "when")),
            next=shape.next,
            ask=shape.ask,
            evidence=shape.evidence,
            place=self.document.place(path),
        )

    def _promise(self, shape: schema.Promise, path: Path) -> model.Promise:
        never = self.whens.of_promise(shape.never, (*path, "never"))
        return model.Promise(shape.text, never, self.document.place(path))

    def _case(self, shape: schema.Case, path: Path) -> model.Case:
        answers: dict[str, model.Answer] = {}
        for name, value in shape.answers.items():
            here = (*path, "answers", name)
            known, vague = self.built_questions, self.names.soundness.vague
            if name in vague or not self.names.check_known(
                name, known, "question", here, at_key=True
            ):
                continue
            try:
                answers.update(check_answers(known, {name: value}))
            except AnswersError as error:
                for problem in error.problems:
                    self.names.fault(problem.message, here)
        expect = self.whens.expectation(shape.expect, (*path, "expect"))
        return model.Case(shape.name, answers, expect, self.document.place(path))


def _labels(shape: schema.Labels) -> dict[str, str]:
    return {status: words for status, words in structs.asdict(shape).items() if words}
