"""Addresses of our own pages and files, each made once.

A page names twenty of them, and to make one takes longer than to write its line. Only those
are kept that ids and names of ours lead to: never one that holds what a visitor chose.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import has_request_context, request

_OURS = frozenset(["_anchor", "at", "filename", "from", "name", "page", "section", "section_id"])
_MOST = 4096


def kept(make: Callable[..., str]) -> Callable[..., str]:
    """Return what does the same as ``make``, Flask's ``url_for``, and makes an address once.

    Args:
        make: takes the endpoint and the values by name.
    """

    @lru_cache(maxsize=_MOST)
    def made(root: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> str:
        return make(endpoint, **dict(values))

    def address(endpoint: str, **values: Any) -> str:
        if endpoint.startswith(".") or not (values.keys() <= _OURS and has_request_context()):
            return make(endpoint, **values)
        return made(request.environ.get("SCRIPT_NAME", ""), endpoint, tuple(values.items()))

    return address
