"""The path on the bowl: its titles against the eigenvalues of the iteration, its curve against the formula."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import optim, plots
from coursekit.plots import descent as room
from tests.plots.repaint import assert_repaints

RATES = (0.01, 0.1, 0.18, 0.195, 0.2, 0.25, 0.4)
MOMENTA = (0.0, 0.3, 0.9)


def draw(rate, momentum=0.0, **options):
    """Draw on an empty figure; return the figure and the result."""
    fig = Figure()
    return fig, plots.draw_descent(fig, learning_rate=rate, momentum=momentum, **options)


def course(fig):
    """Return what the left title says of the course."""
    return fig.axes[0].get_title().partition(": ")[2].partition("\n")[0]


@pytest.mark.parametrize("rate", RATES)
def test_without_momentum_each_direction_shrinks_by_its_factor(rate):
    """The loss after t steps is that of (3.5 (1 - rate)^t, (1 - 10 rate)^t)."""
    t = np.arange(61)
    exact = (3.5 * (1 - rate) ** t) ** 2 / 2 + 10 * ((1 - 10 * rate) ** t) ** 2 / 2
    np.testing.assert_allclose(draw(rate)[1].loss, exact, rtol=1e-9)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("momentum", MOMENTA)
def test_path_is_that_of_optim(rate, momentum):
    """The recurrence that is drawn is what ``train`` does with the update rule of momentum."""
    curvatures, start = np.array([1.0, 10.0]), np.array([3.5, 1.0])
    rule, options = optim.momentum(momentum), {"steps": 60, "learning_rate": rate, "watch": lambda w: w}
    history = optim.train(lambda w: (curvatures @ w**2 / 2, curvatures * w), start, update=rule, **options)
    np.testing.assert_allclose(room._path(rate, momentum), history.watched, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("momentum", MOMENTA)
def test_factor_is_the_largest_eigenvalue_of_a_step(rate, momentum):
    """A step takes (w, v) to (w - rate v', v') with v' = momentum v + a w: a matrix for each curvature."""
    steps = [np.array([[1 - rate * a, -rate * momentum], [a, momentum]]) for a in (1, 10)]
    exact = max(np.abs(np.linalg.eigvals(step)).max() for step in steps)
    assert draw(rate, momentum)[1].factor == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("momentum", [0.0, 0.25, 0.5, 0.9])
def test_border_is_two_by_the_larger_curvature(momentum):
    """Momentum moves it to 2 (1 + momentum) / 10: below it the path comes in, above it it runs away."""
    border = 2 * (1 + momentum) / 10
    assert course(draw(border - 0.001, momentum)[0]) == "swings, and comes in"
    assert course(draw(border, momentum)[0]) == "swings for ever"
    assert course(draw(border + 0.001, momentum)[0]) == "swings, and runs away"


def test_path_swings_from_one_by_the_larger_curvature():
    """Up to a rate of 0.1 the path never crosses the floor of the valley; above it, it does so in every step."""
    assert course(draw(0.1)[0]) == "creeps in"
    fig, _ = draw(0.11)
    assert course(fig) == "swings, and comes in"
    assert (np.diff(np.sign(fig.axes[0].lines[-1].get_ydata()[:30])) != 0).all()


def test_fastest_rate_makes_both_directions_equally_slow():
    """Without momentum it is 2 / (1 + 10), where a step leaves 9/11."""
    best = draw_factor(2 / 11)
    assert best == pytest.approx(9 / 11)
    assert all(draw_factor(rate) > best for rate in np.linspace(0.001, 0.2, 200))


def draw_factor(rate):
    """Return the larger of the two factors from the formula that the title shows."""
    return np.abs(room._roots(rate, 0.0)[0]).max()


def test_titles_name_the_factors_and_the_steps():
    """Signed where the path keeps to its side or crosses in every step, in bars where it turns."""
    fig, descent = draw(0.18)
    assert fig.axes[0].get_title() == "rate 0.18: swings, and comes in\na step:  u × 0.82,  v × −0.8"
    assert descent.steps == 34 and fig.axes[1].get_title() == "a millionth after 34 steps"
    assert draw(0.1, 0.9)[0].axes[0].get_title().endswith("|u| × 0.949,  |v| × 0.949")


@pytest.mark.parametrize(
    ("rate", "title"),
    [(0.05, "no millionth in 60 steps"), (0.2, "the loss never dies"), (0.25, "the loss grows × 2.25 per step")],
)
def test_title_of_a_loss_that_does_not_die(rate, title):
    """Too slow, at the border, beyond it."""
    fig, descent = draw(rate)
    assert descent.steps is None and fig.axes[1].get_title() == title


@pytest.mark.parametrize(("rate", "momentum"), [(0.18, 0.0), (0.225, 0.3), (0.1, 0.6)])
def test_a_millionth_is_for_good(rate, momentum):
    """The loss is above it one step earlier, and never again afterwards."""
    _, descent = draw(rate, momentum)
    border = 1e-6 * descent.loss[0]
    assert descent.loss[descent.steps - 1] > border > descent.loss[descent.steps :].max()


def test_a_little_momentum_is_quicker_and_much_is_slower():
    """What the lesson's task asks to find."""
    steps = {momentum: draw(0.225, momentum)[1].steps for momentum in (0.1, 0.3, 0.5, 0.9)}
    assert steps[0.3] < steps[0.5] and steps[0.3] < 20 and steps[0.9] is None


def test_a_path_that_runs_away_is_marked():
    """Its loss is drawn to the first step beyond the top, where a triangle stands."""
    fig, descent = draw(0.4)
    curve, mark = fig.axes[1].lines[-2:]
    first = np.flatnonzero(descent.loss > 100)[0]
    assert mark.get_marker() == "^" and mark.get_xydata().tolist() == [[first, 100]]
    assert len(curve.get_ydata()) == first + 1 and curve.get_ydata().max() == 100


def test_earlier_descents_are_grey():
    """Their losses are drawn as they were, the newest darkest."""
    former = [draw(rate)[1] for rate in (0.05, 0.1)]
    fig, _ = draw(0.15, earlier=former)
    ghosts = [item for item in fig.axes[1].lines if item.get_color() in room.GHOSTS]
    assert [ghost.get_color() for ghost in ghosts] == list(room.GHOSTS[:2])
    np.testing.assert_allclose(ghosts[0].get_ydata(), np.maximum(former[1].loss, 1e-8))


@pytest.mark.parametrize("rate", [0.0, -0.1, float("nan")])
def test_rate_must_be_positive(rate):
    """The message names it."""
    with pytest.raises(ValueError, match=f"draw_descent: learning_rate must be positive; got {rate}"):
        draw(rate)


@pytest.mark.parametrize("momentum", [-0.1, 1.0, float("nan")])
def test_momentum_must_be_below_one(momentum):
    """The message names the interval."""
    with pytest.raises(ValueError, match=rf"draw_descent: momentum must lie in \[0, 1\); got {momentum}"):
        draw(0.1, momentum)


def test_descent_is_repainted():
    """The picture does not depend on what the figure showed before, not even on a path that ran away."""
    former = draw(0.05)[1]
    first = {"learning_rate": 0.4, "earlier": (former, former)}
    assert_repaints(plots.draw_descent, first, {"learning_rate": 0.1, "momentum": 0.9})


@pytest.mark.filterwarnings("error")
def test_drawing_leaves_no_trace_in_pyplot():
    """No figure is opened, no setting changed, and the layout finds room."""
    before, figures = dict(plt.rcParams), plt.get_fignums()
    draw(0.39, 0.95)
    assert plt.get_fignums() == figures and dict(plt.rcParams) == before
