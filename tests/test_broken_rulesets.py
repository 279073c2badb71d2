"""However a ruleset is broken, ``check`` ends soon, in little memory, with a message."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wire import WAIT

TESTS = Path(__file__).parent
FILES = [
    TESTS / "rulesets" / "every_kind.yaml",
    TESTS / "rulesets" / "good" / "planting_out.yaml",
    TESTS.parent / "examples" / "long_ride.yaml",
]
EACH = 80


@pytest.mark.skipif(sys.platform == "win32", reason="this system cannot limit memory")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_broken_rulesets_are_told_of_and_never_end_in_a_trace(path):
    done = subprocess.run(
        [sys.executable, TESTS / "broken.py", path, "7", str(EACH)],
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    came_out = json.loads(done.stdout)
    assert came_out["refused"] + came_out["loaded"] == EACH
    assert came_out["refused"] > EACH / 3
