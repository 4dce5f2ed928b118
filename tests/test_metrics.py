"""Accuracy and confusion: against scikit-learn, by hand, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score
from sklearn.metrics import confusion_matrix as oracle_matrix

from coursekit import metrics

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@given(PAIRS)
def test_accuracy_is_scikit_learns(pairs):
    """The oracle agrees on any labels."""
    predicted, y = np.array(pairs).T
    assert metrics.accuracy(predicted, y) == pytest.approx(accuracy_score(y, predicted))


@given(PAIRS)
def test_the_confusion_matrix_is_scikit_learns(pairs):
    """True classes down, predicted ones across, also where classes do not occur."""
    predicted, y = np.array(pairs).T
    assert (metrics.confusion_matrix(predicted, y, 5) == oracle_matrix(y, predicted, labels=range(5))).all()


@given(PAIRS)
def test_the_diagonal_holds_what_is_right(pairs):
    """Accuracy is the share of the counts on the diagonal; each row sums to the examples of its class."""
    predicted, y = np.array(pairs).T
    counts = metrics.confusion_matrix(predicted, y, 6)
    assert counts.trace() / counts.sum() == pytest.approx(metrics.accuracy(predicted, y))
    assert counts.sum(axis=1).tolist() == [int((y == label).sum()) for label in range(6)]


def test_accuracy_is_a_plain_float():
    """It prints as 0.75, not as np.float64(0.75); lists will do."""
    assert repr(metrics.accuracy([1, 0, 2, 2], [1, 0, 2, 1])) == "0.75"


def test_a_column_of_labels_is_refused():
    """(m,) against (m, 1) would compare every pair, so a perfect classifier would score about 1/k."""
    y = np.arange(10)
    with pytest.raises(ValueError) as refused:
        metrics.accuracy(y, y[:, None])
    assert str(refused.value) == (
        "accuracy: predictions have shape (10,) and labels (10, 1); both must be (m,).\n"
        "With (m,) against (m, 1), == compares every pair and the mean is meaningless; pass y.ravel()."
    )


@pytest.mark.parametrize(
    ("predicted", "y", "error", "text"),
    [
        ([[1], [0]], [[1], [0]], ValueError, "accuracy: y must be (m,), one label an example; got shape (2, 1)."),
        ([0.9, 0.2], [1, 0], TypeError, "accuracy: y must hold integer labels; got dtype float64."),
        ([1, 0, 1], [1, 0], ValueError, "accuracy: predictions have shape (3,) and labels (2,)"),
        ([], [], ValueError, "accuracy: y is empty."),
        ([-1, 0], [0, 0], ValueError, "accuracy: labels must lie in 0..k-1; got -1..0."),
    ],
)
def test_accuracy_refuses_what_are_no_labels(predicted, y, error, text):
    """Scores, columns and vectors of different lengths are named."""
    with pytest.raises(error) as refused:
        metrics.accuracy(predicted, y)
    assert text in str(refused.value)


@pytest.mark.parametrize(("predicted", "y"), [([0, 3], [0, 1]), ([0, 1], [0, 3])])
def test_a_label_beyond_k_is_refused(predicted, y):
    """On either side: it would be counted in the wrong cell, or beyond the matrix."""
    with pytest.raises(ValueError, match=r"confusion_matrix: labels must lie in 0\.\.2; got 0\.\.3"):
        metrics.confusion_matrix(predicted, y, 3)


@pytest.mark.parametrize("kind", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"])
def test_labels_of_any_integer_type_are_counted_in_their_cell(kind):
    """With 20 classes the last cell is number 399, which one byte does not hold."""
    y, predicted = np.array([19, 19, 3], kind), np.array([19, 18, 19], kind)
    counts = metrics.confusion_matrix(predicted, y, 20)
    assert [counts[19, 19], counts[19, 18], counts[3, 19], counts.sum()] == [1, 1, 1, 3]


@pytest.mark.parametrize("word", [np.int32, np.int64])
def test_bincount_gets_the_indices_of_the_machine(monkeypatch, word):
    """A 32-bit Python, such as the browser's, casts int64 to no index; here NumPy is made as strict."""
    real = np.bincount

    def strict(x, minlength):
        assert x.dtype == word
        return real(x, minlength=minlength)

    monkeypatch.setattr(np, "intp", word), monkeypatch.setattr(np, "bincount", strict)
    labels = np.array([0, 1, 1])
    for kind in (np.int32, np.int64):
        assert metrics.confusion_matrix(labels.astype(kind), labels.astype(kind), 2).tolist() == [[1, 0], [0, 2]]
