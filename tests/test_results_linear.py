"""The long run that notebook 08 tells of: its parts work on little data, and what is stored agrees with itself."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import results_08_linear_classifiers as script

STORED = json.loads((Path(__file__).parent.parent / "notebooks" / "results" / "08_linear_classifiers.json").read_text())


@pytest.mark.parametrize("name", script.MODELS)
def test_the_stored_run_agrees_with_itself(name):
    """The chosen pair has the best cell, which is at no edge of the rates; the tests are as many as the seeds."""
    run = next(run for run in STORED["runs"] if run["name"] == name)
    table = np.array(run["table"])
    assert table.shape == (len(STORED["rates"]), len(STORED["strengths"]))
    assert run["chosen"] == script.chosen(table)
    assert STORED["rates"][0] < run["chosen"]["rate"] < STORED["rates"][-1]
    assert [made["seed"] for made in run["runs"]] == list(script.SEEDS)
    assert all(0.35 < made["test"] < 0.45 for made in run["runs"])
    assert run["head"][0] == pytest.approx({"SVM": 9, "softmax": np.log(10)}[name], abs=1e-6)


@pytest.mark.parametrize("name", script.MODELS)
def test_a_row_is_made_of_little_data(name, monkeypatch):
    """Two steps on twenty rows: every key that the lesson reads is there."""
    monkeypatch.setattr(script, "STEPS", 2)
    monkeypatch.setattr(script, "LONG", 3)
    rng = np.random.default_rng(8)
    parts = [(rng.normal(size=(20, 5)).astype(np.float32), rng.permutation(20) % 10) for _ in range(3)]
    row = script.row(name, *parts)
    assert set(row) == set(STORED["runs"][0]) and len(row["runs"]) == len(script.SEEDS)
