"""The pages hold what they should, nothing of a stranger's text runs on them, and everybody can read them."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from gradekit.book.course import Course
from gradekit.book.entries import CheckEntry, Gradebook, Override
from gradekit.book.markup import STYLE, TEMPLATES, Link, PageError, Table, render
from gradekit.book.naming import file_name
from gradekit.book.pages import write_pages
from gradekit.book.quoted import lines_of
from gradekit.book.results import FEWEST, misconceptions
from gradekit.book.said import KINDS, explain, explain_breaches
from gradekit.printable import clean
from tests.gradekit.sample_gradebook import (
    BREACH,
    HOSTILE,
    LESSON,
    PREDICT,
    RESULTS,
    ROSTER,
    changed,
    gradebook,
    without,
)
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
    """No picture, sheet, address, handler; of scripts the one that sorts the summary; and a policy that says so."""
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
        assert [(len(one.who), one.hint) for one in misconceptions(replace(book, submissions=tuple(some)))] == [
            (3, "axis 1")
        ]


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


def titles_of(text):
    """Return the titles of the exercises of a page in their order, and those that are folded."""
    return re.findall(r"<h3 [^>]*>(.*?): [\d.]+ of", text), re.findall(r"<summary><h3 [^>]*>(.*?): [\d.]+ of", text)


def test_wrong_answers_come_first_and_right_ones_are_folded(folder):
    """Of what is right nothing need be read, but where it cost points or the instructor wrote something."""
    first, second = "Exercise 3: predict", "Exercise 2: softmax_regression"
    assert titles_of(text_of(folder, "bob")) == ([second, first], [first])
    assert titles_of(text_of(folder, "cem")) == ([first, second], [])
    assert titles_of(text_of(folder, "ann")) == ([first, second], [first, second])
    assert titles_of(text_of(folder, "zoe")) == ([second, first], [first])


def test_a_right_answer_with_a_comment_is_not_folded(tmp_path):
    """The comment would not be seen."""
    first = gradebook().submissions[0]
    checks = tuple(replace(one, kind="right", points=one.of, override=Override(comment="Nice")) for one in first.checks)
    write_pages(changed(gradebook(), 0, checks=checks), tmp_path)
    assert titles_of(text_of(tmp_path, first.student))[1] == []


def test_what_was_not_written_comes_after_what_went_wrong(tmp_path):
    """And the stub is not shown as an answer."""
    first = gradebook().submissions[0]
    kinds = zip(first.checks, ("unwritten", "hint"), strict=True)
    checks = tuple(replace(one, kind=kind, points=0.0, answers={"a": "stub"}) for one, kind in kinds)
    write_pages(changed(gradebook(), 0, checks=checks), tmp_path)
    text = text_of(tmp_path, first.student)
    assert titles_of(text)[0] == ["Exercise 2: softmax_regression", "Exercise 3: predict"]
    assert text.count("<figcaption>") == 1


def test_the_hint_is_what_one_sees_and_the_case_stands_below_it(folder):
    """The hint with its numbers, the idea, then the input with what came and what is right, as lines to paste."""
    text = re.sub(r">\s+<", "><", text_of(folder, HOSTILE["moodle"]))
    assert '<p class="hint">predict: returns (12,), one label for each class: the argmax runs over axis 1.</p>' in text
    hint = '<p class="hint">softmax_regression: Look at the loss: it is a sum.</p>'
    idea, case = (
        '<p class="idea">A mean divides by m.</p>',
        '<p class="idea">The smallest case:</p><pre class="quoted">',
    )
    assert text.index(hint) < text.index(idea) < text.index(case)
    assert "1, 0.5)\nIts losses is [2.07944] and should be [0.693147].</pre>" in text


def test_an_answer_that_raised_shows_the_students_own_line(folder):
    """Marked in the answer, with its number; the error's name is told once."""
    text = re.sub(r">\s+<", "><", text_of(folder, HOSTILE["half"]))
    assert "<mark>    return (theta @ test_images.T).argmax(axis=0)\n</mark>" in text and text.count("<mark>") == 1
    assert '<p>Your function predict raised ValueError:</p><p class="hint">shapes (2,3) and (2,) not aligned' in text
    assert "to see it again predict(np.array([[0.0, 1.0]]), np.eye(2))</pre>" in text


@pytest.mark.parametrize(
    ("told", "breaches", "marked"),
    [
        ("SyntaxError: expected ':' (line 2)", (), [2]),
        ("IndentationError: unexpected indent (line 3)", (1,), [3]),
        ("f: wrong (line 2)", (), []),
        ("", (1, 3), [1, 3]),
        ("f raised E: x\n    in your line    b = 1", (), [2]),
        ("f raised E: x\n    in your line    ", (), []),
    ],
)
def test_the_lines_that_the_feedback_is_about_are_marked(told, breaches, marked):
    """By a syntax error, a rule, the line that raised; a hint that only speaks of lines marks none."""
    broken = [replace(BREACH, line=line) for line in breaches]
    lines = lines_of("def f(x):\n    b = 1\n    return x", told, broken)
    assert [number for number, (_, here) in enumerate(lines, 1) if here] == marked


