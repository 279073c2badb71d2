"""What says the same to everybody: made once for a ruleset and a day, then only put in its place.

Handed nothing but the ruleset and the day: a template that asked for more would fail.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import current_app, g, request
from markupsafe import Markup

from checklist.ruleset.model import Ruleset
from checklist.web import current

if TYPE_CHECKING:
    from checklist.wording.views import FigureView

_MOST = 32

# Returns what a template shows, by the names that it knows.
Words = Callable[[Ruleset, str], Mapping[str, object]]


def page(template: str, words: Words, today: str = "") -> str:
    """Return a page whose heading and content are the same for everybody.

    Args:
        template: has the blocks ``heading`` and ``content``.
        words: makes what it shows from the ruleset and the day.
        today: the day in ISO 8601, where the page depends on it.
    """
    root = request.environ.get("SCRIPT_NAME", "")  # all addresses begin with it
    heading, content = _made(template, words, current.ruleset(), today, root)
    return current.page("same_for_all.html", heading=heading, content=content)


@lru_cache(maxsize=256)
def dots(view: "FigureView") -> Markup:
    """Return a figure drawn, for use in templates."""
    figures = current_app.jinja_env.get_template("parts/figure.html").module
    return Markup(figures.dots(view))  # type: ignore[attr-defined]  # noqa: S704  # numbers


@lru_cache(maxsize=_MOST)
def _made(
    name: str, words: Words, ruleset: Ruleset, today: str, root: str
) -> tuple[Markup, Markup]:
    template = current_app.jinja_env.get_template(name)
    g.pop("teacher", None)  # a term counts as taught only if this page itself taught it
    whole = template.render(words(ruleset, today), layout="parts/apart.html")
    heading, _, content = whole.partition("\n")
    return Markup(heading), Markup(content)  # noqa: S704  # escaped by the template
