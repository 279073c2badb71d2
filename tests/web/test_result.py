"""What the pages with the result say: the result itself and the trail."""

import pytest
from msgspec.structs import replace

from checklist.ruleset.content import About
from checklist.web import create_app
from visitor import text_of

ANSWERED = {"q-plain": "no", "q-size": "small", "q-weight": "34 kilograms", "q-colour": "yes"}


def test_the_result_begins_with_what_it_is_and_names_every_point(page, ruleset):
    page("/section/singles").send(ANSWERED)
    shown = page("/result")
    assert shown.text.startswith("Your result so far " + " ".join(ruleset.purpose))
    strip = next(e for e in shown.main.iter("ol") if e.get("class") == "strip")
    assert [text_of(li).split(" ")[0] for li in strip] == ["Light", "Sound"]
    assert ruleset.labels["open"] in text_of(strip)


def test_the_result_says_when_nothing_was_answered(page):
    assert "No question is answered yet" in page("/result").text


def test_the_rule_book_holds_every_reason_of_every_rule(page, ruleset):
    text = page("/how").text
    assert all(rule.because in text for each in ruleset.criteria for rule in each.rules)


def test_the_result_says_where_each_open_answer_would_lead(page):
    told = [text_of(entry) for entry in items(page("/result"), "find-out")]
    [weight] = [words for words in told if words.startswith("How heavy is it?")]
    assert "Where an answer would lead: 61 kilograms or more: Talk first; or Talk it over" in weight


@pytest.mark.parametrize("path", ["/result", "/trail"])
def test_it_is_said_before_the_first_point_that_what_would_change_it_is_no_advice(page, path):
    page("/section/singles").send(ANSWERED)
    before, *_ = page(path).text.split("Large': Does not fit")
    said = "They are no advice. Change nothing because of these lines."
    assert said in before
    assert page(path).text.count(said) == 2  # for the points, and for where the result leads


def test_a_rule_that_stands_alone_does_not_speak_of_rules_above_it(page):
    for path in ("/result", "/trail"):
        assert "rule above" not in page(path).text
    assert "If no rule above holds." in page("/how").text


def test_the_result_says_first_what_cannot_wait_and_then_where_it_leads(page, ruleset):
    text = page("/result").text
    parts = (ruleset.purpose[-1], ruleset.start.urgent, "Where this leads", "On this page")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_would_change_where_this_leads_names_every_way_once(page):
    page("/section/singles").send(ANSWERED)
    page("/section/several").send(
        {"q-smells": "-", "q-parts.lid": "whole", "q-parts.base": "whole"}
    )
    shown = page("/result")
    changes = next(dl for dl in shown.all("dl") if dl.get("class") == "changes")
    asked = [text_of(dt) for dt in changes.iter("dt")]
    assert asked
    assert len(asked) == len(set(asked))


def test_a_grid_is_shown_in_one_look_with_a_shape_and_a_word_for_each_item(page):
    page("/section/several").send({"q-parts.lid": "worn"})
    rows = items(page("/result"), "glance__items")
    assert [text_of(row) for row in rows] == ["The lid: Worn", "The base: Not known yet"]
    shapes = [shape for row in rows for shape in row.iter() if str(shape.tag).endswith("svg")]
    assert len(shapes) == 2


def test_no_grid_is_shown_in_one_look_before_it_is_answered(page):
    assert "Your answers in one look" not in page("/result").text


def test_a_figure_has_a_dot_for_each_and_says_the_same_in_words(page):
    shown = page("/result")
    figure = next(f for f in shown.all("figure") if f.get("class") == "figure")
    dots = [dot for dot in figure.iter() if str(dot.tag).endswith("circle")]
    filled = [dot for dot in dots if dot.get("fill") == "currentColor"]
    assert (len(filled), len(dots)) == (93, 100)
    caption = text_of(next(figure.iter("figcaption")))
    assert caption.startswith(
        "Filled dots: 93 of 100 boxes held after a year. Rings: 7 of 100 broke."
    )
    assert "200 boxes of one maker." in caption


