"""The pages of the course on the web say what the notebooks say, give nothing away, and open without the network."""

import re
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from gradekit.lesson import find_lessons
from tests.site.conftest import reader

LESSONS = [path.stem for path in find_lessons()]
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
DRAWN = "() => !document.querySelector('.math') || document.querySelector('mjx-container')"


def test_every_lesson_has_its_page_and_a_copy_to_work_in(site):
    """The copy is the student's: no output, no solution, no hidden test."""
    for name in LESSONS:
        assert (site / f"{name}.html").exists()
        (copy,) = site.glob(f"_downloads/*/{name}.ipynb")
        nb = nbformat.read(copy, as_version=4)
        assert not any(cell.get("outputs") for cell in nb.cells)


def test_no_page_shows_an_answer(site):
    """Neither a line of a solution that the lesson shows nowhere else, nor a hidden test, nor what a check printed."""
    for path in find_lessons():
        page = (site / f"{path.stem}.html").read_text(encoding="utf-8")
        words = plain(re.sub(r"<[^>]+>", "", page))
        cells = nbformat.read(path, as_version=4).cells
        graded = [cell for cell in cells if "nbgrader" in cell.metadata]
        open_text = plain(" ".join(cell.source for cell in cells if "nbgrader" not in cell.metadata))
        assert "HIDDEN" not in words and "BEGIN SOLUTION" not in words
        for cell in graded:
            inside = re.findall(r"### BEGIN SOLUTION\n(.*?)### END", cell.source, re.S)
            lines = [plain(line) for part in inside for line in part.splitlines() if len(line.strip()) > 25]
            assert [line for line in lines if line in words and line not in open_text] == []
            for output in cell.outputs:
                assert plain(output.get("text", ""))[:60] not in words


def test_links_lead_somewhere(site):
    """Every link within the site leads to a page that exists, and to a place on it."""
    pages = {path: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
    lost = []
    for path, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            if not re.match(r"(https?|mailto|data|javascript):", link):
                place, anchor = urldefrag(link)
                target = (path.parent / unquote(place.partition("?")[0])).resolve() if place else path
                named = target not in pages or not anchor or f'id="{unquote(anchor)}"' in pages[target]
                lost += [] if target.exists() and named else [(path.name, link)]
    assert lost == []


def test_pages_lead_to_jupyterlite_where_it_is_built(tmp_path):
    """Each lesson to its own copy, the first page to the notebook that says how work is kept; without it, no page."""
    import pages

    lite = tmp_path / "lite"
    for built in (False, True):
        pages.main(tmp_path / "sources", lite=lite)
        for name, leads in {"index.md": "in_the_browser", **{f"{name}.ipynb": name for name in LESSONS}}.items():
            text = (tmp_path / "sources" / name).read_text(encoding="utf-8").replace('\\"', '"')
            found = re.findall(r'href="lite/lab/index\.html\?path=([^"]*)"', text)
            assert found == ([f"{leads}.ipynb"] if built else []), name
        (lite / "lab").mkdir(parents=True, exist_ok=True)
        (lite / "lab" / "index.html").touch()


def test_a_site_that_is_too_large_is_refused(tmp_path, capsys):
    """Above 30 MB; its parts are told, and JupyterLite beside it does not count."""
    import size

    (tmp_path / "_images").mkdir()
    (tmp_path / "lite").mkdir()
    (tmp_path / "lite" / "large").write_bytes(bytes(31_000_000))
    (tmp_path / "_images" / "one.png").write_bytes(bytes(29_000_000))
    assert size.main(tmp_path)
    assert "has 29.0 MB, at most 30: _images 29.0" in capsys.readouterr().out
    (tmp_path / "page.html").write_bytes(bytes(2_000_000))
    assert not size.main(tmp_path)


def test_every_picture_has_words(site):
    """Each image of a lesson tells what it shows to those who do not see it; what lies over it says nothing."""
    for name in LESSONS:
        images = re.findall(
            r"<img(?! class=.coursekit-kept. alt=..)[^>]*>", (site / f"{name}.html").read_text(encoding="utf-8")
        )
        assert len(images) > 1
        assert [image for image in images if not re.search(r'alt="[^"]{15,}"', image) and "logo" not in image] == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_open_in_a_browser(home, browser, scheme):
    """Without an error or a request to the outside, with their formulas, no wider than a phone, light and dark."""
    with reader(browser, home, viewport={"width": 390, "height": 844}, color_scheme=scheme) as page:
        for name in ["index", "formulas", "glossary", "reference", "instructors", *LESSONS]:
            page.goto(f"{home}{name}.html")
            page.wait_for_function(DRAWN)
            assert page.evaluate(WIDER) <= 0, f"{name} is wider than a phone"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_first_page_is_light(home, browser):
    """Under a million bytes until it is loaded, before pictures further down; no library brings what no page uses."""
    with reader(browser, home, viewport={"width": 1300, "height": 800}) as page:
        sizes = {}
        page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))}))
        page.goto(home)
        page.wait_for_selector(".coursekit-explorer")
        further_down = ("ten_sums.png", "touch.png")
        assert sum(size for url, size in sizes.items() if not url.endswith(further_down)) < 1_000_000, sizes


def plain(text):
    """Return a text with one space for each gap, and the letters that HTML writes as names."""
    for name, letter in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}.items():
        text = text.replace(name, letter)
    return " ".join(text.split())
