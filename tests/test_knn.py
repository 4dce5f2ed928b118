"""Distances between two sets of points in three forms, and the nearest: properties, oracles, memory, refusals."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import manhattan_distances
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

from coursekit import knn
from coursekit.knn import _search

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


@given(sizes)
def test_distances_along_the_axes_are_scikit_learns(size):
    """And turning the axes by 45 degrees changes them, for (1, 0) and (0, 1) from 2 to the root of 2."""
    m, p, n, seed = size
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(m, n)), rng.normal(size=(p, n))
    np.testing.assert_allclose(knn.distances_l1(A, B), manhattan_distances(A, B), rtol=1e-12)
    turn = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
    assert [knn.distances_l1([[1.0, 0] @ Q], [[0, 1.0] @ Q])[0, 0] for Q in (np.eye(2), turn)] == pytest.approx(
        [2, 2**0.5]
    )


def test_pixels_do_not_wrap_around_along_the_axes():
    """1 - 255 is 254 steps."""
    assert knn.distances_l1(np.array([[1, 9]], np.uint8), np.array([[255, 9]], np.uint8)).tolist() == [[254]]


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
        (lambda A, B: (A, B.reshape(5, 2, 2)), "B must be (r, n); got shape (5, 2, 2). For images, pass"),
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


# neighbors and predict

searches = st.tuples(st.integers(1, 30), st.integers(1, 25), st.integers(1, 6), st.integers(1, 25), st.integers(0, 99))


def drawn(search):
    """Return points A (m, n) and B (r, n), labels of B of five classes, and k, of the sizes drawn."""
    m, p, n, k, seed = search
    rng = np.random.default_rng(seed)
    return rng.normal(size=(m, n)), rng.normal(size=(p, n)), rng.integers(0, 5, p), min(k, p)


@given(searches)
def test_neighbors_are_scikit_learns(search):
    """The same rows in the same order."""
    A, B, _, k = drawn(search)
    oracle = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(B).kneighbors(A, return_distance=False)
    assert np.array_equal(knn.neighbors(A, B, k), oracle)


@given(searches)
def test_neighbors_along_the_axes_are_scikit_learns(search):
    """The same rows in the same order, and the same labels from them."""
    A, B, y, k = drawn(search)
    oracle = KNeighborsClassifier(k, algorithm="brute", metric="manhattan").fit(B, y)
    assert np.array_equal(knn.neighbors(A, B, k, metric="L1"), oracle.kneighbors(A, return_distance=False))
    assert np.array_equal(knn.predict(B, y, A, k=k, metric="L1"), oracle.predict(A))


def test_the_two_metrics_may_choose_differently():
    """From (0, 0), (3, 0) is nearer in steps along the axes and (2, 2) in a straight line."""
    B, y = [[3.0, 0.0], [2.0, 2.0]], [0, 1]
    assert [knn.predict(B, y, [[0.0, 0.0]], metric=metric).tolist() for metric in ("L1", "L2")] == [[0], [1]]


@given(searches)
def test_predictions_are_scikit_learns(search):
    """The same labels, also where classes have equally many votes, and some have none."""
    A, B, y, k = drawn(search)
    oracle = KNeighborsClassifier(k, algorithm="brute").fit(B, y).predict(A)
    assert np.array_equal(knn.predict(B, y, A, k=k), oracle)


@given(searches)
def test_the_nearest_are_the_first_of_all_in_order(search):
    """Each row holds different points, by rising distance, and none that is left out is nearer."""
    A, B, _, k = drawn(search)
    nearest, D = knn.neighbors(A, B, k), cdist(A, B)
    assert nearest.shape == (len(A), k)
    assert np.array_equal(np.take_along_axis(D, nearest, axis=1), np.sort(D, axis=1)[:, :k])


@given(searches)
def test_the_examples_themselves_get_their_own_labels(search):
    """With one neighbour: everyone is nearest to itself."""
    _, B, y, _ = drawn(search)
    assert np.array_equal(knn.predict(B, y, B), y)
    assert np.array_equal(knn.neighbors(B, B, 1)[:, 0], np.arange(len(B)))


@given(searches)
def test_all_as_neighbours_elect_the_commonest_class(search):
    """With k = p the place does not matter."""
    A, B, y, _ = drawn(search)
    assert (knn.predict(B, y, A, k=len(B)) == np.bincount(y).argmax()).all()


@given(searches)
def test_the_order_of_the_examples_does_not_matter(search):
    """Nor does one common shift of all points."""
    A, B, y, k = drawn(search)
    order = np.random.default_rng(0).permutation(len(B))
    right = knn.predict(B, y, A, k=k)
    assert np.array_equal(knn.predict(B[order], y[order], A, k=k), right)
    assert np.array_equal(knn.predict(B + 2, y, A + 2, k=k), right)


def test_by_hand():
    """Of 2, 1, 0 and 7 with one vote each, the smallest label wins, not the nearest; two votes beat any."""
    B, y = [[1.0], [2.0], [3.0], [4.0], [5.0]], np.array([2, 1, 0, 7, 7], np.uint8)
    assert [knn.predict(B, y, [[0.0]], k=k).tolist() for k in range(1, 6)] == [[2], [1], [0], [0], [7]]
    assert knn.predict(B, y, [[0.0]]).dtype == np.uint8
    assert knn.neighbors([[0.0], [4.4]], B, 3).tolist() == [[0, 1, 2], [3, 4, 2]]


@pytest.mark.parametrize("k", [1, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool, np.float16, np.float32])
def test_neighbours_of_any_type_of_numbers(k, dtype):
    """No whole number wraps around: the distances of the chosen are the smallest."""
    rng = np.random.default_rng(3)
    A, B = ((100 * rng.random((m, 6))).astype(dtype) for m in (11, 40))
    D = cdist(A.astype(float), B.astype(float))
    chosen = np.take_along_axis(D, knn.neighbors(A, B, k), axis=1)
    np.testing.assert_allclose(chosen, np.sort(D, axis=1)[:, :k], rtol=1e-4)


@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("block", [1, 5, 12, 30, 10**6])
def test_blocks_do_not_change_the_result(monkeypatch, k, block):
    """Of one row, of two of the seven, of all."""
    rng = np.random.default_rng(1)
    A, B, y = rng.normal(size=(7, 4)), rng.normal(size=(5, 4)), rng.integers(0, 3, 5)
    right = knn.neighbors(A, B, k), knn.predict(B, y, A, k=k)
    monkeypatch.setattr(_search, "_BLOCK", block)
    assert np.array_equal(knn.neighbors(A, B, k), right[0]) and np.array_equal(knn.predict(B, y, A, k=k), right[1])


def peak(f):
    """Return how many bytes a call needs at most."""
    tracemalloc.start()
    try:
        f()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("k", [1, 5])
def test_only_one_block_of_distances_exists(k):
    """All of the 16 million would take 128 MB as float64; 70 MB are promised."""
    A, B, y = np.arange(32000.0).reshape(16000, 2), np.arange(2000.0).reshape(1000, 2), np.arange(1000) % 7
    assert peak(lambda: knn.neighbors(A, B, k)) < 70e6 + 16000 * k * 8
    assert peak(lambda: knn.predict(B, y, A, k=k)) < 70e6 + 16000 * 8


def test_neighbors_and_predict_leave_their_inputs_alone(points):
    """Nothing writes into the caller's arrays, which may be read-only."""
    A, B = points
    y = np.array([1, 0, 2, 0, 1])
    for M in (A, B, y):
        M.setflags(write=False)
    assert knn.neighbors(A, B, 2).shape == (7, 2) and knn.predict(B, y, A, k=2).shape == (7,)


