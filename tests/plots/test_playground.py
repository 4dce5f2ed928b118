"""The linear classifier in the plane: its losses, its objective, and the picture."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import gradcheck, softmax, svm
from coursekit.plots.playground import _point_losses, draw_playground
from coursekit.sliders.playground import _objective
from tests.plots.repaint import assert_repaints

RNG = np.random.default_rng(8)
X, y = RNG.uniform(-3, 3, (7, 2)), np.array([0, 1, 2, 3, 0, 1, 2])
W = RNG.normal(size=(3, 4))
BIASED = np.column_stack([X, np.ones(7)])


@pytest.mark.parametrize(("loss", "reference"), [("softmax", softmax.softmax_loss), ("SVM", svm.svm_loss)])
def test_the_points_losses_average_to_the_models_loss(loss, reference):
    """Each bar is a point's share."""
    assert _point_losses(W, X, y, loss).mean() == pytest.approx(reference(W, BIASED, y)[0])


@pytest.mark.parametrize("loss", ["softmax", "SVM"])
def test_the_gradient_is_that_of_the_objective(loss):
    """Central differences agree, penalty included."""
    gradient = _objective(W, X, y, loss=loss, l2=0.3)[1]
    numeric = gradcheck.numeric_gradient(lambda V: _objective(V, X, y, loss=loss, l2=0.3)[0], W)
    np.testing.assert_allclose(gradient, numeric, atol=1e-7)


def test_the_bias_is_free_of_penalty():
    """Only the first two rows are penalised."""
    far = W + np.array([[0], [0], [100]])  # the same for all classes: no score changes against another
    assert _objective(far, X, y, l2=5.0)[0] == pytest.approx(_objective(W, X, y, l2=5.0)[0])


def test_the_numbers_in_the_titles_are_those_returned():
    """Objective and accuracy, rounded."""
    fig = Figure()
    value, accuracy = draw_playground(fig, W=W, X=X, y=y, l2=0.1)
    assert value == pytest.approx(_objective(W, X, y, l2=0.1)[0])
    assert fig.axes[0].get_title() == f"{accuracy:.0%} of the points are right"
    assert fig.axes[2].get_title() == f"softmax: {value:.3f} in all"
    assert accuracy == ((BIASED @ W).argmax(axis=1) == y).mean()


@pytest.mark.parametrize("second", [{"W": -W}, {"X": X / 2}, {"loss": "SVM"}, {"history": [3.0, 2.0, 1.0]}])
def test_the_playground_repaints(second):
    """Nothing is left of another setting."""
    first = {"W": W, "X": X, "y": y}
    assert_repaints(draw_playground, first, first | second, size=(9.5, 3.6))


def test_an_unknown_loss_is_refused():
    """The error names those that exist."""
    with pytest.raises(ValueError, match="loss must be one of softmax, SVM; got 'hinge'"):
        _objective(W, X, y, loss="hinge")
