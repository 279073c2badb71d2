"""Saving a paper as a PDF from the browser."""

import io

import pikepdf
import pytest

from checklist.paper_names import NAMES, PAGES
from checklist.web import create_app
from checklist.web.pdf_papers import AT_ONCE
from walks import ruleset as ours


@pytest.fixture(scope="module")
def app():
    return create_app(ours())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", PAGES)
def test_every_paper_can_be_saved_in_both_sizes(client, name, page):
    sent = client.get(f"/print/{name}.pdf?page={page}")
    assert (sent.status_code, sent.mimetype) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(sent.data)) as file:
        width = round(float(file.pages[0].mediabox[2]))
    assert width == {"a4": 595, "letter": 612}[page]
    wanted = f'attachment; filename="checklist-{name}-{page}.pdf"'
    assert sent.headers["Content-Disposition"] == wanted


def test_a_pdf_is_kept_nowhere_and_sent_as_guarded_as_a_page(client):
    sent, shown = client.get("/print/doctor.pdf"), client.get("/print/doctor")
    assert sent.headers["Cache-Control"] == "no-store"
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert sent.headers[name] == shown.headers[name]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["navigate", "no-cors"])
def test_no_link_of_another_site_can_put_a_paper_into_a_folder(client, name, site, mode):
    foreign = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": "document"}
    refused = client.get(f"/print/{name}.pdf", headers=foreign)
    assert refused.status_code == 403
    assert refused.mimetype != "application/pdf"


def test_a_hundred_who_want_papers_keep_nobody_from_a_page(client):
    with AT_ONCE, AT_ONCE:
        assert client.get("/print/blank.pdf").status_code == 503
        assert client.get("/").status_code == 200
    assert client.get("/print/blank.pdf").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/print/nothing.pdf", 404),
        ("/print/..%2Fdoctor.pdf", 404),
        ("/print/doctor.pdf?page=a3", 400),
        ("/print/doctor.pdf?page=", 400),
    ],
)
def test_a_paper_that_there_is_not_is_told_in_plain_words(client, address, status):
    sent = client.get(address)
    assert (sent.status_code, sent.mimetype) == (status, "text/html")
    assert "Go to the start" in sent.text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_paper_links_to_its_files(client, name):
    html = client.get(f"/print/{name}").text
    for page in PAGES:
        assert f'href="/print/{name}.pdf?page={page}"' in html
    assert "Save as PDF (A4)" in html


def test_the_list_of_papers_links_to_every_file_that_does_not_wait_for_answers(client):
    html = client.get("/print").text
    for name in NAMES:
        for page in PAGES:
            ready = name in ("blank", "blank-large")
            assert (f"/print/{name}.pdf?page={page}" in html) == ready
