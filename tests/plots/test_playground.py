"""The linear classifier in the plane: its losses, its objective, its boundaries, and the picture."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import gradcheck
from coursekit.plots.playground import REACH, _edges, draw_playground
from coursekit.sliders.board import LOSSES, objective, point_losses
from tests.plots.repaint import assert_repaints

RNG = np.random.default_rng(8)
X, y = RNG.uniform(-3, 3, (7, 2)), np.array([0, 1, 2, 3, 0, 1, 2])
W = RNG.normal(size=(3, 4))
BIASED = np.column_stack([X, np.ones(7)])
TEST = RNG.uniform(-3, 3, (5, 2)), np.array([0, 1, 2, 3, 3])


@pytest.mark.parametrize("loss", LOSSES)
def test_the_points_losses_average_to_the_models_loss(loss):
    """Each bar is a point's share."""
    assert point_losses(W, X, y, loss=loss).mean() == pytest.approx(LOSSES[loss](W, BIASED, y)[0])


@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_is_that_of_the_objective(loss):
    """Central differences agree, penalty included."""
    gradient = objective(W, X, y, loss=loss, l2=0.3)[1]
    numeric = gradcheck.numeric_gradient(lambda V: objective(V, X, y, loss=loss, l2=0.3)[0], W)
    np.testing.assert_allclose(gradient, numeric, atol=1e-7)


def test_the_bias_is_free_of_penalty():
    """Only the first two rows are penalised."""
    far = W + np.array([[0], [0], [100]])  # the same for all classes: no score changes against another
    assert objective(far, X, y, l2=5.0)[0] == pytest.approx(objective(W, X, y, l2=5.0)[0])


def draw(fig, **changes):
    """Draw the playground of this module with something changed."""
    values = {"W": W, "X": X, "y": y, "losses": point_losses(W, X, y)} | changes
    return draw_playground(fig, **values)


def test_the_numbers_in_the_titles_are_those_returned():
    """Objective, accuracy and step, rounded."""
    fig = Figure()
    value, accuracy = draw(fig, penalty=0.1, step=7, ahead=0.25, test=TEST)
    assert value == pytest.approx(objective(W, X, y)[0] + 0.1)
    right = ((np.column_stack([TEST[0], np.ones(5)]) @ W).argmax(axis=1) == TEST[1]).mean()
    assert accuracy == ((BIASED @ W).argmax(axis=1) == y).mean()
    assert [ax.get_title() for ax in fig.axes] == [
        f"{accuracy:.0%} right, {right:.0%} of the test points",
        f"mean loss {value - 0.1:.3g} + penalty 0.1",
        "",
        f"step 7: {value:.3g}, next 0.25",
    ]


@pytest.mark.parametrize("lead", [0.0, 1.0])
@pytest.mark.parametrize("V", [W, W[:, :2], 50 * W, W * [[1], [1], [0]]], ids=["four", "two", "steep", "no bias"])
def test_a_boundary_lies_where_the_two_best_scores_are_so_far_apart(V, lead):
    """All along each piece, in the plane, and the pieces end at its edge or where three classes meet."""
    edges = _edges(V, lead)
    assert edges
    for edge in edges:
        line = np.linspace(*edge, 9)
        Z = np.sort(np.column_stack([line, np.ones(9)]) @ V, axis=1)
        np.testing.assert_allclose(Z[:, -1] - Z[:, -2], lead, atol=1e-9)
        assert np.abs(line).max() <= REACH + 1e-9
        for end in edge:
            z = np.sort(np.append(end, 1) @ V)
            assert np.abs(end).max() == pytest.approx(REACH) or z[-2] == pytest.approx(z[-3])


def test_every_change_of_region_has_a_boundary():
    """Between neighbours on a grid whose best classes differ, a boundary passes nearby."""
    ticks = np.linspace(-2.9, 2.9, 30)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    best = (np.concatenate([grid, np.ones((30, 30, 1))], axis=-1) @ W).argmax(axis=-1)
    lines = np.concatenate([np.linspace(*edge, 400) for edge in _edges(W)])
    between = ((grid[:, 1:] + grid[:, :-1]) / 2)[best[:, 1:] != best[:, :-1]]
    assert len(between) > 20
    assert all(np.hypot(*(lines - place).T).min() < 0.15 for place in between)


def test_equal_classes_have_no_boundary():
    """All weights 0, two equal columns, and scores that differ by a bias alone."""
    assert _edges(np.zeros((3, 3))) == [] == _edges(np.array([[0.0, 0], [0, 0], [1, 0]]))


def test_a_loss_of_zero_and_a_huge_one_stay_in_the_picture():
    """Limits follow by steps: the curve's point lies within them."""
    for value in (0.0, 1e-5, 3e4):
        fig = Figure()
        draw(fig, losses=np.full(7, value), history=[2.0, value])
        low, high = fig.axes[3].get_ylim()
        assert low <= fig.axes[3].lines[1].get_ydata()[0] <= high and high / low >= 1e3
        assert fig.axes[1].get_xlim()[1] >= value


CHANGES = [
    {"W": -W},
    {"X": X / 2},
    {"loss": "Weston-Watkins"},
    {"loss": "one against all"},
    {"history": [3.0, 2.0, 1.0]},
    {"history": [3e3, 2.0]},
    {"losses": np.arange(7.0)},
    {"picked": 3},
    {"ahead": 0.5},
    {"test": TEST, "test_history": [2.0, 1.0], "history": [1.0]},
]


@pytest.mark.parametrize("second", CHANGES)
def test_the_playground_repaints(second):
    """Nothing is left of another setting."""
    assert_repaints(draw, {}, second, size=(8.7, 3.5))


def test_an_unknown_loss_is_refused():
    """The error names those that exist."""
    names = "softmax, Weston-Watkins, one against all, Crammer-Singer"
    with pytest.raises(ValueError, match=f"loss must be one of {names}; got 'hinge'"):
        objective(W, X, y, loss="hinge")
