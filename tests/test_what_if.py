"""What would change the result: held against judging the changed answers themselves."""

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import naive
from checklist.engine.what_if import changes
from checklist.loading.loader import read_ruleset
from checklist.ruleset.answers import check_answers
from checklist.ruleset.conditions import holds
from random_rulesets import partial_answers, rulesets


def said_otherwise(question, answer):
    """Yield every way to change one answer: the item, the word or number, the new answer."""
    if question["type"] == "grid":
        for item in question["items"]:
            for option in question["options"]:
                yield item, option, {**(answer or {}), item: option}
    elif question["type"] == "multi_choice":
        for option in question["options"] if answer is not None else ():
            yield option, "no", [tick for tick in answer if tick != option]
            yield option, "yes", [tick for tick in answer if tick != option] + [option]
    else:
        yield from (("", value, value) for value in naive.all_values(question, None))


@settings(max_examples=120)
@given(st.data())
def test_a_change_is_told_exactly_if_it_moves_something(data):
    raw = data.draw(rulesets())
    answers = data.draw(partial_answers(raw, data.draw(st.integers(1, 3))))
    assume(len(list(naive.completions(raw, answers))) <= 150)
    ruleset = read_ruleset(json.dumps(raw).encode(), "random.yaml")
    told = changes(ruleset, check_answers(ruleset.questions, answers))
    now = naive.assess(raw, answers)
    applying = [naive.applying(raw, world) for world in naive.completions(raw, answers)]

    for name, question in naive.questions_of(raw).items():
        if not any(on[name] for on in applying):
            continue
        for item, word, answer in said_otherwise(question, answers.get(name)):
            then = naive.assess(raw, {**answers, name: answer})
            moved = {
                c: result["statuses"]
                for c, result in then["criteria"].items()
                if result["statuses"] != now["criteria"][c]["statuses"]
            }
            outcomes = then["outcomes"] if then["outcomes"] != now["outcomes"] else None
            found = [
                ({c: list(s) for c, s in change.statuses.items()}, change.outcomes)
                for change in told
                if (change.question, change.item) == (name, item) and holds(change.answers, word)
            ]
            expected = [(moved, tuple(outcomes) if outcomes else None)]
            assert found == (expected if moved or outcomes else [])
