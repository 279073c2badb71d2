"""assess(): a ruleset and a person's answers in, what follows out. Pure and exact.

Everything said holds over all completions of the answers: open questions take every
answer that they allow, never a default. How: ``placing`` cuts answers down to the cells
that rules can tell apart, ``lookup`` finds what each criterion comes to there, looking at
all combinations at once (``worlds``), and ``together`` combines criteria that share no
open question.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from checklist.engine.assessment import Assessment, FindOut, Range
from checklist.engine.atlas import Atlas
from checklist.engine.lookup import Seen
from checklist.engine.outcomes import OutcomeTable
from checklist.engine.ready import Ready, never, ready_for
from checklist.engine.together import Together
from checklist.ruleset.model import Answers, Ruleset

Applies = Literal["yes", "no", "maybe"]


def assess(ruleset: Ruleset, answers: Mapping[str, Any]) -> Assessment:
    """Return what follows from ``answers``, exactly, whatever is still open.

    Args:
        ruleset: from ``load_ruleset``.
        answers: question id to answer, as an answers file has them; missing or None is open.

    Raises:
        AnswersError: names every answer that the ruleset does not allow.
    """
    ready = ready_for(ruleset)
    placed = ready.placer.at_once(answers)
    if placed is None:
        answers, placed = ready.placer.checked(answers)
    seen = ready.seen(placed)
    left, points, unsettled = settled = ready.settled(seen)
    if unsettled:
        score, outcomes, find_out = _open(ready, seen, ready.together(settled, placed))
    else:
        score = ready.settled_scores[points]
        rows = left & ready.rows.at[points]
        outcomes = ready.outcomes(rows & -rows)
        find_out = ()
    return Assessment(
        ruleset.id,
        ruleset.version,
        score,
        outcomes,
        tuple([one.result for one in seen]),
        find_out,
        ready.set_aside(answers, placed) if ready.atlas.applies else (),
    )


def _open(
    ready: Ready, seen: Sequence[Seen], together: Together
) -> tuple[Range, tuple[str, ...], tuple[FindOut, ...]]:
    reached = together.reached()
    return (
        ready.score(*together.points()),
        ready.outcomes(reached),
        _find_out(ready, seen, together) if reached & (reached - 1) else (),
    )


def _find_out(ready: Ready, seen: Sequence[Seen], together: Together) -> tuple[FindOut, ...]:
    waiting: dict[str, tuple[str, ...]] = {}
    for one in seen:
        for name in one.result.missing:
            waiting[name] = (*waiting.get(name, ()), one.result.id)
    axes, applies = ready.atlas.axes, ready.atlas.applies
    ranks: dict[int, tuple[float, int]] = {}
    found = []
    for axis, left in sorted(together.telling()):
        name = axes[axis].question.id
        entry = FindOut(name, waiting.get(name, ()), left)
        # Fewest outcomes left; then most criteria waiting; then the form's order. What is
        # only asked after another open question never comes before that question.
        rank = left, -len(entry.criteria)
        if name in applies:
            rank = max([rank, *(ranks[parent] for parent in applies[name] if parent in ranks)])
        ranks[axis] = rank
        found.append((rank, axis, entry))
    return tuple([entry for _, _, entry in sorted(found)])


def applies(ruleset: Ruleset, answers: Answers) -> dict[str, Applies]:
    """Return for every question whether it applies: surely, in no completion, or in some."""
    atlas = ready_for(ruleset).atlas
    whether: dict[str, Applies] = dict.fromkeys(ruleset.questions, "yes")
    asked = {axis: atlas.axes[axis] for cells in atlas.applies.values() for axis in cells}
    possible = {
        number: axis.possible(answers.get(axis.question.id)) for number, axis in asked.items()
    }
    for name, cells in atlas.applies.items():
        whether[name] = _whether(cells, possible)
    return whether


def _whether(cells: Mapping[int, int], possible: Mapping[int, int]) -> Applies:
    if never(cells, possible):
        return "no"
    return "maybe" if any(possible[axis] & ~mask for axis, mask in cells.items()) else "yes"


def atlas_of(ruleset: Ruleset) -> Atlas:
    """Return the ruleset's criteria in terms of cells; made once for each ruleset."""
    return ready_for(ruleset).atlas


def outcomes_table(ruleset: Ruleset) -> OutcomeTable:
    """Return the table of the ruleset's outcomes; made once for each ruleset."""
    return ready_for(ruleset).rows.table
