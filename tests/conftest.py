"""Fixtures that several tests share; ``page`` is the way to every page of the form."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from checklist.loader import load_ruleset
from checklist.model import Ruleset
from checklist.web import create_app
from visitor import Visitor

RULESETS = Path(__file__).parent / "rulesets"


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    return load_ruleset(RULESETS / "every_kind.yaml")


@pytest.fixture
def app(ruleset: Ruleset) -> Flask:
    return create_app(ruleset)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Visitor:
    return Visitor(client)
