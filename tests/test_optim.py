"""Descent: what train refuses and records, schedules, batches, update rules against hand-worked and other oracles."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from coursekit import full_batch, optim, softmax


def bowl(w):
    """Return the loss sum(w^2) and its gradient 2 w."""
    return float((w**2).sum()), 2 * w


@pytest.fixture
def problem():
    """Return a small softmax problem: X (m, n), y (m,), with m = 30, n = 4, k = 3."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(30, 4)), rng.integers(0, 3, 30)


# train


def test_plain_descent_by_hand():
    """From 1 with rate 0.25 on w^2: each step halves w, and the loss is the one before the step."""
    history = optim.train(bowl, np.array([1.0]), steps=3, learning_rate=0.25)
    assert history.W.tolist() == [0.125]
    assert history.loss.tolist() == [1.0, 0.25, 0.0625]
    assert history.learning_rate.tolist() == [0.25] * 3


def test_it_reaches_the_minimum_that_scipy_finds(problem):
    """With an l2 penalty the minimum is unique: descent and BFGS agree on it."""
    X, y = problem

    def flat(w):
        """Return loss and gradient of the weights as one vector."""
        loss, dW = softmax.softmax_loss(w.reshape(4, 3), X, y, l2=0.1)
        return loss, dW.ravel()

    history = optim.train(flat, np.zeros(12), steps=500, learning_rate=1.0)
    assert_allclose(history.W, minimize(flat, np.zeros(12), jac=True, tol=1e-10).x, atol=1e-6)


def test_the_start_is_left_alone_and_any_numbers_will_do():
    """A list of whole numbers becomes float64; an array that was passed in keeps its values."""
    start = np.array([3, -4])
    history = optim.train(bowl, start, steps=2, learning_rate=0.1)
    assert start.tolist() == [3, -4] and history.W.dtype == np.float64
    assert_allclose(optim.train(bowl, [3, -4], steps=2, learning_rate=0.1).W, history.W)


@pytest.mark.parametrize("update", [None, optim.momentum(), optim.adam()])
@pytest.mark.parametrize("prox", [None, optim.l1_prox(0.1)])
def test_float32_stays_float32(update, prox):
    """Neither an update rule, nor a proximal step, nor a float64 gradient widens the weights."""
    history = optim.train(
        lambda w: (float((w**2).sum()), 2 * w.astype(np.float64)),
        np.ones(3, np.float32),
        steps=3,
        learning_rate=0.1,
        update=update,
        prox=prox,
    )
    assert history.W.dtype == np.float32


def test_float16_is_widened():
    """Half precision would lose the steps; the weights become float32."""
    assert optim.train(bowl, np.ones(2, np.float16), steps=1, learning_rate=0.1).W.dtype == np.float32


def test_no_steps_give_an_empty_history():
    """Zero steps return the start, with empty losses."""
    history = optim.train(bowl, np.ones(2), steps=0, learning_rate=0.1)
    assert history.W.tolist() == [1, 1]
    assert (
        history.loss.shape == history.learning_rate.shape == history.watched.shape == history.watched_at.shape == (0,)
    )


@pytest.mark.parametrize(
    ("steps", "every", "at"), [(4, 1, [0, 1, 2, 3, 4]), (4, 2, [0, 2, 4]), (5, 2, [0, 2, 4, 5]), (0, 3, [0])]
)
def test_watch_sees_the_start_every_so_many_steps_and_the_end(steps, every, at):
    """Each place is recorded once, with the weights of that moment: here 0.5 ** step."""
    history = optim.train(bowl, np.array([1.0]), steps=steps, learning_rate=0.25, watch=lambda w: w[0], every=every)
    assert history.watched_at.tolist() == at
    assert history.watched.tolist() == [0.5**step for step in at]


def test_what_watch_returned_is_kept_in_its_shape():
    """Recording the weights themselves gives one row a record, none of them overwritten later."""
    history = optim.train(bowl, np.array([1.0, 2.0]), steps=2, learning_rate=0.25, watch=lambda w: w)
    assert history.watched.tolist() == [[1, 2], [0.5, 1], [0.25, 0.5]]


def test_progress_wraps_the_range_of_steps():
    """A progress bar is given the range and passes the steps on."""
    seen = []

    def bar(steps):
        """Record what is iterated over."""
        for step in steps:
            seen.append(step)
            yield step

    assert len(optim.train(bowl, np.ones(1), steps=3, learning_rate=0.1, progress=bar).loss) == 3
    assert seen == [0, 1, 2]


