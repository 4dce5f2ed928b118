"""Pictures at night in JupyterLab in Chromium: dark, legible, their images as they are, and by day as they were."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from gradekit.tidying import KERNEL
from tests.lab_browser import open_lesson
from tests.night import CORNER, contrast, decoded, inside, is_shown, seen, source, told

NIGHT, DAY = "JupyterLab Dark", "JupyterLab Light"
NAME = "dark.ipynb"
CELLS = (
    """import matplotlib.pyplot as plt
import numpy as np
from coursekit import plots, sliders
plots.use_style()
sheet = np.linspace(0, 1, 30).reshape(5, 6)
def draw(fig, *, power):
    left, right = fig.add_axes((0.05, 0.2, 0.35, 0.6)), fig.add_axes((0.55, 0.2, 0.4, 0.6))
    left.imshow(sheet**power, aspect="auto", cmap="magma", interpolation="nearest")
    left.set_axis_off()
    right.plot([0, 1], [0, power], color="black")
    right.set_title("words")""",
    "sliders.explore(draw, size=(6, 3), power=sliders.linear(1, 4, 1, step=1))",
    "fig, ax = plt.subplots()\n_ = ax.plot([1, 2], color='black')\n_ = ax.set_title('lines')",
    "fig = plt.figure(figsize=(6, 3), layout='none')\ndraw(fig, power=1)",
    "sliders.explore(lambda fig, ink: fig.gca(), ink=sliders.pad((6, 6), start=np.eye(6) * 255, centre=False))",
    "sliders.playground()",
)
GROUND = 0x11  # of JupyterLab's dark theme
SORTS = {
    "slider": ".coursekit-explorer .coursekit-frame",
    "lines": ".jp-RenderedImage > .jp-needs-light-background",
    "figure": ".jp-RenderedImage .coursekit-frame",
    "pad": ".coursekit-pad > canvas",
    "seen": ".coursekit-pad .coursekit-seen",
}
LAID_OVER = ".jp-RenderedImage .coursekit-frame > .coursekit-kept"


@pytest.fixture(scope="module")
def page(browser, course):
    """Open a notebook with a slider, figures of both sorts and a pad, and run it by day."""
    folder, link = course
    cells = [new_code_cell(source) for source in CELLS]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": dict(KERNEL)}), folder / NAME)
    page = open_lesson(browser, link, NAME, device_scale_factor=2)
    page.wait_for_selector(LAID_OVER, state="attached")
    yield page
    page.context.close()


def turn(page, theme):
    """Choose a theme, and wait until the page has it."""
    page.keyboard.press("Control+Shift+C")
    page.locator(".lm-CommandPalette-input").fill(f"Use Theme: {theme}")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=str(theme == DAY).lower())
    page.wait_for_timeout(700)  # its colours come after its name


@pytest.fixture(scope="module")
def looks(page):
    """Give what each sort of picture looks like by day, at night, and by day again."""
    days = []
    for theme in (DAY, NIGHT, DAY):
        turn(page, theme)
        days.append({sort: seen(page.locator(selector).first) for sort, selector in SORTS.items()})
    return days


@pytest.mark.parametrize("sort", SORTS)
def test_a_picture_is_dark_at_night_and_as_before_by_day(looks, sort):
    """Its ground is the theme's, its words and lines stand out; after the night each pixel is what it was."""
    day, night, again = (look[sort] for look in looks)
    assert day[CORNER].min() == 255 and night[CORNER].tolist() == [GROUND] * 3
    assert contrast(night) >= 4.5
    assert (again == day).all()


@pytest.mark.parametrize("sort", ["slider", "figure"])
def test_an_image_in_a_picture_keeps_its_colours(page, looks, sort):
    """In its box each pixel is the same at night; the paper around it is dark."""
    day, night, _ = (look[sort] for look in looks)
    ((left, top, right, bottom),) = boxes = boxes_of(page, sort)
    assert (inside(day, boxes[0]) == inside(night, boxes[0])).all()
    edge = [left - 0.02, top - 0.02, right + 0.02, bottom + 0.02]
    dark = (inside(night, edge) == GROUND).all(axis=2)
    assert dark[:2].all() and dark[-2:].all() and dark[:, :2].all() and dark[:, -2:].all()  # and nothing else is light


def boxes_of(page, sort):
    """Return the boxes that a picture tells: a slider's model in Python, a figure in its PNG."""
    if sort == "figure":
        return json.loads(told(source(page.locator(f"{SORTS[sort]} > img").first)))
    return [[0.05, 0.2, 0.4, 0.8]]


def test_by_day_a_picture_is_shown_pixel_for_pixel(page, looks):
    """What the kernel drew is what the screen shows: nothing lies over it."""
    drawn = decoded(source(page.locator(f"{SORTS['slider']} > img").first))
    assert is_shown(drawn, looks[0]["slider"])


def test_a_moved_slider_keeps_its_image_at_night(page):
    """Both layers show the new picture."""
    turn(page, NIGHT)
    page.get_by_label("power", exact=True).press("ArrowRight")
    page.get_by_role("img", name="power 2").wait_for()
    page.wait_for_timeout(300)
    frame = page.locator(SORTS["slider"]).first
    drawn = decoded(source(frame.locator("img").first))
    box = inside(drawn, [0.05, 0.2, 0.4, 0.8])
    assert is_shown(box, seen(frame))
    turn(page, DAY)


def test_figures_are_dark_before_any_slider_has_come(page):
    """The course's server gives the same style to every page."""
    style = page.evaluate("async () => [...document.styleSheets].some(sheet => sheet.href?.endsWith('custom.css'))")
    assert style and "--coursekit-ground" in page.evaluate("async () => (await fetch('/custom/custom.css')).text()")


def test_a_class_has_the_colour_of_its_points(page):
    """Beside the weights as in the picture, by day and at night."""
    for theme in (DAY, NIGHT):
        turn(page, theme)
        shown = seen(page.locator(".coursekit-explorer:has(.coursekit-class) .coursekit-frame"))
        for name in page.locator(".coursekit-class").all():
            swatch = seen(name)
            colour = swatch[len(swatch) // 2, 8]
            assert (abs(shown - colour).max(axis=2) <= 2).sum() > 50, (theme, name.text_content(), colour)
