"""Two layers: forward, the loss, and the way back, matrix by matrix."""

from typing import NamedTuple

import numpy as np

from coursekit import _validate, softmax

ACTIVATIONS = {  # what a hidden unit makes of its input, and the slope there, from the result A that is kept
    "relu": (lambda Z: np.maximum(Z, 0), lambda A: (A > 0).astype(A.dtype)),
    "sigmoid": (lambda Z: 0.5 + 0.5 * np.tanh(0.5 * Z), lambda A: A * (1 - A)),
    "tanh": (np.tanh, lambda A: 1 - A * A),
}


class Forward(NamedTuple):
    """What a forward pass keeps for the way back.

    Attributes
    ----------
    A1 : ndarray of shape (m, h)
        Values of the hidden units.
    Z2 : ndarray of shape (m, k)
        Scores.
    """

    A1: np.ndarray
    Z2: np.ndarray


def init_params(n, hidden, k, rng, *, activation="relu", dtype=float):
    r"""Return random weights and zero biases.

    Each weight is normal with mean 0 and variance :math:`1/\text{inputs}`; for W1 under relu, which sets half of its
    units to 0, twice that. So numbers keep their size on their way through the layers.

    Parameters
    ----------
    n, hidden, k : int
        Features, hidden units and classes.
    rng : numpy.random.Generator
        Draws the weights.
    activation : {"relu", "sigmoid", "tanh"}
        Of the hidden units.
    dtype : data-type, default=float
        Of the parameters; float32 halves the time of large products.

    Returns
    -------
    dict of str to ndarray
        W1 (n, hidden), b1 (hidden,), W2 (hidden, k), b2 (k,).

    Raises
    ------
    ValueError
        If a size is below 1 or the activation is unknown.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015.

    Examples
    --------
    >>> params = init_params(4, 10, 3, np.random.default_rng(0))
    >>> {name: value.shape for name, value in params.items()}
    {'W1': (4, 10), 'b1': (10,), 'W2': (10, 3), 'b2': (3,)}
    """
    rule_of("init_params", activation)
    if min(n, hidden, k) < 1:
        raise ValueError(f"init_params: n, hidden and k must be 1 or more; got {n}, {hidden}, {k}.")
    gain = 2.0 if activation == "relu" else 1.0
    W1, W2 = rng.normal(0, (gain / n) ** 0.5, (n, hidden)), rng.normal(0, hidden**-0.5, (hidden, k))
    params = {"W1": W1, "b1": np.zeros(hidden), "W2": W2, "b2": np.zeros(k)}
    return {name: value.astype(dtype) for name, value in params.items()}


def forward(params, X, *, activation="relu"):
    """Return the values of the hidden units and the scores.

    Parameters
    ----------
    params : dict of str to array_like
        W1 (n, h), b1 (h,), W2 (h, k), b2 (k,).
    X : array_like of shape (m, n)
        Examples, one row each.
    activation : {"relu", "sigmoid", "tanh"}
        Of the hidden units.

    Returns
    -------
    Forward
        A1 (m, h) and Z2 (m, k).

    Raises
    ------
    ValueError
        If a shape does not fit or the activation is unknown.
    KeyError
        If a parameter is missing.

    Examples
    --------
    >>> params = {"W1": [[1.0, -1.0]], "b1": [0.0, 0.0], "W2": [[1.0], [1.0]], "b2": [0.0]}  # the absolute value
    >>> forward(params, [[3.0], [-2.0]]).Z2.ravel()
    array([3., 2.])
    """
    params, X = fitting("forward", params, X)
    return _forward(params, X, rule_of("forward", activation)[0])


