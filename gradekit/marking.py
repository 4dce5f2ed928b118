"""Grading a folder of submissions: the master first, then each one, losing nothing on the way.

A submission's exercises run together, and each that fails runs again by itself, with the reference answers in the
others: a crash, a hang or an earlier mistake costs its own exercise only. A verdict is kept under the text of all that
it depends on, so grading again runs what has changed and nothing else.
"""

import importlib.metadata
import json
import platform
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial

from gradekit import rebuild
from gradekit.lesson import GradingError, Lesson, exercises, is_stub, stubs
from gradekit.runs import box
from gradekit.runs.runner import Runners
from gradekit.verdict import Verdict

UNWRITTEN = {"passed": False, "kind": "unwritten", "told": ""}
BY_LIMITS = {"slow", "loud", "stopped", "dead"}  # what other limits may judge otherwise
NO_WORDS = "(left out: beside your own answers to the exercises above, it says something else)"
PACKAGES = ("coursekit", "ipykernel", "nbval", "numpy", "scipy")
RUNNERS = {}  # of a process in a Dask cluster, by limits and level


def environment():
    """Return the versions that verdicts depend on.

    Returns
    -------
    str
        One text.
    """
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return json.dumps({"python": platform.python_version(), **versions}, sort_keys=True)


def judge(lesson, answers, known, run, versions):
    """Return a verdict on each exercise of a submission, running what is not known yet.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    answers : dict of str to str
        Sources by ``grade_id``.
    known : mapping
        Verdicts by key.
    run : callable
        ``run(nb)`` as :meth:`gradekit.runs.runner.Runner.run`.
    versions : str
        From :func:`environment`.

    Returns
    -------
    keys : dict of str to str
        The key of each exercise's verdict, by name.
    fresh : dict of str to dict
        New verdicts by key.
    """
    released = stubs(lesson.master)
    texts = {name: answers.get(name, stub) for name, stub in released.items()}
    keys, fresh, open_ = {}, {}, []
    for exercise in lesson.exercises:
        nb = rebuild.rebuild(lesson.master, texts, checks=[exercise.name])
        keys[exercise.name] = rebuild.key(nb, versions)
        if all(is_stub(texts[name], released[name]) for name in exercise.answers) and exercise.answers:
            fresh[keys[exercise.name]] = dict(UNWRITTEN)
        elif keys[exercise.name] not in known:
            open_.append(exercise)
    if open_:
        nb = rebuild.rebuild(lesson.master, texts, checks=[exercise.name for exercise in open_])
        together = run(nb)
        for exercise in open_:
            verdict = _verdict(together, exercise, len(open_))
            if not verdict["passed"]:
                own = {name: texts[name] for name in exercise.answers}
                alone = rebuild.rebuild(lesson.master, own, checks=[exercise.name])
                if _sources(alone) != _sources(nb):
                    verdict = _judge_alone(alone, exercise, verdict["told"], run)
            fresh[keys[exercise.name]] = verdict
    return keys, {key: verdict for key, verdict in fresh.items() if key not in known}


def _own_alone(lesson, exercise, known, run, versions):
    """Return the verdict on our own answer by itself, unless it is known: nobody loses marks where that fails."""
    nb = rebuild.rebuild(lesson.master, {}, checks=[exercise.name])
    key = rebuild.key(nb, versions)
    if key in known:
        return {}
    return {key: {**_verdict(run(nb), exercise, 1), "own": f"{lesson.name}: {exercise.name}"}}


def _judge_alone(nb, exercise, told, run):
    """Return the verdict on an exercise beside our own answers, with no words that might quote these."""
    verdict = _verdict(run(nb), exercise, 1)
    ours = _answers(nb) - set(exercise.answers)
    if ours and verdict["kind"] in ("hint", "error") and verdict["told"] != told:
        return {**verdict, "told": NO_WORDS}
    return verdict


def _verdict(run, exercise, sharing):
    """Return what a run says of one exercise."""
    verdict = run["verdicts"].get(exercise.name, {"passed": False, "kind": "dead", "told": ""})
    if run["stopped"]:
        verdict = {"passed": False, "kind": "stopped", "told": f"The run was ended: it {run['stopped']}."}
    return {**verdict, "seconds": round(run["seconds"] / sharing, 2), "memory": run["memory"]}


def _answers(nb):
    """Return the names of the answers that a notebook holds."""
    flags = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
    return {flag["grade_id"] for flag in flags if flag.get("solution")}


def _sources(nb):
    """Return what a notebook runs."""
    return [cell.source for cell in nb.cells]