def test_a_page_says_of_which_course_and_when_and_whom_to_ask(folder, tmp_path):
    """As the instructor wrote it; where nothing is known nothing stands there."""
    for text in (text_of(folder, "ann"), (folder / "summary.html").read_text()):
        assert "<dd>Machine learning &amp; more</dd>" in text and "<dd>28 November 2026</dd>" in text
        assert ("<dd>Dr. Lee, lee@example.org</dd>" in text) is ("Feedback for" in text)
    write_pages(gradebook(), tmp_path)
    assert 'class="about"' not in text_of(tmp_path, "ann")


def test_an_exercise_is_shown_with_what_it_asks_for(folder):
    """Its Markdown as text, tables and code; nothing of it links, loads or runs."""
    text = text_of(folder, "bob")
    task = text[text.index("<summary>What was asked") :]
    for words in ("<code>predict(test_images, theta)</code>", "<strong>raw</strong>", "the handout", "a picture",
                  '<th scope="col">shape</th>', "<b>Keep in mind</b>", "z_j = \\theta_j^T x_i"):  # fmt: skip
        assert words in task
    assert not re.search("evil|alert|<img|<script|style=", task)


def test_the_class_is_seen_without_names(folder, tmp_path):
    """The share that is right of each exercise, and the median; nothing where few would be known by it."""
    words = text_of(folder, "ann")
    assert "The class: 12 submissions, median" in words
    assert re.search(r'class="number">42 %</td><td class="bar"><svg', words)
    works = gradebook().submissions[: FEWEST - 1]
    write_pages(replace(gradebook(), submissions=works), tmp_path)
    few = text_of(tmp_path, works[0].student)
    assert "The class:" not in few and "class: right" not in few


def test_marks_without_a_submission_do_not_count_as_the_class(tmp_path):
    """An override for somebody who handed in nothing is not an answer."""
    works = [replace(one, file="") if i < 6 else one for i, one in enumerate(gradebook().submissions)]
    write_pages(replace(gradebook(), submissions=tuple(works)), tmp_path)
    assert "The class: 6 submissions" in text_of(tmp_path, works[0].student)


def test_a_page_with_two_lessons_names_each_region_once(tmp_path):
    """As axe's landmark-unique asks, and with places that exist once."""
    book = gradebook()
    again = replace(book.lessons[0], name="06_next")
    works = (*book.submissions, *(replace(one, lesson="06_next") for one in book.submissions))
    write_pages(replace(book, lessons=(*book.lessons, again), submissions=works), tmp_path)
    page = Reader(text_of(tmp_path, "ann"))
    labels = [attributes["aria-label"] for _, attributes in page.elements if attributes.get("role") == "region"]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(labels) == len(set(labels)) == 6 and len(ids) == len(set(ids))


def test_the_summary_says_what_to_teach_again(folder):
    """By exercise, in the lesson's order, with an answer as an example and links to those who gave it."""
    text = (folder / "summary.html").read_text()
    part = text[text.index('<h2 id="teach-again">') : text.index('<h2 id="exercises">')]
    first, second = (part.index(f'id="reteach.{LESSON}.05-{name}-check"') for name in ("predict", "softmax-regression"))
    assert first < second
    assert f'<a href="#reteach.{LESSON}.05-predict-check">Exercise 3: predict</a>' in text
    assert "<summary>An answer</summary>" in part and "def predict(test_images, theta):" in part
    assert f'<a href="feedback/cem.html#{LESSON}.05-predict-check">cem</a>' in part
    assert "predict raised ValueError: shapes (2,3) and (2,) not aligned" in part, "errors are misunderstandings too"


def test_the_summary_shows_what_no_hint_explains(folder, tmp_path):
    """A wrong answer whose student reads no reason, until the instructor has said a word."""
    wrong = "Wrong, and no hint says why"
    assert wrong not in (folder / "summary.html").read_text()  # bob has a comment
    book = gradebook()
    place = next(i for i, one in enumerate(book.submissions) if one.student == "bob")
    checks = tuple(replace(one, override=None) for one in book.submissions[place].checks)
    write_pages(changed(book, place, checks=checks), tmp_path)
    text = (tmp_path / "summary.html").read_text()
    assert wrong in text and text.index(wrong) < text.index('<h2 id="teach-again">')


def test_points_lead_to_the_lesson_on_the_students_page(folder):
    """From the table of students."""
    text = (folder / "summary.html").read_text()
    assert f'<a href="feedback/bob.html#lesson.{LESSON}">3.5</a>' in text
    assert f'id="lesson.{LESSON}"' in text_of(folder, "bob")


