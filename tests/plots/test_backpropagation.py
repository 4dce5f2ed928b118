"""The graph of numbers as a picture, and the regions of a network in training."""

from functools import partial

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.path import Path

from coursekit import network, plots
from coursekit.graph import Node
from tests.plots.repaint import assert_repaints, finish

START = {"x": -2.0, "y": 5.0, "z": -4.0}


def formula(x, y, z):
    """Return the smallest graph with all three rules of a product and a sum."""
    return (x + y) * z


@pytest.fixture
def spiral():
    """Return examples, labels and a short training."""
    rng = np.random.default_rng(0)
    X, y = rng.uniform(-1, 1, (30, 2)), rng.integers(0, 3, 30)
    train = partial(network.train_in_view, X, y, plots.plane(7), activation="tanh", steps=100)
    return {"train": train, "X": X, "y": y, "side": 7, "learning_rate": 0.5}


def test_each_node_has_its_value_and_its_gradient():
    """For a node: what it is called, its value above, its gradient below; an arrow for each input."""
    f = formula(**{name: Node(value, name) for name, value in START.items()})
    f.backward()
    ax = plots.graph(f, ax=Figure().subplots(), title="a graph")
    texts = [text.get_text() for text in ax.texts if text.get_text()]
    assert texts == ["x", "y", "z", "+", "*", "-2", "-4", "5", "-4", "-4", "3", "3", "-4", "-12", "1"]
    assert len(ax.texts) - len(texts) == 4  # an arrow is an annotation without text
    assert ax.get_title() == "a graph"


def test_a_node_stands_on_the_right_of_its_inputs_and_apart_from_others():
    """Also where a leaf is used late."""
    x, y = Node(1.0, "x"), Node(2.0, "y")
    f = ((x * y + x).tanh() + y * y) * x
    places = plots.backpropagation._places(f)
    for node, (across, _) in places.items():
        assert all(places[parent][0] < across for parent, _ in node.inputs)
    assert len(set(places.values())) == len(f.graph())


def test_two_uses_by_one_node_are_two_arrows():
    """Those of x * x: both are seen, since they are bent to different sides."""
    x = Node(3.0, "x")
    ax = plots.graph(x * x, ax=Figure().subplots())
    bends = [text.arrow_patch.get_connectionstyle().rad for text in ax.texts if not text.get_text()]
    assert sorted(bends) == [-0.2, 0.2]


def test_an_arrow_goes_around_what_lies_between():
    """The long arrow of x to its second product is bent, so that it crosses neither a node nor its numbers."""
    x, y, z = Node(3.0, "x"), Node(-1.0, "y"), Node(2.0, "z")
    fig = Figure(figsize=(7, 3))
    ax = plots.graph(x * y + x * x.maximum(z), ax=fig.subplots())
    arrows = [text.arrow_patch for text in ax.texts if not text.get_text()]
    assert sum(arrow.get_connectionstyle().rad != 0 for arrow in arrows) == 2
    fig.draw_without_rendering()
    nodes = ax.transData.transform([line.get_xydata()[0] for line in ax.lines])
    for arrow in arrows:
        line = arrow.get_path().cleaned(arrow.get_transform(), curves=False).vertices
        along = Path(line[line.any(axis=1)]).interpolated(9).vertices  # a row of zeros ends a part
        near = np.linalg.norm(along[:, None] - nodes, axis=2).min(axis=0)
        assert (near < 24).sum() == 2  # the two nodes that it joins


def test_predicted_and_true_change():
    """Moving z alone is predicted exactly, since the graph is linear in it; moving y and z is not."""
    fig = Figure()
    assert plots.draw_graph(fig, formula=formula, start=START, **START | {"z": -3.0}) == (3, 3)
    assert plots.draw_graph(fig, formula=formula, start=START, **START | {"y": 6.0, "z": -3.0}) == (-1, 0)
    assert fig.axes[0].get_title() == "change predicted -1.0000, true +0.0000"


def test_other_leaves_are_refused():
    """The start says which there are."""
    with pytest.raises(ValueError, match=r"start has the leaves \['x', 'y', 'z'\]; got \['x'\]"):
        plots.draw_graph(Figure(), formula=formula, start=START, x=1.0)


def test_the_graph_repaints():
    """Nothing of a former picture is left over."""
    draw = partial(plots.draw_graph, formula=formula, start=START)
    assert_repaints(draw, START, START | {"x": 3.5})


def test_the_regions_are_the_probabilities(spiral):
    """White, coloured by 45 % with the mean of the classes' colours."""
    fig = Figure()
    accuracy = finish(plots.draw_spiral(fig, hidden=5, **spiral))
    *_, (step, loss, right, P) = spiral["train"](hidden=5, learning_rate=0.5)
    left, curve = fig.axes[0], fig.axes[1].lines[0]
    shown = left.images[0].get_array()
    np.testing.assert_allclose(shown, (0.55 + 0.45 * P @ plots.backpropagation._rgb()[:3]).reshape(7, 7, 3))
    assert accuracy == right and tuple(curve.get_xydata()[-1]) == (step, loss)
    assert left.get_title() == f"{right:.0%} of the examples are right"


def test_the_examples_lie_on_the_plane(spiral):
    """A fast repaint draws what moves over what stays, so the examples must move too: each is seen, in its colour."""
    fig = Figure()
    finish(plots.draw_spiral(fig, hidden=5, **spiral))
    finish(plots.draw_spiral(fig, hidden=5, **spiral))
    staying = plots.stage.STAGES[fig].staying
    (dots,) = fig.axes[0].collections
    assert dots not in staying and dots.get_zorder() > fig.axes[0].images[0].get_zorder()
    np.testing.assert_allclose(dots.get_offsets(), spiral["X"])
    np.testing.assert_allclose(dots.get_facecolors()[:, :3], plots.backpropagation._rgb()[spiral["y"]])


def test_the_spiral_repaints(spiral):
    """Nothing of a former training is left over."""
    assert_repaints(partial(plots.draw_spiral, **spiral), {"hidden": 2}, {"hidden": 9})


def test_no_change_has_no_minus():
    """Leaves that move while the result stays, but for rounding."""
    fig = Figure()
    plots.draw_graph(fig, formula=lambda x, y: x + y, start={"x": 0.1, "y": 0.2}, x=0.3, y=0.0)
    assert fig.axes[0].get_title() == "change predicted +0.0000, true +0.0000"
