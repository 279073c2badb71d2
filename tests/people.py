"""A handful of people as they might sit at the form, and the way that each goes through it."""

from functools import cache

from checklist.web import create_app
from visitor import Shown, Visitor
from walks import ruleset, sent


def medicines(**happened) -> dict[str, str]:
    """Return what happened with each medicine, those not named not having been tried."""
    return dict.fromkeys(ruleset().questions["medicines"].items, "not_tried") | happened


HEALTHY = {"pregnant": "no", "infection": "no", "conditions": ()}
OURS = {"diagnosis": "aqp4", "cell_test": "yes"}
USED_UP = medicines(
    azathioprine="attacks", rituximab="attacks", eculizumab="harm", satralizumab="attacks"
)
OUT_OF_REACH = dict.fromkeys(
    ["inebilizumab", "eculizumab", "ravulizumab", "satralizumab", "tocilizumab"], "no_access"
)
PEOPLE = {
    "the man of the report": {
        **OURS,
        **HEALTHY,
        "age": 30,
        "medicines": medicines(azathioprine="attacks", rituximab="attacks", **OUT_OF_REACH),
        "donor": "matched_sibling",
        "donor_details": {"woman_to_man": "yes", "over_35": "no", "blood_cells": "no"},
    },
    "somebody who is well on one medicine": {
        **OURS,
        **HEALTHY,
        "age": 44,
        "medicines": medicines(rituximab="holds"),
        "donor": "not_looked",
    },
    "somebody who knows nothing of it": {},
    "a pregnant woman": {
        **OURS,
        **HEALTHY,
        "age": 29,
        "pregnant": "yes",
        "medicines": USED_UP,
        "donor": "siblings_untested",
    },
    "somebody of 70": {
        **OURS,
        **HEALTHY,
        "age": 70,
        "conditions": ("heart", "diabetes"),
        "medicines": USED_UP,
        "donor": "matched_unrelated",
        "donor_details": {"woman_to_man": "no", "over_35": "yes", "blood_cells": "yes"},
    },
    "somebody in the midst of it": {
        "filled_in_by": "together",
        "age": 34,
        "specialist": "yes",
        "diagnosis": "aqp4",
        "attacks_12": 2,
        "attacks_24": 3,
        "medicines": medicines(
            azathioprine="attacks",
            mycophenolate="harm",
            rituximab="attacks",
            satralizumab="too_early",
            eculizumab="no_access",
        ),
        "medicine_notes": "Rituximab from March 2023 to May 2025, four courses, 1 g.",
        "donor": "siblings_untested",
        "pregnant": "no",
        "infection": "no",
        "conditions": ("diabetes", "mood"),
        "effects": ("sight", "hands", "pain", "tired"),
        "priorities": ("no_attacks", "sight_and_moving", "family"),
        "children": "yes",
        "own_questions": "Can I keep my job? How far is the nearest centre?",
    },
    "somebody with much to tell": {
        "filled_in_by": "together",
        "age": 34,
        "specialist": "yes",
        "diagnosis": "aqp4",
        "attacks_12": 2,
        "attacks_24": 3,
        "medicines": {
            "azathioprine": "attacks",
            "mycophenolate": "harm",
            "rituximab": "attacks",
            "inebilizumab": "attacks",
            "eculizumab": "no_access",
            "ravulizumab": "short",
            "satralizumab": "too_early",
            "other": "harm",
        },
        "medicine_notes": "Rituximab from March 2023 to May 2025, four courses, 1 g. " * 10,
        "donor": "matched_unrelated",
        "donor_details": {"woman_to_man": "yes", "over_35": "yes"},
        "pregnant": "no",
        "infection": "no",
        "conditions": ("diabetes", "mood", "lungs", "heart", "kidneys", "liver", "cancer"),
        "effects": ("sight", "hands", "pain", "tired"),
        "priorities": ("no_attacks", "sight_and_moving", "avoid_harm", "family", "home"),
        "children": "yes",
        "carer": "no",
        "own_questions": "Can I keep my job? How far is the nearest centre that does this? " * 9,
    },
    "a parent for a boy of 16": {
        **HEALTHY,
        "filled_in_by": "helper",
        "age": 16,
        "diagnosis": "no_aqp4",
        "medicines": medicines(mycophenolate="attacks", rituximab="too_early"),
        "donor": "not_looked",
    },
}


EXPECTED = {
    "the man of the report": "talk_it_over",
    "somebody who is well on one medicine": "other_treatments_first",
    "a pregnant woman": "settle_first",
    "somebody of 70": "talk_it_over",
    "somebody in the midst of it": "other_treatments_first",
    "somebody with much to tell": "other_treatments_first",
    "a parent for a boy of 16": "childrens_team",
}


@cache
def result_page_of(person: str) -> Shown:
    """Go through the form as somebody would, page by page, to the result."""
    visitor = Visitor(create_app(ruleset()).test_client())
    shown = visitor(link(visitor("/"), "Start"))
    while "/section/" in shown.one("form").get("action"):
        shown = shown.send(fields_of(shown, PEOPLE[person]))
        if not list(shown.all("form")):
            break
    assert shown.h1 == "Check your answers"
    return visitor(link(shown, "See your result"))


def link(shown: Shown, words: str) -> str:
    """Return where a link in the main part leads."""
    return next(a.get("href") for a in shown.main.iter("a") if "".join(a.itertext()) == words)


def fields_of(shown, answers) -> dict[str, list[str]]:
    """Return what this person answers on this page: what is not told is not known."""
    fields = {}
    for name in shown.fields().getlist("asked"):
        question = ruleset().questions[name]
        if name in answers:
            fields |= dict(sent(name, answers[name]).lists())
        elif question.scored:
            items = getattr(question, "items", {"": ""})
            fields |= {f"q-{name}.{item}".rstrip("."): ["?"] for item in items}
    return fields
