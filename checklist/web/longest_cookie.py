"""How long the cookie of a ruleset can get, worked out before anybody answers.

For whoever writes the ruleset: too many questions for words do not fit.
"""

from hashlib import shake_256
from string import ascii_letters, digits
from typing import assert_never

from checklist.display import OFFERED, Display
from checklist.ruleset.model import (
    Answer,
    Choice,
    Grid,
    Integer,
    MultiChoice,
    Question,
    Ruleset,
    Text,
    YesNo,
)
from checklist.web.cookie import Run, Sealer
from checklist.wording.asking import OWN_AT_MOST, OWN_LENGTH, all_asks

_HARD_TO_PACK = ascii_letters + digits + " ."


def longest_cookie(ruleset: Ruleset) -> int:
    """Return how long the cookie gets when every question has its longest answer.

    Every question for the doctor is taken along too, and as many own ones as there may be.
    Text counts as letters and digits in no order, which is more than words in an alphabet
    need. What does not fit all the same is refused when somebody saves it.
    """
    from cryptography.fernet import Fernet

    answers = {id: _longest_answer(question) for id, question in ruleset.questions.items()}
    run = Run(
        _noise("run", 22),
        _noise("secret", 20),
        10**10,
        10**10,
        answers,
        to_ask=_longest_list(ruleset),
        display=Display(**{name: among[-1] for name, among in OFFERED.items()}),
    )
    return Sealer(ruleset, Fernet(Fernet.generate_key())).length(run)


def _longest_list(ruleset: Ruleset) -> tuple[str, ...]:
    # In no order, which packs worst.
    asks = sorted(all_asks(ruleset), key=lambda ask: _noise(ask, 8))
    return (*asks, *(_noise(f"own {n}", OWN_LENGTH) for n in range(OWN_AT_MOST)))


def _longest_answer(question: Question) -> Answer:
    match question:
        case YesNo() | Choice():
            return list(question.options)[-1]
        case Integer():
            return max(question.minimum, question.maximum, key=lambda number: len(str(number)))
        case MultiChoice():
            return tuple(question.options)
        case Grid():
            return dict.fromkeys(question.items, list(question.options)[-1])
        case Text():
            return _noise(question.id, question.max_length)
        case _:
            assert_never(question)


def _noise(seed: str, length: int) -> str:
    noise = shake_256(seed.encode()).digest(length)
    return "".join(_HARD_TO_PACK[byte % len(_HARD_TO_PACK)] for byte in noise)
