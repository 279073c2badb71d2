"""Words are taught where they first stand, once on each page."""

import pytest

from checklist.ruleset.content import Term
from checklist.wording.terms import teach, terms_in
from visitor import text_of

TERMS = {
    word: Term(word.replace(" ", "_"), word, plain, "More of it.")
    for word, plain in {
        "tare": "empty weight",
        "tare weight": "weight of the empty box",
        "PQ4": "mark on the lid",
        "spring": "coil",
    }.items()
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Take the PQ4.", "Take the mark on the lid (PQ4).", id="in a sentence"),
        pytest.param("PQ4 counts.", "Mark on the lid (PQ4) counts.", id="first in the text"),
        pytest.param("So. PQ4.", "So. Mark on the lid (PQ4).", id="first in a sentence"),
        pytest.param("PQ4, PQ4", "Mark on the lid (PQ4), PQ4", id="once only"),
        pytest.param("Its tare weight", "Its weight of the empty box (tare weight)", id="longer"),
        pytest.param("springs, Spring, mid-spring", "springs, Spring, mid-spring", id="whole word"),
        pytest.param("A spring's end", "A spring's end", id="not with an ending"),
        pytest.param("a coil (spring)", "a coil (spring)", id="told by the text itself"),
        pytest.param("a bent wire (spring)", "a bent wire (spring)", id="told in other words"),
        pytest.param("spring (a coil)", "spring (a coil)", id="told after the word"),
        pytest.param("Look for 'PQ4'.", "Look for 'PQ4'.", id="named, not used"),
        pytest.param("It (PQ4 or not) is", "It (PQ4 or not) is", id="no brackets in brackets"),
        pytest.param("Nothing here.", "Nothing here.", id="no term"),
    ],
)
def test_the_first_use_of_a_term_is_put_in_plain_words(text, shown):
    assert teach(text, TERMS, set()) == shown


def test_a_term_is_taught_once_for_all_texts_of_a_page():
    seen = set()
    assert teach("A spring.", TERMS, seen) == "A coil (spring)."
    assert teach("A spring.", TERMS, seen) == "A spring."


def test_a_term_that_was_only_named_is_taught_where_it_is_next_used():
    seen = set()
    teach("Look for 'PQ4'.", TERMS, seen)
    assert teach("The PQ4.", TERMS, seen) == "The mark on the lid (PQ4)."


def test_without_a_glossary_nothing_is_changed():
    assert teach("A spring.", {}, set()) == "A spring."
    assert terms_in(["A spring."], {}) == ()


def test_terms_are_found_in_texts_once_and_in_order():
    found = terms_in(["tare weight and spring", "a spring"], TERMS)
    assert [term.term for term in found] == ["spring", "tare weight"]


@pytest.mark.parametrize("path", ["/result", "/print/doctor", "/print/copy"])
def test_a_page_teaches_a_term_once(page, path):
    text = page(path).text
    assert text.count("(tare)") <= 1
    assert text.count("weight of the empty box") == text.count("(tare)")


def test_a_second_visit_to_a_page_teaches_it_again(page):
    assert page("/result").text == page("/result").text
    assert "Take off the weight of the empty box (tare). Without the tare" in page("/result").text


def test_a_page_of_questions_lists_its_words_before_the_first_question(page):
    text = page("/section/singles").text
    listed = text.index("Words used on this page net weight: weight of what is inside")
    assert listed < text.index("Is it plain?")
    assert "Look at the net weight on the label." in text


def test_a_page_of_questions_without_such_words_has_no_list(page):
    assert "Words used on this page" not in page("/section/words").text


def test_all_words_are_listed_with_links_to_related_ones(page, ruleset):
    shown = page("/words")
    assert [text_of(h) for h in shown.all("h2")] == ["net weight", "tare"]
    assert all(term.plain in shown.text for term in ruleset.glossary.values())
    # From the last one; what comes next anyway is not pointed to.
    assert shown.main.find(".//a[@href='#word-net_weight']") is not None


def test_headings_and_titles_are_left_as_they_are(page):
    shown = page("/result")
    headings = [text_of(e) for e in shown.tree.iter() if e.tag in ("h1", "h2", "h3", "title")]
    assert not any("weight of the empty box" in words for words in headings)
