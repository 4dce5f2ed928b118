"""The pages of the course on the web say what the notebooks say, give nothing away, and open without the network."""

import re
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from coursekit.agreements import lessons_folder
from gradekit.lesson import find_lessons
from gradekit.release import read_student
from tests.site.conftest import SMALL, reader

LESSONS = [path.stem for path in find_lessons()]
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
BLOCKING = "() => performance.getEntriesByType('resource').filter(part => part.renderBlockingStatus === 'blocking')"
DRAWN = "() => !document.querySelector('.math') || document.querySelector('mjx-container')"


def test_every_lesson_has_its_page_and_a_copy_to_work_in(site):
    """The copy is the student's: no output, no solution, no hidden test."""
    for name in LESSONS:
        assert (site / f"{name}.html").exists()
        (copy,) = site.glob(f"_downloads/*/{name}.ipynb")
        nb = nbformat.read(copy, as_version=4)
        assert not any(cell.get("outputs") for cell in nb.cells)
        assert nb == read_student(lessons_folder() / f"{name}.ipynb")  # so an update knows it


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
    """Under a million bytes come in before pictures further down, no font for icons; little keeps the page waiting."""
    with reader(browser, home, viewport={"width": 1300, "height": 800}) as page:
        network, places, sizes = page.context.new_cdp_session(page), {}, {}
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", lambda told: places.update({told["requestId"]: told["request"]["url"]}))
        network.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
        page.goto(home, wait_until="load")
        page.wait_for_selector(".coursekit-explorer")
        came = {places[request].partition("?")[0].rpartition("/")[2]: size for request, size in sizes.items()}
        further_down = ("ten_sums.png", "touch.png")
        assert sum(size for name, size in came.items() if name not in further_down) < 1_000_000, came
        assert [name for name in came if name.endswith(".woff2")] == []
        assert len(page.evaluate(BLOCKING)) <= 15  # some 0.45 MB, most of it the theme's style


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("width", [390, 1300])
def test_search_finds_the_lesson(home, browser, width):
    """The field opens, a word is typed, and what is found leads to lesson 00, without a request to the outside."""
    with reader(browser, home, viewport={"width": width, "height": 844}) as page:
        page.goto(f"{home}changes.html")
        page.get_by_role("button", name="Search").locator("visible=true").first.click()
        page.keyboard.type("temperature")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=temperature*")
        page.locator("#search-results a").first.wait_for()
        page.locator(f"#search-results a[href*='{SMALL}.html']").first.click()
        page.wait_for_url(f"**/{SMALL}.html*")
        assert page.get_by_text("At which temperature does class A").is_visible()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_folds_are_closed_and_open_by_key(home, browser):
    """So an answer is not read before it is asked for; a second press closes it."""
    with reader(browser, home, viewport={"width": 1300, "height": 844}) as page:
        page.goto(f"{home}{SMALL}.html")
        folds = page.locator(".bd-article details")
        assert folds.count() >= 3 and page.locator(".bd-article details[open]").count() == 0
        hidden = folds.first.locator("> :not(summary)").first
        assert not hidden.is_visible()
        for opened in (True, False):
            folds.first.locator("summary").press("Enter")
            assert hidden.is_visible() is opened


def plain(text):
    """Return a text with one space for each gap, and the letters that HTML writes as names."""
    for name, letter in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}.items():
        text = text.replace(name, letter)
    return " ".join(text.split())
