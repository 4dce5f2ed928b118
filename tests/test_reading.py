"""Reading by batches, by examples and by other processes: the same batches from all, and what is refused."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from coursekit import reading

RNG = np.random.default_rng(0)
X, Y_LABELS = RNG.integers(0, 256, (11, 4), dtype=np.uint8), np.arange(11)
ORDER = RNG.permutation(11)[:10]


def same(found, right):
    """Assert that two passes hold the same batches."""
    for (images, labels), (others, names) in zip(list(found), list(right), strict=True):
        assert images.dtype == others.dtype == np.float32
        assert_array_equal(images, others)
        assert_array_equal(labels, names)


@pytest.mark.parametrize("batch_size", [1, 3, 5, 10, 99])
def test_a_pass_holds_each_row_once_and_in_order(batch_size):
    """Batches joined are the rows asked for; all but the last are full."""
    found = list(reading.by_batch(X, Y_LABELS, ORDER, batch_size))
    assert [len(labels) for _, labels in found[:-1]] == [batch_size] * (len(found) - 1)
    assert_array_equal(np.concatenate([labels for _, labels in found]), ORDER)
    assert_array_equal(np.concatenate([images for images, _ in found]), X[ORDER] / np.float32(255))
    same(reading.by_example(X, Y_LABELS, ORDER, batch_size), found)


def test_processes_give_the_same_batches_in_the_same_order():
    """Two processes, more batches than are read ahead, and a second pass by the same processes."""
    with reading.Readers(X, Y_LABELS, 2) as readers:
        for batch_size in (1, 3):
            right = reading.by_batch(X, Y_LABELS, ORDER, batch_size)
            same(readers.batches(ORDER, batch_size), right)


def test_the_largest_pixel_is_one():
    """0 stays 0, and 255 becomes 1 exactly."""
    assert reading.unit_pixels(np.array([0, 255], np.uint8)).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda: reading.unit_pixels(X / 255), TypeError, "must be uint8, pixels from 0 to 255; got float64. Were"),
        (lambda: reading.by_batch(X, Y_LABELS, ORDER, 0), ValueError, "by_batch: batch_size must be 1 or more; got 0"),
        (lambda: reading.by_example(X, Y_LABELS[1:], ORDER, 2), ValueError, "X has 11 rows but y has 10 labels"),
        (lambda: reading.Readers(X, Y_LABELS, 0), ValueError, "workers must be 1 or more; got 0. To read without"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_call(call, kind, text):
    """Before the first batch is asked for."""
    with pytest.raises(kind, match=text):
        call()
