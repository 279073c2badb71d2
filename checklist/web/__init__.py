"""The form as a web application: ``create_app`` and how it is served.

Is handed a ruleset; reads no ruleset and no answers file.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.web.app import create_app
    from checklist.web.hosting import Hosting

__all__ = ["Hosting", "create_app"]


def __getattr__(name: str) -> object:
    # Imported when first asked for: whoever asks what a cookie holds needs no framework.
    match name:
        case "create_app":
            from checklist.web.app import create_app

            return create_app
        case "Hosting":
            from checklist.web.hosting import Hosting

            return Hosting
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
