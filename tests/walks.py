"""Answers that together reach all that the shipped ruleset can say, and the pages they lead to.

Answers are made from the engine's own cells: one example for every way that rules can tell
answers apart. Pages are opened through the form, by ``Visitor``, as a browser would.
"""

import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from itertools import product
from math import prod

from werkzeug.datastructures import MultiDict

import words
from checklist.engine.assess import assess, atlas_of
from checklist.engine.assessment import Assessment
from checklist.loading.loader import load_ruleset
from checklist.paths import RULES
from checklist.ruleset.model import Answers, Criterion, Ruleset
from checklist.web import Hosting, create_app
from checklist.wording.saved_file import Said, write_file
from visitor import Shown, Visitor

IN_CI = bool(os.environ.get("CI"))


@cache
def ruleset() -> Ruleset:
    """Return the ruleset that is shipped."""
    return load_ruleset(RULES)


# ---------------------------------------------------------------- answers


def ways_through(criterion: Criterion) -> Iterator[dict]:
    """Yield one example for every combination of answers that a criterion's rules tell apart."""
    axes = _axes(criterion)
    for cells in product(*(range(axis.size) for axis in axes)):
        yield _answers(axes, cells)


def number_of_ways(criterion: Criterion) -> int:
    return prod(axis.size for axis in _axes(criterion))


def _axes(criterion: Criterion):
    atlas = atlas_of(ruleset())
    table = next(table for table in atlas.tables if table.id == criterion.id)
    return [atlas.axes[number] for number in sorted(table.axes)]


def _answers(axes, cells) -> dict:
    return {axis.question.id: axis.example(cell) for axis, cell in zip(axes, cells, strict=True)}


def completed(answers: Mapping, dice: random.Random) -> dict:
    """Return these answers, with every other scored question answered by chance."""
    axes = atlas_of(ruleset()).axes
    by_chance = _answers(axes, [dice.randrange(axis.size) for axis in axes])
    return {**by_chance, **answers}


def features(assessment: Assessment) -> set[tuple]:
    """Return what an assessment makes the pages say: rules, open states and outcomes."""
    found: set[tuple] = {("several outcomes",)}
    if len(assessment.outcomes) == 1:
        found = {("outcome", assessment.outcomes[0]), ("points", assessment.score.settled)}
    for result in assessment.criteria:
        if not result.settled:
            found |= {("open", result.id), *(("waits", result.id, q) for q in result.missing)}
        elif len(result.rules) == 1:
            found.add(("rule", result.id, result.rules[0]))
    return found | {("set aside", name) for name in assessment.set_aside}


@cache
def answer_sets() -> tuple[Answers, ...]:
    """Return a few sets of answers with every feature that any of many sets has.

    In CI these are followed by every sixth case of the ruleset.
    """
    pool = list(_many_answer_sets())
    shown = [features(assess(ruleset(), answers)) for answers in pool]
    chosen, covered = [0], set(shown[0])
    while missing := set().union(*shown) - covered:
        # Pages with much left open take long: prefer whoever adds most for the least left open.
        best = max(range(len(pool)), key=lambda n: len(shown[n] & missing) / _effort(pool[n]))
        chosen.append(best)
        covered |= shown[best]
    cases = [case.answers for case in ruleset().cases[::2]] if IN_CI else []
    return (*(pool[number] for number in chosen), *cases)


