"""Checks of notebook 01, the theory: softmax, divergence, cross-entropy, and the two fused into one."""

import numpy as np

from coursekit import softmax
from coursekit.check.core import Trial


def softmax_rows(answer):
    """Check ``softmax_rows(Z) -> P`` for a matrix of scores, one example a row.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "softmax_rows")
    Z = np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 5.5], [-1.0, 0.5, 0.0], [2.0, 2.0, -3.0]])
    square = Z[:3]
    mistakes = _without_keepdims(square) + _wrong_softmax(square)
    trial.equal(trial(square), softmax.softmax(square), what="P", mistakes=mistakes)
    trial.equal(trial(Z), softmax.softmax(Z), what="P", mistakes=_wrong_softmax(Z))
    trial.equal(trial(Z[:1].astype(int)), softmax.softmax(Z[:1]), what="P of one row of whole numbers")
    for low, hint in (
        (1e4, "overflows on scores of 10000. Take the largest score of each row away before the exponential."),
        (
            -1e4,
            "gives nan when one row scores +10000 and another -10000: one maximum was taken away for all. Each row "
            "needs its own: Z.max(axis=1, keepdims=True).",
        ),
    ):
        tall = np.array([[1e4, 1e4 + 1, 1e4 - 1], [low, low + 2, low]])
        P = trial.array(trial(tall), (2, 3), "P")
        trial.require(np.isfinite(P).all() and P.sum(axis=1).min() > 0.5, hint)
        trial.equal(
            P,
            softmax.softmax(tall),
            what="P on scores of 10000",
            mistakes=[(np.full((2, 3), 1 / 3), "cuts large scores off, and then cannot tell them apart: shift them.")],
        )
    trial.passed()


def _without_keepdims(Z):
    """List what comes of a square Z when a row's maximum or sum is broadcast along the columns."""
    E, top = np.exp(Z), Z.max(axis=1)
    S = np.exp(Z - top)
    hint = (
        "on a square Z the rows' sums or maxima were spread over the columns: (k,) lines up with columns. "
        "keepdims=True keeps them a column, (m, 1)."
    )
    wrong = [E / E.sum(axis=1), S / S.sum(axis=1), S / S.sum(axis=1, keepdims=True)]
    return [(P, hint) for P in wrong]


def _wrong_softmax(Z):
    """List what known mistakes make of the scores, with the hint for each."""
    E, top = np.exp(Z), Z.max(axis=1, keepdims=True)
    return [
        (E, "the exponentials are not divided by their sum yet; each row must sum to 1."),
        (np.exp(Z - top), "the exponentials are not divided by their sum yet; each row must sum to 1."),
        (E / E.sum(axis=0), "columns sum to 1, rows do not: the sum runs over axis 0. An example is a row: axis=1."),
        (E / E.sum(), "the whole matrix sums to 1; each row must. The sum needs axis=1."),
        (
            softmax.softmax(Z - Z.max(axis=0)),
            "each column's maximum was taken away. That changes differences within a row; take each row's own, axis=1.",
        ),
        (np.exp(Z - top) / E.sum(axis=1, keepdims=True), "the shift is only in the numerator, so it does not cancel."),
        (Z / Z.sum(axis=1, keepdims=True), "these are shares of the scores; the exponential is missing."),
        (softmax.softmax(-Z), "the largest score got the smallest probability: a minus sign too many."),
        (np.log(softmax.softmax(Z)), "these are logarithms of the probabilities; return the probabilities."),
        (top == Z, "this is the hard maximum; softmax gives every class a share."),
        (softmax.softmax(Z * np.log(2)), "the base is e: np.exp, not 2 ** Z."),
    ]


