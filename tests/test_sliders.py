"""Sliders without a browser: controls, pictures, bursts of moves, failures, and what a page without a kernel shows."""

import asyncio
import base64
import gc
import io
import threading

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.artist import Artist
from PIL import Image

from coursekit import sliders
from coursekit.plots.stage import stage
from coursekit.sliders import explorer as explorer_room
from coursekit.sliders._png import quick_png
from coursekit.sliders.centring import centred

PNG = b"\x89PNG"


@pytest.fixture
def explorer():
    """Return a small explorer and the list of values that it drew."""
    drawn = []

    def draw(fig, *, height, kind):
        drawn.append((height, kind))
        fig.gca().bar(["a"], [height])
        fig.gca().set_title(f"{kind} is {height}")

    controls = {"height": sliders.linear(0, 10, 3, step=1), "kind": sliders.choice("L1", "L2")}
    return sliders.explore(draw, size=(3, 2), **controls), drawn


def in_a_kernel(*moves, rest=0.3, until=lambda: True):
    """Call functions one after another as a kernel does, in an event loop, and wait until all is drawn."""

    async def run():
        for move in moves:
            move()
            for _ in range(3):  # one turn to hear of it, one to begin, one to draw
                await asyncio.sleep(0)
        await asyncio.sleep(rest)
        for _ in range(100):  # on a busy machine
            if not until():
                await asyncio.sleep(0.1)

    asyncio.run(run())


def test_a_move_changes_the_picture(explorer):
    """Outside a kernel each move is drawn at once."""
    widget, drawn = explorer
    before = widget.picture.png
    widget.controls["height"].value = 7
    widget.controls["kind"].value = "L2"
    assert drawn == [(3, "L1"), (7, "L1"), (7, "L2")]
    assert widget.picture.png.startswith(PNG) and widget.picture.png != before


def test_a_burst_of_moves_is_answered_by_its_newest(explorer):
    """Moves that arrive together in a kernel's event loop are drawn once."""
    widget, drawn = explorer

    def burst():
        for height in range(10):
            widget.controls["height"].value = height

    in_a_kernel(burst)
    assert drawn == [(3, "L1"), (9, "L1")]


def test_the_picture_tells_its_state_and_its_finding(explorer):
    """Who cannot see the picture reads the controls and the titles."""
    widget, _ = explorer
    widget.controls["height"].value = 7
    assert widget.picture.description == "height 7, kind L1: L1 is 7"


def test_saved_output_holds_a_picture_and_a_stable_text(explorer):
    """Without a kernel a page shows the first picture, with its text; nbval compares a text without addresses."""
    widget, _ = explorer
    bundle, metadata = widget._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == "height 3, kind L1: L1 is 3"
    assert bundle["text/plain"] == "slider: height 3, kind L1"
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_no_figure_is_left_in_pyplot(explorer):
    """The figure is the explorer's own, so a notebook does not collect open figures."""
    assert plt.get_fignums() == []


def test_a_failure_is_one_line_under_the_picture():
    """The picture stays, the message says what went wrong, and the next good value clears it."""

    def draw(fig, *, a):
        if a == 0:
            raise ValueError("a must not be 0")

    widget = sliders.explore(draw, a=sliders.linear(0, 3, 1, step=1))
    before = widget.picture.png
    widget.controls["a"].value = 0
    assert (widget.picture.message, widget.picture.failed) == ("✗ ValueError: a must not be 0", True)
    assert widget.picture.png == before and isinstance(widget.error, ValueError)
    widget.controls["a"].value = 2
    assert (widget.picture.message, widget.picture.failed, widget.error) == ("", False, None)


def test_a_failure_in_a_kernel_is_shown_too():
    """Redraws come from the event loop there; nothing is lost in it."""

    def draw(fig, *, a):
        if a:
            raise ValueError("first line\nsecond line")

    widget = sliders.explore(draw, a=sliders.choice(0, 1))
    in_a_kernel(lambda: widget.controls["a"].set_trait("value", 1))
    assert widget.picture.message == "✗ ValueError: first line second line"


def test_a_failure_at_the_start_is_raised():
    """Whoever writes the lesson sees it in the cell."""
    with pytest.raises(ValueError, match="at the start"):
        sliders.explore(lambda fig, a: (_ for _ in ()).throw(ValueError("at the start")), a=sliders.choice(1, 2))


