"""The meaning of a ruleset, written as plainly as possible: every completion, one by one.

Works on the raw data of a ruleset file and shares no code with the engine. Slow on purpose.
"""

import re
from itertools import chain, combinations, product

STATUSES = ("met", "partly", "not_met", "not_yet")


def questions_of(raw):
    return {q["id"]: q for section in raw["sections"] for q in section["questions"]}


def all_values(question, given):
    kind = question["type"]
    if kind == "grid":
        given = given or {}
        options = [
            [given[item]] if given.get(item) else list(question["options"])
            for item in question["items"]
        ]
        return [dict(zip(question["items"], row, strict=True)) for row in product(*options)]
    if given is not None:
        return [given]
    if kind == "yes_no":
        return ["yes", "no"]
    if kind == "choice":
        return list(question["options"])
    if kind == "integer":
        return list(range(question["minimum"], question["maximum"] + 1))
    if kind == "multi_choice":
        options = list(question["options"])
        subsets = chain.from_iterable(combinations(options, n) for n in range(len(options) + 1))
        return [list(subset) for subset in subsets]
    return [""]


def completions(raw, answers):
    questions = questions_of(raw)
    values = [all_values(q, answers.get(name)) for name, q in questions.items()]
    for row in product(*values):
        yield dict(zip(questions, row, strict=True))


def passes(test, value):
    if isinstance(test, list):
        return any(passes(part, value) for part in test)
    text = str(test)
    if found := re.fullmatch(r"(<=|>=|<|>) ?(-?\d+)", text):
        number = int(found[2])
        return {
            "<": value < number,
            "<=": value <= number,
            ">": value > number,
            ">=": value >= number,
        }[found[1]]
    if found := re.fullmatch(r"(-?\d+)\.\.(-?\d+)", text):
        return int(found[1]) <= value <= int(found[2])
    return text == str(value)


def applying(raw, world):
    on = {}
    for name, question in questions_of(raw).items():
        tests = question.get("enable_when") or {}
        on[name] = all(on[other] and passes(test, world[other]) for other, test in tests.items())
    return on


def holds(raw, when, world, on):
    facts = raw.get("facts") or {}
    for name, test in when.items():
        if name in facts and "tally" in facts[name]:
            value = sum(holds(raw, condition, world, on) for condition in facts[name]["tally"])
        elif name in facts:
            counted = facts[name]["count"]
            if not on[counted]:
                return False
            value = count(facts[name], questions_of(raw)[counted], world[counted])
        else:
            if not on[name]:
                return False
            value = world[name]
        if not passes(test, value):
            return False
    return True


def count(fact, question, value):
    if question["type"] == "grid":
        items = fact.get("items") or question["items"]
        return sum(value[item] in fact["where"] for item in items)
    return sum(option in value for option in fact.get("items") or question["options"])


def judge(raw, world):
    """Return the number of the deciding rule for each criterion, the score and the outcome."""
    on = applying(raw, world)
    decided = {}
    for criterion in raw["criteria"]:
        decided[criterion["id"]] = next(
            number
            for number, rule in enumerate(criterion["rules"], start=1)
            if holds(raw, rule.get("when") or {}, world, on)
        )
    rules = {c["id"]: c["rules"][decided[c["id"]] - 1] for c in raw["criteria"]}
    values = {name: rule["status"] for name, rule in rules.items()}
    values["score"] = sum(rule["points"] for rule in rules.values())
    outcome = next(
        o["id"]
        for o in raw["outcomes"]
        if all(passes(test, values[name]) for name, test in (o.get("when") or {}).items())
    )
    return decided, values, outcome


def switched_on_by(raw, name):
    found = {name}
    for other, question in questions_of(raw).items():
        if found & set(question.get("enable_when") or {}):
            found.add(other)
    return found


def frozen(value):
    return str(value)


def assess(raw, answers):
    """Return what the assessment must say, by looking at every completion."""
    judged = [(world, *judge(raw, world)) for world in completions(raw, answers)]
    criteria = {}
    for criterion in raw["criteria"]:
        name = criterion["id"]
        rules = {decided[name] for _, decided, _, _ in judged}
        points = [criterion["rules"][n - 1]["points"] for n in rules]
        statuses = {criterion["rules"][n - 1]["status"] for n in rules}
        criteria[name] = {
            "statuses": [s for s in STATUSES if s in statuses],
            "rules": sorted(rules),
            "points": {
                "low": min(points),
                "high": max(points),
                "maximum": max(rule["points"] for rule in criterion["rules"]),
            },
            "missing": mattering(raw, answers, judged, lambda j, n=name: j[2][n]),
        }
    scores = [values["score"] for _, _, values, _ in judged]
    reached = {outcome for _, _, _, outcome in judged}
    return {
        "score": {
            "low": min(scores),
            "high": max(scores),
            "maximum": sum(max(r["points"] for r in c["rules"]) for c in raw["criteria"]),
        },
        "outcomes": [o["id"] for o in raw["outcomes"] if o["id"] in reached],
        "criteria": criteria,
        "find_out": set(mattering(raw, answers, judged, lambda j: j[3])),
        "set_aside": [
            name
            for name, value in answers.items()
            if said(value) and not any(applying(raw, w)[name] for w, *_ in judged)
        ],
    }


def said(value):
    return any(value.values()) if isinstance(value, dict) else value is not None


def mattering(raw, answers, judged, result):
    """Return the open questions for which completions that differ only there differ in result."""
    found = []
    for name, question in questions_of(raw).items():
        if len({frozen(world[name]) for world, *_ in judged}) < 2:
            continue
        moved = switched_on_by(raw, name)
        results = {}
        for entry in judged:
            rest = tuple(frozen(v) for other, v in entry[0].items() if other not in moved)
            results.setdefault(rest, set()).add(result(entry))
        if any(len(seen) > 1 for seen in results.values()) and question["type"] != "text":
            found.append(name)
    return found
