"""What is said of one exercise, from the process that ran it to the gradebook."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """What became of one exercise of one submission.

    Attributes
    ----------
    passed : bool
        Whether every value that was asked for is right.
    kind : str
        One of the kinds of :data:`gradekit.book.said.KINDS`: right, hint, value, error, unwritten, slow, ...
    told : str
        What the student may read of it, from before anything hidden has reached their process.
    seconds : float
        How long it ran.
    memory : int
        The most that it took at one time, in bytes.
    limits : dict or None
        The limits that it fell by; with others it is judged again.
    own : str
        The lesson and exercise, where it judges our own answer; else empty.
    beside : tuple of str
        The student's other answers that had to run with it, by ``grade_id``: the verdict is then that student's alone.
    """

    passed: bool
    kind: str
    told: str = ""
    seconds: float = 0.0
    memory: int = 0
    limits: dict | None = None
    own: str = ""
    beside: tuple[str, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "beside", tuple(self.beside))  # a list, where it comes from JSON
