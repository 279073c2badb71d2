"""What says the same to everybody: made once for a ruleset, then only put in its place.

Handed nothing but what is made of the ruleset alone, and the day: a template that asked for
more would fail. What a page taught before is the one thing that a part of it hangs on.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from flask import current_app, g, request
from markupsafe import Markup, escape

from checklist.ruleset.model import Ruleset
from checklist.web import current, teach
from checklist.wording.terms import Spot

_MOST = 32
_MOST_PARTS = 2048

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


def part(macro: Callable[..., str], *given: object) -> Markup:
    """Return what a macro makes, with each term taught that is new on this page.

    Args:
        macro: imported without context, so that it knows nothing but what it is given.
        given: texts of the ruleset, and views that are made of it alone.
    """
    if teach.leaves_open():  # for the part that this one belongs to
        return Markup(macro(*given))  # noqa: S704  # escaped by the macro
    pieces = _part(macro, given, request.environ.get("SCRIPT_NAME", ""))
    if len(pieces) == 1:
        return pieces[0]  # type: ignore[return-value]  # the first is no spot
    seen = teach.seen()
    said = [piece.said(seen) if isinstance(piece, Spot) else piece for piece in pieces]
    return Markup("".join(said))  # noqa: S704  # each piece is escaped


@lru_cache(maxsize=_MOST_PARTS)
def _part(
    macro: Callable[..., str], given: tuple[object, ...], root: str
) -> tuple[Markup | Spot, ...]:
    with teach.OpenSpots() as spots:
        text = macro(*given)
    return tuple(_escaped(spots.between(text)))


def _escaped(pieces: Iterator[str | Spot]) -> Iterator[Markup | Spot]:
    for piece in pieces:
        if isinstance(piece, Spot):
            yield Spot(piece.term, escape(piece.first), escape(piece.again))
        else:
            yield Markup(piece)  # noqa: S704  # escaped by the macro


@lru_cache(maxsize=_MOST)
def _made(
    name: str, words: Words, ruleset: Ruleset, today: str, root: str
) -> tuple[Markup, Markup]:
    template: Any = current_app.jinja_env.get_template(name)
    g.pop("terms_seen", None)  # a term counts as taught only if this page itself taught it
    whole = template.render(words(ruleset, today), layout="parts/apart.html")
    heading, _, content = whole.partition("\n")
    return Markup(heading), Markup(content)  # noqa: S704  # escaped by the template
