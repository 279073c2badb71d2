"""``python -m benchmarks``: measure everything, and write ``docs/benchmarks.md``.

With ``--quick`` everything is tried in little time, with few rounds, and the document says so.
"""

import os
import platform
import sys
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.timing import effort
from checklist import __version__

SUBJECTS = ("engine", "worst", "scale", "start", "pages", "papers", "hosting", "protection")
PACKAGES = (
    "flask", "jinja2", "waitress", "msgspec", "pyyaml", "zen-engine",
    "common-expression-language", "json-logic-qubit", "rule-engine", "business-rules",
    "weasyprint", "typst",
)  # fmt: skip
DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Run every subject that can be run here."""
    if "--quick" in sys.argv[1:]:
        os.environ["BENCHMARKS_QUICK"] = "1"
    sections = [_head(), *(_section(name) for name in SUBJECTS)]
    text = "\n".join(section.rstrip() + "\n" for section in sections)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(f"Written to docs/{DOCUMENT.name}.")


def _head() -> str:
    used = [f"{name} {_version(name)}" for name in PACKAGES]
    return "\n".join(
        [
            "# How fast it is, beside its peers",
            "",
            *_how_quick(),
            "Written by `python -m benchmarks`; no figure here is typed by hand.",
            f"{date.today().isoformat()}, Checklist {__version__}.",
            "",
            f"- Machine: {_processor()}, {os.cpu_count()} cores, {platform.system()}.",
            f"- Python: {platform.python_implementation()} {platform.python_version()}.",
            f"- Packages: {', '.join(used)}.",
            "",
            "All is timed in one run, the things compared in turns within each round; figures are",
            "the median of the rounds, and ratios the median of each round's ratio. What computes",
            "is timed by the processor time of this process, so that other programs do not count.",
            "",
        ]
    )


def _how_quick() -> list[str]:
    if effort(0, 1):
        return ["**A quick run, of few rounds: these figures are for trying things out.**", ""]
    return []


def _section(name: str) -> str:
    print(f"{name} ...", file=sys.stderr)
    try:
        subject = import_module(f"benchmarks.{name}")
    except ImportError as error:
        return f"## {name.capitalize()}: skipped\n\nNot run here: {error}."
    made: str = subject.report()
    return made


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