def two_layer_loss(params, X, y, *, activation="relu", l2=0.0):
    r"""Return the mean cross-entropy of a network of two layers and its gradient in each parameter.

    .. math::
        L = \frac{1}{m} \sum_{i=1}^{m} \Bigl[ \log \sum_{j=1}^{k} e^{z_{ij}} - z_{i y_i} \Bigr]
            + \frac{\lambda}{2} \bigl( \lVert W_1 \rVert_F^2 + \lVert W_2 \rVert_F^2 \bigr),
        \qquad Z = f(X W_1 + b_1)\, W_2 + b_2

    Parameters
    ----------
    params : dict of str to array_like
        W1 (n, h), b1 (h,), W2 (h, k), b2 (k,).
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    activation : {"relu", "sigmoid", "tanh"}
        The f of the hidden units.
    l2 : float, default=0.0
        Penalty strength; biases are free.

    Returns
    -------
    loss : float
        In nats.
    grads : dict of str to ndarray
        The gradient in each parameter, under the parameter's name.

    Raises
    ------
    ValueError, TypeError, KeyError
        If shapes or labels do not fit, a parameter is missing, or a score is not finite.

    Notes
    -----
    ``dZ2 = (P - Y) / m``, ``dW2 = A1.T @ dZ2``, ``dZ1 = (dZ2 @ W2.T) * slope``, ``dW1 = X.T @ dZ1``, and each bias gets
    the sum of its rows. Notebook 12 derives them.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating errors",
       Nature 323 (1986).

    Examples
    --------
    >>> params = {"W1": [[1.0]], "b1": [0.0], "W2": [[0.0, 0.0]], "b2": [0.0, 0.0]}
    >>> loss, grads = two_layer_loss(params, [[2.0]], [1])
    >>> round(loss, 4), grads["W2"].tolist(), grads["W1"].tolist()
    (0.6931, [[1.0, -1.0]], [[0.0]])
    """
    params, X = fitting("two_layer_loss", params, X)
    y, l2 = (
        _validate.labels("two_layer_loss", y, len(X), len(params["b2"])),
        _validate.strength("two_layer_loss", "l2", l2),
    )
    return loss_and_gradients(params, X, y, rule_of("two_layer_loss", activation), l2)


def predict(params, X, *, activation="relu"):
    """Return the class with the largest score of each example.

    Parameters
    ----------
    params : dict of str to array_like
        W1 (n, h), b1 (h,), W2 (h, k), b2 (k,).
    X : array_like of shape (m, n)
        Examples, one row each.
    activation : {"relu", "sigmoid", "tanh"}
        Of the hidden units.

    Returns
    -------
    ndarray of int, shape (m,)
        Labels in ``0..k-1``; of equal scores the first.

    Examples
    --------
    >>> params = {"W1": [[1.0, -1.0]], "b1": [0.0, 0.0], "W2": [[0.0, 1.0], [0.0, 1.0]], "b2": [1.0, 0.0]}
    >>> predict(params, [[3.0], [0.5], [-2.0]])  # is it farther from 0 than 1?
    array([1, 0, 1])
    """
    return forward(params, X, activation=activation).Z2.argmax(axis=1)


@np.errstate(over="ignore", invalid="ignore")
def _forward(params, X, activate):
    """Return both layers."""
    A1 = activate(X @ params["W1"] + params["b1"])
    return Forward(A1, A1 @ params["W2"] + params["b2"])


@np.errstate(over="ignore", invalid="ignore")  # a loss that is not finite is refused, here or by the training
def loss_and_gradients(params, X, y, rule, l2):
    """Return what :func:`two_layer_loss` returns, of arguments that fit."""
    activate, slope = rule
    W1, W2, rows = params["W1"], params["W2"], np.arange(len(y))
    A1, Z2 = _forward(params, X, activate)
    losses = softmax.log_sum_exp(Z2) - Z2[rows, y]
    dZ2 = softmax.softmax(Z2)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ W2.T) * slope(A1)
    grads = {"W1": X.T @ dZ1 + l2 * W1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2 + l2 * W2, "b2": dZ2.sum(axis=0)}
    return float(losses.mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())), grads


def rule_of(where, name):
    """Return a function and its slope, or say which there are."""
    if name not in ACTIVATIONS:
        raise ValueError(f"{where}: activation must be one of {', '.join(map(repr, ACTIVATIONS))}; got {name!r}.")
    return ACTIVATIONS[name]


def fitting(where, params, X):
    """Return parameters and examples as arrays if they fit each other, or say which does not."""
    X = _validate.matrix(where, "X", X)
    if missing := {"W1", "b1", "W2", "b2"} - set(params):
        raise KeyError(f"{where}: params lacks {', '.join(sorted(missing))}; it needs W1, b1, W2 and b2.")
    params = {name: np.asarray(params[name]) for name in ("W1", "b1", "W2", "b2")}
    n, h, k = X.shape[1], params["b1"].size, params["b2"].size
    for name, shape in {"W1": (n, h), "b1": (h,), "W2": (h, k), "b2": (k,)}.items():
        if (got := params[name].shape) != shape:
            turned = f" It looks transposed: pass {name}.T." if got == shape[::-1] and len(shape) == 2 else ""
            raise ValueError(
                f"{where}: X has n = {n} columns, b1 {h} entries and b2 {k}, so {name} must be {shape}; "
                f"got {got}.{turned}"
            )
    return params, X
