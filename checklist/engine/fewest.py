"""Answers cut down to as few as still show what they are shown for."""

from collections.abc import Callable, Iterable, Mapping

from checklist.ruleset.model import Answer, Answers


def fewest(
    answers: Mapping[str, Answer], order: Iterable[str], shows: Callable[[Answers], bool]
) -> dict[str, Answer]:
    """Return answers none of which, and no item of which, could be left out.

    Args:
        answers: answers that show it.
        order: the questions; the last are left out first.
        shows: whether answers show it, whatever they leave open.
    """
    names = [name for name in order if name in answers]
    left = {name: answers[name] for name in names}
    for name in reversed(names):
        rest = {other: answer for other, answer in left.items() if other != name}
        left = rest if shows(rest) else left | {name: _fewest_items(left, name, shows)}
    return left


def _fewest_items(answers: Answers, name: str, shows: Callable[[Answers], bool]) -> Answer:
    answer = answers[name]
    if isinstance(answer, Mapping):
        for item in reversed(list(answer)):
            rest = {other: option for other, option in answer.items() if other != item}
            if shows({**answers, name: rest}):
                answer = rest
    return answer
