"""The long run that notebook 10 tells of: a part comes out again, and what is stored tells the lesson's story."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks import results_10_image_features as script

STORED = json.loads((Path(__file__).parent.parent / "notebooks" / "results" / "10_image_features.json").read_text())
ROWS = {row["name"]: np.array(row["test"]) for row in STORED["rows"]}
WAYS = STORED["report"]["ways"]


@pytest.mark.filterwarnings("ignore:cifar10. COURSEKIT_DATA has not the published files")
def test_the_hues_come_out_again():
    """The cheapest row, on all of CIFAR-10: the penalty that was chosen, and the accuracy of each draw."""
    if not (Path(os.environ.get("COURSEKIT_DATA", "none")) / "cifar-10-batches-bin").exists():
        pytest.skip("COURSEKIT_DATA names no folder with the real CIFAR-10")
    row, stored = script.row("hue", *script.raw()), next(row for row in STORED["rows"] if row["name"] == "hue")
    assert (row["features"], row["l2"]) == (stored["features"], stored["l2"])
    np.testing.assert_allclose(row["test"], stored["test"], atol=1e-3)


def drawn(m, seed):
    """Return images of bytes whose brightness tells their label, and the labels."""
    rng, y = np.random.default_rng(seed), np.arange(m) % 2
    return rng.integers(0, 10, (m, 32, 32, 3)).astype(np.uint8) + (200 * y[:, None, None, None]).astype(np.uint8), y


@pytest.mark.parametrize("name", script.VARIANTS)
def test_a_row_is_made_of_little_data(name, monkeypatch):
    """Of sixty images: every key that the lesson reads, one accuracy per seed, and pixels tell what HOG cannot."""
    for setting, value in {
        "DRAWN": 40,
        "KEPT_OUT": 20,
        "STRENGTHS": (1e-2,),
        "CELLS": {"cell": 16, "block": 2},
    }.items():
        monkeypatch.setattr(script, setting, value)
    small = lambda images: images[:, ::8, ::8] if name.startswith("pixels") else images  # noqa: E731
    (train, y), (test, y_test) = drawn(60, 1), drawn(30, 2)
    row = script.row(name, small(train), y, small(test), y_test)
    assert set(row) == set(STORED["rows"][0]) and len(row["test"]) == len(script.SEEDS)
    assert min(row["test"]) > 0.9 if name.startswith("pixels") else max(row["test"]) < 0.8


def test_a_course_is_made_of_little_data(monkeypatch):
    """Ten steps each way: the losses begin at log 10, and every key that the lesson reads is there."""
    for setting, value in {"STEPS": 10, "FEW": 10, "LONG": 10, "EVERY": 5, "BATCH": 20}.items():
        monkeypatch.setattr(script, setting, value)
    rng = np.random.default_rng(3)
    A, y = rng.normal(size=(60, 4)).astype(np.float32), rng.permutation(60) % 10
    course = script.course(A, y, A[:20], y[:20])
    assert set(course) == set(STORED["report"]) and set(course["ways"]) == set(WAYS)
    assert course["head"][0] == pytest.approx(np.log(10)) == STORED["report"]["head"][0]
    assert course["ways"]["large steps"]["steps"] == [0, 5, 10]


def test_as_far_is_as_good():
    """What counts is rate times steps: where two of the three ways are equally far, they are equally good."""
    small, large, long = (
        dict(zip((np.array(way["steps"]) * way["rate"]).round(6).tolist(), way["test"], strict=True))
        for way in WAYS.values()
    )
    for one, other in ((small, large), (large, long)):
        assert len(one.keys() & other.keys()) > 1
        assert all(abs(one[far] - other[far]) < 0.003 for far in one.keys() & other.keys())
    assert large[20.0] < 0.4419 < large[30.0] and max(small.values()) < 0.4419 < long[500.0]


def test_the_stored_story_is_the_lessons():
    """HOG gains ten points, min-max none, PCA loses a little, hues gain more than gray loses; a net gains most."""
    mean = {name: tests.mean() for name, tests in ROWS.items()}
    assert list(ROWS) == list(script.VARIANTS)
    assert 0.09 < mean["HOG"] - mean["pixels"] < 0.11
    assert np.abs(ROWS["HOG"] - ROWS["HOG without min-max"]).max() < 0.002
    assert (ROWS["HOG, PCA"] < ROWS["HOG"]).all() and mean["HOG"] - mean["HOG, PCA"] < 0.008
    assert (
        max(mean, key=mean.get) == "HOG, hue"
        and mean["HOG, hue"] - mean["HOG"] > mean["HOG"] - mean["HOG of gray images"]
    )
    assert min(STORED["net"]["HOG, PCA"]) > min(STORED["net"]["pixels, PCA"]) > mean["HOG"]
    assert 0 < STORED["report"]["least"]["test"] - WAYS["large steps"]["test"][-1] < 0.01
