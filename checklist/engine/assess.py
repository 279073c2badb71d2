"""assess(): a ruleset and a person's answers in, what follows out. Pure and exact.

Everything said holds over all completions of the answers: open questions take every
answer that they allow, never a default. How: ``placing`` cuts answers down to the cells
that rules can tell apart, ``lookup`` finds what each criterion comes to there, looking at
all combinations at once (``worlds``), and ``together`` combines criteria that share no
open question.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec.structs import replace

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
    packed = ready.placer.at_once(answers)
    if packed is None:
        answers, packed = ready.placer.checked(answers)
    seen = ready.seen(packed)
    assessment = ready.settled_before.get(seen) or _assessed(ruleset, ready, seen, packed)
    if ready.atlas.applies and (aside := ready.set_aside(answers, packed)):
        return replace(assessment, set_aside=aside)
    return assessment


def _assessed(ruleset: Ruleset, ready: Ready, seen: tuple[Seen, ...], packed: int) -> Assessment:
    left, points, unsettled = settled = ready.settled(seen)
    if unsettled:
        score, outcomes, find_out = _open(ready, seen, ready.together(settled, packed))
    else:
        score = ready.score(points, points)
        rows = left & ready.rows.at[points]
        outcomes = ready.outcomes(rows & -rows)
        find_out = ()
    criteria = tuple([one.result for one in seen])
    assessment = Assessment(ruleset.id, ruleset.version, score, outcomes, criteria, find_out, ())
    if not unsettled:
        ready.keep(seen, assessment)
    return assessment


def _open(
    ready: Ready, seen: Sequence[Seen], together: Together
) -> tuple[Range, tuple[str, ...], tuple[FindOut, ...]]:
    reached = together.reached()
    return (
        ready.score(*together.points),
        ready.outcomes(reached),
        _find_out(ready, seen, together) if reached & (reached - 1) else (),
    )


def _find_out(ready: Ready, seen: Sequence[Seen], together: Together) -> tuple[FindOut, ...]:
    ranks: dict[int, tuple[float, int]] = {}
    found = []
    for axis, left in sorted(together.telling()):
        name, numbers, parents = ready.asked[axis]
        waiting = [seen[n].result.id for n in numbers if name in seen[n].result.missing]
        # Fewest outcomes left; then most criteria waiting; then the form's order. What is
        # only asked after another open question never comes before that question.
        rank = left, -len(waiting)
        if parents:
            rank = max([rank, *(ranks[parent] for parent in parents if parent in ranks)])
        ranks[axis] = rank
        found.append((rank, axis, FindOut(name, tuple(waiting), left)))
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
