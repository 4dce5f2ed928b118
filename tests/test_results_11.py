"""What notebook 11 reads from a file: PyTorch's losses come out again, and the race was won as the lesson says."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import results_11_fashion_mnist as script
from coursekit import minibatch

STORED = json.loads((Path(__file__).parent.parent / "notebooks" / "results" / "11_fashion_mnist.json").read_text())


def test_the_stored_losses_are_those_of_our_steps():
    """Without PyTorch: our trainer gives them from the same start with the same batches."""
    W, b, batches = script.known_problem()
    X, y = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    ours = minibatch.train(X, y, [np.arange(len(X))], W=W, b=b, batch_size=64, learning_rate=script.RATE)
    np.testing.assert_allclose(ours.loss, STORED["losses"], rtol=0, atol=1e-12)


def test_pytorch_gives_the_stored_losses_again():
    """Whatever its version."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    np.testing.assert_allclose(
        script.torch_losses(*script.known_problem(), script.RATE), STORED["losses"], rtol=0, atol=1e-12
    )


def test_the_race_has_what_the_lesson_prints():
    """Three times PyTorch at 64 and twice at 256; gathering and the products alone take less than a step."""
    assert list(STORED["race"]) == [f"{size}" for size in script.SIZES] == ["64", "256"]
    for ratios, asked in zip(STORED["race"].values(), (3, 2), strict=True):
        assert ratios["PyTorch, one thread"] >= asked and ratios["gather and products"] < 1


def test_a_race_names_its_contenders():
    """On few rows: our time, and a ratio for each peer."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    X, y = np.random.default_rng(0).random((128, 784), np.float32), np.arange(128) % 10
    found = script.raced(X, y, 64, rounds=1)
    assert list(found) == ["microseconds", *script.PEERS] and min(found.values()) > 0
