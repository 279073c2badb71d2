"""The outcome table: which row decides, whatever the criteria and the score may come to.

Criteria that share no open question are independent, so no world of the whole ruleset is
ever built: what some of them can come to is *reached*, and the next ones are added to it.
Knows statuses and points; not the questions that they come from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice
from math import inf
from operator import or_

from checklist.conditions import holds, range_starts
from checklist.errors import EntangledError, Tangle
from checklist.model import Criterion, Outcome, Status, Test, When

SCORE = "score"
MOST_SCORES = 1 << 24  # bits for all sets of scores: 2 megabytes
_WAY = 1 << 9  # what a set costs besides, in bits
_PAIRS = 4  # pairs of worlds may take this part of it
_FEW = 32
_LOW_SCORES = 1 << 16

# What must hold for a row to match: names of tables, or ``score``, and tests of them.
Row = Sequence[tuple[str, Test]]
# The rows (as bits: row n, counted from 0, is ``1 << n``) that are left, and the points.
Kind = tuple[int, int]
# The rows left in one world and in another, the points that the other has more, and a
# multiple of 65,536 points.
_PairWay = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Decider:
    """A decision table, rule by rule: when the rule holds, its status and its points."""

    id: str
    whens: tuple[When, ...]
    statuses: tuple[Status, ...]
    points: tuple[int, ...]


def decider(criterion: Criterion) -> Decider:
    """Return a criterion as its outcomes see it."""
    rules = criterion.rules
    return Decider(
        criterion.id,
        tuple(rule.when for rule in rules),
        tuple(rule.status for rule in rules),
        tuple(rule.points for rule in rules),
    )


def rows_of(outcomes: Iterable[Outcome]) -> list[Row]:
    """Return the rows of a ruleset's outcomes."""
    return [tuple(outcome.when.items()) for outcome in outcomes]


