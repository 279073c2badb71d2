"""The model that all rule engines are given: is this a day to go out sailing?

15 questions, 6 criteria of 3 to 8 rules over 1 to 4 inputs, outcomes over all 6 statuses and
the score. Three questions are looked at by two criteria, as happens in real rulesets.
"""

import json
import random
from typing import Any

from checklist.loading.loader import read_ruleset
from checklist.ruleset.model import Ruleset

Raw = dict[str, Any]
Person = dict[str, str | int]
Partly = dict[str, str | int | None]

YES_NO = ("yes", "no")
WORDS: dict[str, tuple[str, ...]] = {
    "swims": ("well", "a_little", "no"),
    "life_jacket": YES_NO,
    "sailed_before": ("often", "once", "never"),
    "course": YES_NO,
    "storm_forecast": YES_NO,
    "leaks": ("none", "few", "many"),
    "radio": YES_NO,
    "phone": YES_NO,
}
NUMBERS: dict[str, tuple[int, int]] = {
    "age": (0, 99),
    "crew": (1, 8),
    "wind": (0, 12),
    "waves": (0, 60),
    "boat_length": (2, 20),
    "months_since_check": (0, 120),
    "miles": (1, 60),
}

# How often each answer is given, so that no outcome is rare.
_WEIGHTS = {
    "swims": (5, 3, 1),
    "life_jacket": (4, 1),
    "sailed_before": (3, 2, 2),
    "storm_forecast": (1, 6),
    "leaks": (5, 2, 1),
}
_USUAL = {
    "wind": (0, 7),
    "waves": (0, 24),
    "months_since_check": (0, 30),
    "miles": (1, 25),
    "crew": (1, 6),
}

# criterion: its rules, each with the status, the points and the tests.
CRITERIA: dict[str, list[tuple[str, int, dict[str, Any]]]] = {
    "swimming": [
        ("not_met", 0, {"life_jacket": "no", "swims": "no"}),
        ("not_met", 0, {"life_jacket": "no", "age": "< 8"}),
        ("met", 3, {"life_jacket": "yes", "swims": "well"}),
        ("partly", 2, {"swims": "well"}),
        ("partly", 1, {"age": "< 12"}),
        ("met", 2, {"life_jacket": "yes", "swims": "a_little"}),
        ("partly", 1, {}),
    ],
    "skill": [
        ("met", 3, {"sailed_before": "often"}),
        ("met", 2, {"sailed_before": "once", "course": "yes"}),
        ("not_met", 0, {"sailed_before": "never", "crew": 1}),
        ("partly", 1, {"course": "yes"}),
        ("partly", 1, {"crew": ">= 3"}),
        ("not_yet", 0, {}),
    ],
    "weather": [
        ("not_met", 0, {"storm_forecast": "yes"}),
        ("not_met", 0, {"wind": ">= 8"}),
        ("not_met", 0, {"wind": "6..7", "boat_length": "< 7"}),
        ("not_met", 0, {"waves": "> 25", "boat_length": "< 9"}),
        ("partly", 1, {"wind": "6..7"}),
        ("partly", 1, {"waves": "> 15"}),
        ("not_yet", 0, {"wind": 0}),
        ("met", 3, {}),
    ],
    "boat": [
        ("not_met", 0, {"leaks": "many"}),
        ("not_met", 0, {"months_since_check": "> 24", "leaks": "few"}),
        ("not_yet", 0, {"months_since_check": "> 24"}),
        ("partly", 1, {"leaks": "few"}),
        ("met", 2, {}),
    ],
    "help": [
        ("not_met", 0, {"miles": ">= 20", "radio": "no"}),
        ("met", 2, {"radio": "yes"}),
        ("met", 1, {"phone": "yes", "miles": "< 6", "wind": "< 5"}),
        ("partly", 1, {"phone": "yes"}),
        ("not_met", 0, {}),
    ],
    "company": [
        ("met", 2, {"crew": "2..5"}),
        ("partly", 1, {"crew": 1}),
        ("not_met", 0, {}),
    ],
}
OUTCOMES: list[tuple[str, dict[str, Any]]] = [
    ("stay_ashore", {"weather": "not_met"}),
    ("mend_the_boat", {"boat": ["not_met", "not_yet"]}),
    ("set_sail", {"swimming": "met", "skill": "met", "help": "met", "score": ">= 11"}),
    ("find_a_teacher", {"skill": ["not_met", "not_yet"], "company": ["met", "partly"]}),
    ("get_gear", {"swimming": "not_met"}),
    ("get_a_radio", {"help": "not_met"}),
    ("wait", {"weather": ["partly", "not_yet"], "company": ["partly", "not_met"]}),
    ("stay_close", {"score": ">= 9"}),
    ("think_again", {}),
]


def raw_ruleset() -> Raw:
    """Return the model as a ruleset file has it."""
    words = [
        {"id": name, "text": "Which?", "type": "choice", "options": dict.fromkeys(options, "This")}
        for name, options in WORDS.items()
    ]
    numbers = [
        {"id": name, "text": "How much?", "type": "integer", "minimum": low, "maximum": high}
        for name, (low, high) in NUMBERS.items()
    ]
    return {
        "format": 1,
        "id": "sailing",
        "title": "A day to go out sailing",
        "version": "1",
        "language": "en",
        "sources": {"almanac": {"title": "Almanac", "kind": "book", "year": 2000}},
        "sections": [{"id": "all", "title": "All", "questions": words + numbers}],
        "criteria": [
            {
                "id": name,
                "title": name,
                "sources": ["almanac"],
                "rules": [
                    {"status": status, "points": points, "because": "So.", "when": when}
                    for status, points, when in rules
                ],
            }
            for name, rules in CRITERIA.items()
        ],
        "outcomes": [
            {"id": name, "title": name, "text": "So.", "when": when} for name, when in OUTCOMES
        ],
    }


def fresh_ruleset() -> Ruleset:
    """Return the model as Checklist loads it, nothing worked out yet."""
    return read_ruleset(json.dumps(raw_ruleset()).encode(), "sailing.yaml")


def people(number: int, seed: int = 1) -> list[Person]:
    """Return people who have answered everything, no two alike."""
    chance = random.Random(seed)
    found: dict[tuple[str | int, ...], Person] = {}
    while len(found) < number:
        person = _person(chance)
        found[tuple(person.values())] = person
    return list(found.values())


def _person(chance: random.Random) -> Person:
    person: Person = {}
    for name, words in WORDS.items():
        person[name] = chance.choices(words, _WEIGHTS.get(name))[0]
    for name, (low, high) in NUMBERS.items():
        usual = chance.random() < 0.9
        person[name] = chance.randint(*_USUAL.get(name, (low, high)) if usual else (low, high))
    return person


def partly_open(number: int, share: float = 0.3, seed: int = 2) -> list[Partly]:
    """Return people who have left a share of the questions open, no two alike."""
    chance = random.Random(seed)
    found: dict[tuple[str | int | None, ...], Partly] = {}
    while len(found) < number:
        person: Partly = {
            name: None if chance.random() < share else answer
            for name, answer in _person(chance).items()
        }
        found[tuple(person.values())] = person
    return list(found.values())
