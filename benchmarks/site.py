"""Measure how fast the live sliders of the site answer, in headless Chromium. Two minutes.

    make site && python -m benchmarks.site [PAGE ...]

Each slider is moved with the arrow keys, a press at a time, then dragged over its whole way. The browser's own clock
says how long it takes from the touch to the end of the frame that has the changed picture. For each page: the median
and the 95th percentile. Exits with 1 if a median is longer than a frame of a screen with 60 per second, or if the first
page takes more than a second to load: the median of three, each in a browser that has kept nothing.
"""

import sys
from pathlib import Path
from statistics import median, quantiles

from benchmarks.sliders import onward
from tests.lab_browser import chromium
from tests.pages_server import served

FOLDER = Path(__file__).parent.parent / "build" / "site"
FRAME = 1000 / 60  # ms
LOADED = 1000  # ms, of the first page
PRESSES, DRAGS, PAUSE = 20, 40, 60  # a slider; ms between two
# A touch is answered when a picture is drawn anew, or another one is loaded, and the frame with it has been made.
WATCH = """(() => {
    const watch = window.watch = { times: [] };
    const channel = new MessageChannel();
    let touched = 0, asked = 0;
    channel.port1.onmessage = ({ data }) => watch.times.push(performance.now() - data);
    const touch = event => { touched = event.timeStamp; };
    for (const kind of ["keydown", "pointerdown", "pointermove"]) document.addEventListener(kind, touch, true);
    document.addEventListener("input", () => { asked = touched; }, true);
    const changed = () => {
        const since = asked;
        asked = 0;
        if (since) requestAnimationFrame(() => channel.port2.postMessage(since));
    };
    document.addEventListener("load", ({ target }) => target.matches?.(".coursekit-picture") && changed(), true);
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (...what) {
        draw.apply(this, what);
        if (this.canvas.isConnected) changed();
    };
})()"""


def pressed(page, control):
    """Press arrow keys, one after the other is answered; return the times in ms."""
    page.evaluate("watch.times = []")
    control.focus()
    key = "ArrowRight"
    for _ in range(PRESSES):
        key = onward(control, key)
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE)
    return page.evaluate("watch.times")


def dragged(page, control):
    """Drag a slider over its whole way; return the times in ms."""
    page.evaluate("watch.times = []")
    box = control.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 3, y)
    page.mouse.down()
    for step in range(1, DRAGS + 1):
        page.mouse.move(box["x"] + 3 + (box["width"] - 6) * step / DRAGS, y)
        page.wait_for_timeout(FRAME)
    page.mouse.up()
    page.wait_for_timeout(PAUSE)
    return page.evaluate("watch.times")


def answers(page, address):
    """Open a page; return its number of live sliders, and the times in ms after keys and while dragging."""
    page.goto(address)
    keys, drags, sliders = [], [], 0
    for place in page.locator("[class*='live-']").all():
        place.evaluate("place => place.scrollIntoView({block: 'center'})")
        place.locator(".coursekit-explorer").wait_for()
        page.wait_for_timeout(10 * PAUSE)
        for control in place.locator("input[type=range]").all():
            control.scroll_into_view_if_needed()
            keys += pressed(page, control)
            drags += dragged(page, control)
            sliders += 1
    return sliders, keys, drags


def loading(browser, home):
    """Load the first page three times, each time anew; return the median time in ms."""
    times = []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1300, "height": 900})
        page = context.new_page()
        page.goto(home, wait_until="load")
        page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        times.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        context.close()
    return median(times)


def shown(times):
    """Return the median and the 95th percentile of times as two cells of a table."""
    return f"{median(times):.0f} | {quantiles(times, n=20, method='inclusive')[-1]:.0f}"


def main(names):
    """Print the time of the first page and the table; return whether each median is short enough."""
    pages = names or [path.stem for path in sorted(FOLDER.glob("*.html")) if "live-" in path.read_text("utf-8")]
    with served(FOLDER) as home, chromium() as browser:
        first = loading(browser, home)
        fine = first <= LOADED
        print(f"The first page is loaded after {first:.0f} ms, at most {LOADED}: {'ok' if fine else 'MISSED'}\n")
        print(f"ms from a touch to the end of the frame that shows it; a frame of the screen is {FRAME:.0f} ms\n")
        print("| page | sliders | keys: median | 95 % | drags: median | 95 % | |\n|---|---|---|---|---|---|---|")
        for name in pages:
            page = browser.new_page(viewport={"width": 1300, "height": 900})
            page.add_init_script(WATCH)
            sliders, keys, drags = answers(page, f"{home}{name}.html")
            good = max(median(keys), median(drags)) <= FRAME
            print(f"| {name} | {sliders} | {shown(keys)} | {shown(drags)} | {'ok' if good else 'MISSED'} |", flush=True)
            fine = fine and good
            page.close()
    return fine


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