def test_who_was_counted_is_told_at_each_picture_since_each_may_be_read_alone(page, ruleset):
    [topic, *_] = ruleset.background
    drawn = next(note for note in topic.notes if note.figure)
    twice = replace(ruleset, background=(replace(topic, notes=(drawn, drawn)),))
    text = type(page)(create_app(twice).test_client())("/result").text
    assert text.count("200 boxes of one maker.") == 2


def test_what_an_open_point_waits_for_is_named_once_in_its_block(page):
    block = next(e for e in page("/result").main.iter() if e.get("id") == "criterion-light")
    assert "What is still open decides this" not in text_of(block)
    assert "What is not known" in text_of(block)
    assert len([p for p in block.iter("p") if text_of(p).startswith("Find out: ")]) == 1


def test_every_drawing_has_a_name_and_a_description_or_is_passed_over(page):
    page("/section/several").send({"q-parts.lid": "worn"})
    for drawing in page("/result").tree.iter():
        if not str(drawing.tag).endswith("svg") or drawing.get("overflow"):
            continue
        named = len((drawing.get("aria-labelledby") or "").split()) == 2
        assert drawing.get("aria-hidden") == "true" or (drawing.get("role") == "img" and named)


def test_the_timeline_is_a_line_and_a_list_of_the_same_events(page, ruleset):
    shown = page("/result")
    listed = [text_of(li) for li in items(shown, "timeline__events")]
    events = ruleset.timeline.events
    assert len(listed) == len(events)
    for event, line in zip(events, listed, strict=True):
        assert line.startswith(f"{event.year}: {event.title}. {event.text}")
    figure = next(f for f in shown.all("figure") if f.get("class") == "timeline")
    assert len([dot for dot in figure.iter() if str(dot.tag).endswith("circle")]) == len(events)


def test_every_choice_has_good_and_bad_under_headings_of_equal_rank(page, ruleset):
    shown = page("/result")
    sides = [div for div in shown.all("div") if div.get("class") == "choice__side"]
    assert [text_of(side[0]) for side in sides] == ["Good", "Bad"] * len(ruleset.choices)
    assert {side[0].tag for side in sides} == {"h4"}


@pytest.mark.parametrize("path", ["/result", "/how"])
def test_a_review_that_is_due_is_said_near_the_top(page, ruleset, path):
    late = replace(ruleset, about=About(next_review="2020-01-01"))
    shown = type(page)(create_app(late).test_client())(path)
    assert "This may be out of date" in shown.text[:400]
    assert "out of date" not in page(path).text


def test_the_trail_leads_from_what_was_said_through_the_rule_to_the_sources(page):
    page("/section/singles").send({**ANSWERED, "q-weight": "12"})
    trail = page("/trail").text
    said = trail.index("How heavy is it? 12 kilograms")
    rule = trail.index("If this is so: How heavy is it?: 19 kilograms or less")
    finding = trail.index("Finding K1: There are six kinds of question. [ Source 1 ]")
    assert said < rule < finding < trail.index("Where this leads", finding)
    assert page("/result").links()["How your answers led here, step by step"] == "/trail"


def test_the_trail_shows_only_outcomes_that_are_possible(page):
    page("/section/singles").send({"q-plain": "no", "q-size": "large", "q-weight": "110"})
    page("/section/singles").send({"q-colour": "yes"})
    outcome = page("/trail").text.split("Where this leads")[-1]
    assert "Talk first" in outcome
    assert "Worth a look" not in outcome.split("What would change")[0]


def test_the_marking_says_of_each_item_whether_it_is_met_and_why(page, ruleset):
    text = page("/how").text
    assert "1 met, 1 partly met, 1 not met." in text
    for mark in ruleset.marking[0].items:
        assert mark.item in text
        assert mark.reason in text


def items(shown, name):
    """Return the items of the list with this class."""
    lists = (e for e in shown.main.iter() if e.tag in ("ol", "ul") and e.get("class") == name)
    return list(next(lists))
