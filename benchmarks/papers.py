"""How long a paper takes as a PDF, beside WeasyPrint on the same paper, in one run.

python -m benchmarks.papers     # needs the extra 'bench', and Pango for WeasyPrint

Ours is the whole way from the blocks to the bytes. WeasyPrint is given finished HTML with a
short style sheet, so it is spared the page's own; it makes PDF/UA-1 as well. Each round has the
answers of somebody else, so that nobody gets far with what is remembered from the last.
Times are the processor's, all threads together, so that a busy machine does not blur them.
"""

import gc
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from checklist import paths
from checklist.display import Display
from checklist.engine.assess import assess
from checklist.loading.loader import load_ruleset
from checklist.paper_names import Name
from checklist.papers.paper_files import paper, pdf_of
from checklist.papers.visit import VisitSummary
from checklist.web import create_app
from checklist.web.standalone import file_of
from checklist.wording.summary import summarise

ROOT = Path(__file__).parents[1]
ROUNDS = 7
MANY = 500
MEASURED: tuple[Name, ...] = ("doctor", "copy", "large", "blank")
_FONT = f"{paths.STATIC}/fonts/AtkinsonHyperlegibleNext"
STYLE = f"""
@font-face {{ font-family: A; src: url("{_FONT}-Regular.ttf") }}
@font-face {{ font-family: A; font-weight: 700; src: url("{_FONT}-Bold.ttf") }}
@page {{ size: A4; margin: 20mm }}
@page {{ @bottom-right {{ content: "Page " counter(page) " of " counter(pages) }} }}
html {{ font: 12pt/1.3 A }} .large {{ font-size: 18pt }} .shape {{ width: 14pt; height: 14pt }}
.row, .point {{ border-bottom: 1px solid #777; break-inside: avoid }}
.room div {{ height: 8.5mm }}
"""
FRESH = """
from time import process_time
from checklist import paths
from checklist.loading.loader import load_ruleset
from checklist.web import create_app
client = create_app(load_ruleset(paths.RULES)).test_client()
assert client.get("/print/doctor").status_code == 200
page = process_time()
assert client.get("/print/doctor.pdf").status_code == 200
print(1000 * page, 1000 * (process_time() - page))
"""
FRESH_OTHER = """
import sys
from time import process_time
start = process_time()
from weasyprint import HTML
HTML(string=sys.stdin.read()).write_pdf(pdf_variant="pdf/ua-1")
print(1000 * (process_time() - start))
"""
MEMORY = f"""
from benchmarks.papers import as_pdf, resident, visit_of
visits = [visit_of("copy", number) for number in range(8)]
seen = []
for number in range(1, {MANY} + 1):
    as_pdf("copy", visits[number % 8])
    if number in (1, 50, {MANY}):
        seen.append(resident())
print(*seen)
"""


def visit_of(name: Name, number: int = 0) -> VisitSummary:
    """Return a paper for the answers of one of those who answered the most questions."""
    ruleset = load_ruleset(paths.RULES)
    cases = sorted(ruleset.cases, key=lambda case: -len(case.answers))
    given = cases[number].answers
    judged = assess(ruleset, given)
    return paper(name, ruleset, summarise(ruleset, given, judged, "2026-03-12"))


def as_pdf(name: Name, visit: VisitSummary) -> bytes:
    """Return the paper as our PDF."""
    return pdf_of(name, visit, "a4", Display()).content


def html_of(name: Name, visit: VisitSummary) -> str:
    """Return the paper as HTML with the short style sheet."""
    whole = file_of(create_app(load_ruleset(paths.RULES)), [visit])
    bare = re.sub(r"<style.*?</style>", "", whole, flags=re.DOTALL)
    look = "large" if name == "large" else ""
    return bare.replace("</head>", f"<style>{STYLE}</style></head>").replace(
        "<html ", f'<html class="{look}" '
    )


def other_pdf(html: str) -> bytes:
    """Return the paper as WeasyPrint's PDF."""
    from weasyprint import HTML

    return bytes(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))


def resident() -> int:
    """Return how much memory this process holds, in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long the processor works on something once."""
    gc.collect()
    start = process_time()
    work()
    return 1000 * (process_time() - start)


def spread(times: list[float]) -> str:
    """Return the median and the range."""
    return f"{median(times):,.0f} ({min(times):,.0f} to {max(times):,.0f})"


def fresh(code: str, stdin: str = "") -> list[float]:
    """Return the numbers that a process of its own prints."""
    done = subprocess.run(  # our own code
        [sys.executable, "-c", code],
        input=stdin,
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    return [float(number) for number in done.stdout.split()]


def per_paper() -> list[str]:
    """Return a line for each paper: time and size, ours and the other's."""
    lines = [
        "| paper | sides | ours, ms | WeasyPrint, ms | times faster | ours, KB | WeasyPrint, KB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in MEASURED:
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(ROUNDS):  # in turns, so that a busy moment hits both
            visit = visit_of(name, number)
            html = html_of(name, visit)
            times[0].append(milliseconds(partial(as_pdf, name, visit)))
            times[1].append(milliseconds(partial(other_pdf, html)))
        ours, theirs = as_pdf(name, visit), other_pdf(html)
        faster = median(times[1]) / median(times[0])
        sizes = " | ".join(f"{len(content) / 1000:,.0f}" for content in (ours, theirs))
        lines.append(
            f"| {name} | {sides(ours)} | {spread(times[0])} | {spread(times[1])} "
            f"| {faster:.1f} | {sizes} |"
        )
    return lines


def sides(content: bytes) -> int:
    """Return the number of pages."""
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)


def first_pdf() -> str:
    """Return what the first PDF of a fresh process costs."""
    html = html_of("doctor", visit_of("doctor"))
    rounds = [(fresh(FRESH), fresh(FRESH_OTHER, html)) for _ in range(5)]
    pages, firsts = zip(*(ours for ours, _ in rounds), strict=True)
    theirs = [other[0] for _, other in rounds]
    return (
        f"In a fresh process the first page takes {spread([*pages])} ms, and the first PDF "
        f"after it {spread([*firsts])} ms more, import and all. "
        f"WeasyPrint's import and first PDF: {spread(theirs)} ms."
    )


def at_once() -> str:
    """Return how long four PDFs take in four threads and one after the other, by the clock."""
    visits = [visit_of("copy", number) for number in range(4)]
    both: tuple[list[float], list[float]] = ([], [])
    with ThreadPoolExecutor(4) as pool:
        for _ in range(ROUNDS):
            for times, run in zip(both, (map, pool.map), strict=True):
                start = perf_counter()
                list(run(lambda visit: as_pdf("copy", visit), visits))
                times.append(1000 * (perf_counter() - start))
    return (
        f"Four copies one after the other take {spread(both[0])} ms by the clock, "
        f"in four threads {spread(both[1])} ms."
    )


def memory() -> str:
    """Return how memory grows over many PDFs."""
    first, early, late = fresh(MEMORY)
    return f"Memory after 1 copy: {first:.0f} MB; 50: {early:.0f} MB; {MANY}: {late:.0f} MB."


def report() -> str:
    """Return the figures as a section of Markdown."""
    lines = [
        "## Papers as PDF",
        "",
        f"Processor time of {ROUNDS} rounds in turns: the median (and the range).",
        "",
        *per_paper(),
        "",
        first_pdf(),
        "",
        at_once(),
        "",
        memory(),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())  # a command's output
