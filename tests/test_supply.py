"""What the program rests on: oldest versions, a lock of all packages, a look at known faults."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements-ci.txt").read_text("utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))
EXTRAS = [PROJECT["optional-dependencies"][name] for name in ("dev", "hosting")]
NAMED = [*PROJECT["dependencies"], *(line for extra in EXTRAS for line in extra)]

verdict = runpy.run_path(str(ROOT / ".ci" / "audit.py"))["verdict"]


@pytest.mark.parametrize(
    ("name", "too_old"),
    [
        ("flask", "3.1.2"),
        ("werkzeug", "3.1.5"),
        ("waitress", "3.0.1"),
        ("pyyaml", "6.0.2"),
        ("flask-wtf", "1.2.2"),
        ("cryptography", "44.0.0"),
        ("gunicorn", "22.0.0"),
    ],
)
def test_a_version_with_a_known_weakness_cannot_be_installed(name, too_old):
    floors = [Requirement(line) for line in NAMED if Requirement(line).name == name]
    assert floors
    assert not [floor for floor in floors if floor.specifier.contains(too_old)]


def test_rulesets_are_read_by_the_parser_that_stops_in_time():
    assert yaml.__with_libyaml__


def test_the_lock_holds_every_package_that_the_project_names():
    for requirement in map(Requirement, NAMED):
        version = LOCKED.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in requirements-ci.txt: run .ci/lock"
        assert requirement.specifier.contains(version), f"{requirement}: run .ci/lock"


def test_every_package_of_the_lock_has_a_hash():
    entries = re.split(r"\n(?=[a-z0-9-]+==)", LOCK)[1:]
    assert len(entries) == len(LOCKED)
    assert not [entry for entry in entries if "--hash=sha256:" not in entry]


def test_a_known_weakness_fails_and_what_could_not_be_looked_up_is_said():
    sound = {"name": "sound", "version": "1", "vulns": []}
    unknown = {"name": "unknown", "skip_reason": "not found"}
    weak = {**sound, "name": "weak", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
    assert verdict([sound, unknown]) == (
        [
            "1 of 2 packages looked up, 0 known faults",
            "NOT CHECKED, the index does not say: unknown",
        ],
        0,
    )
    lines, status = verdict([sound, weak])
    assert status == 1
    assert "weak 1: X-1, mended in 2" in lines