def kl_divergence(answer):
    """Check ``kl_divergence(p, q) -> nats`` for two vectors of probabilities.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "kl_divergence")
    p, q = np.array([0.5, 0.2, 0.2, 0.1]), np.array([0.1, 0.3, 0.2, 0.4])
    terms = p * np.log(p / q)
    value = trial(p, q)
    trial.require(np.shape(value) != (4,), "returned the terms; the divergence is their sum, one number.")
    trial.equal(
        value,
        terms.sum(),
        mistakes=[
            (q @ np.log(q / p), "the two are swapped: the truth p weighs the terms, sum p log(p / q)."),
            (-terms.sum(), "the sign is wrong: a divergence is never negative."),
            (-p @ np.log(q), "this is the cross-entropy; take the entropy of p away from it."),
            (-p @ np.log(p), "this is the entropy of p; q does not come into it."),
            (terms.sum() / np.log(2), "this is in bits; np.log gives nats."),
            (terms.mean(), "the terms are averaged; p already weighs them, so sum."),
            (np.log(p / q).sum(), "the weights are missing: each log(p / q) counts p times."),
            (np.abs(terms).sum(), "single terms may be negative; leave their signs and sum."),
            (terms.sum() + q @ np.log(q / p), "this is both divergences together; only KL(p || q) was asked for."),
            (0.5 * np.abs(p - q).sum(), "this is the total variation; use logarithms."),
        ],
    )
    trial.equal(trial(p, p), 0.0, what="the divergence of p from itself")
    sure = np.array([0.0, 1.0, 0.0, 0.0])
    zero = trial.array(trial(sure, q), (), "its result")
    trial.require(
        not np.isnan(zero),
        "gives nan where p is 0: NumPy's 0 * log 0 is nan, the limit is 0. Sum only the terms with p > 0.",
    )
    trial.equal(zero, -np.log(0.3), what="the divergence of a one-hot p")
    impossible = trial.array(trial(p, np.array([0.0, 0.4, 0.3, 0.3])), (), "its result")
    trial.require(
        np.isposinf(impossible),
        f"gives {impossible:.4g} where q says 'impossible' to something that happens; that is infinitely wrong. "
        "Leave out the terms with p = 0, not those with q = 0, and add no small number.",
    )
    trial.passed()


def mean_cross_entropy(answer):
    """Check ``mean_cross_entropy(P, y) -> nats`` for probabilities and labels.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "mean_cross_entropy")
    P = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.25, 0.15, 0.6], [0.5, 0.3, 0.2], [0.05, 0.9, 0.05]])
    y = np.array([0, 2, 2, 1, 1])
    true = P[np.arange(5), y]
    right = -np.log(true).mean()
    value = trial(P, y)
    trial.require(np.shape(value) != (5,), "returned one loss a sample; the objective is their mean, one number.")
    trial.require(
        np.shape(value) != (5, 5), "took P[:, y], a (5, 5) table: every row at every label. Pair them: P[arange(m), y]."
    )
    trial.equal(
        value,
        right,
        mistakes=[
            (5 * right, "this is a sum over the m samples; divide by m. A sum grows with the size of the set."),
            (-right, "the sign is wrong: log of a probability is negative, the loss is minus that."),
            (right / 3, "averaged over the classes as well; the one-hot zeros are no samples. Divide by m only."),
            (right / np.log(2), "this is in bits; np.log gives nats."),
            (right / np.log(10), "the base is e: np.log, not np.log10."),
            (-np.log(P[:, y]).mean(), "took P[:, y], every row at every label. Pair them: P[np.arange(m), y]."),
            (-np.log(true.mean()), "the logarithm of the mean; take the mean of the logarithms."),
            ((1 - true).mean(), "no logarithm was taken; the loss of a sample is -log p[y]."),
            (-np.log(P.max(axis=1)).mean(), "used the largest probability of each row; use the true class's."),
            (-np.log(P[np.arange(5), y - 1]).mean(), "the labels are off by one: they start at 0."),
            (-np.log(P).sum(axis=1).mean(), "all classes count here; only the true class's probability does."),
            (-np.log(1 - true).mean(), "this rewards being wrong: -log(1 - p[y]) instead of -log p[y]."),
            (-(P * np.log(P)).sum(axis=1).mean(), "this is the entropy of the predictions; the labels are not in it."),
            (np.exp(right), "this is the perplexity, exp of the loss."),
            (((np.eye(3)[y] - P) ** 2).sum(axis=1).mean(), "this is the squared error."),
        ],
    )
    trial.equal(trial(P[:2], y[:2]), -np.log(true[:2]).mean(), what="the loss of two samples")
    trial.equal(trial(P[:1], y[:1]), -np.log(0.7), what="the loss of one sample")
    trial.passed()


