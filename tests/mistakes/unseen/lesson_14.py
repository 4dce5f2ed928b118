"""Answers to lesson 14 by people who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("paired_gain", "the interval of two separate test sets: the pairs are not used")
def two_separate_shares(first, second):
    m = len(first)
    p, q = np.mean(first), np.mean(second)
    half = 1.96 * np.sqrt(p * (1 - p) / m + q * (1 - q) / m)
    return p - q, half


@wrong("paired_gain", "subtracts booleans, which NumPy refuses")
def subtracts_booleans(first, second):
    d = first - second
    return d.mean(), 1.96 * d.std() / np.sqrt(len(d))


@wrong("paired_gain", "only the images on which the two differ are counted")
def differing_images_only(first, second):
    d = first.astype(int) - second.astype(int)
    d = d[d != 0]
    gain = d.mean()
    half = 1.96 * d.std() / np.sqrt(len(d))
    return gain, half


@wrong("paired_gain", "the spread of one image, not divided by the root of m")
def spread_of_one_image(first, second):
    d = np.array(first, dtype=float) - np.array(second, dtype=float)
    return np.mean(d), 1.96 * np.std(d)


@wrong("paired_gain", "the standard deviation divides by m - 1")
def divides_by_m_minus_one(first, second):
    d = 1.0 * first - 1.0 * second
    m = d.size
    gain = d.sum() / m
    variance = ((d - gain) ** 2).sum() / (m - 1)
    return gain, 1.96 * math.sqrt(variance / m)


@wrong("paired_gain", "the two ends of the interval, not its half")
def ends_of_the_interval(first, second):
    d = first.astype(float) - second.astype(float)
    gain = d.mean()
    half = 1.96 * d.std() / len(d) ** 0.5
    return gain - half, gain + half


@wrong("paired_gain", "the gain of the second over the first, and the variance in place of the standard deviation")
def turned_round_with_variance(first, second):
    d = [int(b) - int(a) for a, b in zip(first, second)]
    gain = sum(d) / len(d)
    var = sum((x - gain) ** 2 for x in d) / len(d)
    return gain, 1.96 * var / math.sqrt(len(d))


@right("paired_gain")
def from_three_counts(first, second):
    first, second = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    m = first.size
    plus, minus = int((first & ~second).sum()), int((~first & second).sum())
    gain = (plus - minus) / m
    return gain, 1.96 * math.sqrt(((plus + minus) / m - gain**2) / m)