def check_masters(lessons, store, run, versions):
    """Grade the lessons' own answers, and refuse to go on unless they get full marks.

    A lesson's exercises run together, and by themselves only if that fails. XX

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
    found = []
    for lesson in lessons:
        nb = rebuild.rebuild(lesson.master, {})
        whole, keys = rebuild.key(nb, versions), _own_keys(lesson, versions)
        suspects = {name for name, key in keys.items() if key in store and not store[key].passed}
        if whole not in store:
            together = run(nb)
            suspects |= {each.name for each in lesson.exercises if not _verdict(together, each, 1)["passed"]}
        for exercise in lesson.exercises:
            if exercise.name in suspects:
                store.add(_verdicts(_own_alone(lesson, exercise, (), run, versions)))
        own = [store[key] for key in keys.values() if key in store]
        if whole not in store and all(verdict.passed for verdict in own):
            store.add({whole: Verdict(passed=True, kind="right", own=lesson.name)})
        found += own
    refuse_own(map(asdict, found))


def _own_keys(lesson, versions):
    """Return the keys of the verdicts on our own answers, each by itself, by exercise."""
    alone = {each.name: rebuild.rebuild(lesson.master, {}, checks=[each.name]) for each in lesson.exercises}
    return {name: rebuild.key(nb, versions) for name, nb in alone.items()}


def refuse_own(verdicts):
    """Go no further if one of our own answers failed its check.

    Parameters
    ----------
    verdicts : iterable of dict
        Any verdicts; those on our own answers are marked ``own``.

    Raises
    ------
    GradingError
        With the exercises that fail.
    """
    wrong = [found for found in verdicts if found.get("own") and not found["passed"]]
    if wrong:
        raise GradingError(
            "grade: no mark was given, since the course's own answers do not pass their checks, each run by itself:\n"
            + "\n".join(f"  {found['own']} ({found['kind']}) {found['told']}".rstrip() for found in wrong)
            + "\nRun the lesson again (python -m gradekit.author NOTEBOOK) and see whether its outputs have changed."
        )


def grade_all(works, store, runners, *, jobs=1, dask=None, done=lambda work: None):
    """Grade submissions side by side; verdicts go into the store as they come.

    Parameters
    ----------
    works : list of Work
        Read ones.
    store : Store
        Known verdicts; new ones are added.
    runners : gradekit.runs.runner.Runners
        What runs them; how many at a time is told by ``jobs``.
    jobs : int, default=1
        Local workers.
    dask : str, optional
        Address of a Dask scheduler, whose workers run them instead, under the same limits.
    done : callable
        ``done(work)`` is called after each.

    Returns
    -------
    dict of tuple to dict
        For (student, lesson) the key of each exercise's verdict, by exercise.

    Raises
    ------
    GradingError
        If an exercise that somebody failed fails with our own answer as well, by itself.
    """
    versions, keys = environment(), {}
    readable = [work for work in works if not work.unreadable]
    with _pool(runners, jobs, dask) as (submit, mine):
        waiting, queue = {}, iter(readable)
        while True:
            while len(waiting) < 2 * mine and (work := next(queue, None)):
                waiting[submit(_job(work, store, runners, versions))] = work
            if not waiting:
                break
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                work = waiting.pop(future)
                keys[work.student, work.lesson.name], fresh = future.result()
                new = {key: verdict for key, verdict in fresh.items() if not _is_known(key, store, runners.limits)}
                store.add(_verdicts(new))
                refuse_own(fresh.values())
                done(work)
    return keys


def _job(work, store, runners, versions):
    """Return all that a worker needs to judge a submission, as plain data."""
    import nbformat

    lesson, texts = work.lesson, work.submission.answers
    return {
        "name": lesson.name,
        "master": nbformat.writes(lesson.master),
        "answers": texts,
        "known": [key for key in store.verdicts if _is_known(key, store, runners.limits)],
        "limits": asdict(runners.limits),
        "level": runners.level,
        "versions": versions,
    }


def _judge_job(job, runners):
    """Judge a submission, and our own answer to each exercise that it fails, which must not fail."""
    import nbformat

    master = nbformat.reads(job["master"], as_version=4)
    lesson, known = Lesson(job["name"], master, tuple(exercises(master))), set(job["known"])
    keys, fresh = judge(lesson, job["answers"], known, runners.run, job["versions"])
    for exercise in lesson.exercises:
        verdict = fresh.get(keys[exercise.name], UNWRITTEN)
        if not verdict["passed"] and verdict["kind"] != "unwritten":
            fresh |= _own_alone(lesson, exercise, known, runners.run, job["versions"])
    for verdict in fresh.values():
        if verdict["kind"] in BY_LIMITS:
            verdict["limits"] = job["limits"]
    return keys, fresh


def _judge_there(job):
    """Judge a submission in a process of a Dask cluster, which keeps its runners for the next."""
    how = json.dumps([job["limits"], job["level"]])
    if how not in RUNNERS:
        RUNNERS[how] = Runners(box.Limits(**job["limits"]), job["level"])
    return _judge_job(job, RUNNERS[how])


def _verdicts(found):
    """Return verdicts as the store takes them."""
    return {key: Verdict(**verdict) for key, verdict in found.items()}


def _is_known(key, store, limits):
    """Say whether a verdict is there already: two who worked side by side may have judged the same."""
    return key in store and _lasts(store[key], limits)


def _lasts(verdict, limits):
    """Say whether a verdict still holds: one that the limits gave falls with them."""
    return verdict.limits is None or verdict.limits == asdict(limits)


@contextmanager
def _pool(runners, jobs, dask):
    """Give a function that submits a job, and how many work at once."""
    if dask:
        from dask.distributed import Client

        with Client(dask) as client, client.get_executor(pure=False) as executor:
            yield partial(executor.submit, _judge_there), sum(client.nthreads().values()) or 1
        return
    executor = ThreadPoolExecutor(jobs)
    try:
        yield partial(executor.submit, _judge_job, runners=runners), jobs
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
