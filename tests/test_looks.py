"""Which data is this? Fingerprints that differ, and mean images that are known."""

import os
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from coursekit import datasets
from coursekit.datasets._embedded import zoomed_digits
from coursekit.datasets._looks import _blocks


@pytest.mark.parametrize(
    "other",
    [np.arange(6).reshape(3, 2), np.arange(6, dtype=np.int32), np.arange(6)[::-1], np.arange(7), np.arange(6.0)],
)
def test_another_shape_type_order_or_value_gives_another_fingerprint(other):
    """Each difference alone shows."""
    assert datasets.fingerprint(np.arange(6)) != datasets.fingerprint(other)


def test_a_fingerprint_does_not_depend_on_how_an_array_lies_in_memory():
    """A view that is not contiguous, and one of the other byte order, give the text of their copy."""
    a = np.arange(12).reshape(3, 4)
    assert datasets.fingerprint(a[:, ::2]) == datasets.fingerprint(a[:, ::2].copy())
    assert datasets.fingerprint(a.astype(">i8")) == datasets.fingerprint(a.astype("<i8"))


@pytest.mark.parametrize("name", datasets.MEAN_IMAGES)
@pytest.mark.parametrize("scale", [1, 1 / 255])
def test_a_known_mean_image_is_found_on_both_scales(name, scale):
    """Images that all equal the known mean are nearest to it, as whole numbers and as fractions."""
    X = np.kron(datasets.MEAN_IMAGES[name], np.ones((4, 4))).reshape(1, 784) * scale
    first = datasets.likeness(X)[0]
    assert first.name == name and first.gap < 1e-9


def test_the_stand_in_is_not_taken_for_mnist():
    """Few examples suffice, as vectors or as images."""
    X = zoomed_digits()[2]
    found = datasets.likeness(X)
    assert found[0].name == "digits zoomed" and found == datasets.likeness(X.reshape(-1, 28, 28))
    assert {likeness.name for likeness in found} == {"mnist", "fashion_mnist", "digits zoomed"}


@pytest.mark.parametrize("name", datasets.MEAN_IMAGES)
def test_the_known_mean_images_are_those_of_the_data(name):
    """Where the real files are at hand; a subset of Fashion-MNIST differs by some grey levels."""
    folder = os.environ.get("COURSEKIT_DATA")
    if not folder or not (Path(folder) / name).exists():
        pytest.skip("the real data are not at hand")
    with pytest.warns(UserWarning) if name == "fashion_mnist" else nullcontext():
        X = datasets.load(name).X_train
    assert np.abs(_blocks(X.reshape(-1, 28, 28)) - datasets.MEAN_IMAGES[name]).max() < 5
    assert datasets.likeness(X)[0].name == name


@pytest.mark.parametrize(
    ("X", "text"),
    [
        (np.zeros((3, 64)), r"images of 28 x 28; got shape \(3, 64\)"),
        (np.zeros((0, 784)), r"got shape \(0, 784\)"),
        (np.full((2, 784), -0.5), "X goes from -0.5 to -0.5. Was a mean taken away?"),
        (np.full((2, 784), np.nan), "X goes from nan to nan"),
    ],
)
def test_what_is_no_such_image_is_refused(X, text):
    """With the shape or the range that came."""
    with pytest.raises(ValueError, match=text):
        datasets.likeness(X)
