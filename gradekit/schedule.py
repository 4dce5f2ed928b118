"""Many submissions side by side: each notebook that has to be run is run once, by local workers or by a cluster."""

import json
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial

from gradekit.advice import TROUBLE, refuse_other, refuse_own
from gradekit.cases import cases_of
from gradekit.marking import environment, verdict_of
from gradekit.runs.limits import Level, Limits
from gradekit.runs.pool import Runners

MOST = 4  # kinds of runners that a process of a cluster keeps
RUNNERS = {}  # of a process of a cluster, by limits and level, the last used last
LOCK = threading.Lock()


@dataclass(frozen=True)
class Job:
    """A notebook to be run, as plain data that any worker can take.

    Attributes
    ----------
    notebook : str
        JSON.
    exercise : str
        The check that counts.
    limits : Limits
        What the run may use.
    level : Level
        How it is contained.
    hide : tuple of str
        Folders that the box must not show.
    versions : str
        The code and the versions that must be there.
    """

    notebook: str
    exercise: str
    limits: Limits
    level: Level
    hide: tuple[str, ...]
    versions: str


def grade_all(works, store, runners, *, jobs=1, dask=None, done=lambda work: None):
    """Grade submissions side by side; verdicts go into the store as they come.

    Parameters
    ----------
    works : list of Work
        Read ones.
    store : Store
        Known verdicts; new ones are added.
    runners : gradekit.runs.pool.Runners
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
    desk = Desk(works, store, runners.limits, environment(runners.level), done)
    running, hide = {}, tuple(map(str, runners.hide))
    with _pool(runners, jobs, dask) as (submit, most):
        while True:
            while len(running) < most and (tried := desk.take()):
                notebook = json.dumps(tried.notebook)
                job = Job(notebook, tried.exercise, runners.limits, runners.level, hide, desk.versions)
                running[submit(job)] = tried
            if not running:
                return desk.keys
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                desk.put(running.pop(future), future.result())


class Desk:
    """What is still to be run for a class, and who waits for it.

    Parameters
    ----------
    works : list of Work
        Read ones.
    store : Store
        Known verdicts; new ones are added.
    limits : Limits
        What a run may use: a verdict that others gave is not known.
    versions : str
        The code and the versions that verdicts depend on.
    done : callable
        ``done(work)`` is called after each.

    Attributes
    ----------
    keys : dict of tuple to dict
        As :func:`grade_all` returns it.
    """

    def __init__(self, works, store, limits, versions, done):
        self.store, self.limits, self.versions, self.done = store, asdict(limits), versions, done
        self.keys, self.ready, self.waiting = {}, deque(), {}
        self.quiet, self.lonely = deque(), None
        self.new = (pair for work in works if not work.unreadable for pair in self._open(work))

    def take(self):
        """Return what is to be run next.

        Returns
        -------
        Try or None
            None if all that is left waits for something that runs.
        """
        if self.waiting and (self.quiet or self.lonely in self.waiting):
            return None
        while pair := self._next():
            work, case = pair
            tried = case.next(self.known)
            if tried is None:
                self._settle(work, case)
            elif tried.given:
                self._keep(tried, tried.given, case)
                self.ready.append(pair)
            elif tried.key in self.waiting:
                self.waiting[tried.key].append(pair)
            else:
                self.waiting[tried.key] = [pair]
                return tried
        return None

    def put(self, tried, verdict):
        """Take what came of a run, and let go on who waited for it.

        Our own answer that fails by the machine runs once more when nothing else does: no submission can take so much
        of it that all others stay without marks.

        Parameters
        ----------
        tried : Try
            From :meth:`take`.
        verdict : Verdict
            What came out.

        Raises
        ------
        GradingError
            If it is our own answer that failed.
        """
        pairs = self.waiting.pop(tried.key)
        if tried.own and verdict.kind in TROUBLE and self.lonely != tried.key:
            self.quiet += pairs
            return
        if verdict.kind in TROUBLE:
            verdict = replace(verdict, limits=self.limits)
        self._keep(tried, verdict, pairs[0][1])
        self.ready += pairs

    def known(self, key):
        """Return a verdict that still holds; one that other limits gave does not.

        Parameters
        ----------
        key : str
            Its key.

        Returns
        -------
        Verdict or None
            None if it has to be run.
        """
        verdict = self.store.get(key)
        return verdict if verdict and verdict.limits in (None, self.limits) else None

    def _next(self):
        """Return a submission and a case that can go on: first what waits for a quiet machine. None at the end."""
        self.lonely = None
        if self.quiet:
            pair = self.quiet.popleft()
            self.lonely = pair[1].ours.key
            return pair
        return self.ready.popleft() if self.ready else next(self.new, None)

    def _open(self, work):
        """Return a submission with each of its cases."""
        cases = cases_of(work.lesson, work.submission.answers, student=work.student, versions=self.versions)
        return [(work, case) for case in cases]

    def _keep(self, tried, verdict, case):
        """Write a verdict down."""
        verdict = case.read(tried, verdict, self.known)
        self.store.add({tried.key: verdict})
        refuse_own([verdict], together=True)  # as the masters were just checked

    def _settle(self, work, case):
        """Note the verdict on one exercise, and tell of a submission that it is done."""
        keys = self.keys.setdefault((work.student, work.lesson.name), {})
        keys[case.exercise.name] = case.key(self.known)
        if len(keys) == len(work.lesson.exercises):
            self.done(work)


def _run_here(job, runners):
    """Run a job."""
    import nbformat

    return verdict_of(runners.run(nbformat.from_dict(json.loads(job.notebook))), job.exercise)


def _run_there(job):
    """Run a job in a process of a cluster, where the same code and versions must be."""
    refuse_other(json.loads(job.versions), json.loads(environment(job.level)))
    return _run_here(job, _runners(job.limits, job.level, job.hide))


def _runners(*how):
    """Return this process's runners of that kind; of others only the last used are kept."""
    with LOCK:
        limits, level, hide = how
        found = RUNNERS.pop(how, None) or Runners(limits, level, hide=hide)
        RUNNERS[how] = found
        idle = [how for how, other in RUNNERS.items() if other is not found and len(other.idle) == len(other.all)]
        for how in idle[: max(len(RUNNERS) - MOST, 0)]:
            RUNNERS.pop(how).__exit__()
        return found


@contextmanager
def _pool(runners, jobs, dask):
    """Give a function that submits a job, and how many are wanted at a time."""
    if dask:
        from dask.distributed import Client

        with Client(dask) as client, client.get_executor(pure=False) as executor:
            yield partial(executor.submit, _run_there), 2 * (sum(client.nthreads().values()) or 1)
        return
    executor = ThreadPoolExecutor(jobs)
    try:
        yield partial(executor.submit, _run_here, runners=runners), 2 * jobs
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
