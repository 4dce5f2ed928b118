"""The multiclass support vector machine: the hinge loss over wrong classes and its gradient, as pure functions.

Notation: ``X`` (m, n) examples, ``y`` (m,) labels, ``W`` (n, k) weights, ``Z = X @ W`` (m, k) scores, ``C`` (m, k)
coefficients. The loss is a mean over examples, in units of score.
"""

import numpy as np

from coursekit import _validate


def svm_loss(W, X, y, *, margin=1.0, l2=0.0):
    r"""Return the mean hinge loss of a linear classifier with several classes, and its gradient.

    .. math::
        L(W) = \frac{1}{m} \sum_{i=1}^{m} \sum_{j \ne y_i} \max(0,\; z_{ij} - z_{i y_i} + \Delta)
               + \frac{\lambda}{2} \lVert W \rVert_F^2, \qquad Z = XW

    Parameters
    ----------
    W : array_like of shape (n, k)
        Weights, one column per class.
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    margin : float, default=1.0
        How far the score of the true class must lie above each other one.
    l2 : float, default=0.0
        Penalty strength.

    Returns
    -------
    loss : float
        Mean over the m examples, in units of score. Equal scores cost ``(k - 1) * margin``; 0 if every margin holds.
    dW : ndarray of shape (n, k)
        Gradient of ``loss`` with respect to ``W``. Where a margin is met exactly the loss has a kink, and the slope
        0 is taken.

    Raises
    ------
    ValueError
        If the shapes of ``W``, ``X`` and ``y`` disagree, a label is out of range, a value is not finite, or ``margin``
        or ``l2`` is negative.
    TypeError
        If the labels are not integers.

    See Also
    --------
    coursekit.softmax.softmax_loss : The loss that is never satisfied.

    Notes
    -----
    The loss is linear in the scores as long as the same margins are violated, so its gradient in the scores is a
    matrix of whole numbers over m: 1 for each wrong class whose margin is violated, and minus their number for the true
    class. These are the coefficients ``C``, and ``dW = X.T @ C / m``: each violation adds the example to a wrong
    column and takes it from the right one. Another loss by the same name [2]_ counts only the worst of the wrong
    classes.

    References
    ----------
    .. [1] J. Weston, C. Watkins, "Support vector machines for multi-class pattern recognition", ESANN 1999.
    .. [2] K. Crammer, Y. Singer, "On the algorithmic implementation of multiclass kernel-based vector machines",
       J. Mach. Learn. Res. 2 (2001).

    Examples
    --------
    >>> loss, dW = svm_loss([[1.0, 3.0, 0.5]], [[1.0]], [0])  # 3 - 1 + 1 and 0.5 - 1 + 1
    >>> loss, dW
    (3.5, array([[-2.,  1.,  1.]]))
    """
    W, X, y = _validate.problem("svm_loss", W, X, y)
    margin = _validate.strength("svm_loss", "margin", margin)
    l2 = _validate.strength("svm_loss", "l2", l2)
    m, rows = len(y), np.arange(len(y))
    with np.errstate(invalid="ignore", over="ignore"):
        Z = X @ W
        _validate.finite_loss("svm_loss", np.abs(Z).max(), W, X)  # max(0, -inf) would hide a score that is not finite
        H = np.maximum(Z - Z[rows, y][:, None] + margin, 0)
        H[rows, y] = 0  # the true class is not compared with itself
        loss = float(H.sum(axis=1).mean() + 0.5 * l2 * (W * W).sum())
    _validate.finite_loss("svm_loss", loss, W, X)
    C = (H > 0).astype(H.dtype)
    C[rows, y] = -C.sum(axis=1)
    return loss, X.T @ (C / m) + l2 * W


def svm_loss_loops(W, X, y, *, margin=1.0, l2=0.0):
    """Return what :func:`svm_loss` returns, one number at a time.

    Three nested loops over examples, classes and features, as the formula is read aloud.

    Parameters
    ----------
    W, X, y, margin, l2 : array_like, array_like, array_like, float, float
        As of :func:`svm_loss`.

    Returns
    -------
    loss, dW : float, ndarray of shape (n, k)
        As of :func:`svm_loss`.

    Raises
    ------
    ValueError, TypeError
        As :func:`svm_loss`.

    Examples
    --------
    >>> loss, dW = svm_loss_loops([[1.0, 3.0, 0.5]], [[1.0]], [0])
    >>> loss, dW
    (3.5, array([[-2.,  1.,  1.]]))
    """
    W, X, y = _validate.problem("svm_loss_loops", W, X, y)
    margin = _validate.strength("svm_loss_loops", "margin", margin)
    l2 = _validate.strength("svm_loss_loops", "l2", l2)
    (m, n), k = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros((n, k))
    for i in range(m):
        z = [sum(float(X[i, j]) * float(W[j, c]) for j in range(n)) for c in range(k)]
        _validate.finite_loss("svm_loss_loops", sum(z), W, X)
        for c in range(k):
            excess = z[c] - z[y[i]] + margin
            if c != y[i] and excess > 0:
                loss += excess / m
                for j in range(n):
                    dW[j, c] += X[i, j] / m
                    dW[j, y[i]] -= X[i, j] / m
    with np.errstate(invalid="ignore", over="ignore"):
        loss = float(loss + 0.5 * l2 * (W * W).sum())
    return _validate.finite_loss("svm_loss_loops", loss, W, X), dW + l2 * W
