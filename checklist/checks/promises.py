"""A promise is proven by looking for answers that break it."""

from msgspec.structs import replace

from checklist.engine.atlas import AxisMaker
from checklist.engine.outcomes import (
    MOST_SCORES,
    SCORE,
    Decider,
    OutcomeTable,
    Row,
    decider,
    rows_of,
)
from checklist.engine.search import Search
from checklist.errors import EntangledError
from checklist.ruleset.conditions import holds
from checklist.ruleset.model import OneOf, Promise, Ruleset, When


def breaking_answers(ruleset: Ruleset, promise: Promise) -> dict[str, object] | None:
    """Return answers that break a promise, or None: a proof that none do.

    As few answers as break it whatever is left open.

    Raises:
        EntangledError: the promise ties too much together to be looked through.
    """
    found = _search(ruleset, promise).find()
    return None if found is None else {**found}


def is_broken(ruleset: Ruleset, promise: Promise, axis_maker: AxisMaker) -> bool:
    """Return whether some answers break a promise; not known counts as no."""
    try:
        return replace(_search(ruleset, promise), axis_maker=axis_maker).succeeds()
    except EntangledError:
        return False


def _search(ruleset: Ruleset, promise: Promise) -> Search:
    # A test of a question or fact becomes a little table of its own, met where it holds; so
    # the promise is a row like an outcome's, and broken where that is the row that decides.
    asked = {n: t for n, t in promise.never.items() if n in ruleset.questions or n in ruleset.facts}
    told = {**promise.never} | dict.fromkeys(asked, OneOf(frozenset({"met"})))
    rows, wanted = _rows(ruleset, told)
    tested = {name for row in rows for name, _ in row}
    deciders = [decider(c) for c in ruleset.criteria if SCORE in tested or c.id in tested]
    deciders += [Decider(n, ({n: t}, {}), ("met", "not_met"), (0, 0)) for n, t in asked.items()]
    table = OutcomeTable(tuple(rows), tuple(deciders), 4 * MOST_SCORES)
    return Search(ruleset.questions, ruleset.facts, table, frozenset(wanted))


def _rows(ruleset: Ruleset, told: When) -> tuple[list[Row], set[int]]:
    # The outcomes' rows, before each that the promise speaks of the same with its tests on
    # top: these are the rows that break it. Rows after the last of them do not matter.
    row = tuple((name, test) for name, test in told.items() if name != "outcome")
    if "outcome" not in told:
        return [row, ()], {0}
    rows: list[Row] = []
    wanted: set[int] = set()
    for outcome, when in zip(ruleset.outcomes, rows_of(ruleset.outcomes), strict=True):
        if holds(told["outcome"], outcome.id):
            wanted.add(len(rows))
            rows.append((*when, *row))
        rows.append(when)
    return [*rows[: max(wanted) + 1], ()], wanted
