"""Judging: the lessons' own answers first, then the exercises of a submission, each by itself.

What has to be run for an exercise, and what is made of it, is said in :mod:`gradekit.cases`; here it is run. Where an
answer fails, our own is tried too: a machine on which that fails gives nobody a mark.
"""

import hashlib
import importlib.metadata
import json
import platform
from dataclasses import replace
from functools import cache
from pathlib import Path

import coursekit
import gradekit
from gradekit.advice import TROUBLE, refuse_own
from gradekit.cases import cases_of
from gradekit.rebuild import key, rebuild
from gradekit.verdict import Verdict

PACKAGES = ("ipykernel", "nbval", "numpy", "scipy")
JUDGE = (
    "cases.py",
    "lesson.py",
    "marking.py",
    "rebuild.py",
    "statements.py",
    "student.py",
    "verdict.py",
    "runs",
    "source",
)


def environment(level=""):
    """Return the code and the versions that verdicts depend on.

    Parameters
    ----------
    level : {"boxed", "limits only"}, optional
        How runs are contained: what passed where it could see this machine has not passed in the box.

    Returns
    -------
    str
        One text.
    """
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    own = {"code": digest_of_code(), "isolation": level, "python": platform.python_version()}
    return json.dumps(own | versions, sort_keys=True)


@cache
def digest_of_code():
    """Return a digest of the code that bears on verdicts: all of what lessons import, and of the judge what judges.

    Returns
    -------
    str
        Sixty-four hexadecimal digits.
    """
    course, judge = (Path(package.__file__).parent for package in (coursekit, gradekit))
    places = [course, *(judge / name for name in JUDGE)]
    files = {path for place in places for path in ([place] if place.is_file() else place.rglob("*.py"))}
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.parent.name}/{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def judge(lesson, answers, run, versions):
    """Return the verdict on each exercise of one submission.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    answers : dict of str to str
        Sources by ``grade_id``.
    run : callable
        ``run(nb)`` as :meth:`gradekit.runs.runner.Runner.run`.
    versions : str
        From :func:`environment`.

    Returns
    -------
    dict of str to Verdict
        By exercise.

    Raises
    ------
    GradingError
        If an exercise that fails fails with our own answer as well.
    """
    found, verdicts = {}, {}
    for case in cases_of(lesson, answers, versions=versions):
        while tried := case.next(found.get):
            verdict = tried.given or _verdict_on(tried, run)
            found[tried.key] = case.read(tried, verdict, found.get)
            refuse_own([found[tried.key]])
        verdicts[case.exercise.name] = found[case.key(found.get)]
    return verdicts


def check_masters(lessons, store, run, versions):
    """Grade the lessons' own answers, and refuse to go on unless they get full marks.

    The exercises of a lesson run together, since they trust each other, and by themselves only if one of them fails.

    Parameters
    ----------
    lessons : list of Lesson
        What will be graded.
    store : Store
        Known verdicts; new ones are added.
    run : callable
        As in :func:`judge`.
    versions : str
        From :func:`environment`.

    Raises
    ------
    GradingError
        If an exercise's own answer fails its check.
    """
    for lesson in lessons:
        nb = rebuild(lesson, {})
        whole, tries = key(nb, versions), [case.ours for case in cases_of(lesson, {}, versions=versions)]
        failed = {tried.key for tried in tries if tried.key in store and not store[tried.key].passed}
        if whole not in store:
            together = run(nb)
            failed |= {tried.key for tried in tries if not verdict_of(together, tried.exercise).passed}
        for tried in (tried for tried in tries if tried.key in failed):
            store.add({tried.key: replace(_verdict_on(tried, run), own=tried.own)})
        refuse_own([store[tried.key] for tried in tries if tried.key in store], together=whole in store)
        if whole not in store:
            store.add({whole: Verdict(True, "right", own=lesson.name)})


def _verdict_on(tried, run):
    """Return what a run says; of our own answer that fails by the machine, what the second one says."""
    verdict = verdict_of(run(tried.notebook), tried.exercise)
    again = tried.own and verdict.kind in TROUBLE
    return verdict_of(run(tried.notebook), tried.exercise) if again else verdict


def verdict_of(found, exercise):
    """Return what a run says of one exercise.

    Parameters
    ----------
    found : gradekit.runs.messages.Run
        From :meth:`gradekit.runs.runner.Runner.run`.
    exercise : str
        Its check's ``grade_id``.

    Returns
    -------
    Verdict
        What is not said of it is that Python ended.
    """
    if found.stopped:
        verdict = Verdict(False, "stopped", f"The run was ended: it {found.stopped}.")
    else:
        verdict = found.verdicts.get(exercise, Verdict(False, "dead"))
    return replace(verdict, seconds=found.seconds, memory=found.memory)
