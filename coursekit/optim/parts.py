"""What plugs into the loop: learning-rate schedules, update rules, and the proximal step of the L1 penalty."""

import numpy as np


def step_decay(start, *, factor=0.95, every=50):
    """Return a schedule that multiplies the step size by ``factor`` after every ``every`` steps.

    Parameters
    ----------
    start, factor : float
        The first step size, and what it is multiplied by.
    every : int, default=50
        Steps between two cuts.

    Returns
    -------
    callable
        ``step -> step size``.

    Examples
    --------
    >>> rate = step_decay(0.75)
    >>> [round(rate(step), 4) for step in (0, 49, 50, 100)]
    [0.75, 0.75, 0.7125, 0.6769]
    """
    return lambda step: start * factor ** (step // every)


def cosine_decay(start, *, steps, end=0.0):
    """Return a schedule that falls from ``start`` to ``end`` along half a cosine.

    Parameters
    ----------
    start, steps, end : float, int, float
        Step size of step 0, length of the run, and the step size from then on.

    Returns
    -------
    callable
        ``step -> step size``.

    Examples
    --------
    >>> rate = cosine_decay(1.0, steps=100)
    >>> [round(rate(step), 3) for step in (0, 50, 99)]
    [1.0, 0.5, 0.0]
    """
    return lambda step: end + (start - end) * 0.5 * (1 + float(np.cos(np.pi * min(step / steps, 1))))


def momentum(beta=0.9):
    r"""Return the update rule with momentum: :math:`v \leftarrow \beta v + dW`, step along v.

    Parameters
    ----------
    beta : float, default=0.9
        Share of the last direction that is kept, in [0, 1).

    Returns
    -------
    callable
        An update rule for :func:`coursekit.optim.train`.

    References
    ----------
    .. [1] B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Examples
    --------
    >>> from coursekit.optim import train
    >>> bowl = lambda w: (float((w**2).sum()), 2 * w)
    >>> history = train(bowl, np.ones(2), steps=80, learning_rate=0.1, update=momentum(0.5))
    >>> float(abs(history.W).max()) < 1e-6
    True
    """

    def start(W):
        v = np.zeros_like(W)

        def direction(dW):
            nonlocal v
            v = beta * v + dW
            return v

        return direction

    return start


def adam(beta1=0.9, beta2=0.999, eps=1e-8):
    """Return the Adam update rule: a running mean of the gradient over that of its square.

    Parameters
    ----------
    beta1, beta2 : float
        Share of the running means of gradient and squared gradient that is kept.
    eps : float, default=1e-8
        Added to the denominator.

    Returns
    -------
    callable
        An update rule for :func:`coursekit.optim.train`.

    References
    ----------
    .. [1] D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.

    Examples
    --------
    >>> from coursekit.optim import train
    >>> bowl = lambda w: (float((w**2).sum()), 2 * w)
    >>> history = train(bowl, np.ones(2), steps=1, learning_rate=0.1, update=adam())
    >>> history.W.round(6)
    array([0.9, 0.9])
    """

    def start(W):
        mean, square, t = np.zeros_like(W), np.zeros_like(W), 0

        def direction(dW):
            nonlocal mean, square, t
            t += 1
            mean = beta1 * mean + (1 - beta1) * dW
            square = beta2 * square + (1 - beta2) * dW**2
            return mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + eps)

        return direction

    return start


def soft_threshold(W, amount):
    """Return ``W`` with every entry moved towards 0 by ``amount``, and no further than 0.

    The proximal operator of ``amount * sum(abs(W))``.

    Parameters
    ----------
    W : array_like
        Any shape.
    amount : float or array_like
        How far; entries that are no further from 0 become exactly 0.

    Returns
    -------
    ndarray
        Of the shape of ``W``.

    References
    ----------
    .. [1] N. Parikh and S. Boyd, *Proximal Algorithms*, 2014, section 6.5.2.

    Examples
    --------
    >>> soft_threshold([-2.0, 0.5, 3.0], 1.0)
    array([-1.,  0.,  2.])
    """
    W = np.asarray(W)
    return np.sign(W) * np.maximum(np.abs(W) - amount, 0)


def l1_prox(l1):
    """Return the proximal step of the penalty ``l1 * sum(abs(W))``, for :func:`coursekit.optim.train`.

    Parameters
    ----------
    l1 : float
        Penalty strength.

    Returns
    -------
    callable
        ``prox(W, rate)``: soft thresholding by ``rate * l1``.

    Examples
    --------
    >>> l1_prox(2.0)(np.array([1.0, 0.1]), 0.1).round(6)
    array([0.8, 0. ])
    """
    return lambda W, rate: soft_threshold(W, rate * l1)
