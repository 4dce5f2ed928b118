"""Pictures of settings: the bands, the live training run and the fan of gradients, by the data of their artists."""

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from threadpoolctl import threadpool_info

from coursekit import experiments, full_batch, metrics, optim, plots, softmax
from coursekit.plots import tuning
from tests.plots.repaint import assert_repaints, finish

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


def by_epochs(problem):
    """Return a training on the first 40 examples of a problem, looked at on the other 20."""
    X, y = problem
    return partial(experiments.train_by_epochs, X[:40], y[:40], X[40:], y[40:])


def draw_run(problem, fig=None, **settings):
    """Train and draw to the end; return the figure and the run."""
    fig = fig or Figure()
    return fig, finish(plots.draw_training(fig, train=by_epochs(problem), k=3, **settings))


def test_full_batch_run_is_that_of_train(problem):
    """The curves are the losses of every step and the accuracies of the weights on the way."""
    X, y = problem
    _, run = draw_run(problem, learning_rate=0.3, epochs=9)
    loss = full_batch.FullBatchLoss(X[:40], y[:40])
    history = optim.train(loss, np.zeros((5, 3)), steps=10, learning_rate=0.3, watch=lambda W: W)
    shares = [metrics.accuracy(softmax.predict(W, X[40:]), y[40:]) for W in history.watched[:10]]
    np.testing.assert_allclose(run.loss, history.loss)
    np.testing.assert_allclose(run.accuracy, shares)
    np.testing.assert_allclose(run.epochs, np.arange(10))


def test_batches_and_decay_are_those_of_optim(problem):
    """Five steps an epoch, a fresh order each time, and the rate is cut after each epoch."""
    X, y = problem
    _, run = draw_run(problem, learning_rate=2.0, batch_size=9, decay=0.5, epochs=3, seed=4)
    rate = optim.step_decay(2.0, factor=0.5, every=5)
    batches = optim.minibatches(X[:40], y[:40], 9, np.random.default_rng(4))
    options = {"steps": 15, "learning_rate": rate, "batches": batches, "watch": lambda W: W}
    history = optim.train(softmax.softmax_loss, np.zeros((5, 3)), **options)
    np.testing.assert_allclose(run.loss, [softmax.softmax_loss(W, X[:40], y[:40])[0] for W in history.watched])
    np.testing.assert_allclose(run.epochs, np.arange(16) / 5)


def test_long_epochs_are_measured_ten_times(problem):
    """40 steps an epoch: every fourth, before the first, and at the end."""
    _, run = draw_run(problem, learning_rate=0.1, batch_size=1, epochs=2)
    np.testing.assert_allclose(run.epochs, np.arange(21) / 10)


def test_a_moderate_rate_falls_all_the_way(problem):
    """The curves start at log 3 and never rise; the titles say where they end."""
    fig, run = draw_run(problem, learning_rate=0.1, epochs=60, span=70)
    (left, right), (losses, off), (errors,) = fig.axes, fig.axes[0].lines[-2:], fig.axes[1].lines[-1:]
    assert run.rises == 0 and run.loss[0] == pytest.approx(np.log(3))
    np.testing.assert_allclose(losses.get_xydata(), np.column_stack([run.epochs, run.loss]))
    assert len(off.get_xdata()) == 0 and losses.get_linestyle() == "-" and errors.get_linestyle() == "--"
    np.testing.assert_allclose(1 - errors.get_ydata(), np.minimum(run.accuracy, 0.9875))
    assert left.get_title() == f"rate 0.1: falls all the way, to {run.loss[-1]:.3g}"
    assert right.get_title() == f"{run.accuracy[-1]:.1%} of the validation set is right"
    assert left.get_xlim() == (0, 70)


def test_a_rate_too_high_is_marked_at_the_top(problem):
    """A loss above the axis is cut there, under a triangle; the title counts the rises and names the peak."""
    fig, run = draw_run(problem, learning_rate=3000.0, epochs=60, span=60)
    losses, off = fig.axes[0].lines[-2:]
    high = run.loss > 20
    assert run.rises == (np.diff(run.loss) > 0).sum() > 5 and high.sum() > 2
    np.testing.assert_allclose(losses.get_ydata(), np.minimum(run.loss, 20))
    assert off.get_marker() == "^"
    np.testing.assert_allclose(off.get_xydata(), np.column_stack([run.epochs[high], np.full(high.sum(), 20)]))
    expected = f"rate 3000: {run.rises} rises, peak {run.loss.max():.0f}, end {run.loss[-1]:.3g}"
    assert fig.axes[0].get_title() == expected


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("batch_size", [7, 40])
def test_the_wildest_rate_raises_no_warning(problem, batch_size):
    """A million in float32: the loss is absurd, and finite."""
    X, y = problem
    _, run = draw_run((X.astype(np.float32), y), learning_rate=1e6, batch_size=batch_size)
    assert np.isfinite(run.loss).all() and run.loss.max() > 1e4