def test_batches_reach_the_loss_one_a_step():
    """The loss is called with the weights and the step's batch, whatever its length."""
    batches = [(10.0,), (20.0,), (30.0,)]
    history = optim.train(lambda w, x: (x, 0 * w), np.ones(1), steps=3, learning_rate=0.1, batches=batches)
    assert history.loss.tolist() == [10, 20, 30]


def test_a_history_cannot_be_reassigned():
    """It is a record of what happened."""
    history = optim.train(bowl, np.ones(1), steps=1, learning_rate=0.1)
    with pytest.raises(AttributeError):
        history.loss = np.zeros(1)


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ({"steps": -1}, "train: steps must not be negative; got -1."),
        ({"every": 0}, "train: every must be 1 or more; got 0."),
        ({"learning_rate": 0.0}, "train: the learning rate must be positive and finite; got 0.0 at step 0."),
        ({"learning_rate": np.nan}, "train: the learning rate must be positive and finite; got nan at step 0."),
        (
            {"learning_rate": lambda step: 1.0 - step},
            "train: the learning rate must be positive and finite; got 0.0 at step 1.",
        ),
        (
            {"batches": [(), ()]},
            "train: the batches ran out after 2 steps; pass an endless iterator such as minibatches().",
        ),
    ],
)
def test_what_cannot_work_is_refused(setting, text):
    """The error names the function, what came and what was needed."""
    with pytest.raises(ValueError) as refused:
        optim.train(bowl, np.ones(2), **{"steps": 3, "learning_rate": 0.1, **setting})
    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("turned", "text"),
    [
        (lambda dW: dW.T, "train: the gradient must have W's shape (2, 3); got (3, 2). It looks transposed."),
        (lambda dW: dW[0], "train: the gradient must have W's shape (2, 3); got (3,)."),
    ],
)
def test_a_gradient_of_another_shape_is_refused(turned, text):
    """One that would broadcast would train something else in silence."""
    with pytest.raises(ValueError) as refused:
        optim.train(lambda w: (0.0, turned(2 * w)), np.ones((2, 3)), steps=1, learning_rate=0.1)
    assert str(refused.value) == text


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_loss_that_is_not_finite_ends_the_run(value):
    """The error names the step, the rate, and what to change."""
    losses = iter([1.0, value])
    with pytest.raises(FloatingPointError) as stopped:
        optim.train(lambda w: (next(losses), w), np.ones(2), steps=5, learning_rate=30.0)
    assert str(stopped.value) == f"train: the loss is {value} at step 1, learning rate 30. Lower the learning rate."


# schedules


def test_the_labs_schedule_cuts_at_50_and_100():
    """0.75 for steps 0 to 49, 5 % less from 50 on, and again from 100 on."""
    rate = optim.step_decay(0.75)
    assert [rate(step) for step in (0, 49)] == [0.75, 0.75]
    assert [rate(step) for step in (50, 99, 100)] == pytest.approx([0.7125, 0.7125, 0.676875])


@given(st.integers(0, 10_000), st.floats(1e-4, 10), st.floats(0.1, 1), st.integers(1, 500))
def test_a_decaying_rate_never_rises(step, start, factor, every):
    """From one step to the next it stays or is multiplied by the factor."""
    rate = optim.step_decay(start, factor=factor, every=every)
    kept = factor if (step + 1) % every == 0 else 1
    assert rate(step + 1) == pytest.approx(kept * rate(step), rel=1e-9)


def test_the_cosine_falls_from_start_to_end_and_stays_there():
    """It is at the mean of both half-way, falls all the way, and does not rise again after its last step."""
    rate = optim.cosine_decay(0.8, steps=40, end=0.2)
    values = [rate(step) for step in range(41)]
    assert values[0] == pytest.approx(0.8) and values[20] == pytest.approx(0.5) and values[40] == pytest.approx(0.2)
    assert all(later < earlier for earlier, later in pairwise(values))
    assert rate(55) == rate(80) == pytest.approx(0.2)


def test_train_follows_a_schedule():
    """The history holds the rates that the schedule gave."""
    history = optim.train(bowl, np.ones(1), steps=4, learning_rate=optim.step_decay(0.4, factor=0.5, every=2))
    assert history.learning_rate.tolist() == [0.4, 0.4, 0.2, 0.2]


