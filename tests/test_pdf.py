"""What a person, a doctor and a program for reading aloud rely on in every PDF."""

import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import page as validator
import pytest

from checklist import paths
from checklist.display import SIZES, Display
from checklist.paper_names import NAMES, PAGES
from checklist.papers import about_sides
from checklist.papers.pdf import UNSHOWN, as_pdf
from checklist.papers.visit import (
    Boxes,
    Facts,
    Heading,
    Items,
    Paragraph,
    Points,
    Reference,
    References,
    VisitSummary,
    Words,
)
from papers_made_up import DAY, NOTICE, every_kind, paper, points, printed, visit_of
from pdf_reader import Reader, bare
from people import PEOPLE
from visits import visits

FULL = "somebody of 70"
PAPERS = [(name, page) for name in NAMES for page in PAGES]
ON_PAPER = pytest.mark.parametrize(("name", "page"), PAPERS)
MM = 72 / 25.4
LOOKS = [("ordinary", "a4"), ("ordinary", "letter"), ("large", "a4"), ("large", "letter")]
LARGE = ("large", "blank-large")
NASTY = [
    "#panic(1) #sys.inputs $x$ *bold* _it_ `raw` <label> @ref // no /* no */ \\ ~ = x",
    "<script>alert(1)</script> <b>&amp;</b> {{ 7 * 7 }} {% raw %} %s %(x)s ${x}",
    '[a](https://evil.example) https://evil.example/x mailto:a@b.example \\input{x} #include "x"',
    '#link("https://evil.example")[x] #pdf.attach("x") #read("/etc/passwd") #import "@preview/x"',
]


def sentences(visit: VisitSummary, name: str) -> str:
    """Return all that the paper says; in large print a point's number stands in its heading."""
    numbered = tuple(
        replace(
            part, rows=tuple(replace(row, title=f"{row.number}. {row.title}") for row in part.rows)
        )
        if isinstance(part, Points) and name in LARGE
        else part
        for part in visit.blocks
    )
    return bare("".join(replace(visit, blocks=numbered).sentences()))


def read(visit: VisitSummary, **how) -> Reader:
    return Reader(as_pdf(visit, **how).content)


def blocks(visit: VisitSummary, kind: type) -> list:
    return [part for part in visit.blocks if isinstance(part, kind)]


def outside(reader: Reader, margin: float) -> list:
    """Return the letters of the body that stand outside the text's width, or off the page."""
    _, _, width, height = map(float, reader.file.pages[0].mediabox)
    return [
        letter
        for letter in reader.letters
        if letter.text.strip()
        and not (
            margin * MM - 0.5 <= letter.left <= letter.right <= width - margin * MM + 0.5
            and 5 * MM <= letter.base <= height - 5 * MM
        )
    ]


def smallest(reader: Reader) -> float:
    """Return the size of the smallest letter outside header and footer, in points."""
    return round(min(letter.size for letter in reader.letters if letter.mark is not None), 3)


@ON_PAPER
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_every_paper_is_an_accessible_file_that_lasts(name, page, profile):
    report = validator.validate_pdf_bytes(printed(FULL, name, page).content, profile=profile)
    assert [(fault.rule_id, fault.message) for fault in report.failures] == []
    assert report.is_compliant


@ON_PAPER
def test_a_reader_is_told_language_title_and_order(name, page):
    file, visit = printed(FULL, name, page).file, visit_of(FULL, name)
    assert "/StructTreeRoot" in file.Root
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert str(file.Root.Lang).partition("-")[0] == visit.language.partition("-")[0]
    assert {str(sheet.Tabs) for sheet in file.pages} == {"/S"}
    assert str(file.docinfo["/Title"]) == visit.title == file.open_metadata()["dc:title"]


@ON_PAPER
def test_nothing_about_the_file_tells_what_a_person_answered(name, page):
    file = printed(FULL, name, page).file
    about = "".join(map(str, file.docinfo.values())) + str(file.open_metadata())
    assert not re.search("azathioprine|Zoe|liver", about)
    assert set(file.docinfo.keys()) <= {"/Title", "/Creator", "/CreationDate", "/ModDate"}


@ON_PAPER
def test_all_letters_are_in_the_file_and_can_be_copied(name, page):
    fonts = [font for font in printed(FULL, name, page).file.objects if is_font(font)]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert re.match(r"/[A-Z]{6}\+(Atkinson|Noto)", str(font.BaseFont))  # a subset of ours


def is_font(thing) -> bool:
    return hasattr(thing, "get") and thing.get("/Subtype") == "/Type0"


