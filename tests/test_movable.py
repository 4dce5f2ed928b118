"""Pictures with points to drag, without a browser: what a hand does is drawn, and the sets come back."""

import numpy as np
import pytest

from coursekit import knn, plots, sliders
from tests.test_playground import press, tell

X, y = np.array([[-1.0, 0.0], [1.0, 0.0], [2.0, 0.5]]), np.array([0, 1, 1])
SETS = {"three": (X, y, X + 0.1, y), "two": (X[:2], y[:2], X, y)}


def draw(fig, **values):
    """Draw regions, as lesson 09 does."""
    return plots.draw_regions(fig, sets=SETS, **values)


@pytest.fixture
def widget():
    """Return regions with points to drag and two controls."""
    return sliders.drag(draw, SETS, k=sliders.linear(1, 5, 1, step=1), metric=sliders.choice("L2", "L1"))


def titles(widget):
    """Return what the picture says it found."""
    return [ax.get_title() for ax in widget.renderer.figure.axes]


def test_what_nbval_compares_are_the_controls(widget):
    """As for any explorer."""
    assert widget._repr_mimebundle_()[0]["text/plain"] == "slider: points three, k 1, metric L2"


def test_a_dragged_point_takes_its_region_along(widget):
    """The picture is that of the new points; the caller's points stay."""
    _, top, right, bottom = widget.picture.area
    tell(widget, "move", 0, x=right, y=(top + bottom) / 2)
    assert widget.X.tolist() == [[3, 0], [1, 0], [2, 0.5]] and SETS["three"][0][0, 0] == -1
    asked = SETS["three"][2]
    assert knn.predict(widget.X, widget.y, asked).tolist() == [1, 1, 1]
    assert titles(widget) == ["3 points, k = 1, L2", "themselves 100%, new 67%"]


def test_handles_lie_on_the_points(widget):
    """Each where its point is in the picture, with a name."""
    left, top, right, bottom = widget.picture.area
    first = widget.picture.handles[0]
    assert first["label"] == "point 1, class A: move with the arrow keys"
    assert (first["x"] - left) / (right - left) == pytest.approx(2 / 6)
    assert (first["y"] - top) / (bottom - top) == pytest.approx(1 / 2)


def test_points_are_added_relabelled_and_removed(widget):
    """The message tells the selected point; the picture marks it."""
    tell(widget, "select", 0)
    plain = widget.picture.png
    tell(widget, "add", 0)
    assert (len(widget.y), widget.y[3], widget.picture.selected) == (4, 0, 3)
    tell(widget, "relabel", 3, label=3)
    assert widget.picture.message == "point 4, class D, at (-0.70, 0.30)" and widget.picture.png != plain
    tell(widget, "remove", 3)
    assert len(widget.y) == 3 == len(widget.picture.handles)


def test_a_set_comes_back(widget):
    """By the button, by choosing another one; k is never more than there are points."""
    tell(widget, "move", 0, x=0.4, y=0.4)
    press(widget, "points back")
    np.testing.assert_array_equal(widget.X, X)
    widget.controls["k"].value = 5
    widget.controls["points"].value = "two"
    assert titles(widget)[0] == "2 points, k = 2, L2" and len(widget.picture.handles) == 2


def test_one_point_must_stay(widget):
    """The message says so and is gone after the next move of a control; nothing is lost."""
    widget.controls["points"].value = "two"
    tell(widget, "remove", 0)
    tell(widget, "remove", 0)
    assert "one must stay" in widget.picture.message and widget.picture.failed and len(widget.y) == 1
    widget.controls["metric"].value = "L1"
    assert not widget.picture.failed and titles(widget)[0] == "1 points, k = 1, L1"
