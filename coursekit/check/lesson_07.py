"""Checks of notebook 07, regularisation: the penalty, soft thresholding, the proximal step, early stopping.

Two references stand here too, since no other room needs them: :func:`with_l2` and :func:`patient_stop`.
"""

import numpy as np

from coursekit import optim
from coursekit.check.core import Trial


def with_l2(loss, dW, W, l2):
    """Return a loss and its gradient with the L2 penalty on all rows of ``W`` but the last, the bias.

    Parameters
    ----------
    loss : float
        Mean loss without penalty.
    dW : ndarray of shape (n + 1, k)
        Its gradient.
    W : ndarray of shape (n + 1, k)
        Weights; the last row is the bias.
    l2 : float
        Penalty strength.

    Returns
    -------
    loss : float
        With half of ``l2`` times the sum of squared weights.
    dW : ndarray of shape (n + 1, k)
        Its gradient.

    Examples
    --------
    >>> with_l2(1.0, np.zeros((2, 1)), np.array([[3.0], [7.0]]), 2.0)
    (10.0, array([[6.],
           [0.]]))
    """
    R = np.vstack([W[:-1], np.zeros_like(W[-1:])])
    return float(loss + l2 / 2 * (R**2).sum()), dW + l2 * R


def patient_stop(losses, patience):
    """Return the step of the lowest loss seen until ``patience`` steps in a row brought no new low.

    Parameters
    ----------
    losses : array_like of shape (steps,)
        Validation losses, in the order in which they come.
    patience : int
        How many steps without a new low are waited for.

    Returns
    -------
    int
        The step to go back to.

    Examples
    --------
    >>> patient_stop([0.9, 0.6, 0.7, 0.65, 0.1], 2)
    1
    """
    best = 0
    for step, loss in enumerate(losses):
        if loss < losses[best]:
            best = step
        elif step - best >= patience:
            break
    return best


def add_l2(answer):
    """Check ``add_l2(loss, dW, W, l2) -> (loss, dW)``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "add_l2")
    rng = np.random.default_rng(7)
    W, dW = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    for l2 in (0.3, 0.0):
        right, gradient = with_l2(1.7, dW, W, l2)
        loss, new = trial.parts(trial(1.7, dW, W, l2), "loss", "dW")
        trial.require(np.shape(loss) != W.shape, "returned (dW, loss); the order is (loss, dW).")
        trial.require(
            np.shape(new) != W[:-1].shape,
            "lost the bias row: dW must keep all rows, the last one without a penalty.",
        )
        trial.equal(loss, right, what="loss", mistakes=_wrong_penalties(1.7, W, l2))
        trial.equal(new, gradient, what="dW", mistakes=_wrong_decays(dW, W, l2))
    trial.passed()


def _wrong_penalties(loss, W, l2):
    """List what known mistakes make of the loss."""
    R = W[:-1]
    S, everything = (R**2).sum(), (W**2).sum()
    bias = "the bias, the last row of W, is penalised as well; leave it out: W[:-1]."
    half = "the factor 1/2 is missing: the penalty is l2 / 2 times the sum of squares."
    absolute = "these are absolute values, the L1 penalty; square them."
    norm = "the norm is not squared: add up W * W, without a square root."
    return [
        (loss, "the loss has no penalty yet: add l2 / 2 times the sum of squares."),
        (loss + l2 / 2 * everything, bias),
        (loss + l2 * everything, f"{half} And the bias is not penalised: W[:-1]."),
        (loss + l2 * S, half),
        *[(loss + c * l2 * np.sqrt(s), norm) for c in (0.5, 1) for s in (S, everything)],
        *[(loss + c * l2 * np.abs(R).sum(), absolute) for c in (0.5, 1)],
        (loss + l2 / 2 * (R**2).mean(), "the penalty is a mean over the weights; it is a sum."),
        (loss + l2 / 2 * (R**2).sum() / len(W), "the penalty is divided by the number of rows; it is a plain sum."),
        (loss - l2 / 2 * S, "the penalty is taken away from the loss; large weights must cost."),
        (l2 / 2 * S, "this is the penalty alone; add it to the loss that came in."),
        (loss + l2 / 2 * R.sum() ** 2, "the weights were added up first and squared then; square each one."),
        (loss + l2 / 2 * (W[1:] ** 2).sum(), "the first row was left out; the bias is the last one: W[:-1]."),
        (loss + l2 / 2 * (W[:, :-1] ** 2).sum(), "a column was left out, a class; the bias is the last row: W[:-1]."),
    ]


def _wrong_decays(dW, W, l2):
    """List what known mistakes make of the gradient."""
    R = np.vstack([W[:-1], 0 * W[-1:]])
    halved = "the derivative of l2 / 2 * w**2 is l2 * w: the 1/2 is eaten by the 2 of the square."
    return [
        (dW, "dW has no penalty yet. What is the derivative of l2 / 2 * w**2?"),
        (dW + l2 * W, "the bias row of dW is penalised as well; its gradient stays as it came."),
        (dW + 2 * l2 * R, halved),
        (dW + l2 / 2 * R, halved),
        (dW - l2 * R, "the sign is wrong: the penalty's gradient l2 * W is added."),
        (l2 * R, "this is the penalty's gradient alone; add it to the dW that came in."),
        (np.vstack([dW[:-1], 0 * dW[-1:]]) + l2 * R, "the bias row became 0; it keeps the gradient that it came with."),
        (dW + l2 * np.sign(R), "this is the gradient of the L1 penalty, sign(W); that of L2 is W itself."),
        (dW + l2 * np.vstack([0 * W[:1], W[1:]]), "the first row was left out; the bias is the last one."),
        (dW + l2 * (R**2).sum() / 2, "the penalty itself was added to every entry; its gradient is l2 * W."),
    ]


def soft_threshold_entries(answer):
    """Check ``soft_threshold_entries(V, t) -> V``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "soft_threshold_entries")
    V = np.array([[2.0, -0.5, 0.0, 0.3], [-3.0, 0.75, -0.75, 1.0]])
    for entries, t in ((V, 0.75), (V[1], 2.0), (V, 0.0)):
        right = optim.soft_threshold(entries, t)
        trial.equal(trial(entries, t), right, mistakes=_wrong_thresholds(entries, t))
    whole, t = np.array([[3, -1, 0], [-2, 5, 1]]), 1.5
    cut = optim.soft_threshold(whole, t).astype(int)
    hint = "the entries were whole numbers, and the result was cut to whole numbers: build it as floats."
    trial.equal(trial(whole, t), optim.soft_threshold(whole, t), mistakes=[(cut, hint)])
    trial.passed()


