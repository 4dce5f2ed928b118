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
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from coursekit.grading import box, rebuild, rules
from coursekit.grading.release import find_lessons
from coursekit.grading.run import Runners

UNWRITTEN = {"passed": False, "kind": "unwritten", "told": ""}
BY_LIMITS = {"slow", "loud", "stopped", "dead"}  # what other limits may judge otherwise
NO_WORDS = "(left out: beside your own answers to the exercises above, it says something else)"
PACKAGES = ("coursekit", "ipykernel", "nbval", "numpy", "scipy")
RUNNERS = {}  # of a process in a Dask cluster, by limits and level


class GradingError(ValueError):
    """Grading cannot begin; the text says why and what to do."""


@dataclass(frozen=True)
class Lesson:
    """A lesson as grading needs it.

    Attributes
    ----------
    name : str
        As ``05_mnist_lab``.
    master : NotebookNode
        The complete, executed lesson.
    exercises : tuple of coursekit.grading.rebuild.Exercise
        In order.
    """

    name: str
    master: object
    exercises: tuple


@dataclass
class Work:
    """One submission of one lesson.

    Attributes
    ----------
    student : str
        Name of the folder or file that it came in.
    lesson : Lesson
        What it answers.
    path : Path
        The file.
    file : str
        The same, as seen from the folder of submissions.
    submission : coursekit.grading.rebuild.Submission
        Its answers.
    unreadable : str
        Why it could not be read; empty if it could.
    """

    student: str
    lesson: Lesson
    path: Path
    file: str = ""
    submission: rebuild.Submission = field(default_factory=rebuild.Submission)
    unreadable: str = ""


def environment():
    """Return the versions that verdicts depend on.

    Returns
    -------
    str
        One text.
    """
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return json.dumps({"python": platform.python_version(), **versions}, sort_keys=True)


def load_lessons(names=None, source=None):
    """Return lessons with exercises, ready for grading.

    Parameters
    ----------
    names : iterable of str, optional
        As in :func:`coursekit.grading.release.find_lessons`; all by default.
    source : Path, optional
        Folder of the instructor's notebooks; the course's own by default.

    Returns
    -------
    list of Lesson
        In the course's order.

    Raises
    ------
    GradingError
        If a lesson's check was saved without having been run.
    """
    import nbformat

    lessons = []
    for path in find_lessons(names, source):
        master = nbformat.read(path, as_version=4)
        for cell in master.cells:
            if cell.metadata.get("nbgrader", {}).get("grade") and (
                cell.execution_count is None or "-> " not in json.dumps(cell.outputs)
            ):
                raise GradingError(
                    f"{path.name}: the check {cell.metadata.nbgrader.grade_id} holds no value to compare with. Put "
                    f"probe(f, ...) into its hidden part and run: python -m coursekit.author {path}"
                )
        for exercise in rebuild.exercises(master):
            rules.validate(exercise.rules)
        if found := rebuild.exercises(master):
            lessons.append(Lesson(path.stem, master, tuple(found)))
    return lessons


def find_lesson(name, source=None):
    """Return the lesson that a file's name tells.

    Parameters
    ----------
    name : str
        As ``05_mnist_lab (1).ipynb``.
    source : Path, optional
        Folder of the lessons; the course's own by default.

    Returns
    -------
    Lesson
        The lesson.

    Raises
    ------
    GradingError
        If the name holds none.
    """
    stems = [path.stem for path in find_lessons(None, source) if path.stem in name]
    if not stems:
        raise GradingError(f"check: {name} does not tell its lesson. Keep the name it had, such as 05_mnist_lab.ipynb.")
    (lesson,) = load_lessons(stems[:1], source)
    return lesson


