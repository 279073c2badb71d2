"""Two times side by side: every difference is told, and nothing else."""

from checklist.wording.comparison import Pair, compare
from checklist.wording.saved_file import Said

THEN = Said({"plain": "no", "size": "small", "weight": 30, "parts": {"lid": "worn"}})
NOW = Said({"plain": "no", "size": "small", "weight": 5, "parts": {"lid": "gone"}})


def test_the_same_answers_differ_in_nothing(ruleset):
    found = compare(ruleset, THEN, THEN)
    everything = [pair for item in found.answers for pair in item.pairs]
    everything += [*found.criteria, found.score, found.outcomes, found.asks]
    assert not any(pair.differs for pair in everything)


def test_each_answer_that_changed_is_told_as_it_was_and_is(ruleset):
    found = compare(ruleset, THEN, NOW)
    changed = {item.question: item.differing for item in found.answers if item.differing}
    assert changed == {
        "How heavy is it?": (Pair("", "30 kilograms", "5 kilograms"),),
        "How is each part?": (Pair("The lid", "Worn", "Gone"),),
    }


def test_what_follows_is_told_at_both_times_by_the_same_rules(ruleset):
    found = compare(ruleset, THEN, NOW)
    moved = [pair for pair in found.criteria if pair.differs]
    assert moved == [Pair("Light enough", "Fits in part", "Fits")]
    assert found.score == Pair("", "2 to 3 of 4", "3 to 4 of 4")


def test_open_is_told_as_open_and_never_as_no(ruleset):
    found = compare(ruleset, Said({}), Said({"weight": 5}, frozenset({"plain"})))
    rows = {item.question: item.pairs[0] for item in found.answers}
    assert rows["Is it plain?"] == Pair("", "Not answered", "You said: I do not know")
    light = next(pair for pair in found.criteria if pair.about == "Light enough")
    assert light.then == "Not known yet (still possible: Fits; Fits in part; Does not fit)"
    assert found.outcomes.then == "Still open: 'Talk first', 'Worth a look' or 'Talk it over'"


def test_a_question_that_no_longer_applies_is_told_so(ruleset):
    then, now = Said({"plain": "no", "colour": "yes"}), Said({"plain": "yes", "colour": "yes"})
    rows = {item.question: item.pairs[0] for item in compare(ruleset, then, now).answers}
    assert rows["Is it coloured?"] == Pair("", "Yes", "Yes (kept, but not counted)")


def test_what_is_asked_at_neither_time_is_left_out(ruleset):
    same = Said({"plain": "yes"})
    assert "Is it coloured?" not in [item.question for item in compare(ruleset, same, same).answers]


def test_the_questions_to_take_along_are_told_in_their_order(ruleset):
    found = compare(ruleset, Said({}), Said({}, to_ask=("Who pays?", "Could it be lighter?")))
    assert found.asks == Pair("", "No question chosen", "Who pays?; Could it be lighter?")


def test_what_was_never_spoken_of_is_told_from_what_was_left_open(ruleset):
    found = compare(ruleset, Said({}, frozenset({"plain"})), Said({}, frozenset({"plain"})))
    untouched = {item.question for item in found.answers if item.untouched}
    assert "How heavy is it?" in untouched
    assert "Is it plain?" not in untouched
