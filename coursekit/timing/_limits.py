"""How fast at most: what a machine reads from memory and computes, and what that means for a step of training."""

from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter

import numpy as np

from coursekit.timing._turns import measure

PIXELS = 784  # of an image of MNIST, whose full-batch step is what the course measures


@dataclass(frozen=True)
class Limits:
    """What a machine can do at most: the lines of a roofline, with a flat roof for each width of number.

    Attributes
    ----------
    bandwidth : float
        Bytes per second that it reads from memory.
    flops : float
        Operations per second on numbers of 4 bytes, float32; each is an addition or a multiplication.
    flops64 : float
        The same on numbers of 8 bytes, float64, of which a register of the processor holds half as many.

    References
    ----------
    .. [1] S. Williams, A. Waterman and D. Patterson, "Roofline: an insightful visual performance model for multicore
       architectures", Communications of the ACM 52 (2009).

    Examples
    --------
    >>> limits = Limits(bandwidth=20e9, flops=100e9, flops64=50e9)
    >>> limits.ridge(), limits.ridge(itemsize=8)
    (5.0, 2.5)
    >>> limits.per_second(flops=2e9, nbytes=0.2e9), limits.binding(flops=2e9, nbytes=0.2e9)
    (50.0, 'compute')
    >>> limits.per_second(flops=2e9, nbytes=0.4e9, itemsize=8)
    25.0
    """

    bandwidth: float
    flops: float
    flops64: float

    def roof(self, itemsize=4):
        """Return the operations per second on numbers of some width.

        Parameters
        ----------
        itemsize : {4, 8}
            Bytes of the numbers that are multiplied and added, however they are stored.

        Returns
        -------
        float
            The height of the flat roof.

        Raises
        ------
        ValueError
            If nothing was measured for this width.
        """
        if itemsize not in (4, 8):
            raise ValueError(
                f"Limits: the arithmetic was measured on numbers of 4 and 8 bytes; got itemsize = {itemsize}. "
                "Pixels that are stored in 1 or 2 bytes are converted before they are multiplied: say to 4 or to 8."
            )
        return self.flops if itemsize == 4 else self.flops64

    def ridge(self, itemsize=4):
        """Return the operations per byte at which memory and arithmetic take equally long.

        Parameters
        ----------
        itemsize : {4, 8}
            Bytes of the numbers that are multiplied and added.

        Returns
        -------
        float
            Where the two parts of the roof meet.
        """
        return self.roof(itemsize) / self.bandwidth

    def per_second(self, flops, nbytes, itemsize=4):
        """Return how often per second some work can be done, if reading and computing overlap perfectly.

        Parameters
        ----------
        flops : float
            Additions and multiplications of one repetition.
        nbytes : float
            Bytes that one repetition reads from memory.
        itemsize : {4, 8}
            Bytes of the numbers that are multiplied and added.

        Returns
        -------
        float
            Repetitions per second; no program on this machine does more.
        """
        return min(self.roof(itemsize) / flops, self.bandwidth / nbytes)

    def binding(self, flops, nbytes, itemsize=4):
        """Return which of the two limits holds some work up.

        Parameters
        ----------
        flops : float
            Additions and multiplications of one repetition.
        nbytes : float
            Bytes that one repetition reads from memory.
        itemsize : {4, 8}
            Bytes of the numbers that are multiplied and added.

        Returns
        -------
        {"memory", "compute"}
            The one that takes longer.
        """
        return "memory" if flops / nbytes < self.ridge(itemsize) else "compute"


def machine_limits(*, size=1024, megabytes=256, rounds=5):
    """Measure this machine's limits with the best cases that NumPy has.

    The scalar product of a long vector with itself reads memory and does little else; the product of two large
    matrices finds all its numbers in the cache and does nothing but multiply and add, once in float32 and once in
    float64. All run on as many cores as NumPy's linear algebra uses, and the best of some rounds counts.

    Parameters
    ----------
    size : int, default=1024
        Rows and columns of the two matrices.
    megabytes : int, default=256
        Length of the vector; more than the processor's caches hold.
    rounds : int, default=5
        How many turns each takes.

    Returns
    -------
    Limits
        Bytes, float32 operations and float64 operations per second.

    Examples
    --------
    >>> limits = machine_limits(size=64, megabytes=1, rounds=1)
    >>> limits.ridge() > 0
    True
    """
    A, A64 = np.ones((size, size), np.float32), np.ones((size, size))
    x = np.ones(megabytes * 1_000_000 // 4, np.float32)
    works = {"flops": lambda: A @ A, "flops64": lambda: A64 @ A64, "read": lambda: x @ x}
    seconds = measure(works, rounds=rounds, average=min)
    bandwidth = x.nbytes / seconds.pop("read")
    return Limits(bandwidth, **{name: 2 * size**3 / taken for name, taken in seconds.items()})


def predict_step(rows, classes, pixels, limits):
    """Return the least time that a machine needs for the two products of a full-batch step on images of 784 pixels.

    Parameters
    ----------
    rows, classes, pixels : int, int, str
        Examples m, columns k of W, and the type of the pixels. W is float32 if they are, else float64.
    limits : coursekit.timing.Limits
        The machine.

    Returns
    -------
    seconds : float
        For 4 m n k operations on numbers as wide as those of W, or for reading X once, whichever takes longer.
    binds : {"memory", "compute"}
        Which of the two that is.

    Examples
    --------
    >>> predict_step(1000, 1, "float64", Limits(bandwidth=784e6, flops=100e9, flops64=50e9))
    (0.008, 'memory')
    """
    flops, nbytes = 4 * rows * PIXELS * classes, rows * PIXELS * np.dtype(pixels).itemsize
    work = flops, nbytes, np.dtype(_weights(pixels)).itemsize
    return 1 / limits.per_second(*work), limits.binding(*work)


def _weights(pixels):
    """Return the type of W and dZ beside pixels of a type: what NumPy computes in."""
    return np.float32 if pixels == "float32" else np.float64


def measure_step(rows, classes, pixels, *, turns=3, seconds=0.02):
    """Measure the two products of a full-batch step, XW and X^T dZ, in short pieces.

    Parameters
    ----------
    rows, classes, pixels : int, int, str
        As of :func:`predict_step`. W and dZ are float32 if the pixels are, else float64.
    turns : int, default=3
        How often each product gets its turn.
    seconds : float, default=0.02
        Length of a turn; at least one product is made.

    Yields
    ------
    float
        After each turn, the seconds of both products together, each the best so far; infinite before both were made.

    Examples
    --------
    >>> *_, best = measure_step(50, 2, "uint8", turns=1, seconds=0)
    >>> 0 < best < 10
    True
    """
    X = _pixels(rows, pixels)
    kind = _weights(pixels)
    W, dZ = np.ones((PIXELS, classes), kind), np.ones((rows, classes), kind)
    best = {"scores": np.inf, "gradient": np.inf}
    yield np.inf
    for _ in range(turns):
        for name, A, B in (("scores", X, W), ("gradient", X.T, dZ)):
            best[name] = min(best[name], _quickest(A, B, seconds))
            yield sum(best.values())


@lru_cache(maxsize=4)
def _pixels(rows, kind):
    """Return a matrix of pixels, the same one again for the same question."""
    return np.ones((rows, PIXELS), kind)


def _quickest(A, B, seconds):
    """Return the least time of a product, made again and again for some seconds."""
    begin, taken = perf_counter(), []
    while not taken or perf_counter() - begin < seconds:
        start = perf_counter()
        np.matmul(A, B)
        taken.append(perf_counter() - start)
    return min(taken)
