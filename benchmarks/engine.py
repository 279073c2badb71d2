"""One person judged: complete answers, and 30% of them open, beside hand-written code and peers."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from math import prod
from time import process_time

from benchmarks import by_hand, peers, sailing
from benchmarks.sailing import NUMBERS, WORDS, Partly
from benchmarks.timing import (
    Timing,
    effort,
    for_each,
    for_others_each_time,
    in_turns,
    shown,
    spread,
    table,
    verdict,
)
from checklist.engine.assess import assess
from checklist.engine.assessment import Assessment
from checklist.ruleset.conditions import range_starts
from checklist.ruleset.model import Ruleset, Within

HAND, OURS = "hand-written Python", "Checklist"
_MOST_COMPLETIONS = 20_000  # of one person, that are gone through to hold a result against


def report() -> str:
    """Return the section on one person's assessment."""
    found, left_out = peers.available()
    lines = ["## One person: complete answers", "", *_complete(found), ""]
    lines += [f"Left out: {why}." for why in left_out]
    return "\n".join([*lines, "## One person: 30% of answers open", "", *_open(found), ""])


def said_by_hand(person: Partly) -> peers.Said:
    """Return what the hand-written function says, as peers say it."""
    found = by_hand.assess(person)  # type: ignore[arg-type]  # open answers are its own problem
    numbers = tuple(decision[0] for decision in found["criteria"].values())
    return numbers, found["score"], found["outcome"]


def said_by_us(assessment: Assessment) -> peers.Said:
    """Return a settled assessment as peers say it."""
    numbers = tuple(result.rules[0] for result in assessment.criteria)
    return numbers, assessment.score.low, assessment.outcomes[0]


def disagreements(ruleset: Ruleset, found: Mapping[str, peers.Peer], number: int) -> int:
    """Return of how many complete people anybody says something else than by hand."""
    people = sailing.people(number, seed=3)
    return sum(
        any(
            said != said_by_hand(person)
            for said in (
                said_by_us(assess(ruleset, person)),
                *(peer(person) for peer in found.values()),
            )
        )
        for person in people
    )


def _complete(found: Mapping[str, peers.Peer]) -> list[str]:
    ruleset = sailing.fresh_ruleset()
    checked = effort(5000, 300)
    apart = disagreements(ruleset, found, checked)
    rounds = effort(15, 5)
    people = sailing.people(effort(4000, 1000) * (rounds + 1))
    few = people[: effort(150, 30)]
    turns = {
        HAND: for_others_each_time(by_hand.assess, people, rounds + 1),
        OURS: for_others_each_time(partial(assess, ruleset), people, rounds + 1),
        **{name: for_each(peer, few) for name, peer in found.items()},
    }
    timings = in_turns(turns, rounds)
    return [
        "15 questions, 6 criteria of 3 to 8 rules over 1 to 4 inputs, 9 outcomes over all six",
        "statuses and the score. Checklist says statuses, rules, score, outcomes, `missing` and",
        "`find_out`, and checks the answers; the others say rules, score and outcome.",
        "Each round judges 4,000 other people, by hand and by Checklist: nobody comes twice.",
        f"{checked:,} people judged by all: {apart} of them differently.",
        "",
        table(
            ["complete answers", "median", "middle half", "times by hand", "times Checklist"],
            [
                [
                    name,
                    shown(timing.median),
                    spread(timing),
                    f"{timing.times(timings[HAND]):.1f}",
                    f"{timing.times(timings[OURS]):.1f}",
                ]
                for name, timing in timings.items()
            ],
        ),
        "",
        "Tried: answers are looked up at once where all are plain, and added to one whole number;",
        "each table is looked up by its bits of that number, filled as people come; what settled",
        "tables come to together is said once for all to whom they decide by the same rules;",
        "results are structs. Most of what is left is looking at each answer and its type.",
        "",
        f"- Beside the hand-written function: {verdict(timings[OURS].times(timings[HAND]), 4)}.",
        *_fastest(timings),
    ]


def _fastest(timings: Mapping[str, Timing]) -> list[str]:
    others = {n: t.times(timings[OURS]) for n, t in timings.items() if n not in (HAND, OURS)}
    if not others:
        return []
    name = min(others, key=lambda name: others[name])
    word = "reached" if others[name] >= 9 else "**not reached**"
    return [
        f"- The fastest peer ({name}) takes {others[name]:.3g} times as long as Checklist, "
        f"target at least 9: {word}."
    ]


