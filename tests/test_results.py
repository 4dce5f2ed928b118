"""The long runs that notebook 15 tells of: they begin as the script says, and what is stored agrees with itself."""

import json
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks import results_15_faster_descent as script
from coursekit import full_batch

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "notebooks" / "results" / "15_faster_descent.json"
WAYS = ("plain descent", "momentum", "minibatches", "L-BFGS", "L-BFGS, preconditioned")


@cache
def stored():
    """Return what the file holds."""
    return json.loads(RESULTS.read_text())


@cache
def mnist(prepared):
    """Return the real data as the script prepares them; once for all tests."""
    return prepared()


@pytest.mark.parametrize("name", WAYS)
def test_the_head_of_each_recorded_run_comes_out_again(name):
    """Three steps on all of MNIST: the losses with which the curves of notebook 15 begin."""
    if not os.environ.get("COURSEKIT_DATA"):
        pytest.skip("COURSEKIT_DATA names no folder with the real MNIST")
    X, y, *_ = mnist(script.prepared)
    recorded = next(run for run in stored()["runs"] if run["name"] == name)
    course = script.run(name, X, y, stop=3)
    np.testing.assert_allclose([value for _, value in course.calls[:3]], recorded["head"][:3], rtol=1e-4)


@pytest.mark.parametrize("name", WAYS)
def test_each_way_leaves_a_row(name):
    """On a few rows: the curve starts at log 10 and falls, every call is counted, the last weights are kept."""
    rng = np.random.default_rng(6)
    X, y = rng.random((300, 4), dtype=np.float32), rng.permutation(300) % 10
    course = script.run(name, X, y, stop=5)
    row = script.row(name, course, full_batch.FullBatchLoss(X.astype(float), y, l2=script.L2), X[:30], y[:30])
    assert row["objective"][0] == pytest.approx(np.log(10)) and row["objective"][-1] < row["objective"][0]
    assert row["calls"] == len(course.calls) >= 5 and len(row["head"]) == 5
    assert row["rows_a_call"] == (script.BATCH if name == "minibatches" else 300)
    assert len(row["seconds"]) == len(row["objective"]) == len(row["accuracy"])
    assert row["to_target"] is None and row["to_enough"] is None


def test_a_goal_is_reached_where_it_is_first_met():
    """The first true value, not the last; none is no number."""
    assert script.first([False, True, False, True]) == 1
    assert script.first([False, False]) is None


@pytest.mark.parametrize("name", WAYS)
def test_the_stored_runs_agree_with_themselves(name):
    """Time runs forward, no objective is below the least, and a goal is reported exactly where it was reached."""
    file = stored()
    run = next(run for run in file["runs"] if run["name"] == name)
    seconds, objective = np.array(run["seconds"]), np.array(run["objective"])
    assert len(seconds) < 80 and (np.diff(seconds) >= 0).all() and objective.min() > file["least"] - 1e-7
    assert (run["to_target"] is None) or run["to_target"] <= seconds[-1]
    if run["to_target"] is None:
        assert objective.min() > file["target"] - 1e-6
    assert (run["to_enough"] is None) == (max(run["accuracy"]) < file["enough"])


def test_the_stored_story_is_the_lessons():
    """What notebook 15 says in words: who arrives, who does not, who is ahead early and who late."""
    runs = {run["name"]: run for run in stored()["runs"]}
    best, batches = runs["L-BFGS, preconditioned"], runs["minibatches"]
    assert runs["plain descent"]["to_target"] is None
    assert best["calls_to_target"] < runs["L-BFGS"]["calls_to_target"]
    assert batches["to_enough"] < best["to_enough"] < best["to_target"]
    assert best["objective"][-1] - stored()["least"] < 5e-5
