"""Softmax with a temperature, and what mistakes make of it: the error model of exercise 1 of notebook 00."""

import numpy as np


def _tempered_softmax(z, temperature, *, heat="divides", power="e", total="sum", shift="none", after="none"):
    """Return the softmax of z / T."""
    z, T = np.asarray(z), temperature
    scores = {
        "divides": lambda: z / T,
        "ignored": lambda: z * 1.0,
        "times": lambda: z * T,
        "below": lambda: T / z,
        "floor": lambda: z // T,
        "squared": lambda: z / T**2,
        "root": lambda: z / np.sqrt(T),
        "halved": lambda: z / (2 * T),
        "one more": lambda: z / (1 + T),
        "power": lambda: z**T,
        "inverse power": lambda: z ** (1 / T),
        "log": lambda: z / np.log(T),
        "largest only": lambda: np.where(z == z.max(), z / T, z),
        "after": lambda: z * 1.0,
        "root of it": lambda: z * 1.0,
        "above only": lambda: z / T,
        "below only": lambda: z * 1.0,
        "after, times": lambda: z * 1.0,
        "in place": lambda: _into(z, T),
        "whole": lambda: (z / T).astype(int),
        "probability": lambda: _softmax(z * 1.0) / T,
        "base": lambda: z * np.log(T),
        "inverse base": lambda: -z * np.log(T),
    }[heat]()
    S = {
        "row": lambda: scores - scores.max(),
        "above only": lambda: scores - scores.max(),
        "min": lambda: scores - scores.min(),
        "divided": lambda: scores / scores.max(),
        "absolute": lambda: scores - np.abs(scores),
        "scaled": lambda: scores / scores.sum(),
        "standardised": lambda: (scores - scores.mean()) / scores.std(),
    }.get(shift, lambda: scores)()
    exponential = {
        "e": np.exp,
        "two": lambda S: 2.0**S,
        "ten": lambda S: 10.0**S,
        "negative": lambda S: np.exp(-S),
        "missing": lambda S: S * 1.0,
        "positive part": lambda S: np.maximum(S, 0.0),
        "absolute": np.abs,
        "square": lambda S: S**2.0,
        "sigmoid": lambda S: 1 / (1 + np.exp(-S)),
        "twice": lambda S: np.exp(np.exp(S) / np.exp(S).sum()),
        "plus one": lambda S: np.exp(S) + 1,
        "minus one": np.expm1,
        "log": np.log,
        "cosine": np.cosh,
        "school e": lambda S: 2.718**S,
        "shorter e": lambda S: 2.72**S,
        "shortest e": lambda S: 2.7**S,
    }[power]
    E = exponential(S)
    unshifted = scores - scores.max() if shift == "below only" else scores if shift == "above only" else S
    below = exponential({"above only": z * 1.0, "below only": z / T}.get(heat, unshifted))
    p = {
        "sum": lambda: E / below.sum(),
        "none": lambda: E,
        "largest": lambda: E / below.max(),
        "mean": lambda: E / below.mean(),
        "length": lambda: E / np.linalg.norm(below),
        "others": lambda: E / (below.sum() - below),
        "so far": lambda: E / np.cumsum(below),
        "first": lambda: E / below[0],
        "last": lambda: E / below[-1],
        "all but the first": lambda: E / below[1:].sum(),
        "all but the last": lambda: E / below[:-1].sum(),
        "plus one": lambda: E / (1 + below.sum()),
        "sum of scores": lambda: E / scores.sum(),
        "exp of the sum": lambda: E / exponential(np.atleast_1d(scores.sum())),
        "count": lambda: E / len(z),
        "first twice": lambda: E / (below.sum() + below[0]),
        "minus one": lambda: E / (below.sum() - 1),
        "axis 1": lambda: E / below.sum(axis=1),
        "three": lambda: E / (below[0] + below[1] + below[2]),
        "three given": lambda: E[:3] / (below[0] + below[1] + below[2]),
        "two": lambda: E / (below[0] + below[1]),
        "itself": lambda: E / below,
        "score above": lambda: S / below.sum(),
        "times": lambda: E * below.sum(),
        "turned": lambda: below.sum() / E,
        "taken away": lambda: E - below.sum(),
        "of exp T": lambda: E / np.exp(T),
        "T": lambda: E / T,
        "repeatedly": lambda: _divided_on_the_way(E),
    }[total]()
    p = {"after": lambda: p / T, "root of it": lambda: p ** (1 / T), "after, times": lambda: p * T}.get(
        heat, lambda: p
    )()
    return {
        "none": lambda: p,
        "log": lambda: np.log(p),
        "hard": lambda: (z == z.max()) * 1.0,
        "label": lambda: p.argmax(),
        "largest": lambda: p.max(),
        "first": lambda: p[0],
        "last": lambda: p[-1],
        "sum": lambda: p.sum(),
        "sorted": lambda: np.sort(p),
        "falling": lambda: np.sort(p)[::-1],
        "turned": lambda: p[::-1],
        "whole": lambda: p.astype(z.dtype),
        "per cent": lambda: 100 * p,
        "column": lambda: p[:, None],
        "one row": lambda: p[None],
        "table": lambda: np.tile(p, (len(z), 1)),
        "mean": lambda: p.mean(),
        "scores": lambda: S * 1.0,
        "total": lambda: below.sum(),
        "of the first": lambda: p[:1],
        "of the last": lambda: p[-1:],
        "but the first": lambda: p[1:],
        "but the last": lambda: p[:-1],
        "first filled": lambda: p * (np.arange(len(z)) == 0),
        "first not filled": lambda: p * (np.arange(len(z)) > 0),
        "last filled": lambda: p * (np.arange(len(z)) == len(z) - 1),
        "last not filled": lambda: p * (np.arange(len(z)) < len(z) - 1),
        **{digits: lambda digits=digits: p.round(digits) for digits in DIGITS},
    }[after]()


DIGITS = (0, 1, 2, 3, 4, 5)


def _into(z, T):
    """Return z / T, written into z."""
    S = z.copy()
    S /= T
    return S


def _softmax(z):
    """Return the softmax of a vector."""
    return np.exp(z) / np.exp(z).sum()


def _divided_on_the_way(E):
    """Return shares of a sum from which each division has already taken its part."""
    E = E.copy()
    for j in range(len(E)):
        E[j] /= E.sum()
    return E