def _open(found: Mapping[str, peers.Peer]) -> list[str]:
    people = sailing.partly_open(effort(10_000, 500))
    complete = sailing.people(4000)

    def first_sight() -> float:
        # A fresh ruleset each time: nothing that was worked out before is there to be found.
        ruleset = sailing.fresh_ruleset()
        start = process_time()
        for person in people:
            assess(ruleset, person)
        return (process_time() - start) / len(people)

    known = sailing.fresh_ruleset()
    timings = in_turns(
        {
            HAND: for_each(by_hand.assess, complete),
            "a fresh ruleset": first_sight,
            "all seen before": for_each(partial(assess, known), people),
        },
        effort(9, 3),
    )
    ruleset = sailing.fresh_ruleset()
    exact = {n: by_enumeration(person) for n, person in enumerate(people[: effort(3000, 300)])}
    held = {n: outcomes for n, outcomes in exact.items() if outcomes is not None}
    wrong = sum(_outcomes(ruleset, people[n]) != outcomes for n, outcomes in held.items())
    ratio = timings["a fresh ruleset"].times(timings[HAND])
    return [
        f"{len(people):,} different people, 30% of the answers open. Held against every",
        f"completion of the cells of their answers, one by one: {len(held):,} people (all with up",
        f"to {_MOST_COMPLETIONS:,} completions), {wrong} of them found otherwise.",
        "",
        table(
            ["30% open", "median", "middle half", "times complete by hand"],
            [
                [
                    f"{OURS}, {n}" if n != HAND else f"{n}, complete",
                    shown(t.median),
                    spread(t),
                    f"{t.times(timings[HAND]):.1f}",
                ]
                for n, t in timings.items()
            ],
        ),
        "",
        f"- A fresh ruleset, beside the hand-written function's complete answers: "
        f"{verdict(ratio, 30)}.",
        "",
        "Tried: people whose open answers decide in the same way share what is made of it; rows",
        "that cannot decide any more, or tell no two worlds apart, are left out before tables are",
        "combined; combinations are strings of bytes, cut and compared as such.",
        "Merging equal states on the way and keeping whole combinations did not pay: nearly every",
        "person has combinations of their own, which is most of what is left.",
        "",
        "What each says of the outcome of these people, an open answer given as `None`. *Exact*:",
        "the one outcome that there can be. *Silent*: an error. *Too sure*: one outcome where",
        "others are possible too. *Wrong*: an outcome that no completion of the answers has.",
        "",
        _counted({HAND: said_by_hand, **found}, people, ruleset),
    ]


def _outcomes(ruleset: Ruleset, person: Partly) -> frozenset[str]:
    return frozenset(assess(ruleset, person).outcomes)


def by_enumeration(person: Partly) -> frozenset[str] | None:
    """Return the outcomes of all completions, each judged by hand; None if they are too many."""
    values = [_values(name) if answer is None else [answer] for name, answer in person.items()]
    if prod(map(len, values)) > _MOST_COMPLETIONS:
        return None
    found = set()
    counts = [0] * len(values)
    while True:
        completion = {n: v[at] for n, v, at in zip(person, values, counts, strict=True)}
        found.add(by_hand.assess(completion)["outcome"])
        for place, one in enumerate(values):
            counts[place] += 1
            if counts[place] < len(one):
                break
            counts[place] = 0
        else:
            return frozenset(found)


def _values(name: str) -> list[str | int]:
    if name in WORDS:
        return list(WORDS[name])
    low, high = NUMBERS[name]
    tests = []
    for rules in sailing.CRITERIA.values():
        for _, _, when in rules:
            if name in when:
                kind, first, second = peers.parts_of(when[name])
                tests.append(Within((_range(kind, first, second, low, high),)))
    return list(range_starts(tests, low, high))


def _range(kind: str, first: int, second: int | None, low: int, high: int) -> tuple[int, int]:
    ends = {
        "<": (low, first - 1),
        "<=": (low, first),
        ">": (first + 1, high),
        ">=": (first, high),
        "==": (first, first),
    }
    return (first, second) if second is not None else ends[kind]


def _counted(
    found: Mapping[str, Callable[[Partly], peers.Said]], people: list[Partly], ruleset: Ruleset
) -> str:
    few = list(islice(people, effort(2000, 200)))
    possible = [_outcomes(ruleset, person) for person in few]
    single = sum(len(outcomes) == 1 for outcomes in possible)
    rows = [
        ["Checklist", f"{len(few)} (of {single} the one outcome, of the others all)", "0", "0", "0"]
    ]
    for name, say in found.items():
        words = Counter(
            _word(say, person, outcomes) for person, outcomes in zip(few, possible, strict=True)
        )
        rows.append(
            [name, *(str(words[word]) for word in ("exact", "silent", "too sure", "wrong"))]
        )
    return table([f"of {len(few):,} people", "exact", "silent", "too sure", "wrong"], rows)


def _word(say: Callable[[Partly], peers.Said], person: Partly, possible: frozenset[str]) -> str:
    try:
        outcome = say(person)[2]
    except Exception:  # each engine has its own errors; that it has one is what counts
        return "silent"
    if outcome not in possible:
        return "wrong"
    return "exact" if len(possible) == 1 else "too sure"


if __name__ == "__main__":
    print(report())
