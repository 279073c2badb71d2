"""Pages and addresses that are made once: for everybody, and for nobody in particular."""

import gc

import pytest

from checklist.web.same_for_all import part

HERE = "http://127.0.0.1:8765"
PAGES = ("/how", "/words", "/how")


@pytest.mark.parametrize("path", PAGES)
def test_the_second_visitor_reads_what_the_first_one_read(app, path):
    first, second = (app.test_client().get(path, base_url=HERE).text for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", PAGES)
def test_how_one_visitor_sees_a_page_stays_with_that_visitor(app, page, path):
    page("/display").send({"size": "200"})
    assert "size-200" in page(path).html
    assert "size-200" not in app.test_client().get(path, base_url=HERE).text


@pytest.mark.parametrize("path", [*PAGES, "/"])
def test_addresses_follow_the_place_at_which_the_form_is_served(client, path):
    for root in ("", "/clinic", ""):
        html = client.get(path, base_url=HERE, environ_overrides={"SCRIPT_NAME": root}).text
        assert html.count(f'href="{root}/how"') == html.count('/how"') > 0


def test_a_part_teaches_a_term_only_where_the_page_has_not_yet(app):
    macros = app.jinja_env.from_string(
        "{% macro line(text) %}<p>{{ text|taught }}</p>{% endmacro %}"
    )
    line = macros.module.line
    for _ in range(2):
        with app.test_request_context("/", base_url=HERE):
            assert part(line, "The tare.") == "<p>The weight of the empty box (tare).</p>"
            assert part(line, "The tare.") == "<p>The tare.</p>"


def test_a_part_is_escaped_whether_it_is_made_or_put_in_its_place(app):
    line = app.jinja_env.from_string("{% macro line(text) %}{{ text }}{% endmacro %}").module.line
    with app.test_request_context("/", base_url=HERE):
        assert [part(line, "<b> & 'tare'") for _ in range(2)] == [
            "&lt;b&gt; &amp; &#39;tare&#39;"
        ] * 2


def test_nothing_that_a_visitor_typed_or_ticked_is_kept_with_what_is_made_once(page):
    own = "Never keep <this>."
    page("/section/words").send({"q-more": own, "q-short": own})
    page("/questions").send({"own-1": own})
    page("/section/singles").send({"q-weight": "34567890"})  # refused, and shown again as typed
    for path in ("/section/words", "/section/singles", "/check", "/result", "/questions", "/trail"):
        page(path)
    kept = repr([gc.get_referents(cache) for cache in _caches()])
    assert "Is it plain?" in kept
    assert not [word for word in ("Never keep", "34567890", " checked>") if word in kept]


def _caches():
    found = [one for one in gc.get_objects() if type(one).__name__ == "_lru_cache_wrapper"]
    return [cache for cache in found if cache.__module__.startswith("checklist.web")]