def test_frames_are_shown_while_it_trains(problem, monkeypatch):
    """A tenth of the epochs apart at least, however slow the machine; each shows the curve so far."""
    monkeypatch.setattr("coursekit.plots.tuning.FIRST", 0), monkeypatch.setattr("coursekit.plots.tuning.LATER", 0)
    fig, run = draw_run(problem, learning_rate=1.0, batch_size=2, epochs=10)
    frames = plots.draw_training(fig, train=by_epochs(problem), k=3, learning_rate=1.0, batch_size=2)
    seen = [(text, fig.axes[0].lines[-2].get_xdata()[-1], fig.axes[0].get_title()) for text in frames]
    assert [text for text, *_ in seen] == [f"training: {epoch} of 10 epochs" for epoch in range(11)]
    assert [epoch for _, epoch, _ in seen] == list(range(11)) and seen[0][2] == "rate 1: falls all the way, to 1.1"
    assert fig.axes[0].lines[-2].get_ydata()[-1] == run.loss[-1]


def test_earlier_runs_are_grey(problem):
    """The newest is the darkest, all lie under the new curve, and their points are the runs' own."""
    settings = {"learning_rate": 1.0, "epochs": 5}
    runs = [draw_run(problem, **settings, batch_size=size)[1] for size in (2, 5, 40)]
    fig, run = draw_run(problem, **settings, batch_size=10, earlier=runs)
    ghosts = [item for item in fig.axes[0].lines if item.get_color() in tuning.GHOSTS]
    assert [ghost.get_color() for ghost in ghosts] == list(tuning.GHOSTS)
    for ghost, former in zip(ghosts, reversed(runs), strict=True):
        np.testing.assert_allclose(ghost.get_xydata(), np.column_stack([former.epochs, former.loss]))
    curve = fig.axes[0].lines[-2]
    np.testing.assert_allclose(curve.get_ydata(), run.loss)
    assert all(ghost.get_zorder() < curve.get_zorder() for ghost in ghosts)


def test_matrix_products_get_their_threads_back(problem):
    """One thread while it trains; between the frames and afterwards as many as before."""
    threads = [pool["num_threads"] for pool in threadpool_info()]
    draw_run(problem, learning_rate=1.0)
    assert [pool["num_threads"] for pool in threadpool_info()] == threads


@pytest.mark.parametrize("epochs", [0, 11])
def test_a_run_beyond_the_axis_is_refused(problem, epochs):
    """The message names the interval and what came."""
    with pytest.raises(ValueError, match=rf"draw_training: epochs must lie in 1\.\.10, the span.*; got {epochs}"):
        draw_run(problem, learning_rate=1.0, epochs=epochs)


def test_a_training_is_repainted(problem):
    """The picture does not depend on what the figure showed before: other settings, ghosts, marks at the top."""
    former = draw_run(problem, learning_rate=0.1)[1]
    first = {"learning_rate": 316.0, "earlier": (former,)}
    second = {"learning_rate": 1.0, "decay": 0.7, "batch_size": 4, "epochs": 6}
    assert_repaints(partial(plots.draw_training, train=by_epochs(problem), k=3), first, second)


def noise(problem, size, **options):
    """Draw the gradients of batches at zero weights; return the figure and the noise."""
    X, y = problem
    fig, gradients = Figure(), partial(experiments.batch_gradients, np.zeros((5, 3)), X, y, **options)
    return fig, plots.draw_gradient_noise(fig, batch_size=size, gradients=gradients)


def cloud(fig):
    """Return how far the dots lie along the full gradient and off to the side, in its lengths."""
    x, y = fig.axes[0].lines[-1].get_data()
    length = 2 ** np.hypot(x, y) - 1
    return length * x / np.hypot(x, y), length * y / np.hypot(x, y)


