"""Rulesets made to be hard: large, tied together, or with scores that come out in many ways."""

import random
from collections.abc import Callable
from typing import Any

Raw = dict[str, Any]


def yes_no(name: str, **more: object) -> Raw:
    """Return a yes_no question."""
    return {"id": name, "text": "Is it so?", "type": "yes_no", **more}


def rule(status: str, points: int, when: Raw | None = None) -> Raw:
    """Return a rule of a criterion."""
    return {"status": status, "points": points, "because": "So.", "when": when or {}}


def criterion(number: int, *rules: Raw) -> Raw:
    """Return a criterion."""
    return {"id": f"c{number}", "title": "C", "sources": ["book"], "rules": list(rules)}


def ruleset(
    questions: list[Raw],
    criteria: list[Raw],
    outcomes: list[Raw],
    promises: list[Raw] | None = None,
    facts: Raw | None = None,
) -> Raw:
    """Return a whole ruleset; ``outcomes`` are the ``when`` of each but the last."""
    last = {"id": "last", "title": "O", "text": "So."}
    return {
        "format": 1,
        "id": "made",
        "title": "Made",
        "version": "1",
        "language": "en",
        "sources": {"book": {"title": "Book", "kind": "book", "year": 2000}},
        "sections": [{"id": "all", "title": "All", "questions": questions}],
        "facts": facts or {},
        "criteria": criteria,
        "outcomes": [
            *(
                {"id": f"o{n}", "title": "O", "text": "So.", "when": w}
                for n, w in enumerate(outcomes)
            ),
            last,
        ],
        "promises": promises or [],
    }


def apart(criteria: int, most: int, outcomes: list[Raw]) -> Raw:
    """Return criteria of four questions each that share nothing, with points up to ``most``."""
    points = random.Random(criteria).randint
    asked, judged = [], []
    for number in range(criteria):
        a, b, c, d = (f"q{number}_{n}" for n in range(4))
        asked += [
            {"id": q, "text": "?", "type": "integer", "minimum": 0, "maximum": 99}
            for q in (a, b, c, d)
        ]
        judged.append(
            criterion(
                number,
                rule("met", points(1, most), {a: "< 10", b: "20..30"}),
                rule("partly", points(0, most), {c: "> 50", d: "<= 7"}),
                rule("partly", points(0, most), {a: "> 50", d: "> 70"}),
                rule("not_met", 0),
            )
        )
    return ruleset(asked, judged, outcomes)


def doubling(number: int, outcomes: list[Raw], promises: list[Raw] | None = None) -> Raw:
    """Return yes_no questions apart from each other that give 1, 2, 4, ... points."""
    names = [f"q{n}" for n in range(number)]
    judged = [
        criterion(n, rule("met", 1 << n, {name: "yes"}), rule("not_met", 0))
        for n, name in enumerate(names)
    ]
    return ruleset([yes_no(name) for name in names], judged, outcomes, promises)


def doubling_tied(number: int) -> Raw:
    """Return the same, tied together by one criterion that looks at all of them."""
    raw = doubling(number, [{"score": f"> {1 << number - 1}"}])
    every = rule("met", 0, {f"q{n}": "yes" for n in range(number)})
    raw["criteria"].append(criterion(number, every, rule("not_met", 0)))
    return raw


def shared_parent() -> Raw:
    """Return ten criteria on a question each, all switched on by the same one."""
    options = {"a": "A", "b": "B", "c": "C"}
    asked = [yes_no("donor")]
    judged = []
    for n in range(10):
        asked.append(
            {
                "id": f"q{n}",
                "text": "?",
                "type": "choice",
                "options": options,
                "enable_when": {"donor": "yes"},
            }
        )
        judged.append(
            criterion(
                n,
                rule("met", 100 + n, {f"q{n}": "a"}),
                rule("partly", n, {f"q{n}": "b"}),
                rule("not_yet", 0),
            )
        )
    return ruleset(asked, judged, [{"c0": "met", "score": "> 500"}, {"score": "> 300"}])


