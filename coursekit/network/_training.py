"""Training a network of two layers, in one go or in view."""

import numpy as np

from coursekit import _validate, optim, softmax
from coursekit.network._layers import (
    fitting,
    forward,
    init_params,
    loss_and_gradients,
    predict,
    rule_of,
    two_layer_loss,
)


def train(params, X, y, *, activation="relu", l2=0.0, batch_size=None, rng=None, watch=None, **options):
    """Descend from ``params`` and return the parameters after the last step, with the history.

    Parameters
    ----------
    params : dict of str to array_like
        Where to start, as :func:`init_params` gives it; not changed.
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    activation : {"relu", "sigmoid", "tanh"}
        Of the hidden units.
    l2 : float, default=0.0
        Penalty strength.
    batch_size : int, optional
        Examples in each step; all if not given. Needs ``rng``.
    rng : numpy.random.Generator, optional
        Draws the batches.
    watch : callable, optional
        ``watch(params)`` is recorded, as of :func:`coursekit.optim.train`.
    **options
        ``steps``, ``learning_rate``, ``update``, ``every`` and ``progress``, passed to :func:`coursekit.optim.train`.

    Returns
    -------
    params : dict of str to ndarray
        After the last step.
    history : coursekit.optim.History
        Its ``W`` holds all parameters one after the other.

    Raises
    ------
    ValueError
        If a shape does not fit, or ``batch_size`` is given without ``rng``.

    Examples
    --------
    >>> X, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])  # exclusive or
    >>> start = init_params(2, 8, 2, np.random.default_rng(0))
    >>> params, history = train(start, X, y, steps=500, learning_rate=0.5)
    >>> predict(params, X).tolist()
    [0, 1, 1, 0]
    """
    params, X = fitting("train", params, X)
    y = _validate.labels("train", y, len(X), len(params["b2"]))
    if batch_size is not None and rng is None:
        raise ValueError("train: batch_size needs rng, which draws the batches. Pass rng=np.random.default_rng(0).")
    rule, l2 = rule_of("train", activation), _validate.strength("train", "l2", l2)

    def loss(w, *batch):
        """Return loss and gradient at parameters that stand in one row."""
        value, grads = loss_and_gradients(_unpacked(w, params), *(batch or (X, y)), rule, l2)
        return value, _packed(grads)

    if batch_size is not None:
        options["batches"] = optim.minibatches(X, y, batch_size, rng)
    seen = watch and (lambda w: watch(_unpacked(w, params)))
    history = optim.train(loss, _packed(params), watch=seen, **options)
    return _unpacked(history.W, params), history


def train_in_view(X, y, seen, *, hidden, activation, learning_rate, steps=1500, every=50, seed=0):
    """Train from random parameters, and show the probabilities of other examples as the training goes on.

    Parameters
    ----------
    X : ndarray of shape (m, n)
        Examples, one row each.
    y : ndarray of int, shape (m,)
        Labels in ``0..k-1``.
    seen : ndarray of shape (r, n)
        Where to show the probabilities, such as the points of a grid.
    hidden : int
        Number of hidden units.
    activation : {"relu", "sigmoid", "tanh"}
        Of the hidden units.
    learning_rate : float
        Step size.
    steps, every : int
        Length of the run, and steps between two looks.
    seed : int, default=0
        Of the random weights.

    Yields
    ------
    step : int
        Number of steps taken.
    loss : float
        Over all examples.
    accuracy : float
        Share of the examples that is right.
    P : ndarray of shape (p, k)
        Probabilities of ``seen``.

    Raises
    ------
    ValueError, FloatingPointError
        If a size or the activation cannot be, or the learning rate is so high that the parameters blow up.

    Examples
    --------
    >>> X, y = np.array([[-1.0], [1.0]]), np.array([0, 1])
    >>> *_, (step, loss, accuracy, P) = train_in_view(X, y, X, hidden=4, activation="tanh", learning_rate=0.5)
    >>> step, accuracy, P.argmax(axis=1).tolist()
    (1500, 1.0, [0, 1])
    """
    params = init_params(X.shape[1], hidden, int(y.max()) + 1, np.random.default_rng(seed), activation=activation)
    for step in range(0, steps + 1, every):
        loss = two_layer_loss(params, X, y, activation=activation)[0]
        right = (predict(params, X, activation=activation) == y).mean()
        yield step, loss, float(right), softmax.softmax(forward(params, seen, activation=activation).Z2)
        if step < steps:
            options = {"steps": min(every, steps - step), "learning_rate": learning_rate}
            params, _ = train(params, X, y, activation=activation, **options)


def _packed(params):
    """Return all parameters one after the other."""
    return np.concatenate([params[name].ravel() for name in ("W1", "b1", "W2", "b2")])


def _unpacked(w, like):
    """Return the parameters that stand one after the other, each with its shape."""
    ends = np.cumsum([value.size for value in like.values()])
    parts = np.split(w, ends[:-1])
    return {name: part.reshape(value.shape) for (name, value), part in zip(like.items(), parts, strict=True)}
