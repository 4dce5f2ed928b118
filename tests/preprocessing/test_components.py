"""Principal components: scikit-learn's, the same from either side, exact far from 0, and without a copy of X."""

import tracemalloc

import numpy as np
import pytest
from sklearn.decomposition import PCA

from coursekit import preprocessing

SHAPES = [(50, 7), (7, 50), (9, 9)]


def drawn(m, n, seed=0):
    """Return examples whose directions differ clearly in variance, away from 0."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(m, n)) * 1.5 ** -np.arange(n) @ np.linalg.qr(rng.normal(size=(n, n)))[0] + 5


@pytest.mark.parametrize(("m", "n"), SHAPES)
def test_it_is_scikit_learns(m, n):
    """Directions with their signs, variances (theirs over m - 1), coordinates and the way back."""
    X, q = drawn(m, n), 4
    ours, theirs = preprocessing.pca(X, components=q), PCA(q, svd_solver="full").fit(X)
    np.testing.assert_allclose(ours.directions, theirs.components_.T, atol=1e-10)
    np.testing.assert_allclose(ours.variances, theirs.explained_variance_ * (m - 1) / m, rtol=1e-10)
    np.testing.assert_allclose(ours.shares, theirs.explained_variance_ratio_.cumsum(), rtol=1e-10)
    new = drawn(5, n, seed=1)
    np.testing.assert_allclose(ours.project(new), theirs.transform(new), atol=1e-10)
    back = ours.restore(ours.project(new))
    np.testing.assert_allclose(back, theirs.inverse_transform(theirs.transform(new)), atol=1e-10)


@pytest.mark.parametrize(("m", "n"), SHAPES)
@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_as_few_as_hold_the_share(m, n, share):
    """The count is scikit-learn's, and one fewer would not do."""
    X = drawn(m, n)
    found = preprocessing.pca(X, share=share)
    assert len(found.variances) == PCA(share, svd_solver="full").fit(X).n_components_
    assert found.shares[-1] >= share and (len(found.shares) == 1 or found.shares[-2] < share)


@pytest.mark.parametrize(("m", "n"), SHAPES)
def test_all_components_lose_nothing(m, n):
    """Orthonormal directions, as many as the examples differ in; every training example comes back."""
    X = drawn(m, n)
    found = preprocessing.pca(X)
    q = len(found.variances)
    assert q == min(m - 1, n)
    np.testing.assert_allclose(found.directions.T @ found.directions, np.eye(q), atol=1e-12)
    np.testing.assert_allclose(found.restore(found.project(X)), X, atol=1e-12)
    assert found.variances.sum() == pytest.approx(X.var(axis=0).sum())


@pytest.mark.parametrize(("m", "n"), SHAPES)
def test_what_is_left_out_is_what_is_lost(m, n):
    """The mean squared error of the restored examples is the sum of the variances left out."""
    X, found = drawn(m, n), preprocessing.pca(drawn(m, n))
    few = found.first(3)
    error = ((few.restore(few.project(X)) - X) ** 2).sum(axis=1).mean()
    assert error == pytest.approx(found.variances[3:].sum(), rel=1e-9)


