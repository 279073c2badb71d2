"""What a run becomes in the cookie, and what becomes of the cookie."""

import json
import zlib
from hashlib import shake_256
from string import ascii_letters

import pytest
from cryptography.fernet import Fernet, MultiFernet

from checklist.ruleset.model import (
    Choice,
    Grid,
    Integer,
    MultiChoice,
    Ruleset,
    Section,
    Text,
    YesNo,
)
from checklist.web.cookie import BUDGET, Run, Sealer, TooMuchError
from checklist.web.longest_cookie import longest_cookie
from checklist.web.places import fingerprint

SIZES = {"small": "Small", "medium": "Medium", "large": "Large"}
FERNET = MultiFernet([Fernet(Fernet.generate_key())])
PLAIN = YesNo(id="plain", text="Plain?", section="all")
SIZE = Choice(id="size", text="Size?", section="all", options=SIZES)
WEIGHT = Integer(id="weight", text="Weight?", section="all", minimum=-9, maximum=120, unit="kg")
SMELLS = MultiChoice(id="smells", text="Smells?", section="all", options=SIZES)
PARTS = Grid(id="parts", text="Parts?", section="all", items=SIZES, options=SIZES)
NOTES = Text(id="notes", text="Notes?", section="all", max_length=600)
ALL = (PLAIN, SIZE, WEIGHT, SMELLS, PARTS, NOTES)
ASKS = ("What now?", "Why so?", "How much?")


def sealer(*questions, asks=()):
    ruleset = Ruleset(
        id="kinds",
        title="Kinds",
        version="1",
        language="en",
        file="kinds.yaml",
        sources={},
        sections=(Section("all", "All", questions or ALL),),
        facts={},
        criteria=(),
        outcomes=(),
        doctor_questions=asks,
    )
    return Sealer(ruleset, FERNET)


def run(answers=(), not_known=(), to_ask=()):
    times = (1_700_000_000, 1_700_000_001)
    return Run("a-run", "a-secret", *times, dict(answers), frozenset(not_known), tuple(to_ask))


@pytest.mark.parametrize(
    ("answers", "not_known"),
    [
        pytest.param({}, [], id="nothing yet"),
        pytest.param({"plain": "yes", "size": "small"}, [], id="first options, whose place is 0"),
        pytest.param({"plain": "no", "size": "large"}, [], id="last options"),
        *[pytest.param({"weight": n}, [], id=f"number {n}") for n in (-9, 0, 1, 120)],
        pytest.param({"smells": ()}, [], id="none of them"),
        pytest.param({"smells": ("small", "large")}, [], id="two of them"),
        pytest.param({"parts": {"large": "small"}}, [], id="one item of a grid"),
        pytest.param({"parts": {"small": "small"}}, ["parts.large"], id="an item left open"),
        pytest.param({}, ["parts.small", "plain", "notes", "smells"], id="all left open"),
        pytest.param({"notes": 'false "null"\n[0] ☂ 🌂'}, [], id="text that looks like data"),
    ],
)
def test_every_answer_comes_back_as_it_was_given(answers, not_known):
    given = run(answers, not_known)
    assert sealer().open(sealer().seal(given)) == given


@pytest.mark.parametrize(
    "to_ask",
    [
        pytest.param(("How much?", "What now?"), id="questions of the ruleset, in another order"),
        pytest.param(("0", "Who pays?", "Why so?", "12"), id="own ones among them"),
    ],
)
def test_what_was_chosen_to_ask_comes_back_in_its_order(to_ask):
    with_asks = sealer(asks=ASKS)
    given = run({"plain": "yes"}, to_ask=to_ask)
    assert with_asks.open(with_asks.seal(given)) == given


def test_a_question_of_the_ruleset_takes_the_same_little_room_however_long_it_is():
    asks = tuple(f"What of {number}, {'and so on ' * 40}?" for number in range(60))
    with_asks = sealer(PLAIN, asks=asks)
    assert len(with_asks.seal(run(to_ask=asks))) < len(with_asks.seal(run())) + 300


@pytest.mark.parametrize(
    "asks",
    [
        pytest.param(("Why so?", "What now?", "How much?"), id="another order"),
        pytest.param(ASKS[:2], id="one less"),
        pytest.param(("What next?", *ASKS[1:]), id="another question"),
    ],
)
def test_what_was_chosen_among_other_questions_is_never_guessed(asks):
    sealed = sealer(asks=ASKS).seal(run(to_ask=ASKS[:1]))
    assert sealer(asks=asks).open(sealed) == "changed"