def training(log):
    """Return a drawing function in four frames that notes the frames it drew and how it ended."""

    def draw(fig, *, rate, earlier=()):
        for step in range(4):
            log.append((rate, step))
            fig.suptitle(f"{rate} {step}")
            yield f"step {step}"
        return rate, earlier

    return draw


def test_a_drawing_that_trains_shows_its_progress():
    """Each yield is a picture with its text; the end clears it."""
    log, seen = [], []
    widget = sliders.explore(training(log), rate=sliders.choice(1, 2, 3))
    widget.picture.observe(lambda change: seen.append(change.new), "message")
    in_a_kernel(lambda: widget.controls["rate"].set_trait("value", 2))
    assert log == [(1, step) for step in range(4)] + [(2, step) for step in range(4)]
    assert seen == ["step 0", "step 1", "step 2", "step 3", ""]


def test_a_move_gives_up_the_training_under_way():
    """The old setting draws no frame after the move; the new one draws them all."""
    log = []
    widget = sliders.explore(training(log), rate=sliders.choice(1, 2, 3))
    del log[:]
    rate = widget.controls["rate"]
    in_a_kernel(lambda: rate.set_trait("value", 2), lambda: rate.set_trait("value", 3))
    assert log == [(2, 0)] + [(3, step) for step in range(4)]


def measuring(fig, *, rate):
    """Draw the same picture again and again, with another text below it."""
    fig.suptitle(str(rate))
    for step in range(9):
        yield f"step {step}"


@pytest.mark.parametrize("draw", [measuring, training([])], ids=["the same picture", "a page that is hidden"])
def test_a_page_that_shows_nothing_new_holds_nothing_up(monkeypatch, draw):
    """A picture that is as before is not shown again, and no page is waited for without end."""
    monkeypatch.setattr(explorer_room, "AHEAD", 1)
    monkeypatch.setattr(explorer_room, "PATIENCE", 600 if draw is measuring else 0.01)
    widget = sliders.explore(draw, rate=sliders.choice(1, 2, 3))
    widget.picture.seen = 1  # and then the page shows nothing more
    widget.picture.frame = 1
    quiet = lambda: widget.picture.message == ""  # noqa: E731
    in_a_kernel(lambda: widget.controls["rate"].set_trait("value", 2), until=quiet)
    assert widget.picture.message == "" and "rate 2" in widget.picture.description


def test_moves_from_another_thread_are_drawn_in_the_cells_thread():
    """JupyterLab hands moves to a thread of their own while the first may still be drawn: one thread draws them all."""
    threads = []

    def draw(fig, *, a):
        threads.append(threading.current_thread())

    async def run():
        widget = sliders.explore(draw, a=sliders.linear(0, 50, 0, step=1))
        control = widget.controls["a"]
        mover = threading.Thread(target=lambda: [control.set_trait("value", a) for a in range(1, 51)])
        mover.start()
        await asyncio.sleep(0.2)
        mover.join()
        await asyncio.sleep(0.2)
        return widget

    assert asyncio.run(run()).picture.description.startswith("a 50")
    assert set(threads) == {threading.current_thread()}


def test_earlier_results_are_handed_on():
    """The last few completed results, oldest first: for ghosts."""
    results = []

    def draw(fig, *, a, earlier):
        results.append((a, earlier))
        return a

    widget = sliders.explore(draw, earlier=2, a=sliders.linear(0, 9, 0, step=1))
    for a in (4, 5, 6):
        widget.controls["a"].value = a
    assert results == [(0, ()), (4, (0,)), (5, (0, 4)), (6, (4, 5))]


def staged(fig, *, a):
    """Draw a dot over a stage."""
    ax = stage(fig, lambda_stage)
    ax.plot(a, a, "o", color="C1")
    ax.set_title(f"a = {a}")


def lambda_stage(fig):
    """Draw what stays."""
    ax = fig.subplots()
    ax.plot([0, 10], [0, 10], color="C0")
    ax.set(xlim=(0, 10), ylim=(0, 10))
    return ax


def pixels(png):
    """Return a PNG as an array."""
    return np.asarray(Image.open(io.BytesIO(png)))


