"""From a ruleset file to a sound ruleset, or every fault in it with its line.

Each step goes over the whole file: the values (``yaml_text``), their shape (``shape``),
what the names mean (``builder``); then the tables are tried on every possible answer
(``gaps``). What comes out is a ``Ruleset`` in which every name exists, every test can apply,
and no table has a gap.
"""

from collections.abc import Iterable
from pathlib import Path

from checklist.errors import Place, Problem, RulesetError
from checklist.loading import yaml_text
from checklist.loading.builder import build
from checklist.loading.document import ROOT
from checklist.loading.gaps import unfit_tables
from checklist.loading.shape import read_shape
from checklist.ruleset.model import Ruleset
from checklist.text_rules import LARGEST_FILE


def load_ruleset(path: str | Path) -> Ruleset:
    """Return the ruleset in the file at ``path``.

    Raises:
        RulesetError: the file cannot be read, or is not a sound ruleset; lists every fault.
    """
    file = str(path)
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except ValueError:  # a name with a NUL in it
        reason = "this is not the name of a file"
    else:
        return read_ruleset(content, file)
    raise RulesetError([Problem(f"cannot be read: {reason}", ROOT, Place(file, 1, 1))])


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
    problems += unfit_tables(built.ruleset, built.unsound)
    if problems:
        raise RulesetError(_in_order(problems))
    return built.ruleset


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    def rank(problem: Problem) -> tuple[int, int]:
        return (problem.place.line, problem.place.column) if problem.place else (0, 0)

    return sorted(dict.fromkeys(problems), key=rank)