def test_a_grid_with_no_item_answered_is_open():
    assert sealer().open(sealer().seal(run({"parts": {}}))).answers == {}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param((SIZE, PLAIN), id="order"),
        pytest.param(
            (
                PLAIN,
                Choice(
                    **{
                        "id": "size",
                        "text": "",
                        "section": "all",
                        "options": {"large": "L", "small": "S"},
                    }
                ),
            ),
            id="options",
        ),
        pytest.param((PLAIN, SIZE, WEIGHT), id="one more"),
        pytest.param((PLAIN,), id="one less"),
        pytest.param(
            (PLAIN, MultiChoice(id="size", text="", section="all", options=SIZES)), id="type"
        ),
    ],
)
def test_answers_to_other_questions_are_never_guessed(changed):
    assert sealer(*changed).open(sealer(PLAIN, SIZE).seal(run({"size": "small"}))) == "changed"


def test_another_range_or_unit_is_another_question():
    other = [
        Integer(id="weight", text="Weight?", section="all", minimum=low, maximum=120, unit=unit)
        for low, unit in [(-9, "kg"), (0, "kg"), (-9, "lb")]
    ]
    assert len({fingerprint(sealer(question).ruleset) for question in other}) == 3


def test_better_wording_costs_nobody_their_answers():
    reworded = YesNo(id="plain", text="Is it, would you say, plain?", section="all")
    assert sealer(reworded).open(sealer(PLAIN).seal(run({"plain": "yes"}))) == run({"plain": "yes"})


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(b"not packed", id="not packed"),
        pytest.param(zlib.compress(b"not json"), id="not json"),
        pytest.param(zlib.compress(b"[]"), id="nothing in it"),
        pytest.param(zlib.compress(b"0" * 50_000_000), id="enormous when unpacked"),
        pytest.param(zlib.compress(b"[1,2,3,4,5,6,7]"), id="other things"),
        pytest.param(zlib.compress(b"[1,2,3,4,5,6]"), id="an older form"),
    ],
)
def test_a_cookie_of_another_version_of_the_program_is_refused_without_a_fault(inside):
    assert sealer().open(FERNET.encrypt(inside).decode()) == "changed"


def test_places_that_the_questions_do_not_have_are_refused_without_a_fault():
    for place in (7, "x", [0]):
        parts = [fingerprint(sealer(PLAIN).ruleset), "r", "s", 1, 1, [place], []]
        sealed = FERNET.encrypt(zlib.compress(json.dumps(parts).encode())).decode()
        assert sealer(PLAIN).open(sealed) == "changed"


def test_a_question_to_ask_that_the_ruleset_does_not_have_is_refused_without_a_fault():
    for place in (3, None, [0]):
        parts = [fingerprint(sealer(PLAIN, asks=ASKS).ruleset), "r", "s", 1, 1, [0], [place]]
        sealed = FERNET.encrypt(zlib.compress(json.dumps(parts).encode())).decode()
        assert sealer(PLAIN, asks=ASKS).open(sealed) == "changed"


def test_two_hundred_choices_fit_with_room_to_spare():
    many = [Choice(id=f"q{n}", text="?", section="all", options=SIZES) for n in range(200)]
    sealed = sealer(*many).seal(run({question.id: "medium" for question in many}))
    assert len(sealed) < BUDGET / 10


def test_text_is_kept_up_to_the_budget_and_refused_beyond_it():
    noise = "".join(ascii_letters[byte % 52] for byte in shake_256(b"noise").digest(6000))
    lengths = [len(sealer().seal(run({"notes": noise[:size]}))) for size in range(0, 3500, 500)]
    assert lengths == sorted(lengths)
    assert lengths[-1] <= BUDGET
    with pytest.raises(TooMuchError):
        sealer().seal(run({"notes": noise}))


def test_text_that_packs_well_but_could_not_be_unpacked_is_refused_too():
    with pytest.raises(TooMuchError):
        sealer().seal(run({"notes": "a" * 300_000}))


def test_the_longest_answers_are_measured_before_anybody_gives_them():
    assert longest_cookie(sealer().ruleset) < BUDGET
    talkative = [Text(id=f"t{n}", text="?", section="all", max_length=600) for n in range(9)]
    assert longest_cookie(sealer(*talkative).ruleset) > BUDGET


def test_the_longest_cookie_has_room_for_every_question_and_five_own_ones():
    plain = sealer(PLAIN, asks=ASKS)
    own = tuple("".join(noise(f"own {n}", 200)) for n in range(5))
    assert longest_cookie(plain.ruleset) >= len(plain.seal(run({"plain": "no"}, to_ask=own + ASKS)))


def noise(seed, length):
    return [ascii_letters[byte % 52] for byte in shake_256(seed.encode()).digest(length)]


def test_only_an_answer_that_the_questions_allow_is_ever_sealed():
    with pytest.raises(KeyError):
        sealer().seal(run({"unheard_of": "yes"}))
    with pytest.raises(ValueError, match="not in list"):
        sealer().seal(run({"plain": "perhaps"}))
    with pytest.raises(TypeError, match="plain cannot be answered by a int"):
        sealer().seal(run({"plain": 1}))
