"""Answers in words, and what was left open: nothing is said that the person did not say."""

from collections.abc import Collection, Iterator, Mapping

from checklist.ruleset.model import Answer, Grid, Integer, MultiChoice, Question, Text
from checklist.wording.phrases import NONE_OF_THESE, NOT_ANSWERED, name_of, open_words
from checklist.wording.views import AnswerState, AnswerView


def answer_view(
    question: Question,
    answer: Answer | None,
    applies: str,
    not_known: Collection[str] = (),
) -> AnswerView:
    """Return a question with what was said of it.

    Args:
        question: any question.
        answer: what was answered, or None.
        applies: 'yes', 'no' or 'maybe', from ``engine.applies``.
        not_known: the ids for which 'I do not know' was said (``question.item`` in a grid).
    """
    words = _left_open(question, "", not_known) if answer is None else said(question, answer)
    return AnswerView(
        question.text,
        question.id,
        question.section,
        name_of(question),
        words,
        _state(question, answer, applies),
        tuple(_items(question, answer, not_known)),
        _open_name(question, answer),
    )


def _state(question: Question, answer: Answer | None, applies: str) -> AnswerState:
    if applies == "no":
        return "not_asked" if answer is None else "set_aside"
    if not isinstance(question, Grid):
        return "open" if answer is None else "answered"
    given = answer if isinstance(answer, Mapping) else {}
    if len(given) == len(question.items):
        return "answered"
    return "partly" if given else "open"


def _items(
    question: Question, answer: Answer | None, not_known: Collection[str]
) -> Iterator[tuple[str, str]]:
    if not isinstance(question, Grid):
        return
    given = answer if isinstance(answer, Mapping) else {}
    for item, words in question.items.items():
        option = given.get(item)
        left_open = _left_open(question, f".{item}", not_known)
        yield words, left_open if option is None else question.options[option]


def _open_name(question: Question, answer: Answer | None) -> str:
    if not isinstance(question, Grid) or not isinstance(answer, Mapping):
        return name_of(question)
    left = [words for item, words in question.items.items() if item not in answer]
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    return f"{name_of(question)} ({', '.join(left[:3])}{more})"


def _left_open(question: Question, item: str, not_known: Collection[str]) -> str:
    if question.id + item not in not_known:
        return NOT_ANSWERED
    words = open_words(question)
    return words if item else f"You said: {words}"  # of an item it stands behind a colon already


def said(question: Question, answer: Answer) -> str:
    """Return an answer in the words of the form."""
    if isinstance(question, Text):
        return str(answer)
    if isinstance(question, Integer):
        return question.counted(answer) if isinstance(answer, int) else str(answer)
    if isinstance(question, MultiChoice):
        ticked = answer if isinstance(answer, tuple) else ()
        return "; ".join(question.options[option] for option in ticked) or NONE_OF_THESE
    if isinstance(question, Grid):
        given = answer if isinstance(answer, Mapping) else {}
        return "; ".join(
            f"{question.items[item]}: {question.options[option]}" for item, option in given.items()
        )
    return question.options[str(answer)]
