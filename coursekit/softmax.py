"""Softmax regression: scores, probabilities, loss and gradient, as pure functions.

Notation: ``X`` (m, n) examples, ``y`` (m,) labels, ``W`` (n, k) weights, ``Z = X @ W`` (m, k) scores,
``P`` (m, k) probabilities. The loss is a mean over examples, in nats.
"""

import numpy as np

from coursekit import _validate


def softmax(Z):
    r"""Return the probabilities of each row of scores.

    .. math:: p_{ij} = \frac{e^{z_{ij}}}{\sum_{l=1}^{k} e^{z_{il}}}

    Parameters
    ----------
    Z : array_like of shape (m, k)
        Scores, one example a row.

    Returns
    -------
    P : ndarray of shape (m, k)
        Probabilities; every row sums to 1.

    Raises
    ------
    ValueError
        If ``Z`` is not a matrix, is empty, or the largest score of a row is not finite.

    Notes
    -----
    The largest score of each row is taken away first. That changes no probability, since numerator and
    denominator shrink by the same factor, and keeps every exponential in (0, 1].

    Examples
    --------
    >>> softmax([[1.0, 2.0, 3.0], [1001.0, 1002.0, 1003.0]]).round(4)
    array([[0.09  , 0.2447, 0.6652],
           [0.09  , 0.2447, 0.6652]])
    """
    Z, top = _validate.scores("softmax", Z)
    E = np.exp(Z - top[:, None])
    return E / E.sum(axis=1, keepdims=True)


def log_sum_exp(Z):
    r"""Return :math:`\log \sum_j e^{z_{ij}}` of each row, without overflow.

    Parameters
    ----------
    Z : array_like of shape (m, k)
        Scores.

    Returns
    -------
    ndarray of shape (m,)
        A soft maximum: between the largest score and the largest score plus ``log(k)``.

    Raises
    ------
    ValueError
        If ``Z`` is not a matrix, is empty, or the largest score of a row is not finite.

    Examples
    --------
    >>> log_sum_exp([[0.0, 0.0], [1e4, 0.0]]).round(4)
    array([6.931e-01, 1.000e+04])
    """
    Z, top = _validate.scores("log_sum_exp", Z)
    return top + np.log(np.exp(Z - top[:, None]).sum(axis=1))


def cross_entropy(P, y):
    """Return the mean of -log(probability of the true class).

    Parameters
    ----------
    P : array_like of shape (m, k)
        Probabilities, one example a row.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.

    Returns
    -------
    float
        Mean cross-entropy in nats; infinite when a true class has probability 0.

    Raises
    ------
    ValueError
        If the shapes disagree, a label is out of range, or a value of ``P`` is not in [0, 1].
    TypeError
        If the labels are not integers.

    See Also
    --------
    softmax_loss : The same from scores, which stays finite.

    Examples
    --------
    >>> round(cross_entropy([[0.25, 0.75], [0.5, 0.5]], [1, 0]), 4)
    0.4904
    """
    P = _validate.matrix("cross_entropy", "P", P, "(m, k)")
    y = _validate.labels("cross_entropy", y, *P.shape)
    if not (P.min() >= 0 and P.max() <= 1 + 1e-6):  # a nan fails too
        raise ValueError(
            f"cross_entropy: probabilities lie in [0, 1]; P goes from {P.min():.4g} to {P.max():.4g}. "
            "If these are scores, pass softmax(Z), or use softmax_loss."
        )
    with np.errstate(divide="ignore"):
        return float(-np.log(P[np.arange(len(y)), y]).mean())


def predict(W, X):
    """Return the class with the largest score for each example.

    Parameters
    ----------
    W : array_like of shape (n, k)
        Weights, one column per class.
    X : array_like of shape (m, n)
        Examples, one row each.

    Returns
    -------
    ndarray of int, shape (m,)
        Labels in ``0..k-1``. No exponential is needed: softmax keeps the order of the scores.

    Raises
    ------
    ValueError
        If the shapes of ``W`` and ``X`` disagree, or a score is not finite.

    Examples
    --------
    >>> predict(np.eye(3), [[0.1, 0.7, 0.2]])
    array([1])
    """
    X = _validate.matrix("predict", "X", X)
    W = _validate.weights("predict", W, X.shape[1])
    with np.errstate(invalid="ignore", over="ignore"):
        Z = X @ W
    _validate.finite_loss("predict", np.abs(Z).max(), W, X)  # the argmax of a nan would be a class like any other
    return Z.argmax(axis=1)