# minibatches


@given(st.integers(1, 40), st.data())
def test_an_epoch_has_every_example_once_with_its_label(m, data):
    """Whatever the batch size: full batches, a last one with the rest, all rows exactly once."""
    size = data.draw(st.integers(1, m))
    y = np.arange(m)
    batches = optim.minibatches(y[:, None] * 10, y, size, np.random.default_rng(m))
    for _ in range(2):
        epoch = [next(batches) for _ in range(-(-m // size))]
        assert all((rows[:, 0] == 10 * labels).all() for rows, labels in epoch)
        assert [len(labels) for _, labels in epoch[:-1]] == [size] * (len(epoch) - 1)
        assert sorted(np.concatenate([labels for _, labels in epoch])) == list(range(m))


def test_epochs_differ_and_a_seed_repeats_them():
    """Each epoch has an order of its own; the same generator gives the same orders."""
    first, second = (optim.minibatches(np.eye(50), np.arange(50), 50, np.random.default_rng(3)) for _ in range(2))
    one, two = next(first)[1], next(first)[1]
    assert (one != two).any()
    assert (next(second)[1] == one).all() and (next(second)[1] == two).all()


@pytest.mark.parametrize(
    ("labels", "size", "text"),
    [
        (5, 0, "minibatches: batch_size must lie in 1..5; got 0."),
        (5, 6, "minibatches: batch_size must lie in 1..5; got 6."),
        (4, 2, "minibatches: X has 5 rows but y has 4 labels."),
    ],
)
def test_minibatches_refuses_at_the_call(labels, size, text):
    """The error comes at once, not when the first batch is asked for."""
    with pytest.raises(ValueError) as refused:
        optim.minibatches(np.eye(5), np.arange(labels), size, np.random.default_rng(0))
    assert str(refused.value) == text


# update rules


def test_momentum_by_hand():
    """Constant gradient 1, beta 0.5: the directions are 1, 1.5, 1.75."""
    history = optim.train(
        lambda w: (0.0, np.ones(1)), np.zeros(1), steps=3, learning_rate=1.0, update=optim.momentum(0.5), watch=np.sum
    )
    assert np.diff(history.watched).tolist() == [-1, -1.5, -1.75]


def test_no_momentum_is_plain_descent():
    """With beta 0 nothing is kept."""
    plain = optim.train(bowl, np.array([1.0, -3.0]), steps=7, learning_rate=0.1)
    without = optim.train(bowl, np.array([1.0, -3.0]), steps=7, learning_rate=0.1, update=optim.momentum(0.0))
    assert without.W.tolist() == plain.W.tolist()


def test_adam_by_the_papers_formulas():
    """Algorithm 1 of Kingma and Ba, written out with its bias-corrected means, for three gradients."""
    gradients = [np.array([1.0, -20.0]), np.array([0.5, 3.0]), np.array([-2.0, 0.1])]
    w, m, v = np.zeros(2), np.zeros(2), np.zeros(2)
    for t, g in enumerate(gradients, start=1):
        m, v = 0.8 * m + 0.2 * g, 0.9 * v + 0.1 * g**2
        w = w - 0.01 * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.9**t)) + 1e-8)
    given = iter(gradients)
    history = optim.train(
        lambda W: (0.0, next(given)), np.zeros(2), steps=3, learning_rate=0.01, update=optim.adam(0.8, 0.9)
    )
    assert_allclose(history.W, w, rtol=1e-12)


@given(st.floats(1e-3, 1e3), st.floats(1e-6, 1e-1))
def test_adams_first_step_is_the_learning_rate(size, rate):
    """However large or small the gradient: only its sign counts."""
    history = optim.train(
        lambda w: (0.0, np.array([size, -size])), np.zeros(2), steps=1, learning_rate=rate, update=optim.adam()
    )
    assert_allclose(history.W, [-rate, rate], rtol=1e-4)


def test_a_rule_starts_afresh_in_every_run():
    """One ``momentum()`` serves two runs: the second knows nothing of the first."""
    rule = optim.momentum(0.9)
    first, second = (optim.train(bowl, np.ones(2), steps=5, learning_rate=0.1, update=rule) for _ in range(2))
    assert first.W.tolist() == second.W.tolist()


# the proximal step


