"""What happens to the data first: one-hot labels, thresholds, the bias column, and the split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import Binarizer, OneHotEncoder

from coursekit import preprocessing


@pytest.fixture
def X():
    """Return examples (m, n) = (7, 4)."""
    return np.random.default_rng(0).normal(size=(7, 4))


# one_hot


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_one_hot_is_scikit_learns(y):
    """The oracle agrees, also where classes do not occur."""
    oracle = OneHotEncoder(categories=[range(5)], sparse_output=False).fit_transform(np.array(y)[:, None])
    assert (preprocessing.one_hot(y, 5) == oracle).all()


def test_one_hot_rows_give_the_labels_back():
    """Each row has a single 1, in the column of its class."""
    y = np.array([3, 0, 4, 3, 1])
    Y = preprocessing.one_hot(y, 6)
    assert Y.shape == (5, 6) and (Y.sum(axis=1) == 1).all()
    assert (Y.argmax(axis=1) == y).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8])
def test_one_hot_has_the_type_asked_for(dtype):
    """The type is the caller's choice."""
    assert preprocessing.one_hot([0, 1], 2, dtype=dtype).dtype == dtype


@pytest.mark.parametrize(
    ("y", "error", "text"),
    [
        ([1, 2, 3], ValueError, "one_hot: labels must lie in 0..2; got 1..3. Labels start at 0: pass y - 1?"),
        ([-1, 0], ValueError, "one_hot: labels must lie in 0..2; got -1..0."),
        ([0.0, 1.0], TypeError, "one_hot: y must hold integer labels; got dtype float64."),
        ([], ValueError, "one_hot: y is empty."),
        ([[0], [1]], ValueError, "Pass y.ravel()."),
    ],
)
def test_one_hot_refuses_what_are_no_labels(y, error, text):
    """The error names the fact and the edit."""
    with pytest.raises(error) as refused:
        preprocessing.one_hot(y, 3)
    assert text in str(refused.value)


# binarise


@given(st.lists(st.integers(0, 255), min_size=1, max_size=30), st.integers(0, 254))
def test_binarise_is_scikit_learns(pixels, threshold):
    """The oracle agrees, and a pixel equal to the threshold is 0."""
    X = np.array([pixels], np.uint8)
    made = preprocessing.binarise(X, threshold)
    assert (made == Binarizer(threshold=threshold).fit_transform(X)).all()
    assert made.dtype == np.float32


def test_binarise_leaves_its_input_alone():
    """A new array comes back, whatever goes in."""
    X = np.array([[99, 100, 101]], np.uint8)
    assert preprocessing.binarise(X, 100, dtype=int).tolist() == [[0, 0, 1]]
    assert X.tolist() == [[99, 100, 101]]


# add_bias


@pytest.mark.parametrize(("dtype", "becomes"), [(np.float32, np.float32), (float, float), (np.uint8, float)])
def test_the_bias_is_a_last_column_of_ones(X, dtype, becomes):
    """Floats keep their type, whole numbers become float64, and the last row of W is then the bias."""
    X = np.abs(X * 10).astype(dtype)
    W, b = np.ones((4, 3)), np.array([5.0, -1.0, 2.0])
    wide = preprocessing.add_bias(X)
    assert wide.shape == (7, 5) and wide.dtype == becomes
    assert wide @ np.vstack([W, b]) == pytest.approx(X @ W + b)


def test_add_bias_wants_a_matrix(X):
    """One example by itself is refused, with the edit."""
    with pytest.raises(ValueError, match=r"add_bias: X must be \(m, n\); got shape \(4,\)\. For one example, pass x"):
        preprocessing.add_bias(X[0])


# split


@given(st.integers(2, 40), st.integers(1, 39), st.integers(0, 5))
def test_a_split_loses_and_repeats_nothing(m, held, seed):
    """Every example is in exactly one part, with its label; the held part has the share asked for."""
    held = min(held, m - 1)
    X, y = 10.0 * np.arange(m)[:, None], np.arange(m)
    parts = preprocessing.split(X, y, fraction=held / m, rng=np.random.default_rng(seed))
    X_train, y_train, X_held, y_held = parts
    assert (X_train[:, 0] == 10 * y_train).all() and (X_held[:, 0] == 10 * y_held).all()
    assert len(y_held) == held
    assert sorted([*y_train, *y_held]) == list(range(m))


def test_a_split_is_shuffled_and_repeatable():
    """The same generator gives the same split, and not simply the first rows."""
    X, y = np.eye(40), np.arange(40)
    one, two = (preprocessing.split(X, y, fraction=0.25, rng=np.random.default_rng(2))[3] for _ in range(2))
    assert (one == two).all()
    assert sorted(one) != list(range(10))


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, float])
def test_a_bias_is_known_by_its_ones(dtype):
    """All of the last column, and no other; one zero is enough to doubt it."""
    X = np.array([[1, 0, 1], [1, 5, 1]], dtype)
    assert preprocessing.has_bias(X) is True
    assert preprocessing.has_bias(X[:, ::-1]) is True and preprocessing.has_bias(X[:, :2]) is False
    X[1, 2] = 0
    assert preprocessing.has_bias(X) is False


@pytest.mark.parametrize("fraction", [0.0, 1.0, 0.01, 0.99, -0.5, 3])
def test_a_split_without_one_part_is_refused(X, fraction):
    """The error says which fractions would do for so many examples."""
    with pytest.raises(ValueError) as refused:
        preprocessing.split(X, np.arange(7), fraction=fraction, rng=np.random.default_rng(0))
    assert str(refused.value) == (
        f"split: fraction = {fraction} of 7 examples leaves a part empty; pass one between 0.143 and 0.857."
    )


def test_labels_must_be_as_many_as_examples(X):
    """Rows and labels that were filtered differently are refused."""
    with pytest.raises(ValueError, match="split: X has m = 7 examples but y has 6 labels"):
        preprocessing.split(X, np.arange(6), fraction=0.5, rng=np.random.default_rng(0))
