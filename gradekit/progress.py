"""How far a copy of the course has come: one line for each lesson, and what to do next."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gradekit.lesson import load_lessons
from gradekit.precheck import Line, Outlook, look
from gradekit.printable import one_line
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner
from gradekit.submission.reading import Unreadable, content, parse
from gradekit.submission.recognise import Released, lessons_of, released


class NoCourse(ValueError):
    """A folder without a lesson in it; the text says what to do."""


@dataclass(frozen=True)
class Standing:
    """How one lesson stands.

    Attributes
    ----------
    lesson : str
        As ``01_theory``.
    path : Path or None
        The student's notebook; None if there is none.
    outlook : gradekit.precheck.Outlook or None
        What grading will make of it; None if it cannot be read.
    problem : str
        Why it cannot be read, or which other notebook was left aside; empty if neither.
    """

    lesson: str
    path: Path | None = None
    outlook: Outlook | None = None
    problem: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its exercises."""
        return self.outlook.lines if self.outlook else ()

    def __str__(self) -> str:
        """Say it in a line: a sign for each exercise, and how many pass, are wrong, are not written."""
        signs = "".join(line.mark for line in self.lines)
        counts = {"done": "✓", "wrong": "✗", "not written": "○"}
        said = ", ".join(f"{signs.count(sign)} {word}" for word, sign in counts.items() if sign in signs)
        return f"{self.lesson:<24} {'  '.join(part for part in (signs, said, self.problem) if part)}"


@dataclass(frozen=True)
class Progress:
    """How a copy of the course stands.

    Attributes
    ----------
    standings : tuple of Standing
        One for each lesson with exercises, in order.
    changed : tuple of str
        The lessons that were just looked at.
    """

    standings: tuple[Standing, ...]
    changed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every exercise of every lesson passes."""
        return all(standing.outlook and standing.outlook.passed for standing in self.standings)

    def __str__(self) -> str:
        """Say each lesson, then what to do next."""
        count = sum(line.passed for standing in self.standings for line in standing.lines)
        total = sum(len(standing.lines) for standing in self.standings)
        return "\n".join([*map(str, self.standings), "", f"{count} of {total} pass here.{self._next()}"])

    def news(self) -> str:
        """Say what became of the lessons that were just looked at, in full, then what to do next."""
        told = [standing.outlook or standing for standing in self.standings if standing.lesson in self.changed]
        return "\n".join([*map(str, told), str(self).split("\n")[-1]])

    def _next(self) -> str:
        """Say what is next: what is wrong before what is not written, in the order of the course."""
        left = [(standing, line) for standing in self.standings for line in standing.lines if not line.passed]
        if not left:
            return ""
        standing, line = min(left, key=lambda pair: not pair[1].written)
        what = line.text.split("\n")[0] if line.written else "It is not written yet."
        return f" Next: {line.name.removesuffix('-check')} in {standing.lesson}. {one_line(what)}"


def progress(
    folder: str | Path,
    *,
    source: Path | None = None,
    limits: Limits | None = None,
    level: Level | None = None,
    known: Path | None = None,
) -> Progress:
    """Say how a student's copy of the course stands.

    Parameters
    ----------
    folder : path-like
        The copy. Its notebooks are known by their cells.
    source, limits, level, known : optional
        As in :func:`gradekit.precheck.precheck`, whose errors it raises.

    Returns
    -------
    Progress
        A line for each lesson.

    Raises
    ------
    NoCourse
        If there is no lesson in the folder.
    """
    return next(watch(folder, source=source, limits=limits, level=level, known=known))


def watch(
    folder: str | Path,
    *,
    source: Path | None = None,
    limits: Limits | None = None,
    level: Level | None = None,
    known: Path | None = None,
    wait: Callable[[], object] = lambda: time.sleep(1),
) -> Iterator[Progress]:
    """Yield how a copy of the course stands, now and whenever one of its notebooks has been saved.

    Parameters
    ----------
    folder, source, limits, level, known : path-like, then optional
        As in :func:`progress`.
    wait : callable, optional
        Called before each further look at the folder; a second's sleep by default.

    Yields
    ------
    Progress
        With the lessons that were looked at anew.
    """
    folder, seen, found = Path(folder), None, {}
    lessons = [released(lesson) for lesson in load_lessons(None, source)]
    with Runner(limits=limits, level=level, hide=[source] if source else ()) as runner:
        while True:
            if (now := _states(folder)) != seen:
                new = {path for path, state in now.items() if not seen or seen.get(path) != state}
                gone = set(seen or ()) - set(now)
                changed = []
                for lesson, paths in _notebooks(folder, lessons).items():
                    if lesson not in found or new.intersection(paths) or gone.intersection([found[lesson].path]):
                        found[lesson] = _standing(lesson, paths, lessons, runner.run, known)
                        changed.append(lesson)
                seen = now
                yield Progress(tuple(found.values()), tuple(changed))
            wait()


def _states(folder):
    """Return what tells that a notebook has been saved, for each notebook of a folder."""
    stats = {path: path.stat() for path in sorted(folder.glob("*.ipynb")) if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}


def _notebooks(folder: Path, lessons: list[Released]) -> dict[str, list[Path]]:
    """Return the notebooks that answer each lesson, first the one with its name, then the one saved last."""
    found: dict[str, list[Path]] = {lesson.name: [] for lesson in lessons}
    for path in _states(folder):
        for lesson in _answered(path, lessons)[:1]:
            found[lesson].append(path)
    if not any(found.values()):
        raise NoCourse(
            f"check: there is no lesson in {folder}. Name the folder of your copy, such as softmax-course, or a "
            "notebook; coursekit lab makes a copy."
        )
    for name, paths in found.items():
        paths.sort(key=lambda path: (path.stem != name, -path.stat().st_mtime_ns))
    return found


def _answered(path, lessons):
    """Return the lessons that a file answers: what cannot be read may still have the name of one."""
    try:
        return [lesson.name for lesson in lessons_of(parse(content(path)), path.name, lessons)]
    except Unreadable:
        return [lesson.name for lesson in lessons if lesson.name == path.stem]


def _standing(lesson, paths, lessons, run, known):
    """Return how one lesson stands."""
    if not paths:
        return Standing(lesson, problem="there is no notebook of it here; coursekit lab brings it")
    path, *others = paths
    aside = f"{path.name} counts, not {', '.join(other.name for other in others)}" if others else ""
    try:
        return Standing(lesson, path, look(path, lessons, run, known=known), aside)
    except Unreadable as error:
        return Standing(lesson, path, problem=one_line(str(error).removeprefix("check: ")))
