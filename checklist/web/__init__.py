"""The form as a web application: ``create_app`` and how it is served.

Is handed a ruleset; reads no ruleset and no answers file.
"""

import os
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from checklist import paths
from checklist.model import Ruleset
from checklist.web.cookie import Sealer
from checklist.web.guard import Guard
from checklist.web.keys import Keys, SettingError, keys_from
from checklist.web.store import Checklist, CookieTerms, Keeper

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
_MINUTE = 60
_HOUR = 60 * _MINUTE
_KIB = 1024

_LIMITS = {
    "MAX_CONTENT_LENGTH": 256 * _KIB,  # the only limit that covers ordinary forms
    "MAX_FORM_MEMORY_SIZE": 64 * _KIB,  # far below the size at which uploads go to a file
    "MAX_FORM_PARTS": 500,
    "SEND_FILE_MAX_AGE_DEFAULT": _HOUR,
    "WTF_CSRF_TIME_LIMIT": None,  # a page may stay open for hours
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """How others than the person themself serve the form, always over https.

    Args:
        hosts: the names under which it is reached, without a port.
        proxies: how many proxies stand in front and set X-Forwarded-Proto; 0 ignores it.
        idle_minutes: how long answers are kept after the last save, 15 to 1440.

    Raises:
        SettingError: there is no host, or a number is out of range.
    """

    hosts: frozenset[str]
    proxies: int = 0
    idle_minutes: int = 120

    def __post_init__(self) -> None:
        if not self.hosts:
            raise SettingError("name at least one host under which the form is reached")
        if not 15 <= self.idle_minutes <= 24 * 60:
            raise SettingError("answers can be kept for 15 to 1440 minutes after the last save")
        if self.proxies < 0:
            raise SettingError("the number of proxies cannot be below 0")


class _App(Flask):
    keys: Keys

    @cached_property
    def secret_key(self) -> str:  # type: ignore[override]  # made when first used
        return self.keys.for_form_tokens()

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
    app.keys = keys
    app.config.update(_LIMITS, TRUSTED_HOSTS=sorted(hosts))
    app.extensions["checklist"] = Checklist(ruleset)
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

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values["v"] = version


def _version_of(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _add_pages(app: Flask) -> None:
    from checklist.web.pages import pages  # pages import the store, which this module sets up

    CSRFProtect(app)
    app.register_blueprint(pages)


def _set_up_guard(app: Flask, hosts: frozenset[str], keys: Keys, hosting: Hosting | None) -> None:
    guard = Guard(
        app=app.wsgi_app,
        hosts=hosts,
        https=hosting is not None,
        one_worker_only=not keys.given,
    )
    proxies = hosting.proxies if hosting else 0
    outermost = ProxyFix(guard, x_for=0, x_proto=proxies) if proxies else guard
    app.wsgi_app = outermost  # type: ignore[method-assign]  # as Flask's own manual does it