@ON_PAPER
def test_the_tags_follow_the_paper(name, page):
    tree, visit = printed(FULL, name, page).tree, visit_of(FULL, name)
    points = [row for part in blocks(visit, Points) for row in part.rows]
    headings = len(blocks(visit, Heading)) + (len(points) if name in LARGE else 0)
    assert len(tree.all("H1")) == 1
    assert len(tree.all("H2", "H3", "H4")) == headings
    assert len(tree.all("Table")) == (0 if name in LARGE else len(blocks(visit, Points)))
    rows = [row for table in tree.all("TBody") for row in table.all("TR")]
    heads = [tag for tag in tree.all("TH") if b"/Column" in tag.node.A.unparse()]
    reasons = sum(1 for row in points if row.reason) if name == "doctor" else 0
    if name not in LARGE and points:
        assert len(rows) == len(points) + reasons
        assert len(heads) == len(tree.all("TH")) == (2 if name == "doctor" else 3)
    rows = [row for part in blocks(visit, References) for row in part.rows]
    linked = [row for row in rows if row.address.startswith("https:")]
    assert len(tree.all("Link")) == len(linked)
    assert [tag for tag in tree.all("Figure") if "/Alt" not in tag.node] == []


@ON_PAPER
def test_every_list_has_an_item_for_each_of_its_lines(name, page):
    tree, visit = printed(FULL, name, page).tree, visit_of(FULL, name)
    given = sum(len(part.items) for part in blocks(visit, Items))
    given += sum(len(part.rows) for part in blocks(visit, Facts) + blocks(visit, References))
    given += sum(len(getattr(part, "options", ())) for part in visit.blocks)
    if name not in LARGE:
        given += sum(len(part.rows) for part in blocks(visit, Points))
        day_beside_the_name = name != "blank"
        given -= day_beside_the_name
    assert len(tree.all("LI")) == given


@ON_PAPER
@pytest.mark.parametrize("person", [FULL, "somebody who knows nothing of it"])
def test_what_is_read_aloud_is_what_the_paper_says_in_its_order(person, name, page):
    read_aloud = bare(printed(person, name, page).tree.text("Lbl", "TH"))
    assert read_aloud == sentences(visit_of(person, name), name)


@pytest.mark.parametrize("name", [name for name in visits() if name.startswith("doctor")])
def test_the_doctors_page_is_one_side_whoever_prints_it(name):
    reader = read(visits()[name], page="letter")  # the lower of the two sheets
    assert len(reader.file.pages) == 1
    assert smallest(reader) >= 12
    assert outside(reader, 17) == []


@pytest.mark.parametrize(
    "display", [Display(weight="bold"), Display(spacing="wide"), Display(size=250, weight="bold")]
)
def test_the_doctors_page_is_one_side_however_somebody_reads(display):
    reader = printed(FULL, "doctor", "letter", display)
    assert len(reader.file.pages) == 1
    assert smallest(reader) >= 12


@ON_PAPER
def test_every_side_says_what_it_is_when_and_which(name, page):
    reader, visit = printed(FULL, name, page), visit_of(FULL, name)
    count = len(reader.file.pages)
    for number in range(count):
        text = reader.page_text(number)
        for words in (visit.running_notice, visit.date, f"Page {number + 1} of {count}"):
            assert bare(words) in text
    body = reader.tree.text()
    assert visit.running_notice in body or any(p.role == "notice" for p in blocks(visit, Paragraph))


@ON_PAPER
def test_letters_are_large_enough_and_stay_on_the_paper(name, page):
    reader = printed(FULL, name, page)
    around = round(min(letter.size for letter in reader.letters if letter.mark is None), 3)
    assert smallest(reader) >= (18 if name in LARGE else 12)
    assert around >= (16 if name in LARGE else 11)
    assert outside(reader, 25 if name in LARGE else 17) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "doctor"])
def test_how_many_sides_are_told_is_near_the_truth(name):
    sides = len(printed(FULL, name, "a4").file.pages)
    told = about_sides(visit_of(FULL, name), 1.5 if name in LARGE else 1.0)
    assert abs(told - sides) <= max(1, 0.1 * sides)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["blank", "blank-large"])
def test_no_box_of_a_question_stands_on_another_side_than_its_heading(name, page):
    reader = printed(FULL, name, page)
    sides = [reader.page_text(number) for number in range(len(reader.file.pages))]
    heading = ""
    for part in visit_of(FULL, name).blocks:
        if isinstance(part, Heading):
            heading = bare(part.text)
        if isinstance(part, Boxes) and part.options[-1].startswith("I do not know"):
            together = (heading, *map(bare, part.options))
            assert any(all(words in side for words in together) for side in sides)