def test_noise_is_that_of_the_gradients_themselves(problem):
    """The dots' distance from the tip of the arrow is the single gradients' distance from the full one."""
    X, y = problem
    fig, measured = noise(problem, 1, count=400)
    along, off = cloud(fig)
    assert measured == pytest.approx(np.sqrt(np.mean((along - 1) ** 2 + off**2)), rel=1e-5)
    W, g = np.zeros((5, 3)), softmax.softmax_loss(np.zeros((5, 3)), X, y)[1]
    single = [np.linalg.norm(softmax.softmax_loss(W, X[[i]], y[[i]])[1] - g) for i in range(60)]
    exact = np.sqrt(np.mean(np.square(single))) / np.linalg.norm(g)
    assert measured == pytest.approx(exact, rel=0.05)


def test_every_dot_of_one_image_is_its_gradient(problem):
    """Length and angle of the dots are those of the 60 single gradients, none else."""
    X, y = problem
    W, g = np.zeros((5, 3)), softmax.softmax_loss(np.zeros((5, 3)), X, y)[1]
    single = np.array([softmax.softmax_loss(W, X[[i]], y[[i]])[1] for i in range(60)]) / np.linalg.norm(g)
    length = np.linalg.norm(single, axis=(1, 2))
    along = (single * g).sum(axis=(1, 2)) / np.linalg.norm(g)
    exact = np.log2(1 + length)[:, None] * np.column_stack([along, np.sqrt(length**2 - along**2)]) / length[:, None]
    dots = noise(problem, 1)[0].axes[0].lines[-1].get_xydata()
    distances = np.linalg.norm(dots[:, None] - exact, axis=2)
    assert len(dots) == 150 and distances.min(axis=1).max() < 1e-3
    assert len(np.unique(distances.argmin(axis=1))) > 45  # of 60, in 150 draws


@pytest.mark.parametrize("size", [2, 8, 32])
def test_measured_noise_lies_on_the_predicted_line(problem, size):
    """The dot agrees with 1/sqrt(B), corrected for drawing without replacement."""
    fig, measured = noise(problem, size, count=400)
    sizes, predicted = fig.axes[1].lines[0].get_data()
    assert fig.axes[1].lines[-1].get_xydata().tolist() == [[size, measured]]
    assert measured == pytest.approx(predicted[sizes == size][0], rel=0.1)


def test_batches_are_drawn_without_replacement(problem):
    """All examples but one: the full gradient less a sixtieth of a single one, so 60 places at most."""
    along, _ = cloud(noise(problem, 59, count=300)[0])
    assert len(np.unique(along.round(5))) <= 60


def test_the_full_batch_has_no_noise(problem):
    """All examples at once are the full gradient: every dot on the tip of the arrow, the noise off its axis."""
    fig, measured = noise(problem, 60)
    along, off = cloud(fig)
    assert measured == pytest.approx(0, abs=1e-5)
    np.testing.assert_allclose(along, 1, atol=1e-5)
    np.testing.assert_allclose(off, 0, atol=1e-5)
    assert fig.axes[1].lines[-1].get_marker() == "v"
    assert fig.axes[0].get_title() == "batches of 60: typically 0° off"
    assert fig.axes[1].get_title() == "noise: 0 × the gradient's length"


def test_the_title_names_the_typical_angle(problem):
    """It is the median of the angles between the batches' gradients and the full one."""
    fig, _ = noise(problem, 3)
    along, off = cloud(fig)
    angle = np.degrees(np.median(np.arctan2(off, along)))
    assert fig.axes[0].get_title() == f"batches of 3: typically {angle:.0f}° off"


def test_the_same_seed_draws_the_same_cloud(problem):
    """The picture of a slider's position is always the same."""
    assert noise(problem, 4)[1] == noise(problem, 4)[1] != noise(problem, 4, seed=1)[1]


def test_the_noise_is_repainted(problem):
    """The picture does not depend on the batch size shown before."""
    X, y = problem
    gradients = partial(experiments.batch_gradients, np.zeros((5, 3)), X, y)
    assert_repaints(partial(plots.draw_gradient_noise, gradients=gradients), {"batch_size": 2}, {"batch_size": 60})


def test_pyplot_knows_of_no_figure(problem):
    """The draw functions leave pyplot as it was."""
    before = plt.get_fignums()
    draw_run(problem, learning_rate=1.0), noise(problem, 4)
    assert plt.get_fignums() == before
