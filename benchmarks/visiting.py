"""A visitor for benchmarks: fills in the form by the ruleset's first case, then asks for pages."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient

from checklist.ruleset.model import Answer, Ruleset

HERE = "http://127.0.0.1:8765"


def visitor(app: Flask, ruleset: Ruleset) -> FlaskClient:
    """Return a visitor who has answered everything that the first case answers."""
    client = app.test_client()
    for section in ruleset.sections:
        address = f"/section/{section.id}"
        page = client.get(address, base_url=HERE).text
        fields = {"csrf_token": _value(page, "csrf_token"), "run": _value(page, "run")}
        for question in section.questions:
            fields |= dict(_typed(question.id, ruleset.cases[0].answers.get(question.id)))
        sent = client.post(address, data=fields, base_url=HERE, headers={"Origin": HERE})
        assert sent.status_code == 303, address
    return client


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
    assert found, name
    return found[1]


def _typed(name: str, answer: Answer | None) -> Iterator[tuple[str, object]]:
    match answer:
        case None:
            return
        case tuple():
            yield f"q-{name}", list(answer) or ["-"]
        case str() | int():
            yield f"q-{name}", str(answer)
        case _:
            yield from ((f"q-{name}.{item}", option) for item, option in answer.items())


class Files(HTMLParser):
    """The files that a browser asks for with a page: styles, icons, pictures, scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a file."""
        given = dict(attrs)
        address = given.get("href") if tag == "link" else given.get("src")
        if tag in ("link", "img", "script") and address and address.startswith("/"):
            self.addresses.append(address)
