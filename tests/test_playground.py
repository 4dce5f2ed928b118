"""The playground without a browser: sliders, points, buttons."""

import asyncio

import numpy as np
import pytest

from coursekit import sliders
from coursekit.sliders.playground import _objective


@pytest.fixture
def widget():
    """Return a playground."""
    return sliders.playground()


def buttons(widget):
    """Return the buttons by their text."""
    row = next(child for child in widget.children if hasattr(child, "children") and hasattr(child.children[0], "click"))
    return {button.description: button for button in row.children}


def test_a_weight_moves_the_picture(widget):
    """The slider's value is the weight."""
    before = widget.picture.png
    widget.controls["b_C"].value = 2.5
    assert widget.W[2, 2] == 2.5
    assert widget.picture.png != before


def test_a_step_is_gradient_descent(widget):
    """The weights move against the gradient by the learning rate, exactly, whatever the sliders' steps."""
    W, rate = widget.W, widget.values["learning_rate"]
    expected = W - rate * _objective(W, widget.X, widget.y)[1]
    buttons(widget)["one step"].click()
    np.testing.assert_allclose(widget.W, expected, rtol=1e-12)
    assert "w1_A" in widget.picture.description


def test_training_lowers_the_loss_and_shows_each_step(widget):
    """Twenty pictures, each with its step below."""
    told = []
    widget.picture.observe(lambda change: told.append(change.new), "message")
    buttons(widget)["100 steps"].click()
    assert widget.history[-1] < widget.history[0] / 3
    assert told[0] == "training: step 5 of 100" and told[-1] == "" and len(told) == 21
    assert len(widget.history) == 100


def test_a_hand_on_a_slider_ends_the_training(widget):
    """The steps that were left are not taken."""

    async def interrupt():
        widget.train(100)
        await asyncio.sleep(0.2)
        widget.controls["l2"].value = 0.1
        await asyncio.sleep(0.3)

    asyncio.run(interrupt())
    assert 0 < len(widget.history) < 100
    assert (widget.picture.message, widget.error) == ("", None)


def test_a_handle_moves_its_point(widget):
    """The point goes where the handle is, and stays in the plane."""
    places = [dict(handle) for handle in widget.picture.handles]
    first = widget.X.copy()
    places[1]["x"], places[2]["y"] = places[0]["x"], -5.0
    widget.picture.handles = places
    assert widget.X[1, 0] == pytest.approx(first[0, 0])
    assert widget.X[2, 1] == 3.0
    np.testing.assert_allclose(np.delete(widget.X, [1, 2], axis=0), np.delete(first, [1, 2], axis=0), atol=1e-9)


def test_handles_are_named(widget):
    """A screen reader hears which point it is and how it moves."""
    assert widget.picture.handles[4]["label"] == "point 5, class B: move with the arrow keys"


def test_other_weights_start_again(widget):
    """The curve starts again too."""
    widget.train(3)
    buttons(widget)["other weights"].click()
    assert widget.history == []
    widget.randomise(np.random.default_rng(1))
    np.testing.assert_array_equal(widget.W, np.random.default_rng(1).normal(0, 1, (3, 3)).round(1))


def test_a_failing_button_says_so(widget, monkeypatch):
    """One line under the picture, as for a slider."""
    monkeypatch.setattr(type(widget), "W", property(lambda self: 1 / 0))
    buttons(widget)["one step"].click()
    assert widget.picture.failed and "ZeroDivisionError" in widget.picture.message


def test_points_outside_the_plane_are_refused():
    """The error says what fits."""
    with pytest.raises(ValueError, match=r"X must be \(m, 2\) within -3..3 and y m labels of 0, 1, 2"):
        sliders.playground([[0, 4]], [0])
