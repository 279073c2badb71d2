"""A ruleset put back as the data of a file, as far as judging goes."""

from checklist.ruleset.model import Count, Grid, Integer, MultiChoice, OneOf, Text

KINDS = {
    "YesNo": "yes_no",
    "Choice": "choice",
    "Integer": "integer",
    "MultiChoice": "multi_choice",
    "Grid": "grid",
    "Text": "text",
}


def raw_of(ruleset):
    return {
        "sections": [{"questions": [_question(q) for q in ruleset.questions.values()]}],
        "facts": {name: _fact(fact, ruleset) for name, fact in ruleset.facts.items()},
        "criteria": [
            {"id": c.id, "rules": [_rule(rule) for rule in c.rules]} for c in ruleset.criteria
        ],
        "outcomes": [{"id": o.id, "when": _when(o.when)} for o in ruleset.outcomes],
    }


def _question(question):
    raw = {
        "id": question.id,
        "type": KINDS[type(question).__name__],
        "enable_when": _when(question.enable_when),
    }
    if isinstance(question, Integer):
        raw |= {"minimum": question.minimum, "maximum": question.maximum}
    elif not isinstance(question, Text):
        raw["options"] = question.options
    if isinstance(question, Grid):
        raw["items"] = question.items
    return raw


def _fact(fact, ruleset):
    if not isinstance(fact, Count):
        return {"tally": [_when(condition) for condition in fact.conditions]}
    raw = {"count": fact.question, "items": list(fact.items)}
    if not isinstance(ruleset.questions[fact.question], MultiChoice):
        raw["where"] = sorted(fact.where)
    return raw


def _rule(rule):
    return {"status": rule.status, "points": rule.points, "when": _when(rule.when)}


def _when(when):
    return {name: _test(test) for name, test in when.items()}


def _test(test):
    if isinstance(test, OneOf):
        return sorted(test.words)
    return [f"{low}..{high}" for low, high in test.ranges]
