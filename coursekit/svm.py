"""The multiclass support vector machine: three hinge losses and their gradients, as pure functions.

``svm_loss`` adds up over the wrong classes (Weston and Watkins), ``crammer_singer_loss`` takes the worst of them, and
``one_against_all_loss`` asks for a sign of every score.

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
    column and takes it from the right one. :func:`crammer_singer_loss` [2]_ counts only the worst of the wrong
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
    W, X, y, margin, l2, Z = _scored("svm_loss", W, X, y, margin, l2)
    rows = np.arange(len(y))
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0)
    H[rows, y] = 0  # the true class is not compared with itself
    C = (H > 0).astype(H.dtype)
    C[rows, y] = -C.sum(axis=1)
    return _mean("svm_loss", H.sum(axis=1), C, W, X, l2)


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


def one_against_all_loss(W, X, y, *, margin=1.0, l2=0.0):
    r"""Return the mean hinge loss of k classifiers of two classes each, every class against all others.

    .. math::
        L(W) = \frac{1}{m} \sum_{i=1}^{m} \Bigl[ \max(0,\; \Delta - z_{i y_i})
               + \sum_{j \ne y_i} \max(0,\; \Delta + z_{ij}) \Bigr]
               + \frac{\lambda}{2} \lVert W \rVert_F^2, \qquad Z = XW

    Parameters
    ----------
    W, X, y, margin, l2 : array_like, array_like, array_like, float, float
        As of :func:`svm_loss`; ``margin`` is how far a score must lie on its side of 0.

    Returns
    -------
    loss, dW : float, ndarray of shape (n, k)
        As of :func:`svm_loss`. All scores 0 cost ``k * margin``.

    Raises
    ------
    ValueError, TypeError
        As :func:`svm_loss`.

    Notes
    -----
    No score is compared with another one, so each column of ``W`` is trained as if it were alone. The other losses
    only see differences of scores; this one also asks for a sign.

    References
    ----------
    .. [1] R. Rifkin, A. Klautau, "In defense of one-vs-all classification", J. Mach. Learn. Res. 5 (2004).

    Examples
    --------
    >>> loss, dW = one_against_all_loss([[1.0, 3.0, 0.5]], [[1.0]], [0])  # 1 - 1, 1 + 3 and 1 + 0.5
    >>> loss, dW
    (5.5, array([[0., 1., 1.]]))
    """
    W, X, y, margin, l2, Z = _scored("one_against_all_loss", W, X, y, margin, l2)
    S = np.full_like(Z, -1)  # on which side of 0 each score should lie
    S[np.arange(len(y)), y] = 1
    H = np.maximum(margin - S * Z, 0)
    return _mean("one_against_all_loss", H.sum(axis=1), -S * (H > 0), W, X, l2)


def crammer_singer_loss(W, X, y, *, margin=1.0, l2=0.0):
    r"""Return the mean hinge loss of the worst wrong class of each example, and its gradient.

    .. math::
        L(W) = \frac{1}{m} \sum_{i=1}^{m} \max\Bigl(0,\; \max_{j \ne y_i} z_{ij} - z_{i y_i} + \Delta\Bigr)
               + \frac{\lambda}{2} \lVert W \rVert_F^2, \qquad Z = XW

    Parameters
    ----------
    W, X, y, margin, l2 : array_like, array_like, array_like, float, float
        As of :func:`svm_loss`.

    Returns
    -------
    loss, dW : float, ndarray of shape (n, k)
        As of :func:`svm_loss`. Equal scores cost one ``margin``. If several wrong classes are equally bad, the slope
        is that of the first.

    Raises
    ------
    ValueError, TypeError
        As :func:`svm_loss`.

    Notes
    -----
    It is 0 exactly where :func:`svm_loss` is, and otherwise at most as large: that loss adds up what this one takes
    the largest of.

    References
    ----------
    .. [1] K. Crammer, Y. Singer, "On the algorithmic implementation of multiclass kernel-based vector machines",
       J. Mach. Learn. Res. 2 (2001).

    Examples
    --------
    >>> loss, dW = crammer_singer_loss([[1.0, 3.0, 0.5]], [[1.0]], [0])  # 3 - 1 + 1
    >>> loss, dW
    (3.0, array([[-1.,  1.,  0.]]))
    """
    W, X, y, margin, l2, Z = _scored("crammer_singer_loss", W, X, y, margin, l2)
    rows = np.arange(len(y))
    H = Z - Z[rows, y][:, None] + margin
    H[rows, y] = 0  # the largest of the row if every margin holds
    worst = H.argmax(axis=1)
    C = np.zeros_like(Z)
    C[rows, worst] = H[rows, worst] > 0
    C[rows, y] -= C[rows, worst]
    return _mean("crammer_singer_loss", H[rows, worst], C, W, X, l2)


def _scored(where, W, X, y, margin, l2):
    """Return the checked arguments of a loss, and the scores, which are finite."""
    W, X, y = _validate.problem(where, W, X, y)
    margin, l2 = _validate.strength(where, "margin", margin), _validate.strength(where, "l2", l2)
    with np.errstate(invalid="ignore", over="ignore"):
        Z = X @ W
        _validate.finite_loss(where, np.abs(Z).max(), W, X)  # max(0, -inf) would hide a score that is not finite
    return W, X, y, margin, l2, Z


def _mean(where, losses, C, W, X, l2):
    """Return the mean of the losses plus the penalty, and the gradient from the coefficients of the scores."""
    with np.errstate(invalid="ignore", over="ignore"):
        loss = float(losses.mean() + 0.5 * l2 * (W * W).sum())
    return _validate.finite_loss(where, loss, W, X), X.T @ (C / len(X)) + l2 * W
