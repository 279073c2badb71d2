"""The sailing model for other rule engines, each written as its own manual would have it.

Everything that can be compiled is compiled before any clock runs. Where an engine works on
expressions, each table is one expression that gives the number of the rule that decides;
a few lines of Python then look up its status and points, and add up.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Any

from benchmarks.sailing import CRITERIA, OUTCOMES, WORDS, Partly

# The number of the rule that decides in each table, the score and the outcome.
Said = tuple[tuple[int, ...], int, str]
Peer = Callable[[Partly], Said]
_OUTCOME_IDS = [name for name, _ in OUTCOMES]


def available() -> tuple[dict[str, Peer], list[str]]:
    """Return the engines that are installed, and why each of the others is left out."""
    found: dict[str, Peer] = {}
    left_out: list[str] = []
    for name, package, make in _MAKERS:
        try:
            found[f"{name} {version(package)}"] = make()
        except ImportError as error:
            left_out.append(f"{name}: {error}; `pip install '.[bench]'` brings it")
    return found, left_out


def parts_of(test: Any) -> tuple[str, Any, Any]:
    """Return a test as ('in', words, None), ('>=', number, None) or ('from', low, high)."""
    if isinstance(test, list):
        return "in", test, None
    if isinstance(test, int):
        return "==", test, None
    if found := re.fullmatch(r"(<=|>=|<|>) (\d+)", test):
        return found[1], int(found[2]), None
    if found := re.fullmatch(r"(\d+)\.\.(\d+)", test):
        return "from", int(found[1]), int(found[2])
    return "==", test, None


def _written(when: Mapping[str, Any], both: str, equal: str) -> str:
    # A condition as an expression; ``both`` is the language's word for 'and'.
    return f" {both} ".join(_comparison(n, test, both, equal) for n, test in when.items())


def _comparison(name: str, test: Any, both: str, equal: str) -> str:
    kind, first, second = parts_of(test)
    if kind == "from":
        return f"({name} >= {first} {both} {name} <= {second})"
    if kind == "in":
        return f"{name} in {json.dumps(first)}"
    return f"{name} {equal if kind == '==' else kind} {json.dumps(first)}"


def _ternary(rules: list[Mapping[str, Any]], both: str) -> str:
    last = str(len(rules))
    conditions = [f"({_written(when, both, '==')}) ? {n}" for n, when in enumerate(rules[:-1], 1)]
    return " : ".join([*conditions, last])


def _tables() -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for name, rules in CRITERIA.items():
        yield name, [when for _, _, when in rules]


def _by_number(decide: Mapping[str, Callable[[Partly], Any]], outcome: Callable[..., Any]) -> Peer:
    # From the number of each table's rule to statuses, score and outcome.
    def say(person: Partly) -> Said:
        numbers = []
        facts: dict[str, Any] = {}
        score = 0
        for name, number_for in decide.items():
            number = number_for(person)
            status, points, _ = CRITERIA[name][number - 1]
            numbers.append(number)
            facts[name] = status
            score += points
        facts["score"] = score
        return tuple(numbers), score, _OUTCOME_IDS[outcome(facts) - 1]

    return say


def _expressions(both: str, compiled: Callable[[str], Callable[[Any], Any]]) -> Peer:
    decide = {name: compiled(_ternary(rules, both)) for name, rules in _tables()}
    return _by_number(decide, compiled(_ternary([when for _, when in OUTCOMES], both)))


def _zen_expressions() -> Peer:
    zen = import_module("zen")

    def compiled(text: str) -> Callable[[Any], Any]:
        evaluate = zen.compile_expression(text).evaluate
        return lambda facts: int(evaluate(facts))

    return _expressions("and", compiled)


def _common_expressions() -> Peer:
    cel = import_module("cel")
    return _expressions("&&", lambda text: cel.compile(text).execute)


def _zen_graph() -> Peer:
    zen = import_module("zen")
    decision = zen.ZenEngine().create_decision(json.dumps(_graph()))

    def say(person: Partly) -> Said:
        result = decision.evaluate(person)["result"]
        numbers = tuple(int(result[name]["rule"]) for name in CRITERIA)
        return numbers, int(result["score"]), result["outcome"]

    return say


def _graph() -> dict[str, Any]:
    nodes = [{"id": "in", "name": "in", "type": "inputNode"}]
    edges = []
    for name, rules in CRITERIA.items():
        outputs = {
            f"{name}.rule": [str(n) for n, _ in enumerate(rules, 1)],
            f"{name}.status": [f'"{status}"' for status, _, _ in rules],
            f"{name}.points": [str(points) for _, points, _ in rules],
        }
        nodes.append(_table_node(name, [when for _, _, when in rules], outputs))
        edges += [("in", name), (name, "score")]
    total = " + ".join(f"{name}.points" for name in CRITERIA)
    nodes.append(
        {
            "id": "score",
            "name": "score",
            "type": "expressionNode",
            "content": {
                "expressions": [{"id": "e", "key": "score", "value": total}],
                "passThrough": True,
            },
        }
    )
    whens = [
        {n if n == "score" else f"{n}.status": test for n, test in when.items()}
        for _, when in OUTCOMES
    ]
    nodes.append(_table_node("outcome", whens, {"outcome": [f'"{o}"' for o in _OUTCOME_IDS]}))
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    edges += [("score", "outcome"), ("outcome", "out")]
    return {
        "nodes": nodes,
        "edges": [
            {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in edges
        ],
    }


def _table_node(name: str, whens: list[Any], outputs: Mapping[str, list[str]]) -> dict[str, Any]:
    asked = list(dict.fromkeys(asked for when in whens for asked in when))
    rows = []
    for number, when in enumerate(whens):
        row = {"_id": f"{name}{number}"}
        row |= {f"i-{field}": _cell(when[field]) if field in when else "" for field in asked}
        row |= {f"o-{field}": values[number] for field, values in outputs.items()}
        rows.append(row)
    return {
        "id": name,
        "name": name,
        "type": "decisionTableNode",
        "content": {
            "hitPolicy": "first",
            "passThrough": name == "outcome",
            "inputs": [{"id": f"i-{f}", "name": f, "field": f} for f in asked],
            "outputs": [{"id": f"o-{f}", "name": f, "field": f} for f in outputs],
            "rules": rows,
        },
    }


def _cell(test: Any) -> str:
    kind, first, second = parts_of(test)
    if kind == "from":
        return f"[{first}..{second}]"
    if kind == "in":
        return ", ".join(json.dumps(word) for word in first)
    return json.dumps(first) if kind == "==" else f"{kind} {first}"


def _json_logic() -> Peer:
    apply = import_module("json_logic").jsonLogic

    def compiled(rules: list[Mapping[str, Any]]) -> Callable[[Any], Any]:
        steps: list[Any] = []
        for number, when in enumerate(rules[:-1], 1):
            steps += [{"and": [_logic(n, t) for n, t in when.items()]}, number]
        logic = {"if": [*steps, len(rules)]}
        return lambda facts: apply(logic, facts)

    decide = {name: compiled(rules) for name, rules in _tables()}
    return _by_number(decide, compiled([when for _, when in OUTCOMES]))


def _logic(name: str, test: Any) -> dict[str, Any]:
    kind, first, second = parts_of(test)
    asked = {"var": name}
    if kind == "from":
        return {"<=": [first, asked, second]}
    return {kind: [asked, first]}


def _rule_engine() -> Peer:
    library = import_module("rule_engine")

    def compiled(rules: list[Mapping[str, Any]]) -> Callable[[Any], Any]:
        made = [library.Rule(_written(when, "and", "==")) for when in rules[:-1]]

        def number_for(facts: Any) -> int:
            for number, one in enumerate(made, 1):
                if one.matches(facts):
                    return number
            return len(rules)

        return number_for

    decide = {name: compiled(rules) for name, rules in _tables()}
    return _by_number(decide, compiled([when for _, when in OUTCOMES]))


def _business_rules() -> Peer:
    run_all = import_module("business_rules").run_all
    actions = import_module("business_rules.actions")
    variables = import_module("business_rules.variables")
    fields = import_module("business_rules.fields")

    class Decide(actions.BaseActions):  # type: ignore[misc, name-defined]
        number = 0

        @actions.rule_action(params={"number": fields.FIELD_NUMERIC})  # type: ignore[untyped-decorator]
        def decide(self, number: int) -> None:
            self.number = number

    def variables_class(names: Mapping[str, Any]) -> Any:
        def read(name: str, decorator: Any) -> Any:
            def value(self: Any) -> Any:
                return self.facts[name]

            value.__name__ = name
            return decorator()(value)

        kinds = (variables.string_rule_variable, variables.numeric_rule_variable)
        body = {name: read(name, kinds[kind]) for name, kind in names.items()}
        return type("Facts", (variables.BaseVariables,), body)

    def compiled(rules: list[Mapping[str, Any]], words: Any) -> Callable[[Any], Any]:
        made = [
            {
                "conditions": {"all": [c for n, t in when.items() for c in _business(n, t)]},
                "actions": [{"name": "decide", "params": {"number": number}}],
            }
            for number, when in enumerate(rules[:-1], 1)
        ]
        asked = {n: int(n not in words) for when in rules for n in when}
        kind = variables_class(asked)

        def number_for(facts: Any) -> int:
            holder, decision = kind(), Decide()
            holder.facts = facts
            run_all(made, holder, decision, stop_on_first_trigger=True)
            return decision.number or len(rules)

        return number_for

    decide = {name: compiled(rules, WORDS) for name, rules in _tables()}
    return _by_number(decide, compiled([when for _, when in OUTCOMES], CRITERIA))


def _business(name: str, test: Any) -> Iterator[dict[str, Any]]:
    kind, first, second = parts_of(test)
    operators = {
        "<": "less_than",
        "<=": "less_than_or_equal_to",
        ">": "greater_than",
        ">=": "greater_than_or_equal_to",
        "==": "equal_to",
    }
    if kind == "in":
        each = [{"name": name, "operator": "equal_to", "value": word} for word in first]
        yield {"any": each}
    elif kind == "from":
        yield {"name": name, "operator": "greater_than_or_equal_to", "value": first}
        yield {"name": name, "operator": "less_than_or_equal_to", "value": second}
    else:
        yield {"name": name, "operator": operators[kind], "value": first}


_MAKERS: list[tuple[str, str, Callable[[], Peer]]] = [
    ("zen-engine, a graph", "zen-engine", _zen_graph),
    ("zen-engine, expressions", "zen-engine", _zen_expressions),
    ("common-expression-language (CEL)", "common-expression-language", _common_expressions),
    ("json-logic-qubit (JsonLogic)", "json-logic-qubit", _json_logic),
    ("rule-engine", "rule-engine", _rule_engine),
    ("business-rules", "business-rules", _business_rules),
]
