"""The pages hold what they should, nothing of a stranger's text runs on them, and everybody can read them."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest

from gradekit.book.entries import CheckEntry, Gradebook, Override
from gradekit.book.course import Course
from gradekit.book.markup import STYLE, TEMPLATES, PageError
from gradekit.book.naming import file_name
from gradekit.book.pages import write_pages
from gradekit.book.results import misconceptions
from gradekit.book.said import KINDS, explain, explain_breaches
from gradekit.printable import clean
from tests.gradekit.sample_gradebook import BREACH, HOSTILE, LESSON, PREDICT, RESULTS, ROSTER, changed, gradebook, without
from tests.lab_browser import CHROMIUM, chromium


ALONE = {"meta", "br", "hr"}  # elements that hold nothing and have no end
COURSE = Course("Machine learning & more", "Dr. Lee, lee@example.org", "28 November 2026")


class Reader(HTMLParser):
    """Reads a page, and fails where an element is not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.text = [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """See that the element that ends is the one that began last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note what is read, without sheet and script."""
        self.text += [] if {"style", "script"} & {*self.open} else [data]

    def all(self, *names):
        """Return the attributes of the elements of these names."""
        return [attributes for name, attributes in self.elements if name in names]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder with the pages of the class."""
    folder = tmp_path_factory.mktemp("pages")
    write_pages(gradebook(), folder, roster=ROSTER, course=COURSE)
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    """Return each page by its path in the folder, read."""
    return {str(path.relative_to(folder)): Reader(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))}


def text_of(folder, student):
    """Return the source of a student's page."""
    return (folder / "feedback" / f"{file_name(student)}.html").read_text("utf-8")


def words_of(pages, student):
    """Return the words on a student's page."""
    return " ".join("".join(pages[f"feedback/{file_name(student)}.html"].text).split())


def test_there_is_a_page_for_each_student_and_a_summary(pages):
    """Whatever the students are called."""
    assert set(pages) == {"summary.html", *(f"feedback/{file_name(student)}.html" for student in RESULTS)}


def test_pages_load_nothing_and_run_nothing_but_our_own(pages):
    """No picture, no sheet, no address from elsewhere; no handler; a policy that forbids them all; a page of feedback
    runs no script at all, the summary the one that sorts its tables."""
    for path, page in pages.items():
        names = {name for name, _ in page.elements}
        assert page.all("script") == ([{}] if path == "summary.html" else [])
        assert not names & {
            "img",
            "link",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "base",
            "image",
            "use",
        }
        for attributes in (attributes for _, attributes in page.elements):
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")]
        assert all(re.match(r"#|feedback/[^/:]+\.html", link["href"]) for link in page.all("a"))
        policy = next(meta for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")[
            "content"
        ]
        assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
        assert ("script-src 'sha256-" in policy) is (path == "summary.html")


def test_the_policy_allows_the_sheet_and_the_script_that_the_page_holds(folder):
    """By the hash of exactly what stands between the tags."""
    text = (folder / "summary.html").read_text("utf-8")
    for name in ("style", "script"):
        [own] = re.findall(f"<{name}>(.*)</{name}>", text, re.DOTALL)
        assert f"sha256-{base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()}'" in text
    [style] = re.findall("<style>(.*)</style>", text, re.DOTALL)
    assert "url(" not in style and "@import" not in style


@pytest.mark.parametrize("text", ["<script>", "</pre>", "<b>", "<img", "onerror=alert(4)>"])
def test_what_a_student_wrote_is_text(folder, text):
    """In names, answers, errors, hints and quoted lines."""
    for path in folder.rglob("*.html"):
        assert not re.search(f"{re.escape(text)}(alert|x src|shapes|x</b)", path.read_text("utf-8"))


def test_no_control_character_and_no_half_character_is_left(folder):
    """Nor one that turns the direction of the text."""
    for path in folder.rglob("*.html"):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", path.read_text("utf-8"))


@pytest.mark.parametrize(
    "char", "\x00\x07\x1b\x7f\x9b\u061c\u200b\u200f\u2028\u202e\u2066\u2069\ufeff\ufffe\ud800\U000e0041"
)
def test_no_strange_character_is_printed(char):
    """On a page, in a cell, on a terminal: one function stands before all of them."""
    assert clean(f"a{char}b") == "a\ufffdb"


def test_what_people_write_is_left_alone():
    """Accents, joined letters and faces, other scripts, tabs and lines."""
    for text in ("e\u0301", "می\u200cخواهم", "👩\u200d💻", "葛\U000e0100", "한국어", "a\tb\nc"):
        assert clean(text) == text


def test_every_page_reads_in_order(pages):
    """One first heading, no level left out; a language and a viewport; headers and a caption for each table."""
    for name, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), name
        assert page.all("html") == [{"lang": "en"}]
        assert any(meta.get("name") == "viewport" for meta in page.all("meta"))
        assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
        assert len(page.all("caption")) == len(page.all("table"))
        assert all(drawing.get("aria-hidden") == "true" for drawing in page.all("svg"))
        boxes = [attributes for attributes in page.all("div", "pre") if "tabindex" in attributes]
        assert boxes and all(box["role"] == "region" for box in boxes)
        labels = [box["aria-label"] for box in boxes]
        assert all(labels) and len(labels) == len(set(labels)), "axe: landmark-unique"


