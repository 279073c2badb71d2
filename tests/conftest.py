"""Fixtures that several tests share; ``page`` is the way to every page of the form."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.templating import Environment
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from playwright.sync_api import Browser, expect, sync_playwright

from at_an_address import served
from checklist.loading.loader import load_ruleset
from checklist.ruleset.model import Ruleset
from checklist.web import create_app
from visitor import Visitor
from wire import WAIT

RULESETS = Path(__file__).parent / "rulesets"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# A slow machine is no fault of the code: no test is told by the clock.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


class CompiledOnce(BytecodeCache):
    """Templates as an app before this one compiled them: nearly every test makes an app."""

    def __init__(self):
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


class Templates(Environment):
    """As Flask's own, with what is compiled kept for the next app."""

    kept = CompiledOnce()

    def __init__(self, app: Flask, **options: object):
        super().__init__(app, bytecode_cache=self.kept, **options)


Flask.jinja_environment = Templates


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


@pytest.fixture(scope="session")
def address(ruleset: Ruleset) -> Iterator[str]:
    """Where the form is, for a browser."""
    with served(create_app(ruleset)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser here: none of {', '.join(BROWSERS)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    expect.set_options(timeout=WAIT * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()
