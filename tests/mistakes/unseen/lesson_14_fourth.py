"""Answers to lesson 14 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("paired_gain", "standard deviations as of independent samples")
def unpaired(first, second):
    a, b = first.astype(float), second.astype(float)
    return a.mean() - b.mean(), 1.96 * np.sqrt((a.var() + b.var()) / len(a))


@wrong("paired_gain", "only images on which they differ count")
def only_differing(first, second):
    d = first.astype(int) - second.astype(int)
    d = d[d != 0]
    return d.mean(), 1.96 * d.std() / np.sqrt(len(d))


@wrong("paired_gain", "the root of m is forgotten")
def root_forgotten(first, second):
    d = first * 1.0 - second * 1.0
    return d.mean(), 1.96 * d.std()


@wrong("paired_gain", "the whole interval, and without its sign")
def whole_interval(first, second):
    d = np.array(first, float) - np.array(second, float)
    return abs(d.mean()), 2 * 1.96 * d.std() / np.sqrt(len(d))


@wrong("paired_gain", "exclusive or: the differences have no sign")
def exclusive_or(first, second):
    d = np.logical_xor(first, second)
    return d.mean(), 1.96 * d.std() / len(d) ** 0.5


@right("paired_gain")
def by_counts(first, second):
    m = len(first)
    plus, minus = int(np.sum(first & ~second)), int(np.sum(second & ~first))
    gain = (plus - minus) / m
    return gain, 1.96 * ((plus + minus) / m - gain**2) ** 0.5 / m**0.5
