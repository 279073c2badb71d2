"""What would change a result, told in as few lines as it can be."""

from checklist.engine.what_if import Change, changes
from checklist.loading.loader import load_ruleset
from checklist.paths import RULES
from checklist.ruleset.model import OneOf
from checklist.wording.teaching import outcome_changes, status_changes


def change(question, item, *answers, **leads):
    then = {name: tuple(statuses) for name, statuses in leads.items()}
    return Change(question, item, OneOf(frozenset(answers)), then, None)


def told(ruleset, *found):
    return [(view.answer, view.then) for view in status_changes(ruleset, found, "light")]


def test_answers_that_lead_to_the_same_are_one_line(ruleset):
    small, large = (change("size", "", size, light=["met"]) for size in ("small", "large"))
    medium = change("size", "", "medium", light=["partly"])
    assert told(ruleset, small, medium, large) == [
        ("'Small' or 'Large'", "Fits"),
        ("'Medium'", "Fits in part"),
    ]


def test_items_of_a_grid_with_the_same_answers_are_one_line(ruleset):
    lid, base = (change("parts", item, "worn", light=["met"]) for item in ("lid", "base"))
    assert told(ruleset, lid, base) == [("The lid or The base: 'Worn'", "Fits")]


def test_all_of_many_items_are_told_as_any_one_of_them(ruleset):
    ticked = (change("smells", option, "yes", light=["met"]) for option in ("smoke", "rose", "tar"))
    assert told(ruleset, *ticked) == [("Any one of them ticked", "Fits")]


def test_several_statuses_are_set_apart_from_each_other(ruleset):
    assert told(ruleset, change("plain", "", "yes", light=["met", "partly"])) == [
        ("'Yes'", "Fits; or Fits in part")
    ]


def test_what_would_change_the_shipped_result_is_no_wall():
    shipped = load_ruleset(RULES)
    for case in (case.answers for case in shipped.cases):
        found = changes(shipped, case)
        assert len(outcome_changes(shipped, found)) <= 20
        for criterion in shipped.criteria:
            assert len(status_changes(shipped, found, criterion.id)) <= 12
