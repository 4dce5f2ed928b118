"""The course on the web: its pages say what the notebooks say, give nothing away, and open without the network."""

import functools
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from gradekit.lesson import find_lessons
from tests.lab_browser import CHROMIUM, chromium

ROOT = Path(__file__).parent.parent
LESSONS = [path.stem for path in find_lessons()]
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
DRAWN = "() => !document.querySelector('.math') || document.querySelector('mjx-container')"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Make the site as ``make site`` does; a warning is an error."""
    sources, pages = (tmp_path_factory.mktemp("site") / name for name in ("sources", "pages"))
    subprocess.run([sys.executable, ROOT / "site" / "pages.py", sources], check=True)
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", sources, pages], check=True)
    return pages


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


def test_every_picture_has_words(site):
    """Each image of a lesson tells what it shows to those who do not see it."""
    for name in LESSONS:
        images = re.findall(r"<img[^>]*>", (site / f"{name}.html").read_text(encoding="utf-8"))
        assert len(images) > 1
        assert [image for image in images if not re.search(r'alt="[^"]{15,}"', image) and "logo" not in image] == []


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: the site's pages not opened")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
def test_pages_open_in_a_browser(site):
    """Without an error or a request to the outside, with their formulas, no wider than a phone, light and dark."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    home, wrong = f"http://127.0.0.1:{server.server_port}/", []
    try:
        with chromium() as browser:
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
                page = context.new_page()
                page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
                page.on("pageerror", lambda error: wrong.append(str(error)))
                page.on("request", lambda request: request.url.startswith(home) or wrong.append(request.url))
                for name in ["index", "formulas", "glossary", "reference", "instructors", *LESSONS]:
                    page.goto(f"{home}{name}.html")
                    page.wait_for_function(DRAWN)
                    assert page.evaluate(WIDER) <= 0, f"{name} is wider than a phone"
                context.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert wrong == []


def plain(text):
    """Return a text with one space for each gap, and the letters that HTML writes as names."""
    for name, letter in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}.items():
        text = text.replace(name, letter)
    return " ".join(text.split())
