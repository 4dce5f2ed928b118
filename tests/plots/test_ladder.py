"""Pictures of speed and of number types: bars, lines, points and what is returned."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import plots
from coursekit.timing import Limits, Rung
from tests.plots.repaint import assert_repaints

RUNGS = [Rung("integers", 0.5, 1.0), Rung("float64", 0.125, 4.0), Rung("float32", 0.05, 10.0)]
MACHINE = Limits(bandwidth=20e9, flops=100e9, flops64=50e9)


def test_a_ladder_has_a_bar_a_rung_and_its_factor_beside_it():
    """Bars are as long as the repetitions a second; the first rung is on top."""
    ax = plots.ladder(RUNGS, ax=Figure().subplots(), title="t")
    assert [bar.get_width() for bar in ax.patches] == [2, 8, 20]
    assert [text.get_text() for text in ax.texts] == ["× 1.0", "× 4.0", "× 10.0"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["integers", "float64", "float32"]
    assert ax.yaxis_inverted() and ax.get_title() == "t"
    assert len(ax.lines) == 0


def test_the_limit_is_a_line_in_the_legend():
    """The line stands at the repetitions a second that the machine allows, inside the picture."""
    ax = plots.ladder(RUNGS, limit=71.0, ax=Figure().subplots())
    assert list(ax.lines[0].get_xdata()) == [71, 71]
    assert ax.get_xlim()[1] > 71
    assert ax.get_legend().get_texts()[0].get_text() == "this machine's limit"


@pytest.mark.parametrize(
    ("setting", "steps", "words"),
    [
        ({}, 53.15, "10 operations per byte: compute binds"),
        ({"bytes_per_pixel": 8, "readings": 2}, 21.26, "2.5 operations per byte: memory binds"),
        ({"bytes_per_pixel": 8}, 26.57, "5 operations per byte: compute binds"),
        ({"readings": 2}, 42.52, "5 operations per byte: memory binds"),
        ({"classes": 2, "bytes_per_pixel": 1}, 265.7, "8 operations per byte: compute binds"),
        ({"classes": 3, "limits": Limits(20e9, 1000e9, 500e9)}, 106.3, "3 operations per byte: memory binds"),
        ({"classes": 1000, "bytes_per_pixel": 1}, 0.5315, "4000 operations per byte: compute binds"),
    ],
)
def test_the_step_stands_on_the_roofline(setting, steps, words):
    """By hand for 47.04 million pixels: the point lies under the roof of its width, and the title says what binds."""
    fig = Figure()
    assert plots.draw_roofline(fig, **setting) == pytest.approx(steps, rel=1e-3)
    (ax,) = fig.axes
    *roofs, point = ax.lines
    roof = roofs[2 if setting.get("bytes_per_pixel") == 8 else 0]
    x, y = point.get_xdata()[0], point.get_ydata()[0]
    assert y == pytest.approx(np.interp(x, roof.get_xdata(), roof.get_ydata()), rel=0.02)
    assert ax.get_xlim()[0] < x < ax.get_xlim()[1] and ax.get_ylim()[0] < y < ax.get_ylim()[1]
    assert ax.get_title().startswith(words)


def test_the_ridge_is_marked():
    """A dotted line stands where memory and arithmetic take equally long, one for each width of number."""
    fig = Figure()
    plots.draw_roofline(fig, limits=MACHINE)
    assert [line.get_xdata()[0] for line in fig.axes[0].lines[1:4:2]] == [5, 2.5]


def test_gaps_are_those_of_the_number_types():
    """From 2^24 on float32 has only every second whole number, and float16 has none left."""
    fig = Figure()
    gaps = plots.draw_precision(fig, exponent=24)
    assert gaps == {"float16": np.inf, "float32": 2.0, "float64": np.spacing(2.0**24)}
    (ax,) = fig.axes
    assert [text.get_text() for text in ax.texts] == ["ends at 65504", "gap 2", "gap 3.73e-09"]
    assert [label.get_text() for label in ax.get_yticklabels()] == list(gaps)
    dots, line = ax.lines
    assert dots.get_xdata().tolist() == [0, 2, 4, 6, 8]
    assert list(line.get_xdata()) == [0, 8]
    assert ax.get_title() == "The numbers from 2²⁴ = 16,777,216 on"


@pytest.mark.parametrize("exponent", [0, 4, 11, 23, 27, 40, 53, 60])
def test_every_dot_is_a_number_of_its_type(exponent):
    """What is drawn as a dot survives the trip through the type; half-way to the next one does not."""
    fig = Figure()
    gaps = plots.draw_precision(fig, exponent=exponent)
    for line in fig.axes[0].lines:
        kind = ("float16", "float32", "float64")[int(line.get_ydata()[0])]
        if line.get_marker() == "o":
            numbers = 2.0**exponent + line.get_xdata()
            assert (numbers.astype(kind).astype(float) == numbers).all()
            assert float(np.dtype(kind).type(numbers[0] + gaps[kind] / 2)) == numbers[0]


def play(setting, fig=None, times=(np.inf, 0.5, 0.004)):
    """Draw a step that was measured before; return what it says, and its result."""
    frames, said = plots.draw_step(fig or Figure(), limits=MACHINE, measure=lambda *_: times, **setting), []
    while True:
        try:
            said.append(next(frames))
        except StopIteration as end:
            return said, end.value


def test_the_prediction_stands_there_before_anything_is_measured():
    """The first frame holds the prediction only; nothing was called."""
    fig, called = Figure(), []
    frames = plots.draw_step(fig, limits=MACHINE, measure=lambda *setting: called.append(setting) or [0.004])
    assert next(frames) == "measuring ..." and not called
    assert fig.axes[0].get_title() == "predicted 1.25 ms, compute binds"
    assert [text.get_text() for text in fig.axes[0].texts] == ["float32, 4000 rows, 10 classes"]
    assert [list(line.get_xdata()) for line in fig.axes[0].lines] == [[pytest.approx(1.2544)]]
    assert next(frames) == "measuring: 4.00 ms" and called == [(4000, 10, "float32")]


def test_a_bar_reaches_from_the_prediction_to_the_measurement():
    """The last of the times counts; the words say how many times the prediction it is."""
    fig = Figure()
    said, result = play({"pixels": "float64", "rows": 1000, "classes": 1}, fig)
    assert said == ["measuring ...", "measuring ...", "measuring: 500.00 ms", "measuring: 4.00 ms"]
    assert result == ("float64, 1000 rows, 1 class", pytest.approx(3.136e-4), 0.004)
    (ax,) = fig.axes
    tick, bar, dot = ax.lines
    assert list(bar.get_xdata()) == [pytest.approx(0.3136), 4]
    assert list(tick.get_xdata()) == [bar.get_xdata()[0]] and list(dot.get_xdata()) == [4]
    assert ax.get_title() == "predicted 0.314 ms, memory binds; measured 4 ms"
    assert ax.texts[0].get_text() == "float64, 1000 rows, 1 class: × 12.8"


def test_earlier_settings_stay_as_ghosts():
    """The last three, the newest on top, paler than the present one."""
    fig, earlier = Figure(), tuple((f"setting {i}", 1e-3, 2e-3) for i in range(5))
    play({"earlier": earlier}, fig)
    (ax,) = fig.axes
    assert [text.get_text().split(":")[0] for text in ax.texts[1:]] == ["setting 4", "setting 3", "setting 2"]
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert [line.get_alpha() for line in bars] == [0.5, 0.2, 0.2, 0.2]
    assert all(ax.get_ylim()[1] < line.get_ydata()[0] < ax.get_ylim()[0] for line in bars)


def draw_played(fig, **setting):
    """Draw a step with a measurement that depends on the setting alone."""
    return plots.draw_step(fig, limits=MACHINE, measure=lambda rows, classes, pixels: [rows * classes / 1e6], **setting)


GHOSTS = {"earlier": (("uint8, 9 rows, 1 class", 1e-3, 9e-2),)}


@pytest.mark.parametrize(
    ("draw", "first", "second"),
    [
        (plots.draw_roofline, {"classes": 1, "bytes_per_pixel": 8}, {"classes": 1000, "bytes_per_pixel": 1}),
        (plots.draw_precision, {"exponent": 8}, {"exponent": 60}),
        (plots.draw_precision, {"exponent": 8}, {"exponent": 9, "width": 4}),
        (draw_played, {"rows": 1000}, {"rows": 16000, **GHOSTS}),
    ],
)
def test_a_second_drawing_leaves_nothing_of_the_first(draw, first, second):
    """The pixels are those of an empty figure."""
    assert_repaints(draw, first, second)


def test_drawing_leaves_no_figure_behind():
    """The functions fill the figure they were given; pyplot knows of none."""
    before = plt.get_fignums()
    plots.draw_roofline(Figure()), plots.draw_precision(Figure()), plots.ladder(RUNGS, ax=Figure().subplots())
    assert plt.get_fignums() == before
