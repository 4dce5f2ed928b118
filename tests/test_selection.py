"""Folds, grids and random settings."""

import numpy as np
import pytest
from sklearn.model_selection import KFold, ParameterGrid

from coursekit import selection


@pytest.mark.parametrize(("m", "k"), [(7, 2), (10, 5), (11, 4), (5, 5)])
def test_every_example_is_held_out_once_and_never_trained_on_then(m, k):
    """Held-out parts cover 0..m-1 once; each is disjoint from its training part, and together they are everything."""
    folds = selection.k_folds(m, k, np.random.default_rng(0))
    assert len(folds) == k
    np.testing.assert_array_equal(np.sort(np.concatenate([held for _, held in folds])), np.arange(m))
    for train, held in folds:
        np.testing.assert_array_equal(np.sort(np.concatenate([train, held])), np.arange(m))


def test_fold_sizes_are_those_of_scikit_learn():
    """Sizes differ by one at most, the larger parts first."""
    ours = [len(held) for _, held in selection.k_folds(23, 5, np.random.default_rng(1))]
    assert ours == [len(held) for _, held in KFold(5).split(np.zeros(23))]


def test_folds_are_shuffled_and_repeat_with_the_seed():
    """The same seed gives the same folds, another seed others, and none are consecutive blocks."""
    held = [np.concatenate([h for _, h in selection.k_folds(50, 5, np.random.default_rng(s))]) for s in (0, 0, 1)]
    np.testing.assert_array_equal(held[0], held[1])
    assert (held[0] != held[2]).any() and (held[0] != np.arange(50)).any()


def test_folds_without_a_generator_are_consecutive():
    """They are scikit-learn's unshuffled ones, training indices in ascending order."""
    for ours, theirs in zip(selection.k_folds(11, 3), KFold(3).split(np.zeros(11)), strict=True):
        np.testing.assert_array_equal(np.concatenate(ours), np.concatenate(theirs))


@pytest.mark.parametrize("k", [0, 1, 8])
def test_impossible_numbers_of_folds_are_refused(k):
    """One fold leaves nothing to train on; more folds than examples leave one empty."""
    with pytest.raises(ValueError, match=rf"k_folds: k must lie in 2\.\.7.*got k = {k} for m = 7"):
        selection.k_folds(7, k, np.random.default_rng(0))


def test_one_standard_error_takes_the_cheapest_that_is_as_good():
    """The best mean is 0.9 with standard error 0.01: the first setting at 0.89 or more is taken, not the best."""
    spread = np.array([-0.02, 0.0, 0.02]) * np.sqrt(0.75)  # standard deviation 0.01 * sqrt(3) over three folds
    scores = np.array([0.85, 0.8895, 0.8905, 0.9, 0.88])[:, None] + spread
    assert selection.one_standard_error(scores) == 2
    assert selection.one_standard_error(scores[3:]) == 0


def test_one_standard_error_without_spread_is_the_best():
    """Folds that agree leave no doubt; of equal settings the first is taken."""
    assert selection.one_standard_error([[0.8, 0.8], [0.9, 0.9], [0.9, 0.9]]) == 1


@pytest.mark.parametrize("scores", [[0.8, 0.9], [[0.8], [0.9]]])
def test_one_standard_error_needs_folds(scores):
    """A single score has no spread."""
    with pytest.raises(ValueError, match=r"one_standard_error: scores must be \(settings, folds\) with two folds"):
        selection.one_standard_error(scores)


def test_grid_has_the_settings_of_scikit_learn():
    """Every combination once; the peer orders them differently."""
    values = {"rate": [0.1, 1.0, 10.0], "threshold": [40, 100]}
    ours, theirs = selection.grid(**values), list(ParameterGrid(values))
    assert len(ours) == 6 and all(setting in ours for setting in theirs)


def test_grid_refuses_a_setting_without_values():
    """An empty list would silently make an empty grid."""
    with pytest.raises(ValueError, match="grid: threshold has no value to try"):
        selection.grid(rate=[1.0], threshold=[])


def test_log_uniform_gives_each_decade_its_share():
    """A third of the draws falls into each of three decades, where a uniform draw gives the first one 1 in 100."""
    rng = np.random.default_rng(2)
    logs, flats = (
        np.array([draw(rng) for _ in range(3000)])
        for draw in (selection.log_uniform(0.01, 10.0), selection.uniform(0.01, 10.0))
    )
    shares = np.histogram(logs, [0.01, 0.1, 1, 10])[0] / 3000
    np.testing.assert_allclose(shares, 1 / 3, atol=0.04)
    assert np.mean(flats < 0.1) < 0.02 and flats.min() >= 0.01 and flats.max() < 10


@pytest.mark.parametrize(("low", "high", "cause"), [(0, 1, "no logarithm"), (-1, 1, "got -1"), (2, 1, "got 2 and 1")])
def test_log_uniform_refuses_ends_without_a_logarithm(low, high, cause):
    """The message shows the ends, and what to do about 0."""
    with pytest.raises(ValueError, match=f"log_uniform: needs 0 < low < high.*{cause}"):
        selection.log_uniform(low, high)


def test_uniform_refuses_an_empty_interval():
    """The ends must be in order."""
    with pytest.raises(ValueError, match="uniform: low must be below high; got 3 and 3"):
        selection.uniform(3, 3)


def test_sample_sees_a_new_value_of_every_setting_each_time():
    """Nine settings hold nine rates, where a 3 x 3 grid holds three; the seed decides which."""
    draws = {"rate": selection.log_uniform(0.01, 10), "threshold": selection.uniform(3, 9)}
    settings = selection.sample(9, np.random.default_rng(3), **draws)
    assert len({s["rate"] for s in settings}) == len({s["threshold"] for s in settings}) == 9
    assert settings == selection.sample(9, np.random.default_rng(3), **draws)
    assert all(0.01 <= s["rate"] < 10 and 3 <= s["threshold"] < 9 for s in settings)


def test_sample_refuses_a_list_of_values():
    """A list belongs to grid."""
    with pytest.raises(TypeError, match=r"sample: rate must be a function of rng; got list.*grid\(\.\.\.\)"):
        selection.sample(3, np.random.default_rng(0), rate=[0.1, 1.0])