def _wrong_thresholds(V, t):
    """List what known mistakes make of the entries."""
    right, size = optim.soft_threshold(V, t), np.abs(V)
    past = "entries near 0 were pushed past it and changed their sign; those at most t away become exactly 0."
    factor = "entries shrank by a factor, as under L2; under L1 they all lose the same amount, t."
    with np.errstate(invalid="ignore"):
        divided = V / size * np.maximum(size - t, 0)
    return [
        (V, "nothing has moved: each entry goes towards 0 by t."),
        (V - t * np.sign(V), past),
        (np.sign(V) * (size - t), past),
        (np.where(V > 0, V - t, V + t), past),
        (np.where(size > t, V, 0), "large entries stayed as they are (a hard threshold); they too move by t."),
        (np.maximum(size - t, 0), "the signs are lost: a negative entry stays negative."),
        (np.maximum(V - t, 0), "negative entries became 0; they move up by t, towards 0."),
        (np.where(right < 0, V, right), "negative entries did not move; they go up by t."),
        (np.where(right < 0, V - t, right), "negative entries moved down, away from 0; add t there."),
        (np.sign(V) * (size + t), "entries moved away from 0 by t; they go towards it."),
        (np.clip(V, -t, t), "this is what is cut off, V clipped to [-t, t]; return what is left, V minus it."),
        (V * (1 - t), factor),
        (V / (1 + t), factor),
        (divided, "an entry that is 0 gives 0 / 0, nan. np.sign(0) is 0 and does no harm."),
        (V - t, "every entry moved down; each goes towards 0, so negative ones move up."),
    ]


