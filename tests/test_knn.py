"""Distances between two sets of points: properties, an oracle, three forms of one function, and their refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from coursekit import knn

FORMS = [knn.distances_two_loops, knn.distances_one_loop, knn.distances]
sizes = st.tuples(st.integers(1, 7), st.integers(1, 6), st.integers(1, 5), st.integers(0, 99))


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__)
def form(request):
    """Return each of the three forms in turn."""
    return request.param


@pytest.fixture
def points():
    """Return two sets of points whose sizes all differ."""
    rng = np.random.default_rng(9)
    return rng.normal(size=(7, 4)), rng.normal(size=(5, 4))


@given(sizes)
def test_all_forms_equal_scipys(size):
    """For any sizes: cdist is the oracle."""
    m, p, n, seed = size
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(m, n)), rng.normal(size=(p, n))
    for form in FORMS:
        np.testing.assert_allclose(form(A, B), cdist(A, B), rtol=1e-9, atol=1e-7)


@given(sizes)
def test_distances_are_a_metric(size):
    """Symmetric, zero to itself, and no way round is shorter."""
    m, p, n, seed = size
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(m, n)), rng.normal(size=(p, n))
    D, between = knn.distances(A, B), knn.distances_one_loop(B, B)
    np.testing.assert_allclose(knn.distances(B, A), D.T, rtol=1e-12, atol=1e-7)
    assert (np.diag(between) == 0).all()
    assert (D[:, :, None] <= D[:, None, :] + between.T[None] + 1e-7).all()


def test_three_four_five(form):
    """By hand."""
    assert form([[0, 0], [3, 0]], [[3, 4], [0, 0], [3, 0]]).tolist() == [[5, 0, 3], [4, 3, 0]]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int32, bool])
def test_whole_numbers_do_not_wrap_around(form, dtype):
    """As floats of the same values."""
    A = np.array([[0, 1, 100], [1, 1, 0]]).astype(dtype)
    B = np.array([[1, 0, 0]]).astype(dtype)
    assert form(A, B).dtype == np.float64
    np.testing.assert_allclose(form(A, B), cdist(A.astype(float), B.astype(float)))


def test_pixels_in_float64_are_exact():
    """Identical images have distance 0 to the bit: whole squares are added without rounding."""
    X = np.random.default_rng(0).integers(0, 256, (20, 784), dtype=np.uint8)
    D = knn.distances(X, X)
    assert (np.diag(D) == 0).all()
    assert np.array_equal(D, knn.distances_two_loops(X, X))


@pytest.mark.parametrize(
    ("types", "result"), [(("f4", "f4"), "f4"), (("f4", "f8"), "f8"), (("f2", "f2"), "f4"), (("f4", "u1"), "f8")]
)
def test_float32_stays_float32(form, points, types, result):
    """Half precision is lifted to single, anything else to double."""
    A, B = (np.abs(M).astype(t) for M, t in zip(points, types, strict=True))
    D = form(A, B)
    assert D.dtype == result
    np.testing.assert_allclose(D, cdist(A.astype(float), B.astype(float)), rtol=1e-4, atol=1e-4)


def test_near_points_far_out_give_no_nan():
    """The expansion loses digits there, as documented; the other forms do not."""
    near = np.random.default_rng(0).normal(size=(30, 5))
    far = near + 1e8
    assert np.isfinite(knn.distances(far, far)).all()
    right = knn.distances_two_loops(far, far)
    np.testing.assert_allclose(right, cdist(near, near), atol=1e-6)
    assert np.abs(knn.distances(far, far) - right).max() > 0.1


def test_inputs_are_unchanged(form, points):
    """Nothing writes into the caller's arrays, and the result is a new one."""
    before = [M.copy() for M in points]
    D = form(*points)
    assert all(np.array_equal(*pair) for pair in zip(before, points, strict=True))
    assert not any(np.shares_memory(D, M) for M in points)


def spoiled(A, place, value):
    """Return a copy with one bad value."""
    A = A.copy()
    A[place] = value
    return A


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            lambda A, B: (A, B[:, :3]),
            "A has 4 features and B has 3; both need the same. Was only one",
        ),
        (lambda A, B: (A[0], B), "A must be (m, n); got shape (4,). For one example, pass x[None, :]."),
        (lambda A, B: (A, B.reshape(5, 2, 2)), "B must be (p, n); got shape (5, 2, 2). For images, pass"),
        (lambda A, B: (A[:0], B), "A is empty: shape (0, 4)."),
        (lambda A, B: (A, B[:0]), "B is empty: shape (0, 4)."),
        (lambda A, B: (spoiled(A, (2, 3), np.nan), B), "A holds 1 nan or infinite values, the first at [2, 3]."),
        (lambda A, B: (A, spoiled(B, (1, 0), np.inf)), "B holds 1 nan or infinite values, the first at [1, 0]."),
    ],
    ids=["features differ", "a vector", "images", "no A", "no B", "nan", "inf"],
)
def test_points_that_can_be_none(form, points, spoil, words):
    """Each form says its own name and which of the two it is."""
    with pytest.raises(ValueError) as failed:
        form(*spoil(*points))
    said = str(failed.value)
    assert said.startswith(f"{form.__name__}: ") and words in said


def test_texts_are_no_points(form, points):
    """Refused by type."""
    with pytest.raises(TypeError, match="B must hold numbers; got dtype <U1"):
        form(points[0], [["a"] * 4])
