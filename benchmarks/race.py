"""Races: our code beside its peers, taking turns in one process, and a line of the table for each peer."""

import random
import time
from dataclasses import dataclass
from statistics import median

PAUSE = 0.25  # seconds between two turns: the threads of one library spin on for a while and would hold the next one up


@dataclass(frozen=True)
class Line:
    """Our code beside one peer.

    Attributes
    ----------
    work : str
        What both did.
    ours : str
        Name of our contender.
    peer : str
        Name of the other one.
    seconds : float
        Our median time.
    ratio : float
        How many times as long the peer took: the median over the rounds.
    target : float or None
        The ratio that EVIDENCE asks for; None where it asks for none.
    remark : str
        What else there is to know.
    """

    work: str
    ours: str
    peer: str
    seconds: float
    ratio: float
    target: float | None = None
    remark: str = ""

    @property
    def met(self):
        """Whether the target is reached; one of None always is."""
        return self.target is None or self.ratio >= self.target


def race(work, contenders, *, targets=None, remarks=None, rounds=7, number=1):
    """Let contenders take turns and return a line for each but the first, which is ours.

    Parameters
    ----------
    work : str
        What they do.
    contenders : dict of str to callable
        Ours first; called without arguments, each once before the clock starts.
    targets : dict of str to float, optional
        The ratio that is asked for, by peer.
    remarks : dict of str to str, optional
        By peer.
    rounds : int, default=7
        Turns of each.
    number : int, default=1
        Calls a turn; raise it until a turn takes a tenth of a second.

    Returns
    -------
    list of Line
        In the order of the peers.
    """
    for run in contenders.values():
        run()
    times, order = {name: [] for name in contenders}, random.Random(0)
    for _ in range(rounds):
        for name, run in order.sample(list(contenders.items()), len(contenders)):  # nobody always follows the same one
            time.sleep(PAUSE)
            start = time.perf_counter()
            for _ in range(number):
                run()
            times[name].append((time.perf_counter() - start) / number)
    ours, *peers = contenders
    return [
        Line(
            work, ours, peer, median(times[ours]),
            median(theirs / own for theirs, own in zip(times[peer], times[ours], strict=True)),
            (targets or {}).get(peer), (remarks or {}).get(peer, ""),
        )
        for peer in peers
    ]  # fmt: skip


def table(lines):
    """Return the lines as Markdown.

    Parameters
    ----------
    lines : iterable of Line
        From :func:`race`.

    Returns
    -------
    str
        A table whose last columns say how many times as long the peer took, what was asked for, and whether it is met.
    """
    head = "| work | ours | ms | peer | takes x as long | asked for | |\n|---|---|---|---|---|---|---|"
    rows = [
        f"| {line.work} | {line.ours} | {_three(line.seconds * 1e3)} | {line.peer} | **{_three(line.ratio)}** | "
        f"{'' if line.target is None else f'{line.target:g}'} | {_verdict(line)} |"
        for line in lines
    ]
    return "\n".join([head, *rows])


def _verdict(line):
    """Return the words of the last column."""
    said = "" if line.target is None else "met" if line.met else "**missed**"
    return "; ".join(filter(None, (said, line.remark)))


def _three(value):
    """Return a number with three digits."""
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