def test_boxes_stand_as_far_apart_after_a_long_option_as_after_a_short_one():
    form = every_kind(Boxes("", ("Yes", "No, " * 60, "Other"), 0))
    reader = read(form, letters="large")
    lines = {}
    for letter in reader.letters:
        lines.setdefault((letter.page, letter.base), []).append(letter.text)
    told = [(base, "".join(texts)) for (_, base), texts in lines.items()]
    [first] = [at for at, (_, text) in enumerate(told) if text == "Yes"]
    [last] = [at for at, (_, text) in enumerate(told) if text == "Other"]
    assert last > first + 2
    between = [told[at - 1][0] - told[at][0] for at in (first + 1, last)]
    assert between[1] == pytest.approx(between[0], abs=0.5)


@ON_PAPER
def test_a_paper_is_a_small_file(name, page):
    assert len(printed(FULL, name, page).content) < 150_000


@pytest.mark.parametrize("size", SIZES)
def test_a_copy_follows_the_size_that_somebody_reads(size):
    reader = read(every_kind(), display=Display(size=size))
    assert smallest(reader) == min(24, 12 * size / 100)
    assert bool(reader.tree.all("Table")) == (size < 150)
    assert outside(reader, 20) == []


def test_a_copy_follows_weight_and_spacing():
    plain, bold = read(every_kind()), read(every_kind(), display=Display(weight="bold"))
    wide = read(every_kind(), display=Display(spacing="wide"))
    assert {
        str(font.BaseFont).rpartition("-")[2] for font in bold.file.objects if is_font(font)
    } == {"Bold"}
    first = [
        [each.left for each in reader.letters if each.mark is not None][:80]
        for reader in (plain, wide)
    ]
    assert max(first[1]) > max(first[0])


@pytest.mark.parametrize(("letters", "page"), LOOKS)
def test_nothing_runs_off_the_paper_whatever_is_written(letters, page):
    long_word, long_note = "Donaudampfschiff" * 14, "a note that goes on and on " * 80
    nasty = every_kind(
        Items((Words(long_word, own=True), Words("x" * 2000, own=True)), start=1),
        Facts(((long_word, (Words(long_note, own=True), Words(long_word, own=True))),)),
        points(12, long_note),
        points(12, long_word),
        Heading(2, long_word),
        Paragraph(Words(long_word), "notice"),
    )
    reader = read(nasty, page=page, letters=letters)
    assert outside(reader, 25 if letters == "large" else 20) == []
    assert bare(reader.tree.text("Lbl", "TH")) == sentences(nasty, letters)


@pytest.mark.parametrize("letters", ["ordinary", "large"])
def test_markup_is_printed_as_it_was_typed(letters):
    visit = every_kind(*(Paragraph(Words(text, own=True)) for text in NASTY))
    reader = read(visit, letters=letters)
    assert all(bare(text) in bare(reader.tree.text()) for text in NASTY)
    content = b"".join(
        thing.unparse(resolved=True) for thing in reader.file.objects if not is_data(thing)
    )
    assert not re.search(
        rb"/(JavaScript|JS|Launch|EmbeddedFile|AcroForm|OpenAction|GoToR)\b", content
    )
    assert links(reader) == ["https://doi.org/10.1007/978-3-031-44080-9"]


@pytest.mark.parametrize(
    ("address", "links_to"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("javascript:alert(1)//https://example.org", []),
        ("10.1007/978-3-031-44080-9", []),
        ("", []),
    ],
)
def test_only_https_addresses_of_the_ruleset_become_links(address, links_to):
    source = Reference(1, "A book", address)
    reader = read(replace(every_kind(), blocks=(References((source,)),)))
    assert links(reader) == links_to
    assert bare(address) in bare(reader.tree.text())


def is_data(thing) -> bool:
    return hasattr(thing, "read_bytes") or not hasattr(thing, "unparse")


def links(reader: Reader) -> list[str]:
    annotations = [note for sheet in reader.file.pages for note in sheet.get("/Annots", [])]
    return [str(note.A.URI) for note in annotations]


def test_signs_that_no_text_may_hold_are_shown_as_such():
    odd = "a\x00b\x07c\u202ed\ufeffe\ud800f"
    text = bare(read(paper(Paragraph(Words(odd, own=True)))).tree.text())
    assert text.endswith("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf")


WORLD = {
    "Greek": "Δεν βλέπω καλά",
    "Cyrillic": "Я плохо вижу",
    "Vietnamese": "Tôi nhìn không rõ, Nguyễn",
    "Polish": "Źle widzę, Łukasiewicz",
    "Hebrew": "אני רואה לא טוב",
    "Arabic": "لا أرى جيدا",
    "Hindi": "मुझे ठीक से नहीं दिखता",
    "Chinese": "我看不清楚",
    "Thai": "ฉันมองไม่ชัด",
    "emoji": "Thank you 👩‍⚕️ 🙂",
    "of nobody": "One \ue23a of a font's own",
    "signs": "≥ 3 → ✓ µg ½",
}


