"""Softmax regression: scores, probabilities, loss and gradient, as pure functions.

Notation: ``X`` (m, n) examples, ``y`` (m,) labels, ``W`` (n, k) weights, ``Z = X @ W`` (m, k) scores,
``P`` (m, k) probabilities. The loss is a mean over examples, in nats.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from threadpoolctl import ThreadpoolController

from coursekit import _validate, optim
from coursekit.preprocessing import one_hot

STRIPE = 4096  # examples; fewer are not worth a thread of their own


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
        Mean over the m examples, in nats.
    dW : ndarray of shape (n, k)
        Gradient of ``loss`` with respect to ``W``.

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


class FullBatchLoss:
    r"""The loss of :func:`softmax_loss` over one fixed data set, made to be called many times.

    Six things make it faster than the plain products, and none changes the result. X goes from memory to the
    processor once a step, in blocks of rows that stay in the cache for both products. Each core works through rows of
    its own, so that they need not wait for each other at every product. Scores are laid out class by class, (k, block),
    so that sums over classes run along whole rows; empty classes fill k up to a multiple of four, which the linear
    algebra library multiplies faster. The one-hot labels are never subtracted: with the constant
    :math:`C = X^T Y`, the gradient is :math:`(X^T P - C)/m` and the loss
    :math:`(\sum_i \mathrm{lse}(z_i) - \langle W, C \rangle)/m`. Features that are zero in every example (in MNIST the
    rim of the image) have no gradient and are left out of the products.

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each. Integers are converted once, to float32.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    k : int, optional
        Number of classes; the largest label plus one if not given.
    l2 : float or array_like of shape (s,), default=0.0
        Penalty strength, or one for each of s models.
    block : int, default=640
        Rows a block.

    Raises
    ------
    ValueError
        If the shapes disagree, a label is out of range, a value is not finite, ``l2`` is negative, or ``block`` is
        less than 1.
    TypeError
        If the labels are not integers.

    Notes
    -----
    Called with ``W`` (s, n, k) it returns the losses (s,) and gradients (s, n, k) of s models at once: their scores are
    one product, which the processor does faster than s small ones, and X is read once for all.

    It uses as many threads as NumPy's linear algebra has when it is made (``threadpoolctl.threadpool_limits`` sets
    them), and meanwhile holds that library to one.

    Memory: one copy of the features that occur, since X may change later; in a step, for each thread, the scores of a
    block, (block, k) or (block, s k) numbers. Nothing else is as large as X, neither here nor in a step.

    Examples
    --------
    >>> X, y = np.eye(3), np.array([0, 1, 1])
    >>> loss, dW = FullBatchLoss(X, y)(np.zeros((3, 2)))
    >>> round(loss, 4), dW.shape
    (0.6931, (3, 2))
    """

    def __init__(self, X, y, *, k=None, l2=0.0, block=640):
        X = _validate.matrix("FullBatchLoss", "X", X)
        y = _validate.labels("FullBatchLoss", y, len(X), k)
        if block < 1:
            raise ValueError(f"FullBatchLoss: block must be 1 or more; got {block}.")
        _validate.finite("FullBatchLoss", "X", X, "Replace or drop it.")
        self.shape, self.block = (X.shape[1], k or int(y.max()) + 1), block
        for value in np.ravel(l2):
            _validate.strength("FullBatchLoss", "l2", value)
        self.l2 = np.asarray(l2, float)
        self.live = np.flatnonzero(X.any(axis=0))
        dtype = np.result_type(X, np.float32) if X.dtype.kind == "f" else np.dtype(np.float32)
        self.X = np.empty((len(X), len(self.live)), dtype)
        for start in range(0, len(X), block):
            self.X[start : start + block] = X[start : start + block, self.live]
        self.C = one_hot(y, self.shape[1], dtype=dtype).T @ self.X  # (k, live)
        self.blas = ThreadpoolController().select(user_api="blas")
        self.threads = min([library.num_threads for library in self.blas.lib_controllers], default=1)

    def __call__(self, W):
        """Return the loss in nats and its gradient (n, k) at ``W`` (n, k); of a stack (s, n, k), those of each."""
        W = self._fitting(W)
        theta = np.ascontiguousarray(np.swapaxes(W[..., self.live, :], -1, -2), self.X.dtype)  # (..., k, live)
        stripes = np.array_split(self.X, max(min(self.threads, len(self.X) // STRIPE), 1))  # views
        with np.errstate(invalid="ignore", over="ignore"):
            if len(stripes) == 1:
                parts = [self._sums(theta, self.X)]
            else:
                with self.blas.limit(limits=1), ThreadPoolExecutor(len(stripes)) as pool:
                    parts = list(pool.map(partial(self._sums, theta), stripes))
            total, G = (sum(values) for values in zip(*parts, strict=True))
            penalty = 0.5 * self.l2 * (W * W).sum(axis=(-2, -1))
            loss = (total - (theta * self.C).sum(axis=(-2, -1))) / len(self.X) + penalty
        self._finite(loss, W)
        dW = self.l2.astype(W.dtype)[..., None, None] * W
        dW[..., self.live, :] += np.swapaxes(G - self.C, -1, -2) / len(self.X)
        return (float(loss), dW) if W.ndim == 2 else (loss, dW)

    def _sums(self, theta, X):
        """Return the sums over the examples of log-sum-exp and of P^T X, for weights theta (..., k, live)."""
        count = math.prod(theta.shape[:-1])  # classes of all models, one below the other
        classes = np.zeros((count + -count % 4, theta.shape[-1]), theta.dtype)  # BLAS takes four at a time
        classes[:count] = theta.reshape(count, theta.shape[-1])
        total, G = np.zeros(theta.shape[:-2]), np.zeros_like(classes)
        with np.errstate(invalid="ignore", over="ignore"):
            for start in range(0, len(X), self.block):
                rows = X[start : start + self.block]
                scores = classes @ rows.T
                Z = scores[:count].reshape(*theta.shape[:-1], len(rows))  # a view (..., k, block)
                top = Z.max(axis=-2, keepdims=True)
                np.exp(np.subtract(Z, top, out=Z), out=Z)
                sums = Z.sum(axis=-2, keepdims=True)
                total += (np.log(sums) + top).sum(axis=(-2, -1), dtype=np.float64)
                np.divide(Z, sums, out=Z)
                G += scores @ rows
        return total, G[:count].reshape(theta.shape)

    def _fitting(self, W):
        """Return weights (n, k), or a stack of them, as floats; raise if they do not fit the data."""
        if np.ndim(W) != 3:
            W = _validate.weights("FullBatchLoss", W, self.shape[0])
            if W.shape != self.shape:
                raise ValueError(
                    f"FullBatchLoss: y has {self.shape[1]} classes, so W must be {self.shape}; got {W.shape}."
                )
            if self.l2.ndim:
                raise ValueError(
                    f"FullBatchLoss: {self.l2.size} penalty strengths need a stack of as many models, "
                    f"W {(self.l2.size, *self.shape)}; got {W.shape}."
                )
            return W
        W = np.asarray(W)
        W = W if W.dtype.kind == "f" else W.astype(float)
        if W.shape[1:] != self.shape or self.l2.size not in (1, len(W)) or len(W) == 0:
            s = self.l2.size if self.l2.ndim else "s"
            raise ValueError(f"FullBatchLoss: a stack of models must be {(s, *self.shape)}; got {W.shape}.")
        return W

    def _finite(self, loss, W):
        """Raise unless all losses are finite, with the reason, and of a stack with the number of the model."""
        for model in np.ndindex(loss.shape):
            where = f"FullBatchLoss, model {model[0]}" if model else "FullBatchLoss"
            _validate.finite_loss(where, loss[model], W[model], self.X)

    def preconditioner(self):
        r"""Return A for :func:`coursekit.optim.lbfgs`: over V, where W = A V, the loss curves about equally all round.

        At W = 0 every probability is 1/k, and along directions that sum to 0 over the classes, as all gradients do,
        the curvature of the loss is :math:`H = X^T X/(mk) + \lambda I`. A is a root of the inverse of H, its
        diagonal raised by a tenth, since the curvature shrinks as the model becomes sure. So the first step, along the
        gradient in V, is about Newton's.

        Returns
        -------
        ndarray of shape (n, n)
            Upper triangular within the features that occur; 1 on the diagonal for the others.

        References
        ----------
        .. [1] D. Boehning, "Multinomial logistic regression algorithm", Annals of the Institute of Statistical
           Mathematics 44 (1992).

        Examples
        --------
        >>> X, y = np.array([[2.0, 0], [0, 20]]), np.array([0, 1])
        >>> FullBatchLoss(X, y).preconditioner().round(3)
        array([[0.953, 0.   ],
               [0.   , 0.095]])
        """
        H = self.X.T @ self.X
        H /= len(self.X) * self.shape[1]
        H[np.diag_indices_from(H)] += 0.1 * H.diagonal() + self.l2
        A = np.eye(self.shape[0], dtype=self.X.dtype)
        A[np.ix_(self.live, self.live)] = np.linalg.inv(np.linalg.cholesky(H)).T
        return A


def fit(X, y, *, k=None, l2=1e-4):
    """Return the weights with the least loss: softmax regression as the professionals' libraries do it.

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each; float32 is enough, and twice as fast. For a bias pass ``preprocessing.add_bias(X)``.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    k : int, optional
        Number of classes; the largest label plus one if not given.
    l2 : float, default=1e-4
        Penalty strength; with 0 there may be no least loss, and the weights only grow more slowly.

    Returns
    -------
    W : ndarray of shape (n, k)
        Weights.

    Raises
    ------
    ValueError, TypeError
        As :class:`FullBatchLoss`.

    See Also
    --------
    coursekit.optim.lbfgs : The method, with a history of what happened.

    Examples
    --------
    >>> X, y = np.array([[0.0, 1], [1, 1], [4, 1], [5, 1]]), np.array([0, 0, 1, 1])
    >>> predict(fit(X, y), X)
    array([0, 0, 1, 1])
    """
    loss = FullBatchLoss(X, y, k=k, l2=l2)
    start = np.zeros(loss.shape, loss.X.dtype)
    return optim.lbfgs(loss, start, preconditioner=loss.preconditioner()).W
