"""The graph of numbers as a picture, and the regions of a network in training."""

from functools import partial

import numpy as np
import pytest
from matplotlib.figure import Figure

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
    assert texts == ["x", "-2", "-4", "y", "5", "-4", "z", "-4", "3", "+", "3", "-4", "*", "-12", "1"]
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


def test_the_spiral_repaints(spiral):
    """Nothing of a former training is left over."""
    assert_repaints(partial(plots.draw_spiral, **spiral), {"hidden": 2}, {"hidden": 9})