@pytest.mark.parametrize(("m", "n"), SHAPES)
def test_bytes_and_small_floats_are_as_good(m, n):
    """Bytes give what the same numbers give as floats; float32 stays float32 and is exact to its digits."""
    whole = np.random.default_rng(2).integers(0, 256, (m, n)).astype(np.uint8)
    exact = preprocessing.pca(whole.astype(float))
    for X, digits in ((whole, 1e-12), (whole.astype(np.float32), 2e-6)):
        found = preprocessing.pca(X)
        assert found.directions.dtype == (np.float32 if X.dtype == np.float32 else np.float64)
        assert len(found.variances) == len(exact.variances)
        np.testing.assert_allclose(found.variances, exact.variances, rtol=max(digits, 1e-9))
        np.testing.assert_allclose(found.directions, exact.directions, atol=max(digits, 1e-9))
    assert found.project(whole.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize(("m", "n"), SHAPES)
@pytest.mark.parametrize(("dtype", "steps", "shift"), [(np.float64, 1000, 2**27), (np.float32, 4, 2**22)])
def test_far_from_0_the_digits_stay(m, n, dtype, steps, shift):
    """A shift of millions changes no variance: the mean goes before anything is squared, all of it."""
    X = (drawn(m, n) * steps).round() / steps  # so that the shift itself rounds nothing
    near, far = (preprocessing.pca((X * 4 + by).astype(dtype), components=3) for by in (0, shift))
    np.testing.assert_allclose(far.variances, near.variances, rtol=1e-5)


@pytest.mark.parametrize(("m", "n"), [(3000, 60), (60, 3000)])
def test_small_components_of_float32_are_no_rounding(m, n):
    """All that hold more than a millionth of the largest variance are kept, and no rounding."""
    rng = np.random.default_rng(4)
    X = (rng.normal(size=(m, 30)) * 0.8 ** np.arange(30) @ rng.normal(size=(30, n))).astype(np.float32)
    found, exact = preprocessing.pca(X), preprocessing.pca(X.astype(float), components=30)
    assert len(found.variances) == 30 and exact.variances[-1] / exact.variances[0] < 1e-5
    np.testing.assert_allclose(found.variances, exact.variances, rtol=0.02)


@pytest.mark.parametrize(("shape", "axis"), [((3000, 40), 0), ((40, 3000), 1)])
def test_blocks_change_nothing_and_spare_the_copy(monkeypatch, shape, axis):
    """In many small blocks the same components come out, and less memory than X itself is needed."""
    X = np.random.default_rng(3).normal(size=shape)
    whole = preprocessing.pca(X, components=2)
    monkeypatch.setattr("coursekit.preprocessing.components._BLOCK", 7 * 40)
    tracemalloc.start()
    found = preprocessing.pca(X, components=2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    np.testing.assert_allclose(found.directions, whole.directions, atol=1e-9)
    assert peak < X.nbytes / 2


def test_the_input_is_left_alone():
    """Neither finding nor projecting writes into X."""
    X = drawn(8, 5)
    before = X.copy()
    preprocessing.pca(X).project(X)
    assert np.array_equal(X, before)


GOOD = np.arange(12.0).reshape(4, 3) ** 2
REFUSED = [
    ({"X": GOOD[0]}, ValueError, r"pca: X must be \(m, n\); got shape \(3,\)"),
    ({"X": GOOD[:1]}, ValueError, "a variance needs two examples or more"),
    ({"X": np.ones((4, 3))}, ValueError, "all rows of X are equal"),
    ({"X": np.where(GOOD == 9, np.nan, GOOD)}, ValueError, r"1 nan or infinite values, the first at \[1, 0\]"),
    ({"X": [["a", "b"]]}, TypeError, "X must hold numbers"),
    ({"X": GOOD, "share": 0.9, "components": 2}, ValueError, "share or components, not both"),
    ({"X": GOOD, "share": 95}, ValueError, "got 95. For that number of components, pass components=95"),
    ({"X": GOOD, "share": 95.0}, ValueError, r"got 95.0. Per cent\? Divide by 100"),
    ({"X": GOOD, "share": 0}, ValueError, "share must be above 0"),
    ({"X": GOOD, "components": 9}, ValueError, r"must lie in 1..2; got 9"),
    (
        {"X": GOOD, "components": 0.95},
        TypeError,
        "must be an integer; got 0.95. For a share of the variance, pass share=",
    ),
]


@pytest.mark.parametrize(("given", "error", "said"), REFUSED, ids=[said for *_, said in REFUSED])
def test_what_is_refused(given, error, said):
    """With the function, the fact and the edit."""
    with pytest.raises(error, match=said):
        preprocessing.pca(**given)


def test_other_columns_are_refused():
    """New examples need the same columns, coordinates the same components."""
    found = preprocessing.pca(GOOD)
    with pytest.raises(
        ValueError, match=r"project: the directions have n = 3 numbers, so X must be \(m, 3\); got \(4, 2\)"
    ):
        found.project(GOOD[:, :2])
    with pytest.raises(ValueError, match=r"restore: there are q = 2 components"):
        found.restore(np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"first: the number of components must lie in 1..2; got 3"):
        found.first(3)