def test_a_staged_picture_equals_matplotlibs_own():
    """What is drawn over the kept background is what a full drawing of the same figure gives, to the pixel."""
    widget = sliders.explore(staged, size=(3, 3), a=sliders.linear(0, 9, 1, step=1))
    widget.controls["a"].value = 6
    widget.renderer.canvas.draw()
    assert (pixels(widget.picture.png) == np.asarray(widget.renderer.canvas.buffer_rgba())[..., :3]).all()


def test_what_stays_is_drawn_once(monkeypatch):
    """A move of a staged picture draws the moving artists only; a changed limit draws all."""
    widget, drawn = sliders.explore(staged, size=(3, 3), a=sliders.linear(0, 9, 1, step=1)), []
    original = widget.renderer.canvas.draw
    monkeypatch.setattr(widget.renderer.canvas, "draw", lambda: (drawn.append(1), original()))
    for a in range(2, 9):
        widget.controls["a"].value = a
    assert drawn == []
    widget.renderer.figure.axes[0].set_xlim(0, 20)
    widget.controls["a"].value = 1
    assert drawn == [1]


def test_moves_leave_no_artists_behind():
    """Three hundred moves later the figure holds as many artists, and so does the process."""
    widget = sliders.explore(staged, size=(2, 2), a=sliders.linear(0, 9, 1, step=1))

    def count():
        gc.collect()  # then by type: some objects of other libraries warn when asked for their class
        return sum(issubclass(type(thing), Artist) for thing in gc.get_objects())

    for i in range(20):
        widget.controls["a"].value = i % 10
    before = count()
    for i in range(300):
        widget.controls["a"].value = i % 10
    assert count() <= before


def test_a_control_moves_by_position_or_by_value():
    """The front end moves positions; a lesson sets values, exactly even between two positions."""
    control = sliders.linear(0.0, 1.0, 0.5, step=0.1)
    control.position = 7
    assert (control.value, control.text) == (0.7, "0.7")
    control.value = 0.33
    assert (control.value, control.position, control.text) == (0.33, 3, "0.3")


@pytest.mark.parametrize(
    ("control", "texts"),
    [
        (sliders.linear(0, 3, 1, step=1), ["0", "1", "2", "3"]),
        (sliders.linear(-0.5, 0.5, 0.0, step=0.25), ["-0.50", "-0.25", "0.00", "0.25", "0.50"]),
        (sliders.linear(0.0, 0.3, 0.1, step=0.1), ["0.0", "0.1", "0.2", "0.3"]),
        (sliders.choice(1, 10, "all"), ["1", "10", "all"]),
    ],
)
def test_a_slider_writes_its_values(control, texts):
    """As many decimals as the step has."""
    assert control.texts == texts


def test_logarithmic_steps_are_equal_factors():
    """Twenty a decade, powers of ten among them, the ends as they were given."""
    control = sliders.logarithmic(0.05, 200, 1.0)
    assert (control.values[0], control.values[-1], control.value) == (0.05, 200.0, 1.0)
    assert {0.1, 1.0, 10.0, 100.0} <= set(control.values)
    inner = np.array(control.values[1:-1])
    np.testing.assert_allclose(inner[1:] / inner[:-1], 10**0.05)


def test_a_pad_holds_what_is_drawn():
    """The front end sends bytes; the value is an array of them."""
    control = sliders.pad((2, 3), start=[0, 1, 2, 3, 4, 255])
    control.pixels = bytes([9, 0, 0, 0, 0, 7])
    assert control.value.tolist() == [9, 0, 0, 0, 0, 7]
    assert control.text == "with 2 pixels inked"


def test_a_pad_that_is_set_is_drawn_once():
    """Value and pixels follow each other without going round in a circle."""
    drawn = []
    widget = sliders.explore(lambda fig, digit: drawn.append(digit.tolist()), digit=sliders.pad((1, 2)))
    widget.controls["digit"].value = np.array([1, 2], np.uint8)
    widget.controls["digit"].pixels = bytes([3, 4])
    assert drawn == [[0, 0], [1, 2], [3, 4]]


def asked(draw, **options):
    """Return an explorer with a pad of two pixels that asks for one of two answers."""
    return sliders.explore(draw, digit=sliders.pad((1, 2), answers=("left", "right"), **options))