def test_a_designer_can_bring_templates_of_their_own(tmp_path):
    """In a folder beside the grades; what is not there is ours; one that does not work is told with its line."""
    (tmp_path / "templates").mkdir()
    own, ours = tmp_path / "templates" / "pages.html", (TEMPLATES / "pages.html").read_text()
    own.write_text(ours.replace("<h1>Feedback for", "<h1>Dear"))
    write_pages(gradebook(), tmp_path)
    assert "<h1>Dear ann</h1>" in text_of(tmp_path, "ann") and STYLE.read_text() in text_of(tmp_path, "ann")
    own.write_text(ours.replace("{%- endmacro -%}", "", 1))
    with pytest.raises(PageError, match=r"pages.html, line \d+: .*Correct it, or remove it from .*templates"):
        write_pages(gradebook(), tmp_path)


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


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: pages not looked at with axe-core")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(folder, scheme):
    """Names, contrast, regions, headings, tables, by day and at night."""
    with chromium() as browser:
        tab = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()
        for path in sorted(folder.rglob("*.html")):
            tab.goto(path.as_uri())
            found = Axe().run(tab).response
            assert len(found["passes"]) > 10, path.name
            nodes = [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]
            assert nodes == [], path.name


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: tables not sorted in a browser")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
def test_the_summary_sorts_and_filters(folder):
    """By the keyboard: up, down, as it was; a filter says how many are left; numbers sort as numbers, a dash last."""
    with chromium() as browser:
        tab = browser.new_page()
        tab.goto((folder / "summary.html").as_uri())
        table = tab.get_by_role("region", name="Points of each student")
        total, seen = table.get_by_role("button", name="total"), []
        for _ in range(3):
            total.press("Enter")
            seen.append(table.locator("tbody tr td:nth-child(3)").all_inner_texts())
        heads = table.locator("th[aria-sort]")
        assert heads.count() == 0
        numbers = [float(text) for text in seen[0] if text != "\u2013"]
        assert numbers == sorted(numbers) and seen[0][-1] == "\u2013"
        assert [float(text) for text in seen[1] if text != "\u2013"] == numbers[::-1]
        as_it_was = re.findall(r'">([\d.\u2013]+)</td><td class="name">', (folder / "summary.html").read_text())
        assert seen[2] == as_it_was[-len(numbers) - 2 :]
        memory = tab.get_by_role("region", name="The runs with most memory")
        memory.get_by_role("button", name="MB").press("Enter")
        sizes = [float(text) for text in memory.locator("tbody tr td:nth-child(3)").all_inner_texts()]
        assert sizes == sorted(sizes) and sizes[0] < 100 < sizes[-1]
        total.press("Enter")
        assert heads.get_attribute("aria-sort") == "ascending"
        tab.get_by_label("Show only rows with").last.fill("ZOE")
        assert (
            table.locator("tbody tr:visible").count() == 1 and tab.get_by_role("status").last.inner_text() == "1 of 14"
        )


def places_in(pdf):
    """Return the page of each place that something links to: Chromium writes their objects without compression."""
    return dict(re.findall(rb"/([\w-]+) \[(\d+) 0 R /XYZ", pdf))


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: nothing printed")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
def test_on_paper_a_heading_stays_with_its_table():
    """With its caption, its columns' names and its first row, wherever on a sheet of A4 the table happens to begin."""
    tables = [Table(f"table {i}", ["a", "b"], [(f"row {i} {j}", j) for j in range(3 + i % 7)]) for i in range(40)]
    links = Table("links", ["a"], [(Link("x", f"#row-{i}"),) for i in range(40)])
    parts = [(f"Part {i}", f"part-{i}", [table]) for i, table in enumerate(tables)] + [("Links", "links", [links])]
    text = render("summary", course=COURSE, isolation="", counts="", parts=parts)
    text = re.sub(r'<th scope="row">(row (\d+) 0)<', r'<th scope="row" id="row-\2">\1<', text)
    with chromium() as browser:
        tab = browser.new_page()
        tab.set_content(text.replace("</nav>", "</nav>" + " ".join(f'<a href="#part-{i}">x</a>' for i in range(40))))
        pages = places_in(tab.pdf(prefer_css_page_size=True))
    assert len(set(pages.values())) > 5
    assert [i for i in range(40) if pages[b"part-%d" % i] != pages[b"row-%d" % i]] == []


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: nothing printed")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
def test_paper_keeps_colours_and_shows_what_is_folded(folder):
    """On white, whatever the screen's theme is."""
    with chromium() as browser:
        tab = browser.new_page(color_scheme="dark")
        tab.emulate_media(media="print", color_scheme="dark")
        tab.goto((folder / "feedback" / f"{file_name('bob')}.html").as_uri())
        style = "getComputedStyle(document.querySelector('{}')).{}".format
        assert tab.evaluate(style(".mark.value", "printColorAdjust")) == "exact"
        assert tab.evaluate(style("body", "backgroundColor")) == "rgb(255, 255, 255)"
        assert tab.evaluate(style("body", "color")) == "rgb(27, 31, 36)"
        folded = tab.locator("details.check pre.answer")
        assert folded.count() == 1 and folded.bounding_box()["height"] > 20
