"""The long runs that notebook 13 tells of: they go on where they were stopped, and what is stored agrees."""

import json
import os

import numpy as np
import pytest

from benchmarks import results_13_convnet as script
from coursekit.convnet import ConvNet

NET = ConvNet(side=13, filters=(3, 4), hidden=6)


@pytest.fixture(scope="module")
def small():
    """Return three small sets of images and labels."""
    rng = np.random.default_rng(0)
    return [(rng.random((m, 13, 13), np.float32), rng.integers(0, 10, m)) for m in (300, 20, 30)]


@pytest.mark.parametrize("name", script.RECIPES)
def test_each_recipe_leaves_a_row(name, small):
    """Begun on a few images: the losses of its first steps, the mean of each epoch, and three shares."""
    row = script.run(name, 1, *small, net=NET, steps=5)
    assert len(row["head"]) == script.HEAD and len(row["loss"]) == 2  # 300 images are three batches of up to 128
    assert row["loss"][0] == pytest.approx(np.log(10), rel=0.5)
    assert all(0 <= row[share] <= 1 for share in ("validation", "test", "vote"))
    assert len(row["wrong"]) == round(30 * (1 - row["test"])) and all(
        row["wrong"][i] != small[2][1][i] for i in row["wrong"]
    )
    assert row["key"] == script.key(name, 1)


def test_a_key_is_its_recipe_its_seed_and_the_code(monkeypatch):
    """No two runs have one key; other code gives other ones."""
    keys = {script.key(*each) for each in script.PLAN}
    assert len(keys) == len(script.PLAN) == sum(script.SEEDS.values())
    monkeypatch.setattr(script, "CODE", ("softmax.py",))  # other code
    assert script.key("as reported", 0) not in keys


def test_every_recipe_has_a_first_seed_before_any_has_a_second():
    """A part of the runs compares all recipes: the seeds come in order."""
    assert [name for name, seed in script.PLAN if seed == 0] == list(script.RECIPES)
    assert [seed for _, seed in script.PLAN] == sorted(seed for _, seed in script.PLAN)


def test_a_stopped_measurement_goes_on(tmp_path):
    """What was written is read back; a run of older code is left out; the file says whether it is complete."""
    path = tmp_path / "runs.json"
    assert script.stored(path) == {}
    first = script.PLAN[0]
    runs = {script.key(*first): {"key": script.key(*first), "recipe": first[0]}, "old": {"key": "old"}}
    script.write(runs, path)
    assert list(script.stored(path)) == [script.key(*first)]
    file = json.loads(path.read_text())
    assert not file["complete"] and list(file["seeds"].values()) == [1, 0, 0, 0]
    whole = {script.key(*each): {"key": script.key(*each), "recipe": each[0]} for each in script.PLAN}
    script.write(dict(reversed(whole.items())), path)
    file = json.loads(path.read_text())
    assert list(script.stored(path)) == list(whole) and file["complete"] and file["seeds"] == script.SEEDS
    assert [file.name for file in tmp_path.iterdir()] == ["runs.json"]


def measured():
    """Return what the file holds, if the runs have been made."""
    if not script.OUT.exists():
        pytest.skip("notebooks/results/13_convnet.json is not made yet: make results LESSON=13_convnet")
    return json.loads(script.OUT.read_text())


def test_the_stored_runs_are_of_this_code():
    """Every stored run has its present key; the file says how many seeds each recipe has, and whether that is all."""
    file, keys = measured(), {script.key(*each): each for each in script.PLAN}
    assert [keys[row["key"]] for row in file["runs"]] == [(row["recipe"], row["seed"]) for row in file["runs"]]
    assert file["seeds"] == {name: sum(row["recipe"] == name for row in file["runs"]) for name in script.RECIPES}
    assert file["complete"] == (file["seeds"] == script.SEEDS) and min(file["seeds"].values()) >= 1


def test_the_head_of_a_recorded_run_comes_out_again():
    """The first losses of the first recipe and seed, on the real data."""
    if not os.environ.get("COURSEKIT_DATA"):
        pytest.skip("COURSEKIT_DATA names no folder with the real MNIST")
    first, (training, *_) = measured()["runs"][0], script.prepared()
    few = [(part[0][:10], part[1][:10]) for part in (training, training)]
    again = script.run(first["recipe"], first["seed"], training, *few, steps=script.HEAD)
    np.testing.assert_allclose(again["head"], first["head"], rtol=1e-3)
