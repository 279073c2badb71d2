"""Every kind of fault in a ruleset is reported at its line, in words that help to mend it."""

import ast
from pathlib import Path

import pytest

from checklist.checks.verify import check_ruleset
from checklist.errors import RulesetError
from checklist.loading.loader import load_ruleset

BAD = sorted((Path(__file__).parent / "rulesets" / "bad").glob("*.yaml"))
MARK = "# expect: "
CODE = {file.stem: file for file in (Path(__file__).parents[1] / "checklist").rglob("*.py")}
SPEAKING = (
    "yaml_text",
    "fault_words",
    "naming",
    "when_reader",
    "conditions",
    "builder",
    "content_builder",
    "gaps",
    "verify",
)
TOLD_ELSEWHERE = (
    "the file is larger than 256 KiB, the most that a ruleset may have",  # test_hostile_files
    "it cannot be parsed",  # should YAML's reader ever give no reason
    "this cannot be read as YAML",
    "this cannot stand here (",  # should a shape ever be refused in a way not foreseen
    "quoted scalar",  # looked for in what YAML's reader says
    "more than 10^15",  # no ruleset of a readable length in which the number would be shown
    "any answers",  # a gap that nothing that is asked could close
    "the next review was due on",  # a warning: test_cli
    "look through the evidence, then set a new date",
)


def reported(path, when):
    if "loaded" in when:
        with pytest.raises(RulesetError) as caught:
            load_ruleset(path)
        return caught.value.problems
    return check_ruleset(load_ruleset(path))


def promised(path):
    when, *lines = path.read_text("utf-8", errors="replace").splitlines()
    return when, [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_author_is_told_what_is_wrong_and_where(path):
    when, expected = promised(path)
    problems = reported(path, when)
    assert [str(problem).removeprefix(f"{path}:") for problem in problems] == expected
    assert all(problem.place.file == str(path) for problem in problems)


def said_in(module):
    """Return the pieces of every sentence that a module can say."""
    tree = ast.parse(CODE[module].read_text("utf-8"))
    comments = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    said = [node.value for node in texts if node not in comments and isinstance(node.value, str)]
    pieces = [piece.strip(" ;:,") for text in said for piece in text.split("{}")]
    return [piece for piece in pieces if len(piece) > 10 and " " in piece]


@pytest.mark.parametrize("module", SPEAKING)
def test_every_sentence_that_an_author_can_be_told_has_its_example(module):
    told = "\n".join(message for path in BAD for message in promised(path)[1])
    assert [
        piece for piece in said_in(module) if piece not in told and piece not in TOLD_ELSEWHERE
    ] == []


def test_there_is_an_example_of_many_kinds_of_fault():
    assert len(BAD) >= 110
