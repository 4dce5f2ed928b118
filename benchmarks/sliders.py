"""Measure how fast the sliders answer, in the real JupyterLab in headless Chromium. About a minute a lesson.

    python -m benchmarks.sliders [LESSON ...]

On a screen with two pixels per CSS pixel, each slider is focused and moved with the arrow keys, and the browser's own
clock says how long it takes from the press of the key to the frame that shows the changed picture: median and 95th
percentile of the first change, and the median until the picture is at rest (for sliders that train). Then, for one
slider of each picture, an arrow key is pressed as fast as it goes for ten seconds: pictures shown, lag of the last one,
and what kernel and page hold more than before.
Exits with 1 if a target is missed.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import psutil

from gradekit.lesson import find_lessons
from tests.lab_browser import PLAYGROUND, chromium, open_lesson, served, sliders_of, write_solved

PRESSES, WARM, SWEEP = 20, 4, 10  # key presses a slider; seconds
RATIO = 2  # pixels per CSS pixel: the harder case
MEDIAN, P95, FIRST, LAG, GROWTH = 100, 200, 200, 1000, 20  # ms, ms, ms, ms, MB
WATCH = """input => {
    const picture = input.closest('.widget-vbox').querySelector('img.coursekit-picture');
    const probe = window.probe = {picture, shown: 0, size: [picture.clientWidth, picture.clientHeight]};
    probe.start = () => Object.assign(probe, {pressed: 0, first: 0, last: 0, told: 0});
    document.addEventListener('keydown', () => { probe.pressed = performance.now(); }, true);
    picture.addEventListener('load', () => requestAnimationFrame(() => {
        probe.shown++;
        probe.last = performance.now();
        probe.first ||= probe.last;
    }));
    new MutationObserver(() => { probe.told = performance.now(); }).observe(picture, {attributeFilter: ['alt']});
    probe.start();
}"""
SETTLED = """() => {
    const message = probe.picture.closest('.widget-vbox').querySelector('.coursekit-message');
    return probe.told && performance.now() - Math.max(probe.told, probe.last) > 250 && !message.textContent;
}"""
SAME = """input => {
    const picture = input.closest('.widget-vbox').querySelector('img.coursekit-picture');
    return picture === probe.picture && picture.clientWidth === probe.size[0] && picture.clientHeight === probe.size[1];
}"""

AT_REST = "() => new Promise(done => requestIdleCallback(() => requestAnimationFrame(() => done())))"
NUMBER = "input => [...document.querySelectorAll('.widget-vbox')].indexOf(input.closest('.widget-vbox'))"


def onward(control, key):
    """Return the arrow key that moves a slider on in its direction, or back from its end."""
    position, last = (int(float(number)) for number in control.evaluate("input => [input.value, input.max]"))
    return "ArrowLeft" if position == last else "ArrowRight" if position == 0 else key


def respond(page, control):
    """Press arrow keys one by one; return the times in ms until the first and the last change of the picture."""
    control.scroll_into_view_if_needed()
    page.evaluate(AT_REST)  # JupyterLab draws cells when they come into view; nobody presses a key before that
    control.evaluate(WATCH)
    control.focus()
    times, key = [], "ArrowRight"
    for _ in range(PRESSES):
        key = onward(control, key)
        page.evaluate("probe.start()")
        page.keyboard.press(key)
        page.wait_for_function(SETTLED)
        times.append(
            page.evaluate("[(probe.first || probe.told) - probe.pressed, (probe.last || probe.told) - probe.pressed]")
        )
    return list(zip(*times, strict=True))


def sweep(page, control, seconds):
    """Press an arrow key as fast as it goes; return the pictures shown and the lag in ms of the last one."""
    page.evaluate("probe.start(), probe.shown = 0")
    key, stop = "ArrowRight", time.monotonic() + seconds
    while time.monotonic() < stop:
        key = onward(control, key)
        page.keyboard.press(key)
    page.wait_for_function(SETTLED)
    return page.evaluate("[probe.shown, Math.max(probe.last, probe.told) - probe.pressed]")


def memory(session, kernel):
    """Return what kernel and page hold, in MB."""
    session.send("HeapProfiler.collectGarbage")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return kernel.memory_info().rss / 2**20, metrics["JSHeapUsedSize"] / 2**20


def measure(page, control):
    """Return median and 95th percentile of the first change and the median until rest, and whether that is in time."""
    first, settled = respond(page, control)
    p95 = quantiles(first, n=20, method="inclusive")[-1]
    trains = median(settled) > 1.5 * median(first)
    good = (median(first) < MEDIAN and p95 < P95) or (trains and p95 < FIRST)
    return (median(first), p95, median(settled)), good and control.evaluate(SAME)


def hold(page, control, kernel):
    """Sweep a slider: return the pictures shown, the lag of the last and what has grown, and whether that is fine."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    sweep(page, control, WARM)
    before = memory(session, kernel)
    shown, lag = sweep(page, control, SWEEP)
    growth = [now - then for now, then in zip(memory(session, kernel), before, strict=True)]
    return (shown, lag, *growth), lag < LAG and max(growth) < GROWTH and control.evaluate(SAME)


def kernels(process):
    """Return the kernels that a server runs now."""
    children = psutil.Process(process.pid).children(recursive=True)
    return {child for child in children if any("ipykernel" in part for part in child.cmdline())}


def main(names):
    """Print the table; return whether every target is met."""
    os.environ.setdefault("COURSEKIT_ITERS", "100")  # lesson 05 trains long; its sliders do not need that
    lessons = [
        name for name in (*(path.name for path in find_lessons()), PLAYGROUND) if not names or name[:-6] in names
    ]
    print(f"median < {MEDIAN} ms, 95 % < {P95} ms (trains: first change, 95 % < {FIRST} ms), growth < {GROWTH} MB\n")
    print("| lesson | slider | median | 95 % | at rest | pictures in 10 s | lag | kernel MB | page MB | |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    fine = True
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        write_solved(Path(folder, "course"))
        with served(Path(folder)) as (process, link):
            for lesson in lessons:
                known = kernels(process)
                page = open_lesson(browser, link, lesson, device_scale_factor=RATIO)
                (kernel,) = kernels(process) - known
                swept = set()
                for control in sliders_of(page):
                    numbers, good = measure(page, control)
                    widget = control.evaluate(NUMBER)
                    if widget not in swept:  # one slider of each picture
                        swept.add(widget)
                        more, held = hold(page, control, kernel)
                        numbers, good = numbers + more, good and held
                    cells = [f"{number:.0f}" for number in numbers] + [""] * (7 - len(numbers))
                    name = control.get_attribute("aria-label")
                    print(f"| {lesson[:2]} | {name} | {' | '.join(cells)} | {'ok' if good else 'MISSED'} |", flush=True)
                    fine = fine and good
                page.context.close()
    return fine


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