def softmax_loss(W, X, y, *, l2=0.0):
    r"""Return the mean cross-entropy of softmax regression and its gradient.

    .. math::
        L(W) = \frac{1}{m} \sum_{i=1}^{m}
               \Bigl[ \log \sum_{j=1}^{k} e^{z_{ij}} - z_{i y_i} \Bigr]
               + \frac{\lambda}{2} \lVert W \rVert_F^2, \qquad Z = XW

    Parameters
    ----------
    W : array_like of shape (n, k)
        Weights, one column per class.
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    l2 : float, default=0.0
        Penalty strength.

    Returns
    -------
    loss : float
        Mean over the m examples, in nats. A uniform guess scores ``log(k)``.
    dW : ndarray of shape (n, k)
        Gradient of ``loss`` with respect to ``W``.

    Raises
    ------
    ValueError
        If the shapes of ``W``, ``X`` and ``y`` disagree, a label is out of range, a value is not finite, or
        ``l2`` is negative.
    TypeError
        If the labels are not integers.

    Notes
    -----
    Log-sum-exp on shifted scores: no log of a probability is taken, so the loss stays finite
    however wrong a confident score is. Notebook 02 derives ``dL/dZ = (P - Y) / m``.

    Memory: some arrays of shape (m, k). Where ``W`` and ``X`` differ in type, NumPy also converts the whole of one of
    them, twice: give both the same, float32 or float64.

    References
    ----------
    .. [1] C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006, section 4.3.4.

    Examples
    --------
    >>> X, y = np.eye(3), np.array([0, 1, 1])
    >>> loss, dW = softmax_loss(np.zeros((3, 2)), X, y)
    >>> round(loss, 4), dW.shape
    (0.6931, (3, 2))
    """
    W, X, y = _validate.problem("softmax_loss", W, X, y)
    l2 = _validate.strength("softmax_loss", "l2", l2)
    m, rows = len(y), np.arange(len(y))
    with np.errstate(invalid="ignore", over="ignore"):
        Z = X @ W
        Z -= Z.max(axis=1, keepdims=True)
        true = Z[rows, y]  # (m,) shifted score of the true class
        P = np.exp(Z)
        total = P.sum(axis=1, keepdims=True)  # (m, 1)
        loss = float((np.log(total[:, 0]) - true).mean() + 0.5 * l2 * (W * W).sum())
    _validate.finite_loss("softmax_loss", loss, W, X)
    P /= total
    P[rows, y] -= 1  # P - Y
    return loss, X.T @ (P / m) + l2 * W


def softmax_loss_loops(W, X, y, *, l2=0.0):
    """Return what :func:`softmax_loss` returns, one number at a time.

    Three nested loops over examples, classes and features, as the formulas are read aloud. It is the
    slow form that notebook 03 sets beside the matrix products.

    Parameters
    ----------
    W, X, y, l2 : array_like, array_like, array_like, float
        As of :func:`softmax_loss`.

    Returns
    -------
    loss, dW : float, ndarray of shape (n, k)
        As of :func:`softmax_loss`.

    Raises
    ------
    ValueError, TypeError
        As :func:`softmax_loss`.

    Examples
    --------
    >>> loss, dW = softmax_loss_loops(np.zeros((3, 2)), np.eye(3), [0, 1, 1])
    >>> round(loss, 4), dW.shape
    (0.6931, (3, 2))
    """
    W, X, y = _validate.problem("softmax_loss_loops", W, X, y)
    l2 = _validate.strength("softmax_loss_loops", "l2", l2)
    (m, n), k = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros((n, k))
    for i in range(m):
        z = [sum(float(X[i, j]) * float(W[j, c]) for j in range(n)) for c in range(k)]
        top = max(z)
        e = [np.exp(score - top) for score in z]
        total = sum(e)
        loss += (np.log(total) - (z[y[i]] - top)) / m
        for c in range(k):
            dz = (e[c] / total - (c == y[i])) / m
            for j in range(n):
                dW[j, c] += X[i, j] * dz
    with np.errstate(invalid="ignore", over="ignore"):
        loss = float(loss + 0.5 * l2 * (W * W).sum())
    return _validate.finite_loss("softmax_loss_loops", loss, W, X), dW + l2 * W
