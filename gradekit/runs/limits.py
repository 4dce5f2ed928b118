"""What one run may use, and how it is contained: plain data that everybody here speaks of."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a run is contained."""

    BOX = "box"
    LIMITS = "limits"


@dataclass(frozen=True)
class Limits:
    """What one run may use.

    Attributes
    ----------
    seconds : float
        Wall-clock time of one cell. The first cell that takes longer ends the run.
    memory : int
        Bytes of address space of one process, and of resident memory of all of them together with ``/tmp`` and
        ``/dev/shm`` of the box.
    processes : int
        At most so many.
    file : int
        Bytes of one file; all files of a run together may have four times as many.
    output : int
        Bytes that one cell may print.
    """

    seconds: float = 20.0
    memory: int = 4 * 2**30
    processes: int = 64
    file: int = 50 * 2**20
    output: int = 2 * 2**20

    @property
    def cpu(self):
        """CPU seconds of one process: a notebook of a dozen cells, each at its limit, is hopeless anyway."""
        return int(self.seconds * 4) + 20

    @property
    def disk(self):
        """Bytes of all files that a run may leave on the disk."""
        return 4 * self.file