@dataclass(frozen=True)
class OutcomeTable:
    """Rows over the statuses of ``deciders`` and the score; the first that matches decides.

    Over ``most`` bits of scores are refused: when a ruleset is tried, not when it is used.
    """

    rows: tuple[Row, ...]
    deciders: tuple[Decider, ...]
    most: float = inf

    @cached_property
    def effects(self) -> Mapping[str, tuple[Kind, ...]]:
        """Return for each decider, rule by rule, the rows that it leaves and the points it adds.

        Points are counted from the table's lowest, and only if some row looks at the score.
        """
        return {d.id: tuple(self._effects(d)) for d in self.deciders}

    def _effects(self, decider: Decider) -> Iterator[Kind]:
        lowest = min(decider.points)
        for status, points in zip(decider.statuses, decider.points, strict=True):
            left = sum(
                1 << number
                for number, row in enumerate(self.rows)
                if all(holds(test, status) for name, test in row if name == decider.id)
            )
            yield left, points - lowest if self.tests_score else 0

    @cached_property
    def tests_score(self) -> bool:
        """Return whether any row looks at the score."""
        return any(name == SCORE for row in self.rows for name, _ in row)

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Return for each row the names that it tests."""
        return tuple(frozenset(name for name, _ in row) for row in self.rows)

    @cached_property
    def bands(self) -> tuple[tuple[int, int, int], ...]:
        """Return the scores that no row can tell apart: from, up to, and the rows they leave.

        Scores are counted from the lowest there can be, as points are.
        """
        low = sum(min(d.points) for d in self.deciders)
        high = sum(max(d.points) for d in self.deciders)
        tests = [test for row in self.rows for name, test in row if name == SCORE]
        starts = range_starts(tests, low, high)
        return tuple(
            (start - low, end - low, self._rows_at(start))
            for start, end in zip(starts, [*starts[1:], high + 1], strict=True)
        )

    def _rows_at(self, score: int) -> int:
        return sum(
            1 << number
            for number, row in enumerate(self.rows)
            if all(holds(test, score) for name, test in row if name == SCORE)
        )

    def settled(self, judged: frozenset[str]) -> int:
        """Return the rows that depend on nothing but the tables ``judged``."""
        return sum(1 << number for number, names in enumerate(self.needs) if names <= judged)

    def deciding(self, rows: int, points: int, scores: int) -> dict[int, int]:
        """Return for each row that decides the scores, of a set, with which it does.

        Args:
            rows: the rows left, all tables judged.
            points: what is to be added to each score.
            scores: a set of scores, as bits. Scores with which no row matches come under -1.
        """
        found: dict[int, int] = {}
        size = scores.bit_length()
        for start, end, holding in self.bands:
            low, high = max(start - points, 0), min(end - points, size)
            if low < high and (here := scores & ((1 << high) - (1 << low))):
                row = first(rows & holding)
                found[row] = found.get(row, 0) | here
        return found


def first(rows: int) -> int:
    """Return the number of the first of some rows, or -1 if there is none."""
    return (rows & -rows).bit_length() - 1


def up_to_certain(rows: int, settled: int) -> int:
    """Return ``rows`` without those after one that is certain to match: they cannot decide."""
    certain = rows & settled
    return rows & ((certain & -certain) * 2 - 1) if certain else rows


@dataclass(frozen=True, slots=True)
class Reached:
    """What the tables ``judged`` can come to together.

    Under the rows left and a multiple of 65,536 points stand the scores above that, as
    bits. (One set of bits for all would be long where points are few but huge.)
    """

    table: OutcomeTable
    judged: frozenset[str]
    ways: Mapping[Kind, int]

    def with_kinds(self, judged: frozenset[str], kinds: Iterable[Kind]) -> "Reached":
        """Return what is reached if tables that can come to ``kinds`` are added.

        Raises:
            EntangledError: the rows and scores can come out in too many ways.
        """
        judged |= self.judged
        settled = self.table.settled(judged)
        more: dict[Kind, int] = {}
        options = [(left, *divmod(points, _LOW_SCORES)) for left, points in kinds]
        for (rows, high), scores in self.ways.items():
            for left, more_high, low in options:
                way = up_to_certain(rows & left, settled), high + more_high
                more[way] = more.get(way, 0) | scores << low
            if len(more) * _WAY > self.table.most:
                break
        reached = Reached(self.table, judged, more)
        if reached.cost > self.table.most:
            ways = sum(scores.bit_count() for scores in more.values())
            raise EntangledError([Tangle("scores", ways, tuple(sorted(judged)), ())])
        return reached

    @property
    def cost(self) -> int:
        """Return about how many bits this takes."""
        return sum(_WAY + scores.bit_length() for scores in self.ways.values())

    def parts(self, kinds: Mapping[Kind, int]) -> list[tuple[set[int], int]]:
        """Return the worlds of ``kinds``, all that is still to be judged, cut by outcome.

        Returns:
            The rows that decide in them, and worlds: those of two parts differ in outcome
            beside something that is reached here, those of one part never do.
        """
        parts = [(set[int](), list(kinds))]
        for (left, high), scores in self.ways.items():
            cut: dict[tuple[int, tuple[tuple[int, int], ...]], tuple[set[int], list[Kind]]] = {}
            for number, (known, alike) in enumerate(parts):
                for kind in alike:
                    points = kind[1] + high * _LOW_SCORES
                    deciding = self.table.deciding(kind[0] & left, points, scores)
                    key = number, tuple(deciding.items())
                    cut.setdefault(key, (known | deciding.keys(), []))[1].append(kind)
            parts = list(cut.values())
        return [(rows, reduce(or_, (kinds[kind] for kind in alike))) for rows, alike in parts]

    def kinds(self) -> Iterator[Kind]:
        """Yield each kind that the tables judged can come to."""
        for (rows, high), scores in self.ways.items():
            for score, bit in enumerate(bin(scores)[:1:-1]):
                if bit == "1":
                    yield rows, high * _LOW_SCORES + score

    def place(self, kind: Kind) -> tuple[Kind, int]:
        """Return under which way a kind stands here, and as which of its bits."""
        rows, points = kind
        return next(
            (way, points - way[1] * _LOW_SCORES)
            for way, scores in self.ways.items()
            if way[0] == rows
            and points >= way[1] * _LOW_SCORES
            and scores >> points - way[1] * _LOW_SCORES & 1
        )

    def differ(self, tables: Sequence[tuple[str, Iterable[tuple[Kind, Kind]]]]) -> bool:
        """Return whether two worlds can differ in outcome, beside something reached here.

        Args:
            tables: all tables still to be judged: the name, and which two effects the
                table can have in the one world and in the other.

        Raises:
            EntangledError: the two can come out in too many ways.
        """
        # A few ways, should they differ, are as good as all.
        return any(self._differ(tables, most) for most in (_FEW, None))

    def _differ(
        self, tables: Sequence[tuple[str, Iterable[tuple[Kind, Kind]]]], most: int | None
    ) -> bool:
        # Under the rows left in both worlds, and how many points more the other one has.
        ways: dict[_PairWay, int] = {(r, r, 0, high): s for (r, high), s in self.ways.items()}
        judged = self.judged
        for name, pairs in tables:
            judged |= {name}
            settled = self.table.settled(judged)
            steps = [(a, b, q - p, *divmod(p, _LOW_SCORES)) for (a, p), (b, q) in pairs]
            more: dict[_PairWay, int] = {}
            for (rows, others, ahead, high), scores in ways.items():
                for a, b, further, raised, low in steps:
                    way = (
                        up_to_certain(rows & a, settled),
                        up_to_certain(others & b, settled),
                        ahead + further,
                        high + raised,
                    )
                    more[way] = more.get(way, 0) | scores << low
                if len(more) * _WAY > self.table.most / _PAIRS:
                    raise EntangledError([Tangle("scores", len(more), tuple(sorted(judged)), ())])
            ways = dict(islice(more.items(), most))
        return any(
            self.table.deciding(rows, high * _LOW_SCORES, scores)
            != self.table.deciding(others, high * _LOW_SCORES + ahead, scores)
            for (rows, others, ahead, high), scores in ways.items()
            if ahead or rows != others
        )

    def scores(self, way: Kind) -> tuple[int, int]:
        """Return the points to be added to the scores of a way, and these."""
        return way[1] * _LOW_SCORES, self.ways.get(way, 0)

    def step_to(
        self, way: Kind, score: int, kinds: Iterable[Kind], after: "Reached"
    ) -> tuple[Kind, Kind, int]:
        """Return one of ``kinds`` that leads to a score of ``after``, and from where.

        Args:
            way: a way of ``after``.
            score: which of its bits.
            kinds: what was added to reach ``after``.
            after: what is reached with one of ``kinds`` added.

        Returns:
            The kind; the way of this and its bit from which it leads there.
        """
        settled = self.table.settled(after.judged)
        for kind in kinds:
            high, low = divmod(kind[1], _LOW_SCORES)
            for (rows, from_high), scores in self.ways.items():
                same = (up_to_certain(rows & kind[0], settled), from_high + high) == way
                if same and score >= low and scores >> score - low & 1:
                    return kind, (rows, from_high), score - low
        raise AssertionError("every score was reached from somewhere")

    def rows(self) -> set[int]:
        """Return the rows that decide, all tables judged."""
        ways = ((way[0], *self.scores(way)) for way in self.ways)
        return {row for way in ways for row in self.table.deciding(*way)}


def nothing_judged(table: OutcomeTable) -> Reached:
    """Return what is reached before any table is judged: every row is left, at no points."""
    return Reached(table, frozenset(), {((1 << len(table.rows)) - 1, 0): 1})