def _many_answer_sets() -> Iterator[Answers]:
    yield {}
    yield from (case.answers for case in ruleset().cases)
    dice = random.Random(2026)  # noqa: S311 - the same answers in every run
    for criterion in ruleset().criteria:
        step = max(1, number_of_ways(criterion) // 60)
        for number, answers in enumerate(ways_through(criterion)):
            whole = completed(answers, dice)
            if number % step == 0:
                yield whole
            if number % (step * 8) == 0:
                yield from ({k: v for k, v in whole.items() if k != name} for name in answers)


def _effort(answers: Answers) -> int:
    return 1 + len(atlas_of(ruleset()).axes) - len(answers)


# ---------------------------------------------------------------- pages


@dataclass(frozen=True)
class Page:
    """A page that somebody met: its address, whose answers it is for, and what it shows."""

    address: str
    answers: Answers
    shown: Shown

    @cached_property
    def units(self) -> list[words.Unit]:
        """Return all its text, unit by unit."""
        return words.units(self.shown.tree)


class Person:
    """Somebody who fills in the form and may change every answer again."""

    def __init__(self):
        self.visitor = Visitor(create_app(ruleset()).test_client())
        self.blank = {
            f"/section/{section.id}": self.visitor(f"/section/{section.id}").fields()
            for section in ruleset().sections
        }

    def answer(self, answers: Answers) -> None:
        """Send every page of the form with these answers and no others."""
        for address, blank in self.blank.items():
            fields = MultiDict(blank)
            for name in blank.getlist("asked"):
                if name in answers:
                    fields.update(sent(name, answers[name]))
            fields["go"] = "on"
            assert self.visitor.client.post(address, data=fields).status_code == 303

    def opens(self, address: str) -> Shown | None:
        """Return a page, or nothing where the address leads to a file."""
        response = self.visitor.client.get(address)
        if response.status_code == 200 and response.mimetype != "text/html":
            return None
        shown = self.visitor(address)
        assert shown.status == 200, address
        return shown


def sent(name: str, answer) -> MultiDict:
    """Return the fields by which a browser sends an answer."""
    fields: MultiDict = MultiDict()
    if isinstance(answer, Mapping):
        for item, option in answer.items():
            fields[f"q-{name}.{item}"] = option
    elif isinstance(answer, tuple):
        fields.setlist(f"q-{name}", list(answer) or ["-"])
    else:
        fields[f"q-{name}"] = str(answer)
    return fields


@cache
def pages() -> tuple[Page, ...]:
    """Return every page: those alike for everybody once, the others for each set of answers."""
    person = Person()
    first, *others = answer_sets()
    found = [*_all_pages(person, first)]
    person.answer(others[0])
    changed = [*_all_pages(person, others[0])]
    same = {page.address: page.shown.text for page in found}
    personal = [p.address for p in changed if p.shown.text != same.get(p.address)]
    found += [page for page in changed if page.address in personal]
    for answers in others[1:]:
        person.answer(answers)
        found += [Page(address, answers, person.visitor(address)) for address in personal]
    elsewhere = [*_on_the_way(person), *_files(Person()), *_notices(person), *_refusals(person)]
    return (*found, *(Page(f"{shown.h1} ({shown.status})", {}, shown) for shown in elsewhere))


def _all_pages(person: Person, answers: Answers) -> Iterator[Page]:
    # Every address that needs nothing but itself, and every page of the form.
    rules = person.visitor.client.application.url_map.iter_rules()
    addresses = [r.rule for r in rules if "GET" in r.methods and not r.arguments]
    for address in (*addresses, *person.blank):
        if shown := person.opens(address):
            yield Page(address, answers, shown)


def _on_the_way(person: Person) -> Iterator[Shown]:
    # The pages of the form as they are opened from another page; the list of questions, filled.
    for address in person.blank:
        for came_from in ("check", "result"):
            yield person.visitor(f"{address}?from={came_from}")
    shown = person.visitor("/questions")
    offered = [box.get("value") for box in shown.main.iter("input") if box.get("name") == "take"]
    own = [box.get("name") for box in shown.main.iter("textarea")]
    taken = shown.send({"take": offered[:3], own[0]: "Can I bring a friend?"})
    yield taken
    yield taken.send({own[0]: "a" * 1000})
    places = [n for n in taken.fields() if n not in (*shown.fields(), "take", *own)]
    yield from (taken.send({name: wrong}) for name in places[:1] for wrong in ("x", "99"))
    yield person.visitor.post("/questions", {**taken.fields(), "run": "another"})
    yield from (person.visitor(address) for address in ("/result", "/print/doctor", "/print/copy"))


def _files(person: Person) -> Iterator[Shown]:
    # A file of answers opened and compared: one that fits, one of older questions, one that
    # does not fit; and a form that is out of date.
    person.answer(answer_sets()[1])
    other = Said(answer_sets()[2], frozenset({"filled_in_by"}), ("Can I bring a friend?",))
    sound = write_file(ruleset(), other, "2026-01-02")
    older = sound.replace(ruleset().version, "0").replace('"age": ', '"age": 999, "nose": ')
    faulty = sound.replace('"age": ', '"age": 999, "nose": ')
    contents = (sound, older, faulty, faulty.replace(ruleset().id, "tea"), "", "{", "{}")
    for address in ("/open", "/compare"):
        blank = person.visitor(address).fields()
        for content in contents:
            yield person.visitor.post(
                address, {**blank, "file": (BytesIO(content.encode()), "mine.json")}
            )
        yield person.visitor.post(address, blank)
        yield person.visitor.post(address, {**blank, "run": "another"})
    blank = person.visitor("/open").fields()
    opening = {**blank, "file": (BytesIO(sound.encode()), "mine.json")}
    yield person.visitor.post("/open", opening).send()
    yield person.visitor.post("/save", {})


def _refusals(person: Person) -> Iterator[Shown]:
    # Each way to fill a page in that cannot be read; then pages that are not there.
    for address, blank in person.blank.items():
        for wrong in _wrong_fields(blank.getlist("asked")):
            fields = MultiDict(blank)
            fields.update(wrong)
            fields["go"] = "on"
            shown = person.visitor.post(address, fields)
            assert shown.status == 422, wrong
            yield shown
        yield person.visitor.post(address, {**blank, "run": "another"})
        yield person.visitor.post(address, {**blank, "csrf_token": ""})
    yield person.visitor("/nowhere")
    yield person.visitor.post("/clear", {})
    yield person.visitor.post("/clear", person.visitor("/clear").fields())


def _notices(person: Person) -> Iterator[Shown]:
    # The program was started anew since; and the form as others serve it.
    person.answer(answer_sets()[1])
    cookie = person.visitor.client.get_cookie("checklist-8765")
    started_anew = create_app(ruleset()).test_client()
    started_anew.set_cookie(cookie.key, cookie.value)
    yield Visitor(started_anew)("/check")
    served = create_app(ruleset(), hosting=Hosting(hosts=frozenset({"localhost"}))).test_client()
    yield Shown(Visitor(served), served.get("/", base_url="https://localhost"))


def _wrong_fields(names) -> Iterator[MultiDict]:
    wrong = {
        "integer": [["many"], ["9999"], ["7", "?"], ["7", "8"]],
        "multi_choice": [["-", "?"], ["nonsense"]],
        "choice": [["nonsense"], ["?", "nonsense"]],
        "text": [["many words " * 200]],
    }
    for name in names:
        question = ruleset().questions[name]
        kind = {"Integer": "integer", "MultiChoice": "multi_choice", "Text": "text"}.get(
            type(question).__name__, "choice"
        )
        items = getattr(question, "items", None)
        field = f"q-{name}.{next(iter(items))}" if items else f"q-{name}"
        for values in wrong[kind]:
            fields: MultiDict = MultiDict()
            fields.setlist(field, values)
            yield fields
