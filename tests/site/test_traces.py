"""Traces of earlier settings on the web: laid together from layers, they are what the notebook draws."""

import io
import shutil
from base64 import b64decode, b64encode
from itertools import product

import matplotlib
import numpy as np
import pytest
import table
from PIL import Image, ImageColor

from coursekit import plots, sliders
from tests.pages_server import served
from tests.site.conftest import reader
from tests.site.test_live import SHOWN, decoded

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
SOFT = 4  # of 255: by how much two roundings may differ in the soft edge of a line that crosses others


def train(ink, y, *, steps):
    """Train nothing, but come to an accuracy that depends on the ink."""
    yield steps, 0.2 + 0.6 * ink.mean(), 200


def descent():
    """Return a small slider of lesson 15: three traces, the older the paler."""
    rate = sliders.linear(0.1, 0.4, 0.1, step=0.1)
    momentum = sliders.linear(0, 0.9, 0, step=0.45)
    return sliders.explore(plots.draw_descent, size=(8, 3.4), earlier=3, learning_rate=rate, momentum=momentum)


def corners():
    """Return a small slider of lesson 07: its traces lie over balls and contour lines that move, in two axes."""
    direction, budget = sliders.linear(0, 90, 60, step=30), sliders.linear(0.5, 2.5, 1.0, step=0.5)
    return sliders.explore(plots.draw_corners, size=(8, 4.2), earlier=60, direction=direction, budget=budget)


def threshold():
    """Return a small slider of lesson 05: a training, whose last frame leaves a dot."""
    X = np.random.default_rng(0).integers(0, 256, (20, 16))
    data = {"train": train, "X": X, "y": np.arange(20) % 10, "image_shape": (4, 4)}

    def draw(fig, **values):
        return (yield from plots.draw_threshold(fig, **values, **data))

    return sliders.explore(draw, size=(8, 3), earlier=30, threshold=sliders.linear(0, 250, 100, step=50))


@pytest.fixture(params=[descent, corners, threshold])
def make(request):
    """Give what makes a slider, while pictures look as in a lesson."""
    with matplotlib.rc_context():
        plots.use_style()
        yield request.param


def table_from(explorer):
    """Return the table of an explorer."""
    return table.table_of(explorer, explorer.renderer.png(small=True))


def laid_together(shown, state, earlier):
    """Return a picture as the page lays it together; the earlier states are given the newest first."""
    traces, ends = shown["traces"], np.cumsum(shown["sizes"])
    data = b64decode(shown["pieces"])
    picture = Image.open(io.BytesIO(b64decode(shown["base"]))).convert("RGB")

    def lay(numbers, colour=None):
        for i in numbers:
            piece = Image.open(io.BytesIO(data[ends[i] - shown["sizes"][i] : ends[i]])).convert("RGBA")
            ink = Image.new("RGB", piece.size, colour) if colour else piece.convert("RGB")
            picture.paste(ink, tuple(shown["places"][i]), piece.getchannel("A"))

    lay(shown["states"][state])
    for age, former in enumerate(earlier):
        lay(traces["left"][former], ImageColor.getrgb(traces["colours"][min(age, len(traces["colours"]) - 1)]))
    lay(traces["over" if earlier else "alone"][state])
    return np.asarray(picture).astype(int)


def states_of(explorer):
    """Return where the controls of a slider stand in each of its states, and which of these is now."""
    states = list(product(*(range(len(control.texts)) for control in explorer.controls.values())))
    return states, states.index(tuple(control.position for control in explorer.controls.values()))


def drawn(explorer, positions):
    """Move a slider of the notebook, all its controls at once; return its picture."""
    for control, position in zip(explorer.controls.values(), positions, strict=True):
        control.unobserve_all("value")
        control.position, control.value = position, control.values[position]
    explorer.redraw()
    return decoded(explorer.picture.png)


