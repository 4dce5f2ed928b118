"""Sliders on the web: moved by key, mouse and finger they end at the picture that the notebook's own drawing gives."""

import io
from base64 import b64decode
from contextlib import contextmanager

import matplotlib
import numpy as np
import pytest
from PIL import Image

from coursekit import plots, sliders
from tests.site.conftest import reader

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
# The picture as the page shows it, an image or a canvas, as a PNG in base64.
SHOWN = """async image => {
    await image.decode?.();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, {width: image.naturalWidth ?? image.width, height: image.naturalHeight ?? image.height});
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL();
}"""


def temperature(text):
    """Return the picture of lesson 00's slider at a temperature, drawn as its cell draws it."""
    with matplotlib.rc_context():
        plots.use_style()
        T = sliders.logarithmic(0.1, 100, 1.0)
        explorer = sliders.explore(plots.draw_temperature, size=(8, 3.4), temperature=T)
        T.position = T.texts.index(text)
        explorer.redraw()  # now: playwright's own loop would draw it later
        return decoded(explorer.picture.png)


def decoded(png):
    """Return the pixels of a picture."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def shown(page):
    """Return the pixels of the first live picture."""
    data = page.locator(".coursekit-explorer canvas").first.evaluate(SHOWN)
    return decoded(b64decode(data.partition(",")[2]))


def awake(page):
    """Bring the first slider of a page on the screen, and return it when it lives."""
    page.locator("[class*='live-']").first.evaluate("place => place.scrollIntoView({block: 'center'})")
    return page.locator(".coursekit-explorer input[type=range]").first


def ends_at(page, text):
    """Wait for the picture of a temperature; show that the notebook draws the same, and that nothing is late."""
    page.get_by_role("img", name=f"temperature {text}:").wait_for()
    page.wait_for_function("() => !document.querySelector('.coursekit-explorer').dataset.behind")
    assert (shown(page) == temperature(text)).all()
    assert page.locator(".coursekit-message").first.inner_text() == ""


@pytest.mark.parametrize("where", ["", "00_start_here.html"])
def test_a_slider_moves_by_key_and_mouse(home, browser, where):
    """On the first page and in its lesson: by a key, a click, a drag, a number and Delete."""
    with reader(browser, home, viewport={"width": 1300, "height": 900}) as page:
        page.goto(home + where)
        slider = awake(page)
        slider.press("ArrowRight")
        ends_at(page, "1.12")
        box = slider.bounding_box()
        page.mouse.click(box["x"] + box["width"] - 3, box["y"] + 9)
        ends_at(page, "100")
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 9, steps=7)
        page.mouse.move(box["x"] + 3, box["y"] + 9, steps=7)
        page.mouse.up()
        ends_at(page, "0.1")
        page.get_by_label("temperature, to type").first.fill("10")
        page.keyboard.press("Enter")
        ends_at(page, "10")
        slider.press("Delete")
        ends_at(page, "1")


def test_a_slider_moves_by_finger(home, browser):
    """On a phone, too; the page is no wider than before."""
    screen = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 3}
    with reader(browser, home, **screen) as page:
        page.goto(home)
        slider = awake(page)
        box = slider.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] - 3, box["y"] + 9)
        ends_at(page, "100")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_slider_sleeps_until_it_is_near(home, browser):
    """Its table is loaded when it comes near the screen, once."""
    with reader(browser, home, viewport={"width": 1300, "height": 500}) as page:
        asked = []
        page.on("request", lambda request: "/tables/" in request.url and asked.append(request.url))
        page.goto(f"{home}00_start_here.html")
        page.wait_for_load_state("networkidle")
        assert asked == []
        awake(page).wait_for()
        assert asked == [f"{home}_static/tables/00-108.js"]


@contextmanager
def decoded_around(browser, home):
    """Open the first page and move its slider a step; give both when all that is near has been decoded."""
    with reader(browser, home, viewport={"width": 1300, "height": 900}) as page:
        page.goto(home)
        slider = awake(page)
        slider.press("ArrowRight")
        ends_at(page, "1.12")
        page.wait_for_function(DECODED)
        yield page, slider


def test_the_picture_follows_within_the_event(home, browser):
    """What is near has been decoded ahead: when the event of a move is over, the picture is there."""
    with decoded_around(browser, home) as (_, slider):
        assert slider.evaluate(MOVE) == ["temperature 1.26:", True]


# All pieces of the states beside this one; what a move has come to when its event is over: words, and other pixels.
DECODED = "() => Piece.decoded.size >= 2 * AHEAD"
MOVE = """input => {
    const canvas = document.querySelector('.coursekit-explorer canvas.coursekit-picture');
    const before = canvas.toDataURL();
    input.value = input.valueAsNumber + 1;
    input.dispatchEvent(new Event('input', {bubbles: true}));
    return [canvas.ariaLabel.match(/^temperature [\\d.]+:/)[0], canvas.toDataURL() !== before];
}"""


def test_what_no_table_holds_says_where_it_lives(home, browser):
    """The picture stays, without controls; a line under it leads to the copy that has it."""
    with reader(browser, home, viewport={"width": 1300, "height": 900}) as page:
        page.goto(f"{home}01_theory.html")
        notes = page.locator("div.slider-note")
        assert notes.count() == 3 and page.locator("[class*='live-']").count() == 0
        assert "it runs with Python, in this page" in notes.first.inner_text()
        assert notes.first.locator("a").get_attribute("href").endswith("01_theory.ipynb")


def test_pages_from_a_folder_live_too(site, browser):
    """Opened without a server, as after ``make site``."""
    address = site.as_uri()
    with reader(browser, address, viewport={"width": 1300, "height": 900}) as page:
        page.goto(f"{address}/index.html")
        awake(page).press("ArrowLeft")
        ends_at(page, "0.891")


STRIDE = 7  # positions a move, more than are decoded around each
# Moves the slider as a quick hand does; waits until as many pieces are decoded as it will need to go on.
LEAP = """async ([input, stride]) => {
    const load = Painter.prototype.load;
    const loaded = new Set();
    Painter.prototype.load = function (state, ...rest) {
        return load.call(this, state, ...rest).then((done) => (loaded.add(state), done));
    };
    const leap = () => {
        input.value = input.valueAsNumber + stride;
        input.dispatchEvent(new Event('input', {bubbles: true}));
        return document.querySelector('.coursekit-explorer canvas').ariaLabel.match(/^temperature ([\\d.]+):/)[1];
    };
    leap();
    const next = input.valueAsNumber + stride;
    for (let beat = 0; beat < 100 && !loaded.has(next); beat++) await new Promise((done) => setTimeout(done, 20));
    Painter.prototype.load = load;
    return [leap(), input.getAttribute('aria-valuetext')];
}"""
# Moves it that far again and again, each time when the picture has followed; counts the pieces decoded at once.
RUSH = """async ([input, stride]) => {
    const decode = window.createImageBitmap;
    let under = 0, most = 0;
    window.createImageBitmap = (...what) => {
        most = Math.max(most, ++under);
        return decode(...what).finally(() => under--);
    };
    for (const away of [1, -1, 2, -2, 3, -3]) {
        input.value = input.valueAsNumber + away * stride;
        input.dispatchEvent(new Event('input', {bubbles: true}));
        const follows = `temperature ${input.getAttribute('aria-valuetext')}:`;
        while (!document.querySelector('.coursekit-explorer canvas').ariaLabel.startsWith(follows))
            await new Promise((done) => setTimeout(done));
        await new Promise((done) => setTimeout(done, 5)); // now it decodes ahead
    }
    window.createImageBitmap = decode;
    return most;
}"""


def test_a_quick_hand_finds_its_picture_decoded(home, browser):
    """A drag that goes on as it does: the picture is there within the event, though it is far from the last."""
    with reader(browser, home, viewport={"width": 1300, "height": 900}) as page:
        page.goto(home)
        slider = awake(page)
        slider.press("Home")
        ends_at(page, "0.1")
        shown, asked = page.evaluate(LEAP, [slider.element_handle(), STRIDE])
        assert shown == asked


def test_what_is_asked_for_does_not_wait_for_what_may_be(home, browser):
    """While a hand moves, a piece or two are decoded beside that of the picture that it asks for, not eight."""
    with decoded_around(browser, home) as (page, slider):
        assert page.evaluate(RUSH, [slider.element_handle(), STRIDE]) <= 3


def test_what_is_asked_for_again_is_not_forgotten_next(home, browser):
    """What a hand may come to is asked for with each move: it is not the first to make room."""
    with decoded_around(browser, home) as (page, _):
        ask = "const [oldest] = Piece.decoded; await oldest.load()"
        assert page.evaluate(f"async () => {{ {ask}; return oldest === [...Piece.decoded].at(-1); }}")


# A hearer of one value looks at the other.
HEARD = """() => {
    const model = new Model({here: 0, there: 0}), heard = [];
    model.on("change:here", () => heard.push(model.get("there")));
    model.on("change", () => heard.push("change"));
    model.set({here: 1, there: 2});
    model.set({here: 1, there: 2});
    model.set("there", 3);
    return heard;
}"""


def test_a_model_takes_several_values_together(home, browser):
    """As a notebook's does: all of them, then the news of each that changed, then of the change."""
    with reader(browser, home) as page:
        page.goto(home)
        assert page.evaluate(HEARD) == [2, "change", "change"]
