"""From a ruleset file to a sound ruleset, or every fault in it with its line.

Each step goes over the whole file: the values (``yaml_text``), their shape (``shape``),
what the names mean (``builder``); then the tables are tried on every possible answer. What
comes out is a ``Ruleset`` in which every name exists, every test can apply, and no table
has a gap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from checklist import yaml_text
from checklist.atlas import Atlas, make_atlas
from checklist.builder import Built, build
from checklist.cells import MOST_COMBINATIONS
from checklist.errors import EntangledError, GapError, Problem, RulesetError, quote, spell_answers
from checklist.model import Criterion, Ruleset
from checklist.outcomes import outcome_table
from checklist.search import find_answers
from checklist.shape import Shaped, read_shape
from checklist.worlds import refuse_entangled, space_of


def load_ruleset(path: str | Path) -> Ruleset:
    """Return the ruleset in the file at ``path``.

    Raises:
        RulesetError: the file cannot be read, or is not a sound ruleset; lists every fault.
    """
    file = str(path)
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(yaml_text.LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RulesetError([Problem(f"{file}: cannot be read: {reason}")]) from None
    return read_ruleset(content, file)


def read_ruleset(content: bytes, file: str) -> Ruleset:
    """Return the ruleset that ``content`` holds; ``file`` names it in messages.

    Raises:
        RulesetError: it is not a sound ruleset; lists every fault, in the file's order.
    """
    document = yaml_text.read_yaml(content, file)
    shaped = read_shape(document)
    problems = [*document.problems, *shaped.problems]
    if shaped.ruleset is None:
        raise RulesetError(_in_order(problems))
    built = build(shaped)
    problems += built.problems
    problems += _unsound_tables(built, shaped)
    if problems:
        raise RulesetError(_in_order(problems))
    return built.ruleset


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    def rank(problem: Problem) -> tuple[int, int]:
        return (problem.place.line, problem.place.column) if problem.place else (0, 0)

    return sorted(dict.fromkeys(problems), key=rank)


def _unsound_tables(built: Built, shaped: Shaped) -> list[Problem]:
    # Tables are tried as far as their inputs could be read at all.
    ruleset = built.ruleset
    if built.broken & {"sections", "facts"} or shaped.dropped & set(ruleset.questions):
        return []
    sound = [c for c in ruleset.criteria if c.id not in built.broken]
    try:
        atlas = make_atlas(
            ruleset.questions, ruleset.facts, {c.id: [r.when for r in c.rules] for c in sound}
        )
        refuse_entangled(atlas)
    except EntangledError as error:
        return [_entangled(error, ruleset)]
    problems = list(_criterion_gaps(atlas, sound))
    if not problems and not built.problems and not shaped.problems:
        problems = list(_outcome_gap(ruleset))
    return problems


def _entangled(error: EntangledError, ruleset: Ruleset) -> Problem:
    places = [c.place for c in ruleset.criteria if c.id in error.criteria]
    places += [q.place for q in ruleset.questions.values() if q.id in error.questions]
    message = (
        f"{', '.join(error.criteria)}: linked by the questions they share, these come to "
        f"{error.combinations:,} combinations of answers; at most {MOST_COMBINATIONS:,} can be "
        f"looked through. What entangles them, the most telling first: "
        f"{', '.join(error.questions[:12])}. Test fewer of these together, or in fewer steps"
    )
    return Problem(message, "criteria", places[0] if places else None)


def _criterion_gaps(atlas: Atlas, criteria: Sequence[Criterion]) -> Iterator[Problem]:
    possible = atlas.possible({})
    for number, criterion in enumerate(criteria):
        if not criterion.rules[-1].when:
            continue
        try:
            space_of(atlas, [number], possible).decided(atlas.tables[number])
        except GapError as gap:
            yield Problem(
                f"the rules leave a gap: none matches {_spelled(gap.answers)}; add a rule for it, "
                "or a last one without 'when'",
                f"criteria.{criterion.id}.rules",
                criterion.place,
            )


def _outcome_gap(ruleset: Ruleset) -> Iterator[Problem]:
    if not ruleset.outcomes[-1].when:
        return
    table = outcome_table(ruleset.outcomes)
    answers = find_answers(
        ruleset.questions,
        ruleset.facts,
        ruleset.criteria,
        table,
        lambda kind: table.first(kind) < 0,
    )
    if answers is not None:
        yield Problem(
            f"the outcomes leave a gap: none matches {_spelled(answers)}; add an outcome for it, "
            "or a last one without 'when'",
            "outcomes",
            ruleset.outcomes[0].place,
        )


def _spelled(answers: Mapping[str, object]) -> str:
    return spell_answers(answers) if answers else quote("any answers")