def test_a_pad_shows_what_the_drawing_says_of_it():
    """The largest probability and its name, for the state of the sheet that was drawn."""
    widget = asked(lambda fig, digit: np.array([1.0, 3.0]) / 4, start=[0, 9])
    control = widget.controls["digit"]
    assert control.answer == {"position": 0, "seen": bytes([0, 9]), "name": "right", "share": "75.0%"}
    control.set_state({"pixels": bytes([0, 8]), "position": 1})
    assert (control.answer["position"], control.answer["seen"]) == (1, bytes([0, 8]))


def test_an_empty_sheet_has_no_answer():
    """The function is not called, the picture has neither bars nor numbers, and drawing goes on afterwards."""
    called = []

    def draw(fig, digit):
        called.append(digit.tolist())
        stage(fig, lambda fig: fig.subplots()).set_title("drawn")
        return np.array([0.25, 0.75])

    widget = asked(draw)
    control = widget.controls["digit"]
    assert called == [] and "name" not in control.answer
    assert widget.picture.description == "digit with 0 pixels inked: draw something"
    for pixels, last in (([1, 0], "drawn"), ([0, 0], "draw something"), ([0, 1], "drawn")):
        control.pixels = bytes(pixels)
        assert widget.picture.description.endswith(f": {last}")
        assert ("name" in control.answer) == (last == "drawn")
    assert called == [[1, 0], [0, 1]] and widget.error is None


def test_a_drawing_that_failed_leaves_no_answer():
    """What cannot be drawn, and what is not one probability for each answer, takes the number away and says why."""
    results = iter([np.array([0.25, 0.75]), np.ones(3), ZeroDivisionError("no")])

    def draw(fig, digit):
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    widget = asked(draw, start=[0, 9])
    control = widget.controls["digit"]
    for pixels, said in (
        (b"\1\0", "one probability for each of the 2 answers; got ndarray of shape (3,)"),
        (b"\2\0", "no"),
    ):
        control.answer |= {"name": "of before"}
        control.pixels = pixels
        assert said in widget.picture.message and widget.picture.failed
        assert "name" not in control.answer


def test_a_generator_answers_at_its_end():
    """While it draws there is no answer; what it returns is one."""
    heard = []

    def draw(fig, digit):
        yield "half"
        heard.append(dict(widget.controls["digit"].answer) if heard else {})
        return np.array([0.25, 0.75])

    heard.append({})
    widget = asked(lambda fig, digit: np.array([1.0, 0.0]), start=[0, 9])
    widget.draw = draw
    widget.controls["digit"].pixels = b"\1\0"
    assert "name" not in heard[-1] and widget.controls["digit"].answer["share"] == "75.0%"


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 19), st.integers(0, 19), st.integers(1, 255))
def test_centred_ink_fills_twenty_and_lies_in_the_middle(height, width, top, left, ink):
    """The longer side is 20 pixels, the centre of the ink within a pixel of the middle, wherever it was drawn."""
    sheet = np.zeros((28, 28), np.uint8)
    sheet[top : top + height, left : left + width] = ink
    made = centred(sheet.ravel(), (28, 28)).reshape(28, 28)
    rows, columns = (np.flatnonzero(made.any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    centre = ((np.indices((28, 28)) + 0.5) * made).sum(axis=(1, 2)) / made.sum(dtype=float)
    assert np.abs(centre - 14).max() <= 0.51


def test_nothing_is_lost_when_the_ink_is_far_from_its_middle():
    """A heavy end would push the light one off the sheet; all of it stays on."""
    sheet = np.zeros((28, 28), np.uint8)
    sheet[4:24, 4], sheet[4, 4:24], sheet[20:24, 4:8] = 255, 1, 255
    made = centred(sheet.ravel(), (28, 28)).reshape(28, 28)
    assert made.sum() == sheet.sum() and not centred(np.zeros(6, np.uint8), (2, 3)).any()


def test_centring_is_turned_on_and_off():
    """The value is what the model sees, the pixels what was drawn; off gives the drawing back."""
    sheet = np.zeros((28, 28), np.uint8)
    sheet[0, :20] = 255
    control = sliders.pad(start=sheet, centre=False)
    assert control.offers_centring and (control.value == sheet.ravel()).all()
    control.centred = True
    assert control.value.reshape(28, 28)[14, 4:24].all() and bytes(control.pixels) == sheet.tobytes()
    control.value = sheet.ravel()[::-1].copy()
    assert control.value.reshape(28, 28)[14, 4:24].all() and control.pixels[-1] == 255
    control.centred = False
    assert bytes(control.pixels) == control.value.tobytes()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: sliders.linear(0, 1, 2), "start must lie between low = 0 and high = 1; got 2"),
        (lambda: sliders.logarithmic(0, 1, 1), "low must be positive; got 0"),
        (lambda: sliders.choice("L1", "L2", start="L3"), "start 'L3' is not one of the options L1, L2"),
        (lambda: sliders.choice("L1", "L2").set_trait("value", "L3"), "'L3' is not one of its values"),
        (lambda: sliders.pad((2, 2), start=[0, 0, 256, 0]), "needs a start of 4 pixels in 0..255; got 4 from 0 to 256"),
    ],
)
def test_what_does_not_fit_a_control_is_refused(make, message):
    """The error says what was given and what was needed."""
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace(")", r"\)")):
        make()


