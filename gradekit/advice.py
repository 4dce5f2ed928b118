"""Why no mark can be given, and what to do: our own answers fail, or a cluster is not as we are."""

import importlib.metadata
import platform

from gradekit.lesson import GradingError

FAILED = "grade: no mark was given, since the course's own answers do not pass their checks, each run by itself:"
CHANGED = (
    "The package has changed since the lesson was executed, or its versions have (here: {versions}). Execute it again "
    "here, python -m gradekit.author NOTEBOOK, and look at what its outputs change to before you grade."
)
BY_ITSELF = (
    "It passed when all exercises of the lesson ran together: it needs what another check's cell does, or a cell from "
    "which no name leads to it. Write that into its own answer or check."
)
TROUBLE = {"slow", "loud", "stopped", "dead"}  # what another moment, or other limits, may judge otherwise
ADVICE = {
    "value": CHANGED,
    "hint": "The check refuses the lesson's own answer: one of the two was edited. " + CHANGED,
    "error": "Read the error: a missing module must be installed, a missing file must lie where the lesson looks. "
    + CHANGED,
    "unwritten": "The lesson's own answer raises NotImplementedError: write its solution, and execute it again.",
    "slow": "The machine is busy, or the limit is short for it: try again with fewer --jobs, or with more --seconds.",
    "loud": "The lesson's own answer prints more than a cell may: take the print out, and execute it again.",
    "stopped": "The limits are too small for the lesson's own answer, or too little is left of the machine for it.",
    "dead": "Python ended while it ran our answer: is the memory full, is a library broken? coursekit doctor looks.",
}


def refuse_own(verdicts, *, together=False):
    """Go no further if one of our own answers failed its check.

    Parameters
    ----------
    verdicts : iterable of Verdict
        Any verdicts; those on our own answers are marked ``own``.
    together : bool, default=False
        Whether they are known to have passed in one notebook.

    Raises
    ------
    GradingError
        With the exercises that fail, and what to do for each kind of failure.
    """
    wrong = [verdict for verdict in verdicts if verdict.own and not verdict.passed]
    if wrong:
        lines = [f"  {verdict.own} ({verdict.kind}) {verdict.told}".rstrip() for verdict in wrong]
        kinds = dict.fromkeys(verdict.kind for verdict in wrong)
        advice = [BY_ITSELF if together and kind not in TROUBLE else ADVICE[kind] for kind in kinds]
        advice = dict.fromkeys(text.format(versions=versions()) for text in advice)
        raise GradingError("\n".join([FAILED, *lines, *advice]))


def refuse_other(wanted, there):
    """Let no worker judge with other code or other versions than the grader's.

    Parameters
    ----------
    wanted, there : dict of str to str
        Versions by name, of the grader and of the worker.

    Raises
    ------
    GradingError
        If they differ; with the differences.
    """
    other = [name for name in sorted(wanted | there) if wanted.get(name) != there.get(name)]
    if other:
        told = ", ".join(
            f"{name} {there.get(name, '-')[:12]} instead of {wanted.get(name, '-')[:12]}" for name in other
        )
        raise GradingError(
            f"grade: a worker of the cluster is not as this machine is: {told}. Install the same versions there, "
            "of coursekit too, and start the workers again. What was graded is kept."
        )


def versions():
    """Return the versions that values depend on most.

    Returns
    -------
    str
        Names and versions, between commas.
    """
    packages = [f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "scipy")]
    return ", ".join([f"Python {platform.python_version()}", *packages])
