"""Pages and addresses that are made once: for everybody, and for nobody in particular."""

import pytest

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
