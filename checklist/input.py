"""Where a command's answers come from: a file, or standard input. Knows no command."""

import sys
from collections.abc import Iterator
from pathlib import Path

from checklist.errors import AnswersError, Problem, quote
from checklist.output import STANDARD, say_problems
from checklist.ruleset.model import Ruleset
from checklist.text_rules import LARGEST_FILE
from checklist.wording.saved_file import Opened, Said, open_for_shell


def said_in(ruleset: Ruleset, path: str) -> Said:
    """Return what an answers file says; what differs from its time goes to standard error.

    Args:
        ruleset: what was asked.
        path: the name of the file; ``-`` is standard input.

    Raises:
        AnswersError: it cannot be read, or its answers do not belong to this ruleset.
    """
    name = "standard input" if path == STANDARD else path
    try:
        opened = open_for_shell(ruleset, _content(path))
    except AnswersError as error:
        raise AnswersError(_named(problem, name) for problem in error.problems) from None
    say_problems([_named(problem, name) for problem in _differences(ruleset, opened)])
    return opened.said


def _named(problem: Problem, name: str) -> Problem:
    return Problem(problem.message, f"{name}: {problem.where}" if problem.where else name)


def _differences(ruleset: Ruleset, opened: Opened) -> Iterator[Problem]:
    if not opened.older:
        return
    then, now = quote(opened.version), quote(ruleset.version)
    yield Problem(f"given to version {then} of the ruleset, judged by version {now}", "version")
    for text in opened.added:
        yield Problem(f"{quote(text)} is not in the file, and counts as open", "answers")
    for fault in opened.left_out:
        yield Problem(f"{fault.about}: {fault.why}")


def _content(path: str) -> bytes:
    if path == STANDARD and sys.stdin is None:
        raise AnswersError([Problem("cannot be read: it is closed")])
    try:
        if path == STANDARD:
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with Path(path).open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnswersError([Problem(f"cannot be read: {reason}")]) from None
