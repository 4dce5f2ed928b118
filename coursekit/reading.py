"""Reading a data set batch by batch: whole batches at once, example by example, and by other processes."""

from collections import deque

import numpy as np

from coursekit import _validate
from coursekit.agreements import in_browser


def unit_pixels(X):
    """Return pixels in [0, 1] as float32.

    Parameters
    ----------
    X : array_like of uint8
        Pixels from 0 to 255, of any shape.

    Returns
    -------
    ndarray of float32
        Of the shape of ``X``.

    Raises
    ------
    TypeError
        If the pixels are not uint8.

    Examples
    --------
    >>> unit_pixels(np.array([0, 51, 255], np.uint8))
    array([0. , 0.2, 1. ], dtype=float32)
    """
    X = np.asarray(X)
    if X.dtype != np.uint8:
        raise TypeError(
            f"unit_pixels: X must be uint8, pixels from 0 to 255; got {X.dtype}. Were they divided by 255 already?"
        )
    return X / np.float32(255)


def by_batch(X, y, order, batch_size):
    """Yield the batches of one pass, each taken by one indexing.

    Parameters
    ----------
    X : ndarray of uint8, shape (m, n)
        Images, one row each.
    y : ndarray of shape (m,)
        Labels.
    order : array_like of int
        The rows to read, in this order.
    batch_size : int
        Rows per batch; the last batch holds what is left.

    Yields
    ------
    X_batch, y_batch : ndarray
        Pixels in [0, 1], float32, and their labels.

    Raises
    ------
    ValueError
        If ``batch_size`` is below 1 or the lengths differ.

    Examples
    --------
    >>> X, y = np.full((5, 2), 255, np.uint8), np.arange(5)
    >>> [labels.tolist() for images, labels in by_batch(X, y, [4, 0, 2], 2)]
    [[4, 0], [2]]
    """
    return (_read(X, y, rows) for rows in _rows("by_batch", X, y, order, batch_size))


def by_example(X, y, order, batch_size):
    """Yield the same as :func:`by_batch`, reading and converting each example alone, then stacking them.

    A loader does so that knows its data set only as ``dataset[i]``: each example costs a few calls in Python.

    Parameters
    ----------
    X, y, order, batch_size : ndarray, ndarray, array_like, int
        As of :func:`by_batch`.

    Yields
    ------
    X_batch, y_batch : ndarray
        As of :func:`by_batch`.

    Raises
    ------
    ValueError
        As :func:`by_batch`.

    Examples
    --------
    >>> X, y = np.full((5, 2), 255, np.uint8), np.arange(5)
    >>> [labels.tolist() for images, labels in by_example(X, y, [4, 0, 2], 2)]
    [[4, 0], [2]]
    """
    return (
        (np.stack([unit_pixels(X[i]) for i in rows]), np.stack([y[i] for i in rows]))
        for rows in _rows("by_example", X, y, order, batch_size)
    )


class Readers:
    """Processes that read batches for us; use it in a ``with``, so that they end.

    Each process gets a copy of the data when it starts, and a batch travels back through a pipe.

    Parameters
    ----------
    X, y : ndarray
        As of :func:`by_batch`.
    workers : int
        Number of processes.

    Raises
    ------
    ValueError
        If ``workers`` is below 1.
    RuntimeError
        In a browser, which has no processes.

    Examples
    --------
    >>> X, y = np.full((5, 2), 255, np.uint8), np.arange(5)
    >>> with Readers(X, y, 1) as readers:
    ...     [labels.tolist() for images, labels in readers.batches([4, 0, 2], 2)]
    [[4, 0], [2]]
    """

    def __init__(self, X, y, workers):
        if workers < 1:
            raise ValueError(
                f"Readers: workers must be 1 or more; got {workers}. To read without other processes, call by_batch."
            )
        if in_browser():
            raise RuntimeError(
                f"Readers: Python in a browser cannot start {workers} processes. To read without them, call by_batch."
            )
        self.X, self.y, self.workers = X, y, workers
        from concurrent.futures import ProcessPoolExecutor  # here, since a browser's Python lacks what it needs
        from multiprocessing import get_context

        spawned = get_context("spawn")  # on every system: a fork of a kernel that has threads may never return
        given = X, y, spawned.Barrier(workers)
        self._pool = ProcessPoolExecutor(workers, spawned, initializer=_hold, initargs=given)

    def __enter__(self):
        """Start all processes now, so that no pass waits for them."""
        list(self._pool.map(_read_held, [np.array([0])] * self.workers))
        return self

    def __exit__(self, *error):
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def batches(self, order, batch_size):
        """Yield the same as :func:`by_batch`; two batches per process are read ahead.

        Parameters
        ----------
        order, batch_size : array_like, int
            As of :func:`by_batch`.

        Yields
        ------
        X_batch, y_batch : ndarray
            As of :func:`by_batch`.

        Raises
        ------
        ValueError
            As :func:`by_batch`.
        """
        return self._in_order(_rows("Readers.batches", self.X, self.y, order, batch_size))

    def _in_order(self, parts):
        """Yield batches in the order asked for, with some on their way."""
        asked = deque()
        for rows in parts:
            asked.append(self._pool.submit(_read_held, rows))
            if len(asked) > 2 * self.workers:
                yield asked.popleft().result()
        while asked:
            yield asked.popleft().result()


STARTED = 600  # seconds that a process waits for the others: if they never come, it ends
_held = ()  # in a reader's process: X and y


def _hold(X, y, barrier):
    """Keep the data of a reader's process, and wait until all others have theirs."""
    global _held
    _held = X, y
    barrier.wait(STARTED)


def _read_held(rows):
    """Return a batch of the data that this process holds."""
    return _read(*_held, rows)


def _read(X, y, rows):
    """Return one batch."""
    return unit_pixels(X[rows]), y[rows]


def _rows(where, X, y, order, batch_size):
    """Return the rows of each batch."""
    X, order = _validate.matrix(where, "X", X), np.asarray(order)
    if len(X) != len(y):
        raise ValueError(f"{where}: X has {len(X)} rows but y has {len(y)} labels. Were both filtered alike?")
    if batch_size < 1:
        raise ValueError(f"{where}: batch_size must be 1 or more; got {batch_size}.")
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