def test_every_link_leads_somewhere(pages):
    """To a page that is there, and a place on it that exists once."""
    for page in pages.values():
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        for link in page.all("a"):
            target, _, place = unquote(link["href"]).partition("#")
            there = pages[target] if target else page
            assert not place or place in {attributes.get("id") for _, attributes in there.elements}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_said_in_words_with_a_sign(folder, kind):
    """Colour never says it alone."""
    student = next(student for student, results in RESULTS.items() if kind in dict(results))
    sign, label, said = KINDS[kind]
    text = text_of(folder, student)
    said = "Your answer raised ValueError:" if kind == "error" else said
    assert f"<span> {label}</span>" in text and said in text
    assert f'<span class="mark {kind}" aria-hidden="true">{sign}</span>' in text
    assert f".mark.{kind}" in text and f"rect.{kind}" in text


def test_a_student_reads_the_points_the_answer_the_hint_and_the_comment(pages):
    """Everything that a mark rests on."""
    bob, cem = words_of(pages, "bob"), words_of(pages, "cem")
    assert "Feedback for @SUM(1)" in bob and "Exercise 2: softmax_regression: 2.5 of 3 points" in bob
    assert "In the notebook: 05-softmax-regression" in bob
    assert "on another input the function gives a different value. Try edge cases" in bob
    assert "def softmax_regression(theta, X, Y, steps, rate):" in bob
    assert "set by hand" in bob and "Right idea <3;=2+2 is what it comes to." in bob
    assert "the argmax runs over axis 1" in cem and "See me." in cem and "set by hand" not in cem


def test_a_broken_rule_is_shown_with_its_lines_and_its_cost(pages):
    """A rule that is broken twice costs once."""
    zoe = words_of(pages, "zoe")
    assert "loops: for (line 4: for i in <b>x</b>:; line 6: for j in y:). It costs 50 % of the points." in zoe
    assert "its metadata was lost; the cell was found." in zoe


@pytest.mark.parametrize(
    ("told", "said", "quoted"),
    [
        ("predict raised ZeroDivisionError: division by zero\nIt was called with (X).", "Your function predict raised "
         "ZeroDivisionError:", "predict raised ZeroDivisionError: division by zero\nIt was called with (X)."),
        ("SyntaxError: expected ':' (line 1)", "Your answer raised SyntaxError:", "SyntaxError: expected ':' (line 1)"),
        ("ZeroDivisionError", "Your answer raised ZeroDivisionError on another input.", ""),
        ("", "Running your answer raised an error.", ""),
        ("!!", "Running your answer raised an error.", "!!"),
    ],
)  # fmt: skip
def test_an_answer_that_raised_is_told_what_it_raised(told, said, quoted):
    """In the function's and the error's own name; on a hidden input by the error's name alone."""
    assert explain(CheckEntry("f-check", 0.0, 1.0, "error", told)) == (said, quoted)


