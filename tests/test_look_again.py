"""Two numbers that can hardly both be so are pointed out, and change nothing else."""

from checklist.engine.assess import assess
from checklist.loading.loader import load_ruleset
from checklist.paths import RULES
from checklist.web import create_app
from checklist.wording.look_again import to_look_at_again
from visitor import Visitor


def test_a_count_over_a_longer_time_is_pointed_out_where_it_is_the_smaller():
    ruleset = load_ruleset(RULES)
    assert to_look_at_again(ruleset, {"attacks_12": 5, "attacks_24": 2}) == (
        "Attacks in the last 12 months: 5 attacks. Attacks in the last 24 months: 2 attacks. "
        "One of these may need another look.",
    )
    for fine in ({"attacks_12": 5, "attacks_24": 5}, {"attacks_12": 5}, {"attacks_24": 2}, {}):
        assert to_look_at_again(ruleset, fine) == ()


def test_the_check_page_and_the_result_point_it_out():
    page = Visitor(create_app(load_ruleset(RULES)).test_client())
    for twelve, told in (("5", True), ("1", False)):
        page("/section/illness").send({"q-attacks_12": twelve, "q-attacks_24": "2"})
        for path in ("/check", "/result"):
            assert ("Two answers to look at again" in page(path).text) is told


def test_what_is_pointed_out_is_judged_like_any_other_answer():
    ruleset = load_ruleset(RULES)
    odd, even = {"attacks_12": 5, "attacks_24": 2}, {"attacks_12": 2, "attacks_24": 5}
    assert assess(ruleset, odd) == assess(ruleset, even)
