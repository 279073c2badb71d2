"""Every kind of fault in a ruleset is reported at its line, in words that help to mend it."""

from pathlib import Path

import pytest

from checklist.errors import RulesetError
from checklist.loader import load_ruleset
from checklist.verify import check_ruleset

BAD = sorted((Path(__file__).parent / "rulesets" / "bad").glob("*.yaml"))
MARK = "# expect: "


def reported(path, when):
    if "loaded" in when:
        with pytest.raises(RulesetError) as caught:
            load_ruleset(path)
        return caught.value.problems
    return check_ruleset(load_ruleset(path))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_author_is_told_what_is_wrong_and_where(path):
    when, *lines = path.read_text("utf-8").splitlines()
    expected = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    problems = reported(path, when)
    assert [str(problem).removeprefix(f"{path}:") for problem in problems] == expected
    assert all(problem.place.file == str(path) for problem in problems)


def test_there_is_an_example_of_many_kinds_of_fault():
    assert len(BAD) >= 60
