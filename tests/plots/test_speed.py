"""Pictures of growth and of broadcasting: lines, bars, cells, and what is returned."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from coursekit import plots
from tests.plots.repaint import assert_repaints

SIZES = [1, 8, 64]
SECONDS = {"three loops": [1e-3, 8e-3, 64e-3], "one loop": [1e-3, 4e-3, 8e-3], "no loop": [2e-3, 2e-3, 4e-3]}


def test_growth_has_a_line_a_contender():
    """On two logarithmic axes, named in a legend."""
    ax = plots.growth(SIZES, SECONDS, ax=Figure().subplots(), title="t", xlabel="features n")
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(SECONDS)
    for line, times in zip(ax.lines, SECONDS.values(), strict=True):
        assert list(line.get_xdata()) == SIZES and list(line.get_ydata()) == times
    assert len({line.get_marker() for line in ax.lines}) == len({line.get_color() for line in ax.lines}) == 3
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("t", "features n", "seconds per call")


def test_a_contender_looks_alike_in_two_pictures():
    """The second line of one picture and the first of another, if it is told to begin there."""
    all_three, without_first = Figure().subplots(), Figure().subplots()
    plots.growth(SIZES, SECONDS, ax=all_three)
    plots.growth(SIZES, {name: SECONDS[name] for name in ("one loop", "no loop")}, ax=without_first, first=1)
    for one, other in zip(all_three.lines[1:], without_first.lines, strict=True):
        assert (one.get_color(), one.get_marker()) == (other.get_color(), other.get_marker())


def test_growth_draws_into_the_current_axes():
    """As the notebook calls it."""
    fig, ax = plt.subplots()
    assert plots.growth(SIZES, SECONDS) is ax
    plt.close(fig)


@pytest.mark.parametrize("times", [[1.0, 2.0], [1.0, 0.0, 2.0], [1.0, -1.0, 2.0], [1.0, np.nan, 2.0]], ids=str)
def test_growth_refuses_what_a_logarithm_would_drop(times):
    """A missing time, and one that is not positive."""
    with pytest.raises(ValueError, match="growth: slow needs 3 positive times, one a size; got"):
        plots.growth(SIZES, {"slow": times}, ax=Figure().subplots())


@pytest.mark.parametrize(("m", "ratios"), [(1, [1, 1, 0.5]), (8, [1, 2, 4]), (64, [1, 8, 16])])
def test_draw_growth_compares_with_the_first(m, ratios):
    """The bars reach from 1 to the ratios at m, in the lines' colours; a line marks m."""
    fig = Figure()
    assert list(plots.draw_growth(fig, m=m, sizes=SIZES, seconds=SECONDS).values()) == pytest.approx(ratios)
    left, right = fig.axes
    assert [bar.get_x() + bar.get_width() for bar in right.patches] == pytest.approx(ratios)
    assert {bar.get_x() for bar in right.patches} == {1}
    assert [text.get_text() for text in right.texts] == [f"× {ratio:.3g}" for ratio in ratios]
    assert [to_hex(bar.get_facecolor()) for bar in right.patches] == [to_hex(v.get_color()) for v in left.lines[:3]]
    assert list(left.lines[3].get_xdata()) == [m, m]
    assert right.get_title() == f"at m = {m}, against three loops"


def test_draw_growth_knows_only_what_was_measured():
    """No reading between the points."""
    with pytest.raises(ValueError, match=r"draw_growth: m = 9 was not measured; choose one of \[1, 8, 64\]"):
        plots.draw_growth(Figure(), m=9, sizes=SIZES, seconds=SECONDS)


NAMES = [f"{name}[{i}, {j}]" for name in "zt" for i in range(6) for j in range(6)] + [f"t[{i}]" for i in range(6)]
TEXTS = {id(plots.speed._outline(name)): name for name in NAMES}


def cells(fig, name):
    """Return the labels of an operand's cells, row by row, and how many of them are filled."""
    squares, labels = fig.axes[0].collections[{"z": slice(0, 2), "t": slice(2, 4)}[name]]
    assert isinstance(squares, PolyCollection)
    found = {}
    for outline, (x, y), square in zip(labels.get_paths(), labels.get_offsets(), squares.get_paths(), strict=True):
        assert square.contains_point((x, y))
        found.setdefault(int(y), []).append(TEXTS[id(outline)])
    return list(found.values()), int((squares.get_facecolor()[:, 3] > 0.5).sum())


def test_a_column_stretches_over_the_classes():
    """Each row meets its own t, and only one t of each row exists."""
    fig = Figure()
    assert plots.draw_broadcast(fig, m=4, k=3, shape="(m, 1)") == (4, 3)
    rows, filled = cells(fig, "t")
    assert rows == [[f"t[{i}, 0]"] * 3 for i in range(4)] and filled == 4
    assert cells(fig, "z") == ([[f"z[{i}, {j}]" for j in range(3)] for i in range(4)], 12)
    assert fig.axes[0].get_title() == "Z (4, 3) − t (4, 1) gives (4, 3)"


