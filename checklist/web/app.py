"""The form as a Flask application: put together from its pages, its cookie, and its guard."""

import os
import traceback
from collections.abc import Callable, Iterable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, abort, request
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from checklist import paths
from checklist.ruleset.model import Ruleset
from checklist.web import addresses
from checklist.web.access_log import ROUTE_KEY, AccessLog
from checklist.web.cookie import Sealer
from checklist.web.display_settings import display
from checklist.web.guard import Guard
from checklist.web.hosting import Hosting
from checklist.web.keys import Keys, keys_from
from checklist.web.pages import pages
from checklist.web.papers import papers
from checklist.web.pdf_papers import pdf_papers
from checklist.web.questionnaire import questionnaire
from checklist.web.questions_to_ask import questions_to_ask
from checklist.web.saved import saved
from checklist.web.sessions import Checklist, CookieTerms, Keeper

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
_MINUTE = 60
_HOUR = 60 * _MINUTE
_KIB = 1024

# The pages that can be read aloud, and those that a button can print.
_SCRIPTED = ("/section/", "/result", "/print/")

_LIMITS = {
    "MAX_CONTENT_LENGTH": 256 * _KIB,  # the only limit that covers ordinary forms
    "MAX_FORM_MEMORY_SIZE": 64 * _KIB,  # far below the size at which uploads go to a file
    "MAX_FORM_PARTS": 500,
    "SEND_FILE_MAX_AGE_DEFAULT": _HOUR,
    "WTF_CSRF_TIME_LIMIT": None,  # a page may stay open for hours
}


class _App(Flask):
    keys: Keys

    @cached_property
    def secret_key(self) -> str:  # type: ignore[override]  # made when first used
        return self.keys.for_form_tokens()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func  # nothing here is asynchronous, which would be looked up for each call

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        # Not the message and not the address: either could repeat an answer.
        kind, _, trace = exc_info
        places = [f"{Path(at.filename).name}:{at.lineno}" for at in traceback.extract_tb(trace)]
        self.logger.error("%s at %s", kind.__name__ if kind else "", ", ".join(places[-3:]))


def create_app(
    ruleset: Ruleset,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    hosting: Hosting | None = None,
) -> Flask:
    """Return the form for ``ruleset``: for this computer alone, or as ``hosting`` says.

    Args:
        ruleset: what is asked, judged and said.
        host: the address of the local form, besides the names of this computer.
        port: the port of the local form, which names its cookie.
        hosting: None for one person on their own computer.

    Raises:
        SettingError: the secret keys in the environment cannot be used.
    """
    keys = keys_from(os.environ)
    hosts = _lowered(hosting.hosts if hosting else LOCAL_HOSTS | {host})
    app = _App("checklist", template_folder=paths.TEMPLATES, static_folder=paths.STATIC)
    app.url_map.merge_slashes = False  # else '//page' is sent on to an address from the request
    app.keys = keys
    app.config.update(_LIMITS, TRUSTED_HOSTS=sorted(hosts))
    app.extensions["checklist"] = Checklist(ruleset, Sealer(ruleset, keys.fernet_for_files()))
    app.session_interface = Keeper(Sealer(ruleset, keys.fernet()), _cookie_terms(port, hosting))
    _set_up_templates(app)
    _add_pages(app)
    _set_up_guard(app, hosts, keys, hosting)
    return app


def _lowered(hosts: Iterable[str]) -> frozenset[str]:
    return frozenset(host.lower() for host in hosts)


def _cookie_terms(port: int, hosting: Hosting | None) -> CookieTerms:
    if hosting is None:
        # All ports of a computer share their cookies: two copies must not take each other's.
        return CookieTerms(name=f"checklist-{port}", secure=False, idle=24 * _HOUR)
    idle = hosting.idle_minutes * _MINUTE
    return CookieTerms(name="__Host-checklist", secure=True, idle=idle, whole=12 * _HOUR)


def _set_up_templates(app: Flask) -> None:
    app.jinja_options = {
        "autoescape": True,
        "lstrip_blocks": True,
        "trim_blocks": True,
        "undefined": StrictUndefined,
    }
    version = _version_of(paths.STATIC)
    pages = app.jinja_env
    pages.globals["url_for"] = addresses.kept(app.url_for)
    # A plain mapping: each import of a macro looks through it, and through the chain of mappings
    # that Jinja makes of it, that takes longer than many a macro. All is set before a page is made.
    pages.make_globals = lambda d: {**pages.globals, **(d or {})}  # type: ignore[method-assign]

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values["v"] = version


def _version_of(folder: Path) -> str:
    # No page names the large typefaces that PDFs are made with.
    files = sorted(file for file in folder.rglob("*.*") if file.suffix != ".ttf")
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _add_pages(app: Flask) -> None:
    app.before_request(_refuse_broken_bodies)  # before Flask-WTF, which takes them for whole
    CSRFProtect(app)
    for blueprint in (pages, questionnaire, questions_to_ask, papers, pdf_papers, display, saved):
        app.register_blueprint(blueprint)


def _refuse_broken_bodies() -> None:
    if request.method != "POST":
        return
    # A part of a multipart body can come without a name; no browser sends one.
    if None in request.form:
        abort(400)
    # A form that does not tell its length is read up to the limit; to read on is a 413.
    request.stream.read(1)


def _set_up_guard(app: Flask, hosts: frozenset[str], keys: Keys, hosting: Hosting | None) -> None:
    guard = Guard(
        app=app.wsgi_app,
        hosts=hosts,
        health_hosts=hosts | _lowered(hosting.health_hosts) if hosting else frozenset(),
        https=hosting is not None,
        scripted=_SCRIPTED,
        one_worker_only=not keys.given,
    )
    outermost = _hosted(app, guard, hosting) if hosting else guard
    app.wsgi_app = outermost  # type: ignore[method-assign]  # as Flask's own manual does it


def _hosted(app: Flask, guard: Guard, hosting: Hosting) -> AccessLog:
    @app.url_value_preprocessor
    def note_route(*_: object) -> None:
        request.environ[ROUTE_KEY] = request.url_rule.rule if request.url_rule else "-"

    proxies = hosting.proxies
    return AccessLog(ProxyFix(guard, x_for=0, x_proto=proxies) if proxies else guard)
