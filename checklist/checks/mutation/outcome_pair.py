"""Two tables of outcomes side by side: are there answers that the two send elsewhere?"""

from collections.abc import Sequence

from checklist.engine.outcomes import MOST_SCORES, OutcomeTable, Row, decider
from checklist.engine.search import Search
from checklist.ruleset.model import Outcome, Ruleset, Test

_Line = tuple[str, tuple[tuple[str, Test], ...]]


def telling_answers(ruleset: Ruleset, changed: Ruleset) -> Search:
    """Return the search for answers that come to another outcome once outcomes are changed.

    Args:
        ruleset: as it is.
        changed: the same but for its outcomes.
    """
    rows, wanted = _rows(_lines(ruleset.outcomes), _lines(changed.outcomes))
    table = OutcomeTable(tuple(rows), tuple(map(decider, ruleset.criteria)), 4 * MOST_SCORES)
    return Search(ruleset.questions, ruleset.facts, table, frozenset(wanted))


def _lines(outcomes: Sequence[Outcome]) -> list[_Line]:
    return [(outcome.id, tuple(outcome.when.items())) for outcome in outcomes]


def _rows(before: list[_Line], after: list[_Line]) -> tuple[list[Row], set[int]]:
    # The first lines that both have, then every pair of lines in which they differ, in such an
    # order that the first row to hold names the line that decides in each. The last lines that
    # both have are as one: whichever of them decides, it is the same in both.
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    rows: list[Row] = [when for _, when in before[:start]]
    wanted: set[int] = set()
    rest: _Line = ("", ())
    for name, when in (*before[start : len(before) - end], rest):
        for other, more in (*after[start : len(after) - end], rest):
            if name != other:
                wanted.add(len(rows))
            rows.append((*when, *more))
    return rows, wanted