def find_submissions(folder, lessons):
    """Return the submissions in a folder: ``STUDENT/05_mnist_lab.ipynb``, or ``STUDENT_05_mnist_lab.ipynb``.

    Parameters
    ----------
    folder : Path
        What was collected. Anything between the student's folder and the notebook is fine.
    lessons : list of Lesson
        What is graded.

    Returns
    -------
    list of Work
        One for each student and lesson, by name; not yet read.

    Raises
    ------
    GradingError
        If there is no such folder, or nothing in it answers a lesson.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise GradingError(f"grade: {folder} is no folder. Name the one that holds a folder for each student.")
    works = {}
    for path in sorted(folder.rglob("*.ipynb")):
        inner = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inner.parts)
        lesson = next((lesson for lesson in lessons if lesson.name in path.name), None)
        if lesson is None or hidden:
            continue
        flat = path.stem.replace(lesson.name, "").strip("_- ") or path.stem
        student = inner.parts[0] if len(inner.parts) > 1 else flat
        works.setdefault((student, lesson.name), []).append(Work(student, lesson, path, inner.as_posix()))
    if not works:
        raise GradingError(
            f"grade: {folder} holds no notebook of {', '.join(lesson.name for lesson in lessons)}. "
            "Expected STUDENT/LESSON.ipynb, the lesson's name somewhere in the file's."
        )
    return [_latest(several) for _, several in sorted(works.items())]


def _latest(several):
    """Return the newest of several files of a student for one lesson, with a remark."""
    work = max(several, key=lambda work: (work.path.lstat().st_mtime_ns, str(work.path)))
    if len(several) > 1:
        work.submission.remarks.append(f"{len(several)} files answer this lesson; the newest counts: {work.path.name}")
    return work


def read(work):
    """Read a submission in place; one that is no notebook says so and hurts nobody else.

    Parameters
    ----------
    work : Work
        From :func:`find_submissions`.
    """
    remarks = work.submission.remarks
    try:
        work.submission = rebuild.collect(work.lesson.master, rebuild.read(work.path))
        work.submission.remarks[:0] = remarks
    except rebuild.Unreadable as error:
        work.unreadable = str(error)


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
        ``run(nb)`` as :meth:`coursekit.grading.run.Runner.run`.
    versions : str
        From :func:`environment`.

    Returns
    -------
    keys : dict of str to str
        The key of each exercise's verdict, by name.
    fresh : dict of str to dict
        New verdicts by key.
    """
    stubs = rebuild.stubs(lesson.master)
    texts = {name: answers.get(name, stub) for name, stub in stubs.items()}
    keys, fresh, open_ = {}, {}, []
    for exercise in lesson.exercises:
        nb = rebuild.rebuild(lesson.master, texts, checks=[exercise.name])
        keys[exercise.name] = rebuild.key(nb, versions)
        if all(rebuild.is_stub(texts[name], stubs[name]) for name in exercise.answers) and exercise.answers:
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
        suspects = {name for name, key in keys.items() if key in store and not store[key]["passed"]}
        if whole not in store:
            together = run(nb)
            suspects |= {each.name for each in lesson.exercises if not _verdict(together, each, 1)["passed"]}
        for exercise in lesson.exercises:
            if exercise.name in suspects:
                store.add(_own_alone(lesson, exercise, (), run, versions))
        own = [store[key] for key in keys.values() if key in store]
        if whole not in store and all(verdict["passed"] for verdict in own):
            store.add({whole: {"passed": True, "kind": "right", "told": "", "own": lesson.name}})
        found += own
    refuse_own(found)


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
            + "\nRun the lesson again (python -m coursekit.author NOTEBOOK) and see whether its outputs have changed."
        )


def grade_all(works, store, runners, *, jobs=1, dask=None, done=lambda work: None):
    """Grade submissions side by side; verdicts go into the store as they come.

    Parameters
    ----------
    works : list of Work
        Read ones.
    store : Store
        Known verdicts; new ones are added.
    runners : coursekit.grading.run.Runners
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
                store.add({key: verdict for key, verdict in fresh.items() if not _is_known(key, store, runners.limits)})
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
    lesson, known = Lesson(job["name"], master, tuple(rebuild.exercises(master))), set(job["known"])
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


def _is_known(key, store, limits):
    """Say whether a verdict is there already: two who worked side by side may have judged the same."""
    return key in store and _lasts(store[key], limits)


def _lasts(verdict, limits):
    """Say whether a verdict still holds: one that the limits gave falls with them."""
    return verdict.get("limits", asdict(limits)) == asdict(limits)


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
