"""Choosing between settings: folds for cross-validation, a rule for the choice, and settings by grid or by chance."""

from itertools import product

import numpy as np


def k_folds(m, k, rng=None):
    """Return k ways to hold out one part of m examples.

    Parameters
    ----------
    m : int
        Number of examples.
    k : int
        Number of folds, 2 to m.
    rng : numpy.random.Generator, optional
        Shuffles the examples first. Without it the parts are consecutive, which is right only where the order of the
        examples means nothing: with labels in sorted order, a fold would never have seen the class it is asked for.

    Returns
    -------
    list of (ndarray, ndarray)
        Indices to train on and indices to validate on, k pairs. Every example is held out once; the sizes of the
        held-out parts differ by one at most.

    Raises
    ------
    ValueError
        If ``k`` is not in 2..m.

    References
    ----------
    .. [1] T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, Springer, 2009,
       section 7.10.

    Examples
    --------
    >>> folds = k_folds(7, 3, np.random.default_rng(0))
    >>> [(len(train), len(held)) for train, held in folds]
    [(4, 3), (5, 2), (5, 2)]
    """
    if not 2 <= k <= m:
        raise ValueError(f"k_folds: k must lie in 2..{m}, one example a fold at least; got k = {k} for m = {m}.")
    parts = np.array_split(np.arange(m) if rng is None else rng.permutation(m), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), held) for i, held in enumerate(parts)]


def one_standard_error(scores):
    """Return the first setting whose mean score is within one standard error of the best mean.

    Parameters
    ----------
    scores : array_like of shape (settings, folds)
        Accuracies; the settings in order, the cheapest first.

    Returns
    -------
    int
        Number of the setting. The standard error is that of the best setting's mean over its folds.

    Raises
    ------
    ValueError
        If ``scores`` is not a matrix with two folds or more.

    References
    ----------
    .. [1] L. Breiman, J. Friedman, R. Olshen and C. Stone, *Classification and Regression Trees*, Wadsworth, 1984,
       section 3.4.3.

    Examples
    --------
    >>> one_standard_error([[0.5, 0.6], [0.7, 0.9], [0.8, 0.9]])
    1
    """
    scores = np.asarray(scores, float)
    if scores.ndim != 2 or scores.shape[1] < 2:
        raise ValueError(
            f"one_standard_error: scores must be (settings, folds) with two folds or more; got shape {scores.shape}. "
            "One fold has no spread, so nothing tells a better setting from a luckier one."
        )
    means = scores.mean(axis=1)
    error = scores[means.argmax()].std(ddof=1) / np.sqrt(scores.shape[1])
    return int((means >= means.max() - error).argmax())


def grid(**values):
    """Return every combination of the values given, the last name changing fastest.

    Parameters
    ----------
    **values : sequence
        The values to try, by the name of the setting.

    Returns
    -------
    list of dict
        One setting each, to be passed on as ``f(**setting)``.

    Raises
    ------
    ValueError
        If a setting has no value to try.

    Examples
    --------
    >>> grid(rate=[0.1, 1.0], threshold=[40, 100])[1:3]
    [{'rate': 0.1, 'threshold': 100}, {'rate': 1.0, 'threshold': 40}]
    """
    empty = [name for name, options in values.items() if len(options) == 0]
    if empty:
        raise ValueError(f"grid: {empty[0]} has no value to try, so the grid is empty. Give it one at least.")
    return [dict(zip(values, combination, strict=True)) for combination in product(*values.values())]


def uniform(low, high):
    """Return a draw between two numbers, all equally likely.

    Parameters
    ----------
    low, high : float
        Ends of the interval.

    Returns
    -------
    callable
        ``rng -> float``, for :func:`sample`.

    Raises
    ------
    ValueError
        If ``low`` is not below ``high``.

    Examples
    --------
    >>> 3 <= uniform(3, 9)(np.random.default_rng(0)) < 9
    True
    """
    if not low < high:
        raise ValueError(f"uniform: low must be below high; got {low} and {high}.")
    return lambda rng: float(rng.uniform(low, high))


def log_uniform(low, high):
    """Return a draw between two positive numbers, all *factors* equally likely.

    Parameters
    ----------
    low, high : float
        Ends of the interval, both positive.

    Returns
    -------
    callable
        ``rng -> float``, for :func:`sample`. From 0.001 to 1, a third of the draws falls into each decade; a uniform
        draw would put nine in ten of them above 0.1.

    Raises
    ------
    ValueError
        If not ``0 < low < high``.

    Examples
    --------
    >>> draw, rng = log_uniform(0.001, 1.0), np.random.default_rng(0)
    >>> sum(draw(rng) < 0.01 for _ in range(3000)) // 100
    9
    """
    if not 0 < low < high:
        cure = " There is no logarithm of 0: start at a small positive number." if low == 0 else ""
        raise ValueError(f"log_uniform: needs 0 < low < high; got {low} and {high}.{cure}")
    ends = np.log([low, high])
    return lambda rng: float(np.exp(rng.uniform(*ends)))


def sample(count, rng, **draws):
    """Return settings drawn at random, each name independently of the others.

    Parameters
    ----------
    count : int
        How many settings.
    rng : numpy.random.Generator
        What the draws use.
    **draws : callable
        ``rng -> value`` by the name of the setting, such as ``log_uniform(0.01, 10)``.

    Returns
    -------
    list of dict
        One setting each, to be passed on as ``f(**setting)``.

    Raises
    ------
    TypeError
        If a draw is no function.

    References
    ----------
    .. [1] J. Bergstra and Y. Bengio, "Random search for hyper-parameter optimization", Journal of Machine Learning
       Research 13, 2012.

    Examples
    --------
    >>> settings = sample(9, np.random.default_rng(0), rate=log_uniform(0.01, 10), threshold=uniform(3, 9))
    >>> len({setting["rate"] for setting in settings})
    9
    """
    for name, draw in draws.items():
        if not callable(draw):
            raise TypeError(
                f"sample: {name} must be a function of rng; got {type(draw).__name__}. "
                f"Write {name}=uniform(low, high), or grid(...) for fixed values."
            )
    return [{name: draw(rng) for name, draw in draws.items()} for _ in range(count)]