@given(arrays(float, 5, elements=st.floats(-10, 10)), st.floats(0, 5))
def test_soft_threshold_is_the_proximal_operator(W, amount):
    """Each result minimises (v - w)^2 / 2 + amount |v|: no nearby v is better, and 0 is not."""
    V = optim.soft_threshold(W, amount)

    def objective(v):
        """Return the objective of each entry."""
        return (v - W) ** 2 / 2 + amount * np.abs(v)

    for other in (V - 1e-3, V + 1e-3, 0 * V):
        assert (objective(V) <= objective(other) + 1e-12).all()


@given(arrays(float, 4, elements=st.floats(-10, 10)), st.floats(0, 5))
def test_soft_threshold_moves_towards_zero_by_the_amount(W, amount):
    """No entry changes its sign; each loses the amount, or all it has."""
    V = optim.soft_threshold(W, amount)
    assert (V * W >= 0).all()
    assert np.abs(W) - np.abs(V) == pytest.approx(np.minimum(np.abs(W), amount), abs=1e-12)


def test_l1_prox_gives_exact_zeros():
    """On (w - 0.05)^2 + 0.2 |w| the minimum is at exactly 0, and the proximal step stays there."""
    history = optim.train(
        lambda w: (float(((w - 0.05) ** 2).sum()), 2 * (w - 0.05)),
        np.array([1.0, -1.0]),
        steps=50,
        learning_rate=0.1,
        prox=optim.l1_prox(0.2),
    )
    assert (history.W == 0).all()


def test_the_proximal_step_has_the_size_of_its_own_step():
    """Under a schedule it shrinks with the rates: here by 0.8, 0.4 and 0.2 times the penalty's strength."""
    seen, shrink = [], optim.l1_prox(0.5)

    def prox(W, rate):
        seen.append(rate)
        return shrink(W, rate)

    flat, halved = (lambda w: (0.0, 0 * w)), optim.step_decay(0.8, factor=0.5, every=1)
    history = optim.train(flat, np.array([2.0, -3.0]), steps=3, learning_rate=halved, prox=prox)
    assert seen == history.learning_rate.tolist() == [0.8, 0.4, 0.2]
    assert_allclose(history.W, [2 - 0.7, -3 + 0.7])


def test_each_model_of_a_stack_has_its_own_proximal_step():
    """As many models as classes: the rates must not run along the classes."""
    flat = lambda W: (np.zeros(3), 0 * W)  # noqa: E731
    history = optim.train(flat, np.ones((3, 2, 3)), steps=1, learning_rate=[0.1, 0.2, 0.4], prox=optim.l1_prox(1.0))
    assert_allclose(history.W, np.broadcast_to(np.reshape([0.9, 0.8, 0.6], (3, 1, 1)), (3, 2, 3)))


# many models at once


def test_a_stack_trains_as_each_model_does(problem):
    """With a step size each, under momentum too."""
    X, y = problem
    loss, rates = full_batch.FullBatchLoss(X, y), [0.1, 0.5, 1.0]
    for update in (None, optim.momentum(0.5)):
        stack = optim.train(loss, np.zeros((3, 4, 3)), steps=20, learning_rate=rates, update=update)
        assert stack.W.shape == (3, 4, 3) and stack.loss.shape == stack.learning_rate.shape == (20, 3)
        for i, rate in enumerate(rates):
            alone = optim.train(loss, np.zeros((4, 3)), steps=20, learning_rate=rate, update=update)
            assert_allclose(stack.W[i], alone.W, rtol=1e-10, atol=1e-14)
            assert_allclose(stack.loss[:, i], alone.loss)


