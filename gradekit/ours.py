"""The lesson's own answers, tried before anybody else's: where these fail, the machine is at fault and no answer is."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from gradekit.lesson import GradingError, Lesson
from gradekit.marking import check_masters, environment
from gradekit.verdict import Verdict


class OursFail(RuntimeError):
    """The lesson's own answers fail here, so nothing can be said of others."""


class Passed(dict):
    """Verdicts on our own answers, by key; what has passed is remembered in a folder.

    Parameters
    ----------
    folder : Path or None
        Holds an empty file for each key. Where it cannot be written, all is tried again next time.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder
        with suppress(OSError):
            if folder:
                self.update({path.name: Verdict(True, "right") for path in folder.iterdir()})

    def add(self, found: dict[str, Verdict]) -> None:
        """Take verdicts, and remember those that passed.

        Parameters
        ----------
        found : dict of str to Verdict
            By key.
        """
        self.update(found)
        with suppress(OSError):
            if self.folder:
                self.folder.mkdir(parents=True, exist_ok=True)
                for key in (key for key, verdict in found.items() if verdict.passed):
                    (self.folder / key).touch()


def try_ours(lesson: Lesson, run: Callable, *, known: Path | None = None) -> None:
    """Refuse to go on if one of the lesson's own answers fails here.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        With its solutions.
    run : callable
        ``run(nb)`` as :meth:`gradekit.runs.runner.Runner.run`.
    known : Path, optional
        A folder that remembers what has passed, for each lesson and each version of the course and its packages; all is
        run if it is not given.

    Raises
    ------
    OursFail
        With the exercises that fail, and why.
    """
    if failed := failures(lesson, run, known=known):
        raise OursFail(message(lesson, told(failed)))


def failures(lesson: Lesson, run: Callable, *, known: Path | None = None) -> list[Verdict]:
    """Run the lesson's own answers as a submission is run.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        With its solutions.
    run : callable
        ``run(nb)`` as :meth:`gradekit.runs.runner.Runner.run`.
    known : Path, optional
        As for :func:`try_ours`.

    Returns
    -------
    list of Verdict
        On the exercises that fail, each by itself.
    """
    store = Passed(known)
    with suppress(GradingError):
        check_masters([lesson], store, run, environment())
    return [verdict for verdict in store.values() if verdict.own and not verdict.passed]


def told(failed: Iterable[Verdict]) -> list[str]:
    """Return what is said of our own answers that failed.

    Parameters
    ----------
    failed : iterable of Verdict
        From :func:`failures`.

    Returns
    -------
    list of str
        A line for each: lesson and exercise, kind, words.
    """
    return [f"  {verdict.own} ({verdict.kind}) {verdict.told}".rstrip() for verdict in failed]


def message(lesson: Lesson, lines: Iterable[str]) -> str:
    """Return the message of :class:`OursFail`.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        The lesson.
    lines : iterable of str
        From :func:`told`.

    Returns
    -------
    str
        What fails on this machine.
    """
    return "\n".join([f"{lesson.name}: our own answers fail on this machine:", *lines])