@pytest.mark.parametrize(
    ("kind", "cost", "points", "said"),
    [
        ("right", 0.5, None, "It costs 50 % of the points."),
        ("hint", 0.5, None, "It would cost 50 % of the points of a right answer."),
        ("right", 0.5, 1.0, "By the rules it costs 50 % of the points; these points were set by hand."),
        ("right", 0.0, None, "It costs nothing; your instructor sees it."),
    ],
)
def test_what_a_rule_costs_is_true(kind, cost, points, said):
    """Where there are no points to take, and where the instructor set them; of two costs the one that is charged."""
    breaches = (replace(BREACH, cost=cost), replace(BREACH, line=9, cost=0.0))
    for some in (breaches, breaches[::-1]):
        (sentence,) = explain_breaches(CheckEntry("c", 0.0, 1.0, kind, breaches=some, override=Override(points)))
        assert sentence.endswith(said)


def test_company_is_told(pages):
    """An answer that was judged beside another of the student's own."""
    assert "This answer was judged together with your own cell 05-predict, which it needs." in words_of(pages, "ann")
    assert "judged together" not in words_of(pages, "bob")


def test_a_file_that_could_not_be_read_is_explained(pages):
    """On the student's page and on the instructor's."""
    assert "Your file is a folder, not a notebook." in words_of(pages, HOSTILE["climber"])
    assert "The file is a folder, not a notebook." in "".join(pages["summary.html"].text)


def test_students_see_nobody_else(pages):
    """Nor what the instructor alone should know."""
    text = words_of(pages, "ann")
    assert not [word for word in ("Zoe", "@SUM", "Isolation", "identical") if word in text]


def test_the_summary_begins_with_the_isolation(pages):
    """It is the first thing that is read after the heading."""
    words = "".join(pages["summary.html"].text).split("Summary of the grading")[-1]
    assert words.strip().startswith("Isolation: boxed.")


def test_the_summary_counts_what_the_class_misunderstood(pages):
    """One mistake is one hint, whatever its numbers; one that was really given is shown, numbers and all."""
    first, *_ = misconceptions(gradebook())
    hint = first.hint
    assert (len(first.who), first.check.name, first.example) == (2, "05-predict-check", PREDICT)
    assert hint == "predict: returns (12,), one label for each class: the argmax runs over axis 1."
    text = "".join(pages["summary.html"].text)
    assert "2 (17 %)" in text and hint in text and "axis #" not in text


def test_of_hints_that_differ_in_numbers_the_most_frequent_is_shown():
    """And the same one whatever the order."""
    book = gradebook()
    hints = ["axis 0", "axis 1", "axis 1"]
    works = [
        replace(work, checks=(replace(work.checks[0], kind="hint", told=hint),))
        for work, hint in zip(book.submissions, hints, strict=False)
    ]
    for some in (works, works[::-1]):
        assert [(len(one.who), one.hint) for one in misconceptions(replace(book, submissions=tuple(some)))] == [(3, "axis 1")]


def test_exercises_stand_in_the_lessons_order(pages):
    """By title, with the cell's name beside it; the sample's lesson has them against the alphabet."""
    text = " ".join("".join(pages["summary.html"].text).split())
    table = text[text.index("Submissions by what became of each exercise") :]
    assert table.index("Exercise 3: predict 05-predict") < table.index("Exercise 2: softmax_regression")


