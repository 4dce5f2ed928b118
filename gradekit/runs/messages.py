"""What travels between a grader, the process that runs notebooks, and the kernel's start."""

import json
from dataclasses import asdict, dataclass, field
from types import MappingProxyType

from gradekit.runs.limits import Level, Limits
from gradekit.verdict import Verdict


@dataclass(frozen=True)
class Job:
    """What the process that runs notebooks is asked for.

    Attributes
    ----------
    folder : str
        The run's own folder.
    limits : gradekit.runs.limits.Limits
        What the run may use.
    level : Level
        How it is contained.
    slot : int
        Number of its user in the box.
    cover : tuple of str
        What the box must not show of the visible.
    modules : tuple of str
        What the kernel imports while it waits.
    notebook : str
        The notebook to run; empty if a kernel is to be started for one that comes later.
    """

    folder: str
    limits: Limits
    level: Level
    slot: int
    cover: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    notebook: str = ""

    def to_json(self):
        """Return the job as a line of text.

        Returns
        -------
        str
            JSON.
        """
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        """Return the job that a line of text holds.

        Parameters
        ----------
        text : str
            From :meth:`to_json`.

        Returns
        -------
        Job
            The job.
        """
        found = json.loads(text)
        found |= {"limits": Limits(**found["limits"]), "level": Level(found["level"])}
        return cls(**found | {name: tuple(found[name]) for name in ("cover", "modules")})


@dataclass(frozen=True)
class Answer:
    """What the process that runs notebooks answers to a job.

    Attributes
    ----------
    verdicts : mapping of str to gradekit.verdict.Verdict
        On each check cell that was reported, by ``grade_id``; only what the judge says travels.
    no_kernel : str
        Why no kernel started; empty if one did.
    """

    verdicts: dict = field(default_factory=lambda: MappingProxyType({}))
    no_kernel: str = ""

    def to_json(self):
        """Return the answer as a line of text.

        Returns
        -------
        str
            JSON.
        """
        verdicts = {name: (said.passed, said.kind, said.told) for name, said in self.verdicts.items()}
        return json.dumps({"verdicts": verdicts, "no_kernel": self.no_kernel})

    @classmethod
    def from_json(cls, text):
        """Return the answer that a line of text holds.

        Parameters
        ----------
        text : str
            From :meth:`to_json`.

        Returns
        -------
        Answer
            The answer.
        """
        found = json.loads(text)
        verdicts = {name: Verdict(*said) for name, said in found["verdicts"].items()}
        return cls(MappingProxyType(verdicts), found["no_kernel"])


@dataclass(frozen=True)
class Run:
    """What became of one run of a notebook.

    Attributes
    ----------
    verdicts : mapping of str to gradekit.verdict.Verdict
        On each check cell that was reported, by ``grade_id``.
    stopped : str
        Why the run was ended from outside: what comes after "it"; empty if it was not.
    seconds : float
        How long it took.
    memory : int
        The most that its processes had at one time, in bytes.
    """

    verdicts: dict = field(default_factory=lambda: MappingProxyType({}))
    stopped: str = ""
    seconds: float = 0.0
    memory: int = 0
