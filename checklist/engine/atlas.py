"""A ruleset's tests and decision tables, put in terms of cells: made once for a ruleset.

What depends on ``enable_when`` is worked into the tables here. Tests on a question that
does not apply fail; so the conditions under which it applies become part of each test.
Knows questions, facts and the conditions of tables; not what is made of their results.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from checklist.engine.cells import Axis, make_axis
from checklist.engine.counted import NamedTest
from checklist.errors import EntangledError, Tangle
from checklist.ruleset.conditions import holds
from checklist.ruleset.model import Answers, Count, Fact, Question, Tally, When

# A conjunction over cells: axis number to the set of its cells in which it holds.
Cells = Mapping[int, int]


class Condition(Struct, frozen=True):
    """A ``when`` in terms of cells: all of ``cells``, and each tally among its values."""

    cells: Cells
    tallies: tuple[tuple[int, frozenset[int]], ...] = ()


class Table(Struct, frozen=True):
    """A decision table in terms of cells, with the axes that it looks at."""

    id: str
    conditions: tuple[Condition, ...]
    axes: frozenset[int]


class Atlas(Struct, frozen=True):
    """A ruleset's tables in terms of cells: made once, then every person's answers are placed.

    ``applies`` tells, for each question with an ``enable_when``, the cells of other
    questions in which it applies (tests on a question that does not apply fail, so the
    conditions of what it depends on are part of its own). ``dependents`` tells, for each axis,
    those of the questions that it switches on, directly or not; ``looking``, which tables look
    at it, by number.
    """

    axes: tuple[Axis, ...]
    number_of: Mapping[str, int]
    applies: Mapping[str, Cells]
    tallies: tuple[tuple[Cells, ...], ...]
    tables: tuple[Table, ...]
    dependents: Mapping[int, Sequence[int]]
    looking: Sequence[Sequence[int]]

    def possible(self, answers: Answers) -> tuple[int, ...]:
        """Return for each axis the set of cells that completions of ``answers`` reach."""
        return tuple(axis.possible(answers.get(axis.question.id)) for axis in self.axes)


class Version(Struct, frozen=True):
    """What an atlas is made of: questions, facts, and the ``when`` of each rule of each table."""

    questions: Mapping[str, Question]
    facts: Mapping[str, Fact]
    tables: Mapping[str, Sequence[When]]


# As ``make_axis``, which it may remember.
AxisMaker = Callable[[Question, Sequence[Count], Sequence[NamedTest]], Axis]


def make_atlas(
    questions: Mapping[str, Question],
    facts: Mapping[str, Fact],
    tables: Mapping[str, Sequence[When]],
) -> Atlas:
    """Return the atlas of decision tables over questions and facts.

    Args:
        questions: every question, in the ruleset's order.
        facts: every fact.
        tables: table id to the ``when`` of each of its rules, in order.

    Raises:
        EntangledError: the counts over some question can come out in too many ways.
    """
    [atlas] = make_atlases([Version(questions, facts, tables)])
    return atlas


def make_atlases(
    versions: Sequence[Version], axis_maker: AxisMaker = make_axis
) -> tuple[Atlas, ...]:
    """Return an atlas for each of several versions of a ruleset, all over the same cells.

    So the worlds of one are those of another, and can be compared.

    Args:
        versions: of the same questions; facts of one name are the same in all.
        axis_maker: makes the axis of a question.

    Raises:
        EntangledError: the counts over some question can come out in too many ways.
    """
    axes = tuple(_made_axes(versions, axis_maker))
    return tuple(_AtlasMaker(version, axes).make() for version in versions)


def _made_axes(versions: Sequence[Version], axis_maker: AxisMaker) -> Iterator[Axis]:
    tests = _tests_by_question(versions)
    facts = {name: fact for version in versions for name, fact in version.facts.items()}
    counts: dict[str, list[Count]] = {}
    for fact in facts.values():
        if isinstance(fact, Count):
            counts.setdefault(fact.question, []).append(fact)
    tangles: list[Tangle] = []
    for name, question in versions[0].questions.items():
        if name in tests:
            try:
                yield axis_maker(question, counts.get(name, ()), tuple(tests[name]))
            except EntangledError as error:
                tangles += error.tangles
    if tangles:
        raise EntangledError(tangles)


def _tests_by_question(versions: Iterable[Version]) -> dict[str, dict[NamedTest, None]]:
    found: dict[str, dict[NamedTest, None]] = {}
    for version in versions:
        for when in _whens(version):
            for name, test in when.items():
                fact = version.facts.get(name)
                if not isinstance(fact, Tally):
                    asked = fact.question if fact else name
                    found.setdefault(asked, {})[name, test] = None
    return found


def _whens(version: Version) -> Iterator[When]:
    yield from (question.enable_when for question in version.questions.values())
    for fact in version.facts.values():
        if isinstance(fact, Tally):
            yield from fact.conditions
    for rules in version.tables.values():
        yield from rules


class _AtlasMaker:
    def __init__(self, version: Version, axes: tuple[Axis, ...]) -> None:
        self.version = version
        self.facts = version.facts
        self.axes = axes
        self.number_of = {axis.question.id: number for number, axis in enumerate(axes)}
        self.tally_numbers = {
            fact.id: number
            for number, fact in enumerate(f for f in self.facts.values() if isinstance(f, Tally))
        }
        self.applies: dict[str, Cells] = {}

    def make(self) -> Atlas:
        # In order: only earlier questions are tested.
        for name, question in self.version.questions.items():
            if question.enable_when:
                self.applies[name] = self._cells(question.enable_when)
        self.tallies = tuple(
            tuple(self._cells(condition) for condition in fact.conditions)
            for fact in self.facts.values()
            if isinstance(fact, Tally)
        )
        made = tuple(self._table(name, rules) for name, rules in self.version.tables.items())
        return Atlas(
            self.axes,
            self.number_of,
            self.applies,
            self.tallies,
            made,
            self._dependents(),
            _looking(made, len(self.axes)),
        )

    def _dependents(self) -> dict[int, list[int]]:
        dependents: dict[int, list[int]] = {}
        for name, cells in self.applies.items():
            if name in self.number_of:
                for axis in cells:
                    dependents.setdefault(axis, []).append(self.number_of[name])
        return dependents

    def _cells(self, when: When) -> dict[int, int]:
        cells: dict[int, int] = {}
        for name, test in when.items():
            fact = self.facts.get(name)
            asked = fact.question if isinstance(fact, Count) else name
            number = self.number_of[asked]
            literals = {number: self.axes[number].masks[name, test]}
            for source in (literals, self.applies.get(asked, {})):
                for axis, mask in source.items():
                    cells[axis] = cells.get(axis, -1) & mask
        return cells

    def _condition(self, when: When) -> Condition:
        plain = {n: t for n, t in when.items() if not isinstance(self.facts.get(n), Tally)}
        tallies = []
        for name in when.keys() - plain.keys():
            number = self.tally_numbers[name]
            test = when[name]
            counts = range(len(self.tallies[number]) + 1)
            tallies.append((number, frozenset(n for n in counts if holds(test, n))))
        return Condition(self._cells(plain), tuple(sorted(tallies)))

    def _table(self, name: str, rules: Sequence[When]) -> Table:
        conditions = tuple(self._condition(when) for when in rules)
        axes: set[int] = set()
        for condition in conditions:
            axes.update(condition.cells)
            for number, _ in condition.tallies:
                axes.update(axis for cells in self.tallies[number] for axis in cells)
        return Table(name, conditions, frozenset(axes))


def _looking(tables: Sequence[Table], axes: int) -> list[list[int]]:
    looking: list[list[int]] = [[] for _ in range(axes)]
    for number, table in enumerate(tables):
        for axis in table.axes:
            looking[axis].append(number)
    return looking