def test_a_schedule_may_give_a_step_size_for_each(problem):
    """Halved together from step 5 on."""
    X, y = problem
    history = optim.train(
        full_batch.FullBatchLoss(X, y),
        np.zeros((2, 4, 3)),
        steps=6,
        learning_rate=lambda t: np.array([1, 2]) / (1 + t // 5),
    )
    assert history.learning_rate[[4, 5]].tolist() == [[1, 2], [0.5, 1]]


@pytest.mark.parametrize(
    ("shape", "rates", "words"),
    [
        ((4, 3), [0.1, 0.2], r"2 learning rates need a stack of as many models, W \(2, n, k\); got \(4, 3\)"),
        ((3, 4, 3), [0.1, 0.2], r"2 learning rates need a stack of as many models, W \(2, n, k\); got \(3, 4, 3\)"),
        ((2, 4, 3), [0.1, -0.2], "must be positive and finite"),
    ],
)
def test_step_sizes_that_do_not_fit_the_stack(problem, shape, rates, words):
    """One for each model, and all of them positive."""
    X, y = problem
    with pytest.raises(ValueError, match=words):
        optim.train(full_batch.FullBatchLoss(X, y), np.zeros(shape), steps=1, learning_rate=rates)


# L-BFGS


def test_lbfgs_reaches_the_minimum_that_scipy_finds(problem):
    """With and without a preconditioner, from any start."""
    X, y = problem
    loss = full_batch.FullBatchLoss(X, y, l2=0.1)

    def flat(w):
        """Return loss and gradient of the weights as one vector."""
        value, dW = loss(w.reshape(4, 3))
        return value, dW.ravel()

    least = minimize(flat, np.zeros(12), jac=True, tol=1e-10).x.reshape(4, 3)
    for A in (None, loss.preconditioner(), np.triu(np.ones((4, 4)))):
        for start in (np.zeros((4, 3)), np.ones((4, 3))):
            assert_allclose(optim.lbfgs(loss, start, preconditioner=A, tolerance=1e-14).W, least, atol=1e-5)


def test_a_round_bowl_takes_three_steps():
    """One into the unknown, one that finds the curvature, one that uses it."""
    history = optim.lbfgs(bowl, np.array([[3.0], [-4.0]]))
    assert len(history.loss) <= 3
    assert_allclose(history.W, 0, atol=1e-12)
    assert history.loss[0] == 25 and np.isnan(history.learning_rate).all()


def test_lbfgs_watches_as_train_does(problem):
    """Before the first step, every so many, and after the last; the start is left alone."""
    X, y = problem
    loss, start = full_batch.FullBatchLoss(X, y, l2=0.1), np.zeros((4, 3))
    history = optim.lbfgs(loss, start, watch=lambda W: loss(W)[0], every=3)
    steps = len(history.loss)
    assert history.watched_at.tolist() == sorted({*range(0, steps + 1, 3), steps})
    assert_allclose(history.watched[:-1], history.loss[history.watched_at[:-1]])
    assert history.watched[-1] == loss(history.W)[0] and (start == 0).all()
    assert (np.diff(history.loss) < 0).all()


def test_lbfgs_stops_after_the_steps_it_was_given(problem):
    """Three and no more; none is not a number of steps."""
    X, y = problem
    loss = full_batch.FullBatchLoss(X, y, l2=0.1)
    assert len(optim.lbfgs(loss, np.zeros((4, 3)), steps=3).loss) == 3
    with pytest.raises(ValueError, match="steps must be 1 or more; got 0"):
        optim.lbfgs(loss, np.zeros((4, 3)), steps=0)


def test_lbfgs_counts_steps_and_not_calls():
    """In Rosenbrock's bent valley two steps need five calls; the limit is on the steps."""
    calls = []

    def bent(w):
        x, y = w.ravel()
        calls.append((x, y))
        slope = np.array([[-400 * x * (y - x**2) - 2 * (1 - x)], [200 * (y - x**2)]])
        return 100 * (y - x**2) ** 2 + (1 - x) ** 2, slope

    history = optim.lbfgs(bent, [[-1.2], [1.0]], steps=2, tolerance=0.0)
    assert len(history.loss) == 2 < len(calls) - 1


def test_lbfgs_at_the_minimum_takes_no_step():
    """Nothing to do is no failure."""
    history = optim.lbfgs(bowl, np.zeros((2, 1)))
    assert len(history.loss) == 0 and (history.W == 0).all()


def test_lbfgs_refuses_a_gradient_that_leads_up():
    """The sign forgotten: no step along it is lower."""
    with pytest.raises(ValueError, match="the gradient does not lead down"):
        optim.lbfgs(lambda w: (float((w**2).sum()), -2 * w), np.ones((2, 1)))


def test_lbfgs_refuses_a_gradient_of_another_shape():
    """As train does."""
    with pytest.raises(ValueError, match="lbfgs: the gradient must have W's shape"):
        optim.lbfgs(lambda w: (1.0, w.T), np.ones((2, 1)))


def test_lbfgs_refuses_a_start_without_a_loss():
    """A nan would end the search without a word."""
    with pytest.raises(FloatingPointError, match="the loss is nan at the start"):
        optim.lbfgs(lambda w: (np.nan, w), np.ones((2, 1)))
