"""Lesson 11 on files as large as the published ones: sixty thousand images, made up from the mean image."""

import os
from unittest import mock

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from benchmarks import clothes
from coursekit import datasets
from gradekit.lesson import find_lessons

LESSON = next(path for path in find_lessons() if path.stem == "11_fashion_mnist")


def write_set(folder):
    """Write 60000 and 10000 images: the mean image, shifted by some pixels for each class, half of its pixels 0."""
    rng = np.random.default_rng(0)
    mean = np.kron(datasets.MEAN_IMAGES["fashion_mnist"], np.ones((4, 4)))
    kinds = np.array([np.roll(mean, (c % 3 - 1, c // 3 - 1), (0, 1)) for c in range(10)])
    parts = []
    for m in (60000, 10000):
        labels = rng.permutation(m) % 10
        images = kinds[labels] * rng.integers(0, 2, (m, 28, 28), np.uint8) * 1.6
        parts += [images.reshape(m, 784), labels]
    clothes.write(folder, parts)


@pytest.mark.heavy
def test_the_lesson_uses_all_images(tmp_path):
    """Every cell runs, and says how many images there are."""
    write_set(tmp_path / "fashion_mnist")
    nb = nbformat.read(LESSON, as_version=4)
    with mock.patch.dict(os.environ, {"COURSEKIT_DATA": str(tmp_path)}):
        options = {"timeout": 600, "resources": {"metadata": {"path": str(LESSON.parent)}}}
        NotebookClient(nb, kernel_name="python3", **options).execute()
    printed = {cell.id: "".join(out.get("text", "") for out in cell.get("outputs", ())) for cell in nb.cells}
    assert "60000 training and 10000 test images, uint8" in printed["11-006"]
    assert "fashion_mnist" in printed["11-010"].split("[")[1].split()[0]
