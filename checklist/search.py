"""Find answers that come out in a wanted way, or prove that none do."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from checklist.atlas import make_atlas
from checklist.cells import MOST_COMBINATIONS
from checklist.model import Answer, Criterion, Fact, Question
from checklist.outcomes import Kind, OutcomeTable, groups_of
from checklist.worlds import refuse_entangled


def find_answers(
    questions: Mapping[str, Question],
    facts: Mapping[str, Fact],
    criteria: Sequence[Criterion],
    table: OutcomeTable,
    wanted: Callable[[Kind], bool],
) -> dict[str, Answer] | None:
    """Return complete answers whose kind is wanted, or None: a proof that there are none.

    Args:
        questions: every question.
        facts: every fact.
        criteria: the decision tables to judge by.
        table: the rows that a kind says are still possible.
        wanted: told the rows left and the score of a world, says whether it is looked for.

    Returns:
        Answers to the questions that ``criteria`` look at, those that apply.

    Raises:
        EntangledError: the criteria are too entangled to be looked through.
    """
    atlas = make_atlas(questions, facts, {c.id: [r.when for r in c.rules] for c in criteria})
    refuse_entangled(atlas, 10 * MOST_COMBINATIONS)  # tests of a promise may cut finer
    groups = groups_of(atlas, criteria, table, atlas.possible({}))
    reached: dict[Kind, tuple[Kind, ...]] = {((1 << len(table.rows)) - 1, 0): ()}
    for group in groups:
        reached = _together(reached, group.kinds)
    chosen = next((chosen for kind, chosen in reached.items() if wanted(kind)), None)
    if chosen is None:
        return None
    answers: dict[str, Answer] = {}
    for group, kind in zip(groups, chosen, strict=True):
        answers |= group.space.answers_in(group.kinds[kind], group.space.axes)
    return {name: answers[name] for name in questions if name in answers}


def _together(
    reached: Mapping[Kind, tuple[Kind, ...]], kinds: Iterable[Kind]
) -> dict[Kind, tuple[Kind, ...]]:
    more: dict[Kind, tuple[Kind, ...]] = {}
    options = list(kinds)
    for (rows, points), chosen in reached.items():
        for kind in options:
            more.setdefault((rows & kind[0], points + kind[1]), (*chosen, kind))
    return more
