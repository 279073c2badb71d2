"""What tables that are judged come to together: the rows left, and the scores.

Criteria that share no open question are independent, so no world of the whole ruleset is
ever built: what some of them can come to is *reached*, and the next ones are added to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from operator import or_

from msgspec import Struct

from checklist.engine.outcomes import Kind, OutcomeTable, up_to_certain
from checklist.errors import EntangledError, Tangle

_WAY = 1 << 9  # what a set of scores costs besides its bits, in bits
_PAIRS = 4  # pairs of worlds may take this part of what is allowed
_FEW = 32
_LOW_SCORES = 1 << 16

# The rows left in one world and in another, the points that the other has more, and a
# multiple of 65,536 points.
_PairWay = tuple[int, int, int, int]


class Reached(Struct, frozen=True):
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