@pytest.mark.parametrize("script", WORLD)
def test_any_letter_is_printed_or_is_said_not_to_be(script):
    written = WORLD[script]
    pdf = as_pdf(paper(Paragraph(Words(written, own=True))))
    reader = Reader(pdf.content)
    shown = unicodedata.normalize("NFKC", "".join(letter.text for letter in reader.letters))
    missing = {
        letter
        for letter in unicodedata.normalize("NFKC", bare(written))
        if letter not in shown and unicodedata.category(letter) not in ("Cf", "Mn")
    }
    assert missing <= set(pdf.unshown)
    assert bool(pdf.unshown) == (bare(UNSHOWN) in bare(reader.tree.text()))
    assert pdf.unshown == "" or "□" in reader.tree.text()
    assert validator.is_pdf_compliant_bytes(pdf.content, profile="ua1")


@pytest.mark.parametrize("mark", ["\U0001cf25", "\u1cf7", "\ufe0f\u20e3"])
def test_no_letter_is_lost_because_a_mark_on_it_cannot_be_printed(mark):
    written = Paragraph(Words(f"Take 1{mark} of each{mark} 11 and è{mark} è", own=True))
    pdf = as_pdf(every_kind(written, Paragraph(Words("All of what is here, 11 è."))))
    text = bare(Reader(pdf.content).tree.text())
    assert bare("All of what is here, 11 è.") in text
    assert not set(pdf.unshown) & set("Take 1 of each and è")


def test_a_sentence_in_another_direction_is_read_in_its_own():
    hebrew = "אני רואה 3 דברים"
    reader = read(paper(Paragraph(Words(hebrew, own=True))))
    first = next(letter for letter in reader.letters if letter.text == "א")
    last = next(letter for letter in reader.letters if letter.text == "ם")
    assert last.right < first.left


def test_the_same_answers_give_the_same_bytes():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from papers_made_up import printed\n"
        "from hashlib import sha256\n"
        f"print(sha256(printed({FULL!r}, 'copy').content).hexdigest())"
    )
    both = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
        for _ in range(2)
    ]
    assert len(both[0].stdout) == 65
    assert both[0].stdout == both[1].stdout


def test_four_people_can_print_at_once():
    visits = [visit_of(person, "copy") for person in PEOPLE] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda visit: as_pdf(visit).content, visits))
    assert together == [as_pdf(visit).content for visit in visits]


def test_a_page_of_room_ends_with_its_page():
    reader = read(every_kind())
    assert len(reader.file.pages) == 2
    assert bare("Room to write") in reader.page_text(1)


def test_a_paper_of_a_larger_ruleset_prints_as_well():
    visit = every_kind(points(40))
    assert bare(read(visit).tree.text("Lbl", "TH")) == sentences(visit, "copy")


def test_a_paper_in_another_language_says_so():
    visit = replace(every_kind(), language="de-AT", title="Für den Termin", direction="ltr")
    assert str(read(visit).file.Root.Lang) == "de-AT"


def test_no_template_asks_the_network_for_anything():
    files = list((paths.TEMPLATES / "print").glob("*.typ"))
    assert files
    assert not [file.name for file in files if "@preview" in file.read_text("utf-8")]


def test_the_day_of_the_file_is_the_day_on_it():
    assert DAY.replace("-", "") in str(printed(FULL, "copy").file.docinfo["/CreationDate"])
    assert bare(NOTICE) in read(every_kind()).page_text(0)


WITHOUT = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "typst":
            raise ModuleNotFoundError("No module named 'typst'", name="typst")
sys.meta_path.insert(0, Blocker())
"""


def without_typst(code: str):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code], capture_output=True, check=False, text=True
    )


def test_without_the_typesetter_the_shell_says_in_one_line_what_to_install():
    done = without_typst(
        "sys.argv = ['checklist', 'blank']; from checklist.cli import main; main()"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "pip install 'typst" in done.stderr


def test_without_the_typesetter_pages_offer_to_print_and_no_pdf():
    code = """
from checklist.loading.loader import load_ruleset
from checklist import paths
from checklist.web import create_app
client = create_app(load_ruleset(paths.RULES)).test_client()
shown = client.get("/print/doctor")
print(shown.status_code, "Ctrl and P" in shown.text, ".pdf" in client.get("/print").text)
print(client.get("/print/doctor.pdf").status_code)
"""
    done = without_typst(code)
    assert done.stdout.split() == ["200", "True", "False", "404"], done.stderr


def test_what_the_standards_do_not_allow_is_printed_all_the_same():
    # After a heading of level 1 PDF/UA wants none of level 4.
    reader = read(paper(Heading(4, "Out of turn"), Paragraph(Words("Still here."))))
    assert "Still here." in reader.tree.text()
    assert not validator.is_pdf_compliant_bytes(reader.content, profile="ua1")
