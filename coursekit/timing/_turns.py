"""How much faster: contenders take turns in one process, and only the ratios of their times are compared."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter, sleep


@dataclass(frozen=True)
class Rung:
    """One contender of a ladder.

    Attributes
    ----------
    name : str
        What was measured.
    seconds : float
        Median time of a call.
    speedup : float
        How many times faster than the first rung.
    """

    name: str
    seconds: float
    speedup: float

    @property
    def per_second(self):
        """Calls per second, the it/s of a progress bar."""
        return 1 / self.seconds


def measure(contenders, *, rounds=5, number=1, average=median, pause=0.0):
    """Return the median time of each contender; they take turns.

    Parameters
    ----------
    contenders : dict of str to callable
        Called without arguments. Each is called once before the clock starts.
    rounds : int, default=5
        How many turns each takes.
    number : int, default=1
        Calls per turn; raise it until a turn takes milliseconds.
    average : callable, default=statistics.median
        Makes one number of a contender's times; ``min`` for the best that it can do.
    pause : float, default=0.0
        Seconds before each turn: the threads of a linear algebra library keep their cores for a while.

    Returns
    -------
    dict of str to float
        Seconds per call.

    Raises
    ------
    ValueError
        If there is nothing to measure, or no round or call to measure it in.

    Examples
    --------
    >>> seconds = measure({"short": lambda: sum(range(10)), "long": lambda: sum(range(10_000))})
    >>> seconds["long"] > seconds["short"]
    True
    """
    if not contenders or rounds < 1 or number < 1:
        raise ValueError(
            f"measure: needs a contender, rounds >= 1 and number >= 1; got {len(contenders)}, {rounds}, {number}."
        )
    for run in contenders.values():
        run()
    times = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            sleep(pause)
            start = perf_counter()
            for _ in range(number):
                run()
            times[name].append((perf_counter() - start) / number)
    return {name: average(taken) for name, taken in times.items()}


def ladder(contenders, *, rounds=5, number=1, pause=0.0):
    """Return a rung for each contender, with its speed-up over the first.

    Parameters
    ----------
    contenders : dict of str to callable
        In the order of the ladder; the first is what the others are compared with.
    rounds, number, pause : int, int, float
        As of :func:`measure`.

    Returns
    -------
    list of Rung
        In the order given.

    Examples
    --------
    >>> rungs = ladder({"loop": lambda: [i * i for i in range(99)], "same": lambda: None})
    >>> rungs[0].speedup, [rung.name for rung in rungs]
    (1.0, ['loop', 'same'])
    """
    seconds = measure(contenders, rounds=rounds, number=number, pause=pause)
    first = next(iter(seconds.values()))
    return [Rung(name, taken, first / taken) for name, taken in seconds.items()]