def proximal_step(answer):
    """Check ``proximal_step(W, dW, learning_rate, l1) -> W``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "proximal_step")
    rng = np.random.default_rng(17)
    W, dW = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    W[0] = [0.0, 0.02, -0.04]
    for rate, l1 in ((0.4, 1.25), (0.2, 3.0), (0.5, 0.0)):
        result = trial(W, dW, rate, l1)
        trial.require(np.shape(result) != W[:-1].shape, "lost the bias row: return all rows of W.")
        mistakes = _wrong_steps(W, dW, rate, l1)
        trial.equal(result, _proximal(W, dW, rate, rate * l1), what="W", mistakes=mistakes)
    trial.passed()


def _proximal(W, dW, rate, amount, *, rows=slice(None, -1)):
    """Return a gradient step, with some rows soft-thresholded after it."""
    new = W - rate * dW
    new[rows] = optim.soft_threshold(new[rows], amount)
    return new


def _wrong_steps(W, dW, rate, l1):
    """List what known mistakes make of a step."""
    amount = rate * l1
    first = _proximal(W, 0 * dW, rate, amount) - rate * dW
    signs, frozen = np.sign(W), _proximal(W, dW, rate, amount)
    signs[-1], frozen[-1] = 0, W[-1]
    subgradient = "this is a subgradient step, with sign(W); take the plain step first, then soft-threshold."
    return [
        (W - rate * dW, "the gradient step is right, but nothing is thresholded after it."),
        (_proximal(W, dW, rate, l1), "the threshold is l1 alone; a step of learning_rate moves by learning_rate * l1."),
        (_proximal(W, dW, rate, rate), "the threshold is the learning rate alone; it is learning_rate * l1."),
        (_proximal(W, dW, rate, amount, rows=slice(None)), "the bias, the last row, was thresholded too; spare it."),
        (_proximal(W, dW, rate, amount, rows=slice(1, None)), "the first row was spared; the bias is the last one."),
        (first, "it thresholded before the gradient step, so the zeros are lost again; step first."),
        (_proximal(W, -dW, rate, amount), "the gradient step goes uphill: W - learning_rate * dW."),
        (_proximal(W, 0 * dW, rate, amount), "the gradient step is missing: only the threshold was taken."),
        (_proximal(W, dW, 1.0, amount), "the gradient was not multiplied by learning_rate."),
        (frozen, "the bias never moved: it takes the gradient step, only no threshold."),
        (W - rate * (dW + l1 * np.sign(W)), subgradient),
        (W - rate * (dW + l1 * signs), subgradient),
        (W - rate * optim.soft_threshold(dW, l1), "the gradient was thresholded; it is the new W that must be."),
        (W - rate * optim.soft_threshold(dW, amount), "the gradient was thresholded; it is the new W that must be."),
    ]


def stop_early(answer):
    """Check ``stop_early(validation_losses, patience) -> step``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "stop_early")
    runs = [
        ([1.0, 0.5, 0.9, 0.8, 0.7, 0.6, 0.45, 0.5, 0.6, 0.7, 0.3], 3),  # falling, but not below the best
        ([1.0, 0.8, 0.7, 0.75, 0.72, 0.6, 0.9, 0.8, 0.7, 0.65, 0.5], 3),  # 0.5 comes after the stop
        ([1.0, 0.8, 0.9, 0.95, 0.7, 0.75, 0.8, 0.9, 0.6], 2),  # a new low one step too late
        ([1.0, 0.8, 0.9, 0.7, 0.75], 2),  # and one just in time
        ([1.0, 0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.6], 2),  # patience is never used up
        ([1.0, 0.5, 0.5, 0.7, 0.8, 0.4], 2),  # a tie
        ([0.3, 0.4, 0.5, 0.6], 5),  # the first is the best
        ([0.9, 0.8, 0.7], 1),  # always falling
    ]
    for losses, patience in runs:
        step = trial(np.array(losses), patience)
        what = f"the step for losses {losses} and patience {patience}"
        mistakes = [(wrong(losses, patience), hint) for wrong, hint in WRONG_STOPS]
        trial.equal(step, patient_stop(losses, patience), what=what, mistakes=mistakes)
    trial.passed()


def _stop(losses, patience, *, low=lambda loss, best, last: loss < best, reset=True, give=lambda best, step: best):
    """Walk through the losses as an answer with one fault does."""
    best, waited = 0, 0
    for step in range(1, len(losses)):
        if low(losses[step], losses[best], losses[step - 1]):
            best, waited = step, waited * (not reset)
        else:
            waited += 1
        if waited >= patience:
            return give(best, step)
    return give(best, len(losses) - 1)


def _fall(losses, patience):
    """Return the step at which training stops if each loss is compared with the one before it."""
    return _stop(losses, patience, low=lambda loss, best, last: loss < last, give=lambda best, step: step)


LOSS = "this is the loss; return its step, counted from 0."
BEFORE = "each loss was compared with the one before it; compare it with the best so far."
WRONG_STOPS = [
    (
        lambda losses, p: _stop(losses, p, low=lambda loss, best, last: loss <= best),
        "an equal loss counted as a new low; only a lower one does.",
    ),
    (lambda losses, p: np.argmin(losses), "it looked at losses after the stop; in training, nobody knows those yet."),
    (lambda losses, p: min(losses), LOSS),
    (lambda losses, p: losses[patient_stop(losses, p)], LOSS),
    (lambda losses, p: patient_stop(losses, p) + 1, "this is one step too far: steps are counted from 0."),
    (
        lambda losses, p: _stop(losses, p, give=lambda best, step: step),
        "this is the step at which the patience ran out; go back to the best one before it.",
    ),
    (lambda losses, p: len(losses) - 1, "this is the last step; go back to the best one."),
    (lambda losses, p: _stop(losses, p, low=lambda loss, best, last: loss < last), BEFORE),
    (lambda losses, p: np.argmin(losses[: _fall(losses, p) + 1]), BEFORE),
    (
        lambda losses, p: _stop(losses, p, reset=False),
        "the patience never starts afresh: after a new low, count from 0 again.",
    ),
    (lambda losses, p: _stop(losses, p + 1), "it waits one step too long: stop once `patience` steps brought no low."),
    (lambda losses, p: _stop(losses, p - 1), "it stops one step too early: `patience` steps may pass without a low."),
]
