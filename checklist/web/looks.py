"""Display choices as forms, addresses and classes name them. Knows no request and no cookie."""

from collections.abc import Mapping
from typing import Any

from checklist.display import OFFERED, Display


def offered(sent: Mapping[str, str]) -> dict[str, Any]:
    """Return those of the choices in ``sent`` that ``Display`` offers, by its names."""
    return {
        name: one
        for name, among in OFFERED.items()
        for one in among
        if name in sent and str(one) == sent[name]
    }


def chosen(display: Display) -> dict[str, str]:
    """Return the choices that are not the usual ones, as a form or an address holds them."""
    usual = Display()
    return {
        name: str(getattr(display, name))
        for name in OFFERED
        if getattr(display, name) != getattr(usual, name)
    }


def classes(display: Display) -> str:
    """Return the classes by which the style sheet knows the choices."""
    return " ".join(f"{name}-{getattr(display, name)}" for name in OFFERED)