def test_a_control_that_is_none_is_refused():
    """The error says what to write."""
    with pytest.raises(TypeError, match=r"height must be a control; got tuple. Write height=sliders.linear"):
        sliders.explore(lambda fig, height: None, height=(0, 10))


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 7, 3)])
def test_a_quick_png_holds_the_very_pixels(shape):
    """Pillow reads from it what was put in, differences beyond 255 included."""
    rgb = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    assert (np.asarray(Image.open(io.BytesIO(quick_png(rgb)))) == rgb).all()


def test_a_sharper_page_gets_more_pixels(explorer):
    """At two pixels per CSS pixel the picture has twice as many each way, and says the same."""
    widget, _ = explorer
    before = widget.picture.description
    widget.picture.scale = 2.0
    assert Image.open(io.BytesIO(widget.picture.png)).size == (2 * widget.picture.width, 2 * widget.picture.height)
    assert widget.picture.description == before


def test_a_picture_tells_what_it_was_drawn_for(explorer):
    """The page compares these positions with its controls: a failure is an answer, too."""
    widget, _ = explorer
    widget.controls["height"].value = 7
    assert widget.picture.answered == {"height": 7, "kind": 0}

    def broken(fig, *, a):
        if a:
            raise ValueError("broken")

    widget = sliders.explore(broken, a=sliders.choice(*range(9)))
    widget.controls["a"].value = 5
    assert widget.picture.failed and widget.picture.answered == {"a": 5}


def test_a_scale_marks_what_there_is_room_for():
    """Powers of ten, zero, or each of a few values; no number so near another one that they touch."""
    assert [text for _, text in sliders.logarithmic(0.1, 100, 1).ticks] == ["", "1", "10", ""]
    assert sliders.linear(-4.0, 4.0, 1, step=0.1).ticks == [[40, "0.0"]]
    assert [place for place, _ in sliders.linear(1, 6, 4, step=1).ticks] == [*range(6)]
    ticks = [place / 324 for place, text in sliders.logarithmic(1e-16, 2, 1).ticks if text]
    assert len(ticks) > 2 and np.diff([0, *ticks, 1]).min() > 0.15


def test_words_are_options_and_numbers_a_slider():
    """A few values stand side by side; more numbers than four are a range."""
    kinds = [type(sliders.choice(*values)).__name__ for values in (["a", "b"], [1, 2, 3, 4], [1, 2, 3, 4, 5], "abcde")]
    assert kinds == ["Options", "Options", "Slider", "Options"]
    assert sliders.choice(0, 1, 2, start=1).value == 1


def test_a_control_alone_has_the_row_and_plays():
    """Not so where each move trains, among equals, or with few values."""

    def trains(fig, *, a):
        yield ""

    def draw(fig, **values):
        pass

    many, few = lambda: sliders.linear(0, 50, 0, step=1), lambda: sliders.linear(0, 5, 0, step=1)
    asked = ((draw, {"a": many()}), (trains, {"a": many()}), (draw, {"a": few()}), (draw, {"a": many(), "b": many()}))
    firsts = [next(iter(sliders.explore(d, **controls).controls.values())) for d, controls in asked]
    assert [control.plays for control in firsts] == [True, False, False, False]
    assert ["coursekit-first" in control._dom_classes for control in firsts] == [True, True, True, False]
