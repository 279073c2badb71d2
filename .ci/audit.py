"""Look up known vulnerabilities of the packages in a lock file; fail on a finding alone.

python .ci/audit.py PIP_AUDIT LOCK    # where nothing can be looked up, it says so and goes on
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LONGEST_LOOK = 180


def main(program: str, lock: str) -> int:
    """Print what was found, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [program, "--requirement", lock, "--require-hashes", "--disable-pip"]
        command += ["--progress-spinner", "off", "--format", "json", "--output", str(told)]
        try:
            subprocess.run(command, capture_output=True, timeout=LONGEST_LOOK, check=False)
            packages = json.loads(told.read_text("utf-8"))["dependencies"]
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            print(
                f"NOT CHECKED: known vulnerabilities cannot be looked up ({type(error).__name__})"
            )
            return 0
    lines, status = verdict(packages)
    print("\n".join(lines))
    return status


def verdict(packages: list[dict[str, Any]]) -> tuple[list[str], int]:
    """Return what to say of the packages, and 1 if any has a known vulnerability."""
    found = [
        f"{package['name']} {package['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in packages
        for fault in package.get("vulns", [])
    ]
    unknown = [package["name"] for package in packages if "vulns" not in package]
    looked_up = len(packages) - len(unknown)
    lines = [
        f"{looked_up} of {len(packages)} packages looked up, {len(found)} known faults",
        *found,
    ]
    if unknown:
        lines.append(f"NOT CHECKED, the index does not say: {', '.join(unknown)}")
    return lines, 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