def softmax_cross_entropy(answer):
    """Check ``softmax_cross_entropy(Z, y) -> nats`` for scores and labels.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "softmax_cross_entropy")
    Z = np.array([[2.0, 1.0, -1.0], [0.5, 0.0, 1.5], [-2.0, 3.0, 0.0], [1.0, 1.0, 0.5]])
    y = np.array([0, 0, 2, 1])
    value = trial(Z, y)
    trial.require(np.shape(value) != (4,), "returned one loss a sample; return their mean, one number.")
    trial.equal(value, _loss(Z, y), mistakes=_wrong_loss(Z, y))
    trial.equal(trial(Z[:1].astype(int), y[:1]), _loss(Z[:1], y[:1]), what="the loss of one row of whole numbers")
    _tall_scores(trial)
    trial.passed()


def _loss(Z, y):
    """Return the mean loss of scores."""
    return softmax.softmax_loss(Z, np.eye(len(Z)), y)[0]


def _wrong_loss(Z, y):
    """List what known mistakes make of the scores and labels, with the hint for each."""
    right, m, rows, lse = _loss(Z, y), len(y), np.arange(len(y)), softmax.log_sum_exp(Z)
    E, top = np.exp(Z), Z.max(axis=1)
    return [
        (m * right, "this is a sum over the m samples; divide by m."),
        (-right, "the sign is wrong: it is log-sum-exp minus the true score."),
        (right / Z.shape[1], "averaged over the classes as well; divide by m only."),
        (right / np.log(2), "this is in bits; np.log gives nats."),
        (lse.mean(), "the score of the true class is missing: log-sum-exp minus Z[i, y[i]]."),
        (-Z[rows, y].mean(), "log-sum-exp is missing: this is only minus the true scores."),
        ((lse - top - Z[rows, y]).mean(), "the shift was taken away and never added back; shift the true score too."),
        ((lse - Z[rows, y] + top).mean(), "the shift was counted twice: shift Z once, and use it everywhere."),
        (-np.log((E / E.sum(axis=0))[rows, y]).mean(), "softmax ran down the columns: an example is a row, axis=1."),
        (-np.log(E[rows, y] / E.sum()).mean(), "the exponentials were summed over the whole matrix; use axis=1."),
        ((lse - top).mean(), "this is the loss of the largest score; use that of the true class, y."),
        (
            _loss(softmax.softmax(Z), y),
            "softmax was applied twice: probabilities went in where scores belong.",
        ),
    ]


def _tall_scores(trial):
    """Try scores of 10000: a wrong and confident row, then beside it a row near -10000."""
    for low in (1e4, -1e4):
        Z, y = np.array([[1e4, 0.0, 2.0], [low, low + 2, low]]), np.array([1, 2])
        right, loss = _loss(Z, y), trial.array(trial(Z, y), (), "its result")
        trial.require(
            not np.isnan(loss),
            "gives nan on scores of 10000: exp(10000) is infinite, and inf / inf is nan. Take the largest score of "
            "each row away first.",
        )
        trial.require(
            np.isfinite(loss),
            f"gives {loss} on scores of 10000: a probability became 0 and its logarithm infinite. Never form the "
            "probability: log-sum-exp of each row, with the row's own maximum taken out, minus the true score.",
        )
        trial.equal(
            loss,
            right,
            what="the loss on scores of 10000",
            hint="A row that is wrong by 10000 loses 10000. A small number inside the log, or a clipped score, hides "
            "that, and its gradient is 0: what is most wrong stops learning.",
        )