def test_layers_are_what_the_notebook_draws(make):
    """After any moves, back to where a hand has been among them; without a trace to the last pixel."""
    shown, explorer = table_from(make()).shown, make()
    states, now = states_of(explorer)
    assert (laid_together(shown, now, []) == decoded(explorer.picture.png)).all()
    earlier, rng = [], np.random.default_rng(0)
    for following in [*rng.integers(len(states), size=8), now, 0, now]:
        earlier, now = [now, *earlier][: shown["traces"]["most"]], following
        gap = np.abs(laid_together(shown, now, earlier) - drawn(explorer, states[now]))
        assert gap.max() <= SOFT and (gap > 0).mean() < 0.02


def test_without_its_traces_a_picture_would_be_another(make):
    """What the test above would say of a page that forgets them, or shows those of another setting."""
    shown, explorer = table_from(make()).shown, make()
    states, _ = states_of(explorer)
    picture = drawn(explorer, states[-1])
    assert np.abs(laid_together(shown, len(states) - 1, []) - picture).max() > 10 * SOFT
    assert np.abs(laid_together(shown, len(states) - 1, [len(states) - 2]) - picture).max() > 10 * SOFT


def lines(fig, *, high, earlier=()):
    """Draw a curve through all results, which is no layer: what one result adds depends on the others."""
    plots.stage.stage(fig, lambda fig: fig.subplots()).plot([*earlier, high])
    return high


def test_traces_that_are_no_layers_stay_in_the_notebook():
    """Nothing marks them; the table is of pictures without traces, and the page says so."""
    explorer = sliders.explore(lines, size=(3, 2), earlier=3, high=sliders.linear(0, 4, 2, step=1))
    found = table_from(explorer)
    assert found.shown["traces"] == {} and found.note == "Only the notebook keeps traces of earlier settings."


PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="_static/live.js"></script>
<div class="live-descent"><img src="data:image/png;base64,{}"></div>"""
MOVES = ((0, 2), (1, 2), (0, 3), (1, 0))  # of which control, and where to: of four earlier settings three are seen


@pytest.fixture
def page(site, tmp_path, browser):
    """Open a page of that slider of lesson 15, made of the site's own scripts."""
    with matplotlib.rc_context():
        plots.use_style()
        explorer = descent()
        saved = explorer.renderer.png(small=True)
        shown = table.table_of(explorer, saved).shown
    (tmp_path / "_static" / "tables").mkdir(parents=True)
    for name in ("live.js", "front_end.js"):
        shutil.copy(site / "_static" / name, tmp_path / "_static")
    (tmp_path / "_static" / "tables" / "descent.js").write_text(table.script_of("descent", shown), encoding="utf-8")
    (tmp_path / "index.html").write_text(PAGE.format(b64encode(saved).decode()), encoding="utf-8")
    with served(tmp_path) as home, reader(browser, home) as page:
        page.goto(f"{home}index.html")
        page.locator(".coursekit-explorer input[type=range]").first.wait_for()
        yield page


def test_a_page_shows_the_traces_of_the_moves_made_in_it(page):
    """Pixel by pixel the notebook's picture, after each of four moves."""
    told = []
    for control, position in MOVES:
        slider = page.locator(".coursekit-explorer input[type=range]").nth(control)
        slider.fill(str(position))
        page.wait_for_function("() => !document.querySelector('.coursekit-explorer').dataset.behind")
        canvas = page.locator("canvas.coursekit-picture")
        told.append((canvas.get_attribute("aria-label"), decoded(b64decode(canvas.evaluate(SHOWN).partition(",")[2]))))
    with matplotlib.rc_context():
        plots.use_style()
        explorer = descent()
        positions = [control.position for control in explorer.controls.values()]
        for (control, position), (words, seen) in zip(MOVES, told, strict=True):
            positions[control] = position
            picture = drawn(explorer, positions)
            assert words == explorer.picture.description
            gap = np.abs(seen - picture)
            assert gap.max() <= SOFT and (gap > 0).mean() < 0.02
