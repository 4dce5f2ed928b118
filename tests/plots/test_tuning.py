"""Pictures of settings: the bands, the live training run and the cloud of gradients, by the data of their artists."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import plots, softmax

RUNS = np.array([[0.1, 0.5, 0.3], [0.3, 0.7, 0.3], [0.2, 0.3, 0.9]])


@pytest.fixture
def ax():
    """Return empty axes that pyplot does not know."""
    return Figure().subplots()


@pytest.fixture
def problem():
    """Return a small classification problem, m = 60, n = 5, k = 3."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 60)
    return rng.normal(size=(60, 5)) + 2 * np.eye(3, 5)[y], y


def edges(ax):
    """Return the lower and upper edge of the only band, by x."""
    points = {tuple(point) for point in ax.collections[0].get_paths()[0].vertices}
    return [[edge(v for u, v in points if u == x) for x in (1, 2, 4)] for edge in (min, max)]


def test_band_is_the_mean_between_least_and_largest(ax):
    """The line is the mean over the seeds, the band their range."""
    plots.band([1, 2, 4], RUNS, ax=ax, label="validation")
    np.testing.assert_allclose(ax.lines[0].get_xydata(), np.column_stack([[1, 2, 4], RUNS.mean(axis=0)]))
    np.testing.assert_allclose(edges(ax), [[0.1, 0.3, 0.3], [0.3, 0.7, 0.9]])
    assert ax.lines[0].get_linestyle() == "--" and ax.lines[0].get_label() == "validation"


def test_band_of_one_standard_deviation(ax):
    """The deviation is that of a sample, to both sides of the mean."""
    plots.band([1, 2, 4], RUNS, ax=ax, spread="deviation", color="black")
    mean, deviation = RUNS.mean(axis=0), RUNS.std(axis=0, ddof=1)
    np.testing.assert_allclose(edges(ax), [mean - deviation, mean + deviation])
    assert ax.lines[0].get_color() == "black"


def test_band_refuses_runs_of_another_length(ax):
    """The message says how many columns were needed."""
    with pytest.raises(ValueError, match=r"band: x has 2 points, so runs must be \(seeds, 2\); got shape \(3, 3\)"):
        plots.band([1, 2], RUNS, ax=ax)
    with pytest.raises(ValueError, match=r"got shape \(3,\)"):
        plots.band([1, 2, 4], RUNS[0], ax=ax)


def test_band_refuses_an_unknown_spread(ax):
    """The message names the two."""
    with pytest.raises(ValueError, match='spread must be "range" or "deviation"; got \'error\''):
        plots.band([1, 2, 4], RUNS, ax=ax, spread="error")


def draw_rate(problem, rate):
    """Draw 60 steps with one rate; return the figure and what the function returned."""
    X, y = problem
    fig, loss = Figure(), softmax.FullBatchLoss(X[:40], y[:40])
    return fig, plots.draw_learning_rate(fig, learning_rate=rate, loss=loss, X_val=X[40:], y_val=y[40:], steps=60)


def test_a_moderate_rate_falls_all_the_way(problem):
    """The curve starts at log 3, never rises, and its accuracy is in the title."""
    fig, (rises, accuracy) = draw_rate(problem, 0.1)
    losses = fig.axes[0].lines[0].get_ydata()
    assert rises == 0 and len(losses) == 60 and losses[0] == pytest.approx(np.log(3))
    assert fig.axes[0].get_title() == "rate 0.1: the loss rises 0 times"
    assert fig.axes[1].get_title() == f"{accuracy:.1%} in the end" and accuracy > 0.5


def test_a_rate_too_high_rises(problem):
    """The number of rises is that of the curve drawn; the accuracy is drawn from before the first step to the last."""
    fig, (rises, accuracy) = draw_rate(problem, 300.0)
    losses, (at, shares) = fig.axes[0].lines[0].get_ydata(), fig.axes[1].lines[0].get_data()
    assert rises == (np.diff(losses) > 0).sum() > 5
    assert at[0] == 0 and at[-1] == 60 and shares[-1] == accuracy


def noise(problem, size, **options):
    """Draw the gradients of batches at zero weights; return the figure and the noise."""
    X, y = problem
    fig = Figure()
    return fig, plots.draw_gradient_noise(fig, batch_size=size, W=np.zeros((5, 3)), X=X, y=y, **options)


def test_noise_is_that_of_the_gradients_themselves(problem):
    """The cloud's distance from (1, 0) is the batches' distance from the full gradient, in its lengths."""
    X, y = problem
    fig, measured = noise(problem, 1, count=400)
    along, off = fig.axes[0].lines[0].get_data()
    assert measured == pytest.approx(np.sqrt(np.mean((along - 1) ** 2 + off**2)))
    W, g = np.zeros((5, 3)), softmax.softmax_loss(np.zeros((5, 3)), X, y)[1]
    single = [np.linalg.norm(softmax.softmax_loss(W, X[[i]], y[[i]])[1] - g) for i in range(60)]
    exact = np.sqrt(np.mean(np.square(single))) / np.linalg.norm(g)
    assert measured == pytest.approx(exact, rel=0.05)


@pytest.mark.parametrize("size", [2, 8, 32])
def test_measured_noise_lies_on_the_predicted_line(problem, size):
    """The dot agrees with 1/sqrt(B), corrected for drawing without replacement."""
    fig, measured = noise(problem, size, count=400)
    sizes, predicted = fig.axes[1].lines[0].get_data()
    assert fig.axes[1].lines[1].get_xydata().tolist() == [[size, measured]]
    assert measured == pytest.approx(predicted[sizes == size][0], rel=0.1)


def test_the_full_batch_has_no_noise(problem):
    """All examples at once are the full gradient."""
    fig, measured = noise(problem, 60)
    along, off = fig.axes[0].lines[0].get_data()
    assert measured == pytest.approx(0, abs=1e-7)
    np.testing.assert_allclose(along, 1)
    np.testing.assert_allclose(off, 0, atol=1e-7)


def test_the_same_seed_draws_the_same_cloud(problem):
    """The picture of a slider's position is always the same."""
    assert noise(problem, 4)[1] == noise(problem, 4)[1] != noise(problem, 4, seed=1)[1]


@pytest.mark.parametrize("size", [0, 61])
def test_impossible_batches_are_refused(problem, size):
    """The message names the interval."""
    with pytest.raises(ValueError, match=rf"draw_gradient_noise: batch_size must lie in 1\.\.60; got {size}"):
        noise(problem, size)


def test_pyplot_knows_of_no_figure(problem):
    """The draw functions leave pyplot as it was."""
    before = plt.get_fignums()
    draw_rate(problem, 1.0), noise(problem, 4)
    assert plt.get_fignums() == before