def test_the_summary_says_by_name_who_is_missing_unknown_or_left_out(pages):
    """With what it was handed in as, the file and the reason."""
    text = " ".join("".join(pages["summary.html"].text).split())
    for words in (
        "On the roster, handed in nothing (1): Nil Absent (nil)",
        "Handed in, not on the roster (11): ",
        "Ann Lee (Ann Lee_4711_assignsubmission_file_)",
        "dan/my \ufffd[31mlab.docxdannot taken: it is no notebook",
        "plan.pdfnobody'snot taken",
        "Not on the roster: 11. Files that were not graded: 2.",
        "dan––dannot on the roster; dan/my \ufffd[31mlab.docx: not taken: it is no notebook",
    ):
        assert words in text


def test_without_a_roster_nobody_is_missing(tmp_path):
    """And the page says that there is none."""
    book = without(gradebook())
    write_pages(replace(book, has_roster=False), tmp_path, roster=ROSTER)  # what a folder tells of its people is none
    text = (tmp_path / "summary.html").read_text()
    assert "There is no roster to compare with." in text and "On the roster" not in text
    write_pages(book, tmp_path, roster=ROSTER)
    assert "Everyone on the roster handed something in." in (tmp_path / "summary.html").read_text()


def test_the_summary_shows_whom_to_look_at(pages):
    """Near-identical answers, broken rules, troubled runs, marks by hand, and who handed in nothing."""
    text = "".join(pages["summary.html"].text)
    for words in (
        "100 %Ann Ångström, @SUM(1)",
        "line 4: for i in",
        "more than 4 GB",
        "See me.",
        "without a submission: 1.",
    ):
        assert words in text


def test_an_empty_class_has_a_summary(tmp_path):
    """So that a report never fails."""
    write_pages(Gradebook("boxed"), tmp_path)
    assert "Nothing was graded." in (tmp_path / "summary.html").read_text()


def test_a_long_answer_is_cut(tmp_path):
    """A page of fifty megabytes helps nobody."""
    first = gradebook().submissions[0]
    long = replace(first.checks[0], answers={"a": "x = 1\n" * 1_000_000})
    write_pages(changed(gradebook(), 0, checks=(long,)), tmp_path)
    page = text_of(tmp_path, first.student)
    assert len(page) < 90_000 and "cut: 6000000 characters in all" in page


def test_written_again_the_pages_are_the_same_byte_for_byte(folder, tmp_path):
    """Nothing in them depends on the time or the machine, and nothing half-written is left."""
    write_pages(gradebook(), tmp_path, roster=ROSTER, course=COURSE)
    first, second = ({p.name: p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (folder, tmp_path))
    assert first == second and len(first) == len(RESULTS) + 1


def luminance(colour):
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
def test_text_stands_out_from_its_ground(time):
    """By 4.5 to 1 at least; bars from the page by 3 to 1."""
    colours = dict(re.findall(r"--(\w+): (#\w{6})", re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.DOTALL)[time]))
    for ground in ("paper", "panel"):
        assert min(contrast(colours[name], colours[ground]) for name in ("ink", "soft", "link")) >= 4.5
        assert min(contrast(colours[kind], colours[ground]) for kind in KINDS) >= 3
    assert min(contrast(colours[kind], colours["on"]) for kind in KINDS) >= 4.5


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: pages not opened in a browser")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
def test_pages_open_on_a_phone(folder):
    """Nothing is wider than the screen, nothing is refused or runs, and the keyboard scrolls a wide table."""
    said = []
    with chromium() as browser:
        tab = browser.new_page(viewport={"width": 390, "height": 800})
        tab.on("console", lambda message: said.append(message.text))
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        for path in sorted(folder.rglob("*.html")):
            tab.goto(path.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= 390, path.name
            assert tab.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
        tab.goto((folder / "summary.html").as_uri())
        wide = tab.get_by_role("region", name="Rules that answers break")
        wide.focus()
        tab.keyboard.press("End")
        tab.keyboard.press("ArrowRight")
        tab.wait_for_function("box => box.scrollLeft > 0", arg=wide.element_handle())
    assert said == []