def shared_age(criteria: int, steps: int) -> Raw:
    """Return criteria of four questions of their own and the age that they share."""
    asked: list[Raw] = [{"id": "age", "text": "?", "type": "integer", "minimum": 0, "maximum": 99}]
    judged = []
    for n in range(criteria):
        own = [f"q{n}_{m}" for m in range(4)]
        asked += [yes_no(name) for name in own]
        judged.append(
            criterion(
                n,
                rule("not_met", 0, {"age": f"< {10 + n % steps}"}),
                rule("met", 37 * n + 11, dict.fromkeys(own, "yes")),
                *(
                    rule("partly", 13 * n + m, {name: "yes", "age": f"< {50 + n % steps}"})
                    for m, name in enumerate(own)
                ),
                rule("not_met", 0),
            )
        )
    return ruleset(asked, judged, [{"c0": "not_met"}, {"score": "> 60"}])


def tied_by_promise() -> Raw:
    """Return two criteria of eleven questions each, linked only by the tally of a promise."""
    asked, judged = [], []
    for n, letter in enumerate("qz"):
        own = [f"{letter}{m}" for m in range(11)]
        asked += [yes_no(name) for name in own]
        judged.append(criterion(n, rule("met", 1, dict.fromkeys(own, "yes")), rule("not_met", 0)))
    both = {"both": {"text": "both", "tally": [{"q0": "yes"}, {"z0": "yes"}]}}
    never = {"text": "Never", "never": {"both": 0, "c0": "met"}}
    return ruleset(asked, judged, [{"c0": "met"}], [never], both)


def large_grid(items: int) -> Raw:
    """Return one grid with four counts, tested at every number."""
    options = {f"o{n}": "O" for n in range(5)}
    grid = {
        "id": "g",
        "text": "?",
        "type": "grid",
        "items": {f"i{n}": "I" for n in range(items)},
        "options": options,
    }
    facts = {f"f{n}": {"text": "f", "count": "g", "where": [f"o{n}"]} for n in range(4)}
    rules = [rule("met", 1, {name: m}) for name in facts for m in range(items + 1)]
    return ruleset([grid], [criterion(0, *rules, rule("not_met", 0))], [{"c0": "met"}], None, facts)


MADE: dict[str, Callable[[], Raw]] = {
    "40 questions, 10 criteria, points <= 1000": lambda: apart(
        10, 1000, [{"score": "> 4000"}, {"score": "> 2000"}]
    ),
    "200 questions, 50 criteria, points <= 10": lambda: apart(
        50, 10, [{"score": "> 200"}, {"score": "> 100"}]
    ),
    "80 questions, 20 outcomes, one criterion each": lambda: apart(
        20, 10, [{f"c{n}": "met"} for n in range(20)]
    ),
    "the same, outcomes in another order": lambda: apart(
        20, 10, [{f"c{n * 7 % 20}": "met"} for n in range(20)]
    ),
    "20 outcomes on two criteria each": lambda: apart(
        20, 10, [{f"c{n}": "met", f"c{n * 7 % 20}": "partly"} for n in range(20)]
    ),
    "22 yes_no, points 2^n, score tested": lambda: doubling(22, [{"score": "> 2000000"}]),
    "22 yes_no, points 2^n, a promise": lambda: doubling(
        22,
        [{"c0": "met"}],
        [{"text": "Never", "never": {"c1": "met", "c2": "met", "outcome": "o0"}}],
    ),
    "29 yes_no, points 2^n, score tested": lambda: doubling(29, [{"score": "> 2000000"}]),
    "16 yes_no, points 2^n, all tied": lambda: doubling_tied(16),
    "12 yes_no, points 2^n, all tied": lambda: doubling_tied(12),
    "donor and 10 questions that it switches on": shared_parent,
    "4 criteria of 4 questions and an age": lambda: shared_age(4, 4),
    "12 criteria of 4 questions and an age": lambda: shared_age(12, 3),
    "two criteria of 11, tied by a promise": tied_by_promise,
    "grid of 30 items, 5 options, 4 counts": lambda: large_grid(30),
    "grid of 14 items, 5 options, 4 counts": lambda: large_grid(14),
}