CALLS = {
    "neighbors": lambda A, B, k=2, **how: knn.neighbors(A, B, k, **how),
    "predict": lambda A, B, k=2, **how: knn.predict(B, np.zeros(np.shape(B)[0], int), A, k=k, **how),
}
NAMES = {"neighbors": ("A", "B"), "predict": ("X", "X_train")}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (lambda A, B: (A, B[:, :3]), ValueError, "{0} has 4 features and {1} has 3; both need the same."),
        (lambda A, B: (A[0], B), ValueError, "{0} must be (m, n); got shape (4,). For one example, pass x[None, :]."),
        (lambda A, B: (A, B.reshape(5, 2, 2)), ValueError, "{1} must be (r, n); got shape (5, 2, 2). For images, pass"),
        (lambda A, B: (A[:0], B), ValueError, "{0} is empty: shape (0, 4)."),
        (lambda A, B: (A, B[:0]), ValueError, "{1} is empty: shape (0, 4)."),
        (lambda A, B: (spoiled(A, (2, 3), np.nan), B), ValueError, "{0} holds 1 nan or infinite values"),
        (lambda A, B: (A, spoiled(B, (1, 0), np.inf)), ValueError, "{1} holds 1 nan or infinite values"),
        (lambda A, B: (A, 1e200 * B), ValueError, "squares of the points overflow float64. Divide both by"),
        (lambda A, B: (A.astype("f4"), (1e30 * B).astype("f4")), ValueError, "squares of the points overflow float32."),
        (lambda A, B: (A, B, 0), ValueError, "k must lie in 1..5, the number of points to choose from; got 0."),
        (lambda A, B: (A, B, 6), ValueError, "k must lie in 1..5, the number of points to choose from; got 6."),
        (lambda A, B: (A, B, 2.0), TypeError, "k must be an integer; got 2.0."),
        (lambda A, B: (A, np.full((5, 4), "a")), TypeError, "{1} must hold numbers; got dtype <U1."),
    ],
)  # fmt: skip
def test_searches_that_cannot_be(name, points, spoil, error, words):
    """Each function says its own name and those of its own arguments."""
    with pytest.raises(error) as failed:
        CALLS[name](*spoil(*points))
    said = str(failed.value)
    assert said.startswith(f"{name}: ") and words.format(*NAMES[name]) in said


@pytest.mark.parametrize("name", CALLS)
def test_a_metric_that_there_is_not(points, name):
    """The two that there are stand in the message."""
    with pytest.raises(ValueError, match=f'^{name}: metric must be "L1" or "L2"; got \'cosine\''):
        CALLS[name](*points, metric="cosine")


@pytest.mark.parametrize(
    ("y", "error", "words"),
    [
        (np.zeros(7, int), ValueError, "X_train has 5 rows but y_train has 7 labels. Were both filtered alike?"),
        (np.zeros((5, 1), int), ValueError, "y must be (m,), one label an example; got shape (5, 1). Pass y.ravel()."),
        (np.eye(5, dtype=int), ValueError, "got shape (5, 5). One-hot labels? Pass Y.argmax(axis=1)."),
        (np.zeros(5), TypeError, "y must hold integer labels; got dtype float64. If the values are whole, pass"),
        (np.array([0, 1, -1, 0, 1]), ValueError, "labels must lie in 0..k-1; got -1..1."),
    ],
)
def test_labels_that_cannot_vote(points, y, error, words):
    """Too many, of another shape, of another type, negative."""
    A, B = points
    with pytest.raises(error) as failed:
        knn.predict(B, y, A)
    said = str(failed.value)
    assert said.startswith("predict: ") and words in said
