"""Grading on a Dask cluster: a real scheduler and real workers, on this machine's loopback."""

import pytest

from gradekit import session
from gradekit.runs.limits import Limits
from tests.gradekit.submissions import write_batch, write_master

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def scheduler():
    """Start a scheduler and two workers, processes of their own, and give the scheduler's address."""
    distributed = pytest.importorskip("dask.distributed", reason="no dask here: the cluster was not tried")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", **options) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same_gradebook(tmp_path, scheduler):
    """Byte for byte what local workers give."""
    source, submissions = write_master(tmp_path / "source"), write_batch(tmp_path / "in", honest=4)
    how = {"source": source, "limits": Limits(seconds=10)}
    session.grade_folder(submissions, tmp_path / "here", **how)
    there = session.grade_folder(submissions, tmp_path / "there", dask=scheduler, **how)
    for name in ("gradebook.json", "grades.csv"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    assert all(submission.points == submission.of for submission in there.gradebook.submissions)
