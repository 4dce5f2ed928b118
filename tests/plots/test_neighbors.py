"""Pictures of nearest neighbours: what they return, what they show, and that nothing is left over."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import knn, plots
from tests.plots.legible import unreadable
from tests.plots.repaint import assert_repaints

RNG = np.random.default_rng(8)
IMAGE = RNG.integers(0, 256, (6, 5, 3)).astype(float)
KNOWN = {
    "X": np.vstack([RNG.integers(0, 256, (4, 90)).astype(float), np.roll(IMAGE, 1, axis=1).ravel()]),
    "y": np.array([0, 1, 2, 1, 0]),
    "class_names": ("cat", "dog", "ship"),
}


def heaps(m):
    """Return points of three classes with labels."""
    y = np.arange(m) % 3
    return np.array([[-1.0, 0.0], [1.0, 0.0], [0.0, 1.5]])[y] + RNG.normal(0, 0.6, (m, 2)), y


SETS = {"few": (*heaps(12), *heaps(20)), "many": (*heaps(40), *heaps(20))}


def test_an_image_that_does_not_move_is_itself():
    """Distance 0 from itself; the nearest is what knn finds, at the distance that knn measures."""
    nearest, own, other = plots.draw_shift(Figure(), image=IMAGE, **KNOWN)
    query = IMAGE.reshape(1, -1)
    assert own == 0 and nearest == knn.neighbors(query, KNOWN["X"], 1)[0, 0]
    assert other == pytest.approx(knn.distances(query, KNOWN["X"])[0, nearest] / np.sqrt(90))


def test_a_move_by_one_pixel_is_a_move_by_one_pixel():
    """All columns but the one whose edge was repeated are those of the rolled image, which is nearest then."""
    nearest, own, other = plots.draw_shift(Figure(), image=IMAGE, **KNOWN, right=1)
    moved = IMAGE[:, [0, 0, 1, 2, 3]]
    assert nearest == 4 and own == pytest.approx(np.sqrt(((moved - IMAGE) ** 2).mean()))
    assert other == pytest.approx(np.sqrt(((moved - KNOWN["X"][4].reshape(6, 5, 3)) ** 2).mean()))
    assert plots.draw_shift(Figure(), image=IMAGE.transpose(1, 0, 2), **KNOWN, down=1)[1] == pytest.approx(own)


@pytest.mark.parametrize("degrees", [0, 10, 45, 77, 90])
def test_turned_axes_change_l1_and_leave_l2(degrees):
    """As coordinates along the turned axes give them."""
    l1, l2 = plots.draw_turned_axes(Figure(), degrees=degrees)
    turn = np.deg2rad(degrees)
    A = np.eye(2) @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    assert l1 == pytest.approx(np.abs(A[0] - A[1]).sum()) and l2 == pytest.approx(np.sqrt(2))


@pytest.mark.parametrize("metric", ["L1", "L2"])
def test_regions_are_those_of_the_vote(metric):
    """Each point is its own nearest neighbour; accuracies are those of knn."""
    X, y, X_new, y_new = SETS["few"]
    assert plots.draw_regions(Figure(), sets=SETS, points="few", k=1, metric=metric)[0] == 1
    own, new = plots.draw_regions(Figure(), sets=SETS, points="few", k=5, metric=metric)
    assert own == np.mean(knn.predict(X, y, X, k=5, metric=metric) == y)
    assert new == np.mean(knn.predict(X, y, X_new, k=5, metric=metric) == y_new)


def test_pictures_repaint():
    """A used figure looks as an empty one does."""
    shift = lambda fig, **moved: plots.draw_shift(fig, image=IMAGE, **KNOWN, **moved)  # noqa: E731
    assert_repaints(shift, {"right": 0, "down": 1}, {"right": 1, "down": 0})
    assert_repaints(plots.draw_turned_axes, {"degrees": 0}, {"degrees": 30})
    regions = lambda fig, **how: plots.draw_regions(fig, sets=SETS, **how)  # noqa: E731
    assert_repaints(regions, {"points": "few", "k": 1}, {"points": "many", "k": 7, "metric": "L1"})


def test_the_names_of_turned_axes_stay_in_the_plane():
    """At no angle do they leave the picture, lie on the numbers beside it, or on a point's name."""
    assert unreadable(plots.draw_turned_axes, (8, 3.4), degrees=range(0, 91, 3)) == []


def test_a_long_name_of_the_nearest_has_room():
    """The longest of CIFAR-10, in the lesson's size, after a move from a short one."""
    image = np.full((32, 32, 3), 255.0)
    known = {"X": np.array([[255.0] * 3072]), "y": np.array([0]), "class_names": ["automobile"]}
    draw = lambda fig, right: plots.draw_shift(fig, image=image, right=right, **known)  # noqa: E731
    assert unreadable(draw, (8, 3), right=[0, 6]) == []
