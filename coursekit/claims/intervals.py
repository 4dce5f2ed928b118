"""A number with the interval around it: from several runs, a share of images, two models on the same images."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A value, the ends of its interval, how many runs or images it rests on, and what it covers.

    Attributes
    ----------
    value : float
        What was found.
    low, high : float
        Ends of the interval.
    count : int
        Runs or images.
    covers : str
        What would fall into the interval.
    """

    value: float
    low: float
    high: float
    count: int = 1
    covers: str = "rounding"

    def __str__(self):
        """Return value and ends in as many digits as the width gives a meaning to; a value alone if it has no width."""
        if self.low == self.high:
            return f"{self.value:.4g}"
        value, low, high = (_short(number, (self.high - self.low) / 2) for number in (self.value, self.low, self.high))
        return f"{value} [{low}, {high}]"

    def scaled(self, factor):
        """Return the same in another unit, such as percent."""
        ends = sorted((factor * self.low, factor * self.high))
        return Interval(factor * self.value, *ends, self.count, self.covers)


def of_runs(values):
    """Return the mean of several runs, and where one more run would fall 95 times in 100.

    Parameters
    ----------
    values : array_like of shape (runs,)
        One result for each seed, two or more.

    Returns
    -------
    Interval
        A prediction interval: mean plus or minus ``t * s * sqrt(1 + 1 / runs)``.

    Raises
    ------
    ValueError
        If there are fewer than two runs.

    Examples
    --------
    >>> print(of_runs([91.0, 91.2, 91.4]))
    91.20 [90.21, 92.19]
    """
    return _spread("of_runs", values, lambda runs: 1 + 1 / runs, "one more run")


def of_mean(values):
    """Return the mean of several values, such as paired differences, and the 95 % interval of the mean.

    Parameters
    ----------
    values : array_like of shape (runs,)
        One value for each run, two or more.

    Returns
    -------
    Interval
        Mean plus or minus ``t * s / sqrt(runs)``.

    Raises
    ------
    ValueError
        If there are fewer than two values.

    Examples
    --------
    >>> print(of_mean([0.1, 0.3, 0.2, 0.2]))
    0.20 [0.07, 0.33]
    """
    return _spread("of_mean", values, lambda runs: 1 / runs, "the mean of all runs")


def of_share(right, m):
    """Return the accuracy of ``right`` of m images, and the 95 % interval for fresh images (Wilson's).

    Parameters
    ----------
    right : int
        Images that were classified correctly.
    m : int
        Images in all.

    Returns
    -------
    Interval
        A share of 1. Its ends stay between 0 and 1.

    Raises
    ------
    ValueError
        If ``right`` is not in 0..m.

    References
    ----------
    .. [1] E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the
       American Statistical Association* 22, 1927.

    Examples
    --------
    >>> print(of_share(9101, 10000).scaled(100))
    91.01 [90.43, 91.55]
    """
    if not 0 <= right <= m or m < 1:
        raise ValueError(f"of_share: right must lie in 0..m; got {right} of {m}. Give the count, not the share.")
    z = stats.norm.ppf((1 + LEVEL) / 2)
    share = right / m
    middle, width = share + z**2 / (2 * m), z * np.sqrt(share * (1 - share) / m + (z / (2 * m)) ** 2)
    low, high = ((middle + sign * width) / (1 + z**2 / m) for sign in (-1, 1))
    return Interval(share, float(low), float(high), m, "fresh images")


def of_pairs(only_first, only_second, m):
    """Return by how much the first of two models is better on the same m images, with its 95 % interval.

    Parameters
    ----------
    only_first, only_second : int
        Images that only the first model classifies correctly, and only the second. All other images say nothing about
        which one is better.
    m : int
        Images in all.

    Returns
    -------
    Interval
        Difference of the two accuracies, a share of 1.

    Raises
    ------
    ValueError
        If more than m images are counted.

    References
    ----------
    .. [1] Q. McNemar, "Note on the sampling error of the difference between correlated proportions", *Psychometrika*
       12, 1947.

    Examples
    --------
    >>> print(of_pairs(60, 40, 1000))
    0.020 [0.000, 0.040]
    """
    if min(only_first, only_second) < 0 or only_first + only_second > m:
        raise ValueError(f"of_pairs: got {only_first} and {only_second} of {m}; these are counts of different images.")
    value = (only_first - only_second) / m
    width = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(only_first + only_second - m * value**2) / m
    return Interval(value, float(value - width), float(value + width), m, "fresh images")


def of_range(values):
    """Return the middle one of several values and all that was seen: for times, whose spread is not chance alone.

    Parameters
    ----------
    values : array_like of shape (runs,)
        One value for each run.

    Returns
    -------
    Interval
        The median; the ends are the least and the greatest value.

    Examples
    --------
    >>> print(of_range([4.4, 6.5, 5.0]))
    5.0 [4.4, 6.5]
    """
    values = np.asarray(values, float)
    return Interval(float(np.median(values)), float(values.min()), float(values.max()), len(values), "what was seen")


def rounded(value, step):
    """Return a number that was printed in steps of its last digit.

    Parameters
    ----------
    value : float
        As printed.
    step : float
        One unit of the last digit.

    Returns
    -------
    Interval
        Half a step to both sides.

    Examples
    --------
    >>> print(rounded(2.5469, 0.0001))
    2.546900 [2.546850, 2.546950]
    """
    return Interval(float(value), value - step / 2, value + step / 2)


def _spread(name, values, share, covers):
    """Return mean and interval; ``share`` says how much of the variance counts for how many runs."""
    values = np.asarray(values, float)
    runs = len(values)
    if runs < 2:
        raise ValueError(f"{name}: one run has no spread; got {runs}. Train from two seeds or more, better from five.")
    width = stats.t.ppf((1 + LEVEL) / 2, runs - 1) * values.std(ddof=1) * np.sqrt(share(runs))
    return Interval(float(values.mean()), float(values.mean() - width), float(values.mean() + width), runs, covers)


def _short(number, half):
    """Return a number with two digits beyond the size of half its interval."""
    digits = max(0, 1 - int(np.floor(np.log10(half))))
    return f"{number:.{digits}f}" if digits < 7 else f"{number:.5e}"