@pytest.mark.parametrize("shape", ["(k,)", "(1, k)"])
def test_a_row_stretches_over_the_examples(shape):
    """Each column meets its own t."""
    fig = Figure()
    assert plots.draw_broadcast(fig, m=4, k=3, shape=shape) == (4, 3)
    rows, filled = cells(fig, "t")
    assert rows == [rows[0]] * 4 and len(set(rows[0])) == 3 and filled == 3


def test_a_vector_of_rows_is_refused():
    """And the title says which two lengths meet."""
    fig = Figure()
    assert plots.draw_broadcast(fig, m=4, k=3, shape="(m,)") is None
    assert cells(fig, "t") == ([[f"t[{i}]" for i in range(4)]], 4)
    assert fig.axes[0].get_title() == "Z (4, 3) − t (4,) is refused: from the right, 3 meets 4"


def test_a_square_accepts_the_wrong_vector():
    """Row 0 meets all three t, instead of its own."""
    fig = Figure()
    assert plots.draw_broadcast(fig, m=3, k=3, shape="(m,)") == (3, 3)
    assert cells(fig, "t")[0][0] == ["t[0]", "t[1]", "t[2]"]


def test_one_class_stretches_both():
    """A column against a vector: every pair, (4, 4)."""
    fig = Figure()
    assert plots.draw_broadcast(fig, m=4, k=1, shape="(m,)") == (4, 4)
    assert cells(fig, "z") == ([[f"z[{i}, 0]"] * 4 for i in range(4)], 4)


@pytest.mark.parametrize("shape", plots.speed.SHAPES)
@pytest.mark.parametrize(("m", "k"), [(1, 1), (1, 5), (6, 1), (2, 3), (5, 5)])
def test_the_picture_agrees_with_numpy(m, k, shape):
    """What is returned is what NumPy does with such arrays."""
    t = np.zeros(plots.speed.SHAPES[shape](m, k))
    try:
        right = (np.zeros((m, k)) - t).shape
    except ValueError:
        right = None
    assert plots.draw_broadcast(Figure(), m=m, k=k, shape=shape) == right


def test_an_unknown_shape_is_refused():
    """By name, with those there are."""
    with pytest.raises(ValueError, match=r"draw_broadcast: shape must be one of \(m, 1\), .*; got '\(n,\)'"):
        plots.draw_broadcast(Figure(), shape="(n,)")


@pytest.mark.parametrize(("m", "k"), [(0, 3), (4, 7)])
def test_operands_that_do_not_fit_are_refused(m, k):
    """The picture has room for six rows and columns."""
    with pytest.raises(ValueError, match=f"draw_broadcast: m and k must lie between 1 and 6; got {m} and {k}"):
        plots.draw_broadcast(Figure(), m=m, k=k)


@pytest.mark.parametrize("setting", [{"m": 6, "k": 1, "shape": "(m,)"}, {"m": 1, "k": 1}, {"m": 6, "k": 6}])
def test_the_largest_operands_stay_inside(setting):
    """No cell is cut off, and the two operands do not touch."""
    fig = Figure()
    plots.draw_broadcast(fig, **setting)
    z, _, t, _ = fig.axes[0].collections
    z, t = (np.concatenate([path.vertices for path in squares.get_paths()]) for squares in (z, t))
    (left, right), (bottom, top) = fig.axes[0].get_xlim(), fig.axes[0].get_ylim()
    assert left <= z.min() and z[:, 0].max() + 1 < t[:, 0].min() and t[:, 0].max() <= right
    assert top <= z.min() and max(z[:, 1].max(), t[:, 1].max()) <= bottom


def draw_measured_growth(fig, *, m):
    """Draw the growth measured above."""
    return plots.draw_growth(fig, m=m, sizes=SIZES, seconds=SECONDS)


@pytest.mark.parametrize(
    ("draw", "first", "second"),
    [
        (draw_measured_growth, {"m": 1}, {"m": 64}),
        (plots.draw_broadcast, {"m": 4, "k": 3}, {"m": 6, "k": 1, "shape": "(m,)"}),
        (plots.draw_broadcast, {"m": 6, "k": 5}, {"m": 4, "k": 3, "shape": "(m,)"}),
    ],
)
def test_a_second_drawing_leaves_nothing_of_the_first(draw, first, second):
    """The pixels are those of an empty figure."""
    assert_repaints(draw, first, second)


def test_nothing_leaks_into_pyplot():
    """The slider's figures are not pyplot's."""
    plt.close("all")
    plots.draw_growth(Figure(), m=8, sizes=SIZES, seconds=SECONDS)
    plots.draw_broadcast(Figure())
    assert plt.get_fignums() == []
