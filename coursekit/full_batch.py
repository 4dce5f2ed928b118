"""Softmax regression over a whole data set at once, fast: the loss and its gradient, and ``fit``, the least loss.

The plain functions, to be read first, are in :mod:`coursekit.softmax`.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from threadpoolctl import ThreadpoolController

from coursekit import _validate, optim
from coursekit.penalty import l2_penalty
from coursekit.preprocessing import has_bias, one_hot

STRIPE = 4096  # examples; fewer are not worth a thread of their own


class FullBatchLoss:
    r"""The loss of :func:`coursekit.softmax.softmax_loss` over one fixed data set, made to be called many times.

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
    bias : bool, default=False
        Whether the last column of X is that of a bias, as of ``preprocessing.add_bias``: its row of ``W`` is then not
        penalised. By default all rows are, as by ``softmax_loss``.
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

    def __init__(self, X, y, *, k=None, l2=0.0, bias=False, block=640):
        X = _validate.matrix("FullBatchLoss", "X", X)
        y = _validate.labels("FullBatchLoss", y, len(X), k)
        if block < 1:
            raise ValueError(f"FullBatchLoss: block must be 1 or more; got {block}.")
        _validate.finite("FullBatchLoss", "X", X, "Replace or drop it.")
        self.shape, self.block = (X.shape[1], k or int(y.max()) + 1), block
        for value in np.ravel(l2):
            _validate.strength("FullBatchLoss", "l2", value)
        self.l2, self.bias = np.asarray(l2, float), bias
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
        T = np.ascontiguousarray(np.swapaxes(W[..., self.live, :], -1, -2), self.X.dtype)  # (..., k, live)
        stripes = np.array_split(self.X, max(min(self.threads, len(self.X) // STRIPE), 1))  # views
        with np.errstate(invalid="ignore", over="ignore"):
            if len(stripes) == 1:
                parts = [self._sums(T, self.X)]
            else:
                with self.blas.limit(limits=1), ThreadPoolExecutor(len(stripes)) as pool:
                    parts = list(pool.map(partial(self._sums, T), stripes))
            total, G = (sum(values) for values in zip(*parts, strict=True))
            penalty, dW = l2_penalty(W, self.l2, bias=self.bias)
            loss = (total - (T * self.C).sum(axis=(-2, -1))) / len(self.X) + penalty
        self._finite(loss, W)
        dW[..., self.live, :] += np.swapaxes(G - self.C, -1, -2) / len(self.X)
        return (float(loss), dW) if W.ndim == 2 else (loss, dW)

    def _sums(self, T, X):
        """Return the sums over the examples of log-sum-exp and of P^T X, for T (..., k, live), one row per class."""
        count = math.prod(T.shape[:-1])  # classes of all models, one below the other
        classes = np.zeros((count + -count % 4, T.shape[-1]), T.dtype)  # BLAS takes four at a time
        classes[:count] = T.reshape(count, T.shape[-1])
        total, G = np.zeros(T.shape[:-2]), np.zeros_like(classes)
        with np.errstate(invalid="ignore", over="ignore"):
            for start in range(0, len(X), self.block):
                rows = X[start : start + self.block]
                scores = classes @ rows.T
                Z = scores[:count].reshape(*T.shape[:-1], len(rows))  # a view (..., k, block)
                top = Z.max(axis=-2, keepdims=True)
                np.exp(np.subtract(Z, top, out=Z), out=Z)
                sums = Z.sum(axis=-2, keepdims=True)
                total += (np.log(sums) + top).sum(axis=(-2, -1), dtype=np.float64)
                np.divide(Z, sums, out=Z)
                G += scores @ rows
        return total, G[:count].reshape(T.shape)

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
        r"""Return M for :func:`coursekit.optim.lbfgs`: over V, where W = M V, the loss curves about equally all round.

        At W = 0 every probability is 1/k, and along directions that sum to 0 over the classes, as all gradients do,
        the curvature of the loss is :math:`H = X^T X/(mk) + \lambda I`, without the :math:`\lambda` of a bias. M is a
        root of the inverse of H, its diagonal raised by a tenth, since the curvature shrinks as the model becomes sure.
        So the first step, along the gradient in V, is about Newton's.

        Returns
        -------
        ndarray of shape (n, n)
            Upper triangular within the features that occur; 1 on the diagonal for the others.

        Raises
        ------
        ValueError
            If the models of a stack have penalties of their own, and so curvatures of their own.

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
        if self.l2.ndim:
            raise ValueError(
                f"FullBatchLoss: {self.l2.size} penalty strengths have as many preconditioners; give l2 as one number."
            )
        H = self.X.T @ self.X
        H /= len(self.X) * self.shape[1]
        _, slopes = l2_penalty(np.ones((self.shape[0], 1)), self.l2, bias=self.bias)  # the penalty's curvature
        H[np.diag_indices_from(H)] += 0.1 * H.diagonal() + slopes[self.live, 0]
        M = np.eye(self.shape[0], dtype=self.X.dtype)
        M[np.ix_(self.live, self.live)] = np.linalg.inv(np.linalg.cholesky(H)).T
        return M


def fit(X, y, *, k=None, l2=1e-4, bias=None):
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
    bias : bool, optional
        Whether the last column of X is that of a bias, which is not penalised; if not given, it is if it holds nothing
        but ones.

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
    >>> from coursekit.softmax import predict
    >>> X, y = np.array([[0.0, 1], [1, 1], [4, 1], [5, 1]]), np.array([0, 0, 1, 1])
    >>> predict(fit(X, y), X)
    array([0, 0, 1, 1])
    """
    loss = FullBatchLoss(X, y, k=k, l2=l2, bias=has_bias(X) if bias is None else bias)
    start = np.zeros(loss.shape, loss.X.dtype)
    return optim.lbfgs(loss, start, preconditioner=loss.preconditioner()).W
