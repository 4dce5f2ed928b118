"""What the doctor finds, and what it comes to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    ok : bool
        Whether it is as it should be.
    fact : str
        What was found.
    mend : str
        What to do about it.
    blocks : bool
        Whether the course cannot run before it is mended.
    """

    ok: bool
    fact: str
    mend: str = ""
    blocks: bool = True

    def __str__(self):
        """Return the line that the doctor prints."""
        return f"{'ok' if self.ok else '!!'}  {self.fact}" + (f"\n    -> {self.mend}" if self.mend else "")


def can_run(findings):
    """Return whether nothing that was found keeps the course from running.

    Parameters
    ----------
    findings : iterable of Finding
        What :func:`examine` gave.

    Returns
    -------
    bool
        Whether every blocking finding is ok.

    Examples
    --------
    >>> can_run([Finding(True, "Python"), Finding(False, "no browser", blocks=False)])
    True
    """
    return all(finding.ok or not finding.blocks for finding in findings)


def verdict(findings):
    """Return what all findings come to, in one line.

    Parameters
    ----------
    findings : list of Finding
        What :func:`examine` gave.

    Returns
    -------
    str
        Whether the course can run here, and how many lines ask for something.

    Examples
    --------
    >>> verdict([Finding(True, "Python")])
    'The course can run here.'
    """
    blocking = sum(finding.blocks and not finding.ok for finding in findings)
    if blocking:
        return f"The course cannot run here yet. To fix first: {blocking} of the lines that start with !! above."
    small = sum(not finding.ok for finding in findings)
    return "The course can run here." + (f" Worth a look: {small} of the lines above, with !!." if small else "")
