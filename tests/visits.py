"""Papers of several people to hold against each other, and texts that are hard to place."""

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from checklist.engine.assess import assess
from checklist.loading.loader import load_ruleset
from checklist.papers import blank_form, doctor_page, persons_copy
from checklist.papers.visit import VisitSummary
from checklist.ruleset.model import Answers, Ruleset
from checklist.wording.summary import summarise
from checklist.wording.views import Summary
from people import PEOPLE, USED_UP
from walks import ruleset

DAY = "2026-11-22"
HOSTILE = (
    "W" * 220,
    "#import \"x\": * $ \\ <script>alert(1)</script> {{ 7 * 7 }} [link](http://x) 'quoted' & more",
    "\u0627\u0644\u0623\u0633\u0626\u0644\u0629 \u039a\u03b1\u03bb\u03b7\u03bc\u03ad\u03c1\u03b1 "
    "\u0928\u092e\u0938\u094d\u0924\u0947 \u4f60\u597d \U0001f600",
    "It began in spring, and the letters of the clinic are at home. " * 9,
)
EVERYTHING = {
    **PEOPLE["somebody of 70"],
    "filled_in_by": "together",
    "specialist": "yes",
    "attacks_12": 3,
    "attacks_24": 5,
    "medicines": {**USED_UP, "inebilizumab": "no_access", "tocilizumab": "short"},
    "conditions": ("heart", "diabetes", "mood", "gut"),
    "effects": ("sight", "walking", "hands", "pain", "bladder", "tired"),
    "priorities": ("no_attacks", "sight_and_moving", "avoid_harm", "family", "home", "work"),
    "children": "yes",
    "carer": "no",
}


def told(answers: Answers, own: tuple[str, ...] = ()) -> Summary:
    return summarise(ruleset(), answers, assess(ruleset(), answers), DAY, (), own)


@cache
def summaries() -> dict[str, Summary]:
    """Return what is said to several people, some of them with texts that are hard to place."""
    found = {name: told(answers) for name, answers in PEOPLE.items()}
    found["everything answered"] = told(EVERYTHING, ("May my sister come with me?",))
    for number, text in enumerate(HOSTILE):
        notes = {"medicine_notes": text, "own_questions": text}
        found[f"hostile {number}"] = told(EVERYTHING | notes, (text[:200], text[1:201]))
    whole = found["everything answered"]
    found["twice the points"] = replace(whole, criteria=whole.criteria * 2)
    found["ten times the points"] = replace(whole, criteria=whole.criteria * 10)
    return found


@cache
def other_rulesets() -> tuple[Ruleset, ...]:
    here = Path(__file__).parent
    files = (here / "rulesets" / "every_kind.yaml", here.parent / "examples" / "long_ride.yaml")
    return tuple(load_ruleset(file) for file in files)


@cache
def visits() -> dict[str, VisitSummary]:
    """Return every paper of these people, of other subjects too."""
    found = {}
    for name, summary in summaries().items():
        found[f"doctor, {name}"] = doctor_page(ruleset(), summary)
        found[f"copy, {name}"] = persons_copy(ruleset(), summary)
    found["blank"] = blank_form(ruleset(), DAY)
    for other in other_rulesets():
        for case in other.cases:
            summary = summarise(other, case.answers, assess(other, case.answers), DAY)
            found[f"doctor, {other.id}, {case.name}"] = doctor_page(other, summary)
            found[f"copy, {other.id}, {case.name}"] = persons_copy(other, summary)
        found[f"blank, {other.id}"] = blank_form(other, DAY)
    return found


def bare(text: str) -> str:
    """Return a text without white space, which renderings place as they need."""
    return "".join(text.split())
