"""The sweep that notebook 07 tells of: what is stored is what the lesson says, and it begins as the script says."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks import results_07_regularization as script
from coursekit import softmax

RESULTS = Path(__file__).parent.parent / "notebooks" / "results" / "07_regularization.json"
STORED = json.loads(RESULTS.read_text())
ROWS = {row["code"]: dict(zip(STORED["strengths"], row["accuracy"], strict=True)) for row in STORED["rows"]}


@pytest.fixture
def few():
    """Return a few rows with a bias, and their labels."""
    rng = np.random.default_rng(7)
    return np.column_stack([rng.normal(size=(60, 5)), np.ones(60)]), rng.permutation(60) % 10


def test_the_setting_is_the_reports():
    """Batches of 500, a learning rate of 0.01, 2000 steps, and 1.2 among the strengths."""
    assert (STORED["batch"], STORED["learning_rate"], STORED["steps"]) == (500, 0.01, 2000)
    assert 0 in STORED["strengths"] and 1.2 in STORED["strengths"]


def test_the_stored_sweep_is_the_lessons():
    """Beside a mean 1.2 costs seven points, beside a sum one, and where the steps are shortened nothing."""
    lost = {code: row[0] - row[1.2] for code, row in ROWS.items()}
    assert lost["mean"] == pytest.approx(0.07, abs=0.005) and lost["sum"] == pytest.approx(0.01, abs=0.005)
    assert abs(lost["sum, steps as for the mean"]) < 0.002
    assert all(max(row, key=row.get) < 1.2 for row in ROWS.values())


def test_a_sum_is_its_mean_with_the_strength_divided(few):
    """The same weights, step by step, if the rate is divided by the batch as well."""
    X, y = few
    options = {"steps": 40, "batch": 20}
    times, rate = script.CODES["sum, steps as for the mean"]
    by_sum = script.run(X, y, code="sum, steps as for the mean", l2=0.3 * times, **options)
    by_mean = script.run(X, y, code="mean", l2=0.3, **options)
    assert times * rate == pytest.approx(script.RATE)
    np.testing.assert_allclose(by_sum.W, by_mean.W, rtol=1e-12)


def test_the_principal_directions_keep_the_variance():
    """As many as needed and not one more; the features along them are uncorrelated."""
    F = np.random.default_rng(3).normal(size=(400, 6)) * [5, 4, 3, 2, 1, 0.5]
    mean, directions = script.principal(F, kept=0.9)
    along = (F - mean) @ directions
    share = np.cumsum(along.var(axis=0, ddof=1)) / F.var(axis=0, ddof=1).sum()
    assert share[-1] >= 0.9 > share[-2] and (np.diff(along.var(axis=0)) < 0).all()
    np.testing.assert_allclose(np.corrcoef(along.T), np.eye(len(share)), atol=1e-5)


def test_each_code_leaves_a_row(few):
    """The first losses begin at log 10, beside a sum as many times as the batch has rows."""
    for code, (times, _) in script.CODES.items():
        row = script.sweep(*few, *few, code=code, strengths=(0, 0.1), steps=6, batch=20)
        assert row["head"][0] == pytest.approx(times * np.log(10), rel=1e-5)
        assert len(row["accuracy"]) == 2 and len(row["head"]) == 5


def test_the_gradient_belongs_to_the_loss(few):
    """Central differences, with the penalty, beside a sum."""
    X, y = few
    W = np.random.default_rng(5).normal(size=(6, 10))
    V, h = np.random.default_rng(6).normal(size=W.shape), 1e-5
    up, down = (script.batch_loss(W + s * V, X, y, l2=0.7, times=20)[0] for s in (h, -h))
    assert (up - down) / (2 * h) == pytest.approx((script.batch_loss(W, X, y, l2=0.7, times=20)[1] * V).sum(), rel=1e-7)
    assert softmax.softmax_loss(W, X, y)[0] > 0


@pytest.mark.filterwarnings("ignore:cifar10")
def test_the_head_of_each_recorded_run_comes_out_again():
    """Five steps on the images that the stored file was made from."""
    if not Path(os.environ.get("COURSEKIT_DATA", ""), "cifar-10-batches-bin").is_dir():
        pytest.skip("COURSEKIT_DATA names no folder with cifar-10-batches-bin")
    X, y, _, _, digest = script.prepared()
    if digest != STORED["digest"]:
        pytest.skip("this is another copy of CIFAR-10 than the stored one")
    for row in STORED["rows"]:
        made = script.run(X, y, code=row["code"], l2=0, steps=5)
        np.testing.assert_allclose(made.loss, row["head"], rtol=1e-4)
