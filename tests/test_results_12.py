"""The long run that notebook 12 tells of: it goes on where it was stopped, a part comes out again, and it agrees."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks import network as race
from benchmarks import results_12_backpropagation as script
from coursekit import datasets, network

STORED = json.loads(script.OUT.read_text())


def test_a_run_leaves_a_row():
    """Begun on a few examples: every key that the lesson reads, and the first loss is that of the start."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(300, 6)).astype(np.float32), rng.integers(0, 10, 300)
    row = script.run(5, 1e-3, 1, (X, y), (X[:20], y[:20]), steps=4)
    assert set(row) == set(STORED["runs"][0]) == set(STORED["tests"][0])
    assert len(row["head"]) == script.HEAD and row["head"][0] == pytest.approx(np.log(10), rel=0.5)
    assert row["key"] == script.key(5, 1e-3, 1, 300)


def test_a_stopped_measurement_goes_on(tmp_path, monkeypatch):
    """What was written is read back; runs of other code are left out; the best of the whole grid is what is tested."""
    path = tmp_path / "runs.json"
    assert script.stored(path) == {} and script.final({}) == []
    settings = script.grid()
    runs = {script.key(*each): {"key": script.key(*each), "right": 0.5} for each in settings[:-1]}
    script.write({}, {**runs, "old": {"key": "old"}}, path)
    assert list(script.stored(path)) == list(runs) and not json.loads(path.read_text())["complete"]
    hidden, l2, *_ = settings[-1]
    runs[script.key(*settings[-1])] = {"key": script.key(*settings[-1]), "right": 0.6, "hidden": hidden, "l2": l2}
    assert script.final(runs) == [(hidden, l2, each, 50_000) for each in script.SEEDS]
    runs |= {script.key(*each): {"key": script.key(*each)} for each in script.final(runs)}
    script.write({}, runs, path)
    assert script.stored(path) == runs and json.loads(path.read_text())["complete"]
    assert [file.name for file in tmp_path.iterdir()] == ["runs.json"]
    monkeypatch.setattr(script, "CODE", ("softmax.py",))  # other code
    assert script.key(*settings[0]) not in runs


def test_the_stored_runs_are_of_this_code():
    """Each is there under its present key, and what was tested is the best of those that were compared."""
    assert STORED["complete"]
    assert [row["key"] for row in STORED["runs"]] == [script.key(*each) for each in script.grid()]
    assert [row["key"] for row in STORED["tests"]] == [script.key(*each) for each in script.final(script.stored())]


def test_the_stored_story_is_the_lessons():
    """A second layer is worth ten points on the same features, and chance among three starts is far smaller."""
    tests = [row["right"] for row in STORED["tests"]]
    assert np.mean(tests) > STORED["linear"]["test"] + 0.1 and np.ptp(tests) < 0.02


@pytest.mark.filterwarnings("ignore:cifar10. COURSEKIT_DATA has not the published files")
def test_the_head_of_a_recorded_run_comes_out_again():
    """The first losses of the first run, on the real data."""
    if not (Path(os.environ.get("COURSEKIT_DATA", "none")) / "cifar-10-batches-bin").exists():
        pytest.skip("COURSEKIT_DATA names no folder with the real CIFAR-10")
    first, (training, validation, _) = STORED["runs"][0], script.prepared()
    again = script.run(first["hidden"], first["l2"], first["seed"], training, validation, steps=script.HEAD)
    np.testing.assert_allclose(again["head"], first["head"], rtol=1e-3)


def iris():
    """Return the start, the examples and the labels of the comparison with PyTorch."""
    data = datasets.load("iris")
    X = (data.X_train - data.X_train.mean(axis=0)) / data.X_train.std(axis=0)
    return network.init_params(4, 10, 3, np.random.default_rng(12), activation="sigmoid"), X, data.y_train


def test_pytorch_lost_as_much_in_each_step():
    """The stored losses of both are those of ours now, to 1e-6, over a hundred steps."""
    own = race.train_ours(*iris(), script.COMPARED)
    for losses in STORED["torch"]["losses"].values():
        np.testing.assert_allclose(losses, own, rtol=0, atol=1e-6)


def test_pytorch_loses_as_much_in_each_step():
    """The same with PyTorch itself."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    np.testing.assert_allclose(
        race.train_theirs(*iris(), script.COMPARED), STORED["torch"]["losses"]["PyTorch"], rtol=0, atol=1e-9
    )


def test_the_stored_times_tell_of_overhead():
    """PyTorch takes longest, beside ours, where there is nothing to compute; where there is much, both take as long."""
    rows = STORED["torch"]["steps"]
    assert [tuple(row["size"]) for row in rows] == list(script.SIZES)
    ratios = [row["PyTorch"] / row["NumPy"] for row in rows]
    assert min(ratios[:2]) > 1.5 and 0.5 < ratios[-1] < 1.5
    assert all(rows[2][name] < 4 * rows[0][name] for name in ("NumPy", "PyTorch"))  # 80,000 times the arithmetic
