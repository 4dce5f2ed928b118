"""The file formats of the data sets, read from bytes that nobody needs to trust."""

import gzip
import io
import math
import os
import tarfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

IDX_DTYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
CIFAR_RECORD = 1 + 3 * 32 * 32  # a label, then the red, green and blue planes
CIFAR_BATCHES = (*(f"data_batch_{i}.bin" for i in range(1, 6)), "test_batch.bin")

MEMBERS = {  # of mnist.npz, as Keras hands it out
    "train-images-idx3-ubyte.gz": "x_train",
    "train-labels-idx1-ubyte.gz": "y_train",
    "t10k-images-idx3-ubyte.gz": "x_test",
    "t10k-labels-idx1-ubyte.gz": "y_test",
}


class DatasetError(RuntimeError):
    """A data set that cannot be had, or a file of one that cannot be read."""


def gunzip(raw, name):
    """Return the bytes unpacked when they are gzip's, and as they are otherwise."""
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as error:
        raise DatasetError(
            f"{name} is a damaged gzip file ({error}). It was probably cut short on its way here; get it again."
        ) from None


def member(raw, name):
    """Return an array of mnist.npz as the IDX file that it was made from."""
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
            array = arrays[MEMBERS[name]]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DatasetError(f"mnist.npz has no readable array {MEMBERS[name]} ({error}). Get the file again.") from None
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def read_idx(source, *, name=None):
    """Return the array in an IDX file, the format of MNIST.

    Parameters
    ----------
    source : bytes, str or Path
        The file's content, or where it lies; packed by gzip or not.
    name : str, optional
        What errors call the file; the path's last part if not given.

    Returns
    -------
    ndarray
        Of the dtype and shape that the file declares. It may be read-only.

    Raises
    ------
    DatasetError
        If the file is not IDX, or its length is not what its header promises.

    Notes
    -----
    Two zero bytes, a dtype code, the number of axes d, d big-endian 32-bit sizes, the values [1]_.

    References
    ----------
    .. [1] Y. LeCun, C. Cortes and C. J. C. Burges, *The MNIST database of handwritten digits*.

    Examples
    --------
    >>> read_idx(bytes([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]))
    array([[1, 2, 3],
           [4, 5, 6]], dtype=uint8)
    """
    if isinstance(source, str | os.PathLike):
        name = name or Path(source).name
        source = read_bytes(Path(source), name)
    name = name or "the file"
    raw = gunzip(source, name)
    dtype, shape, start = _idx_header(raw, name)
    needed = start + math.prod(shape) * dtype.itemsize
    if len(raw) != needed:
        raise DatasetError(
            f"{name} is damaged: its header promises shape {shape}, {needed} bytes in all; "
            f"it has {len(raw)}. It was probably cut short on its way here; get it again."
        )
    values = np.frombuffer(raw, dtype, offset=start).reshape(shape)
    return values.astype(dtype.newbyteorder("="), copy=False)


def parse_mnist(contents):
    """Return X_train, y_train, X_test, y_test from train images, train labels, test images, ..."""
    train_images, train_labels, test_images, test_labels = contents
    return *_idx_pair(train_images, train_labels), *_idx_pair(test_images, test_labels)


def parse_cifar10(contents):
    """Return X_train, y_train, X_test, y_test from the archive, or from its six batches."""
    *train, test = [batch for name, data in contents for batch in read_batches(data, name=name)]
    X_train, y_train = (np.concatenate(parts) for parts in zip(*train, strict=True))
    return X_train, y_train, *test


def read_batches(data, *, name):
    """Return [(X, y), ...]: the six batches of the CIFAR-10 archive, or the one that is given."""
    members = _untar(name, data) if ".tar" in name else [(name, data)]
    return [_cifar_batch(*member) for member in members]


def read_bytes(path, name):
    """Return a file's bytes; a file that cannot be read is a DatasetError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{name} cannot be read: {error.strerror}.") from None


def _idx_header(raw, name):
    """Return dtype, shape and the offset of the first value."""
    known = len(raw) >= 4 and raw[:2] == b"\0\0" and raw[2] in IDX_DTYPES and raw[3] > 0
    start = 4 + 4 * raw[3] if known else 0
    if not known or len(raw) < start:
        raise DatasetError(
            f"{name} is not an IDX file: {_looks_like(raw)}. An IDX file starts with two zero "
            "bytes, a dtype code and the number of axes; get the file again."
        )
    shape = tuple(int(size) for size in np.frombuffer(raw, ">u4", count=raw[3], offset=4))
    return np.dtype(IDX_DTYPES[raw[2]]), shape, start


def _looks_like(raw):
    """Say what the bytes seem to be."""
    if not raw:
        return "it is empty"
    if raw.lstrip()[:1] == b"<":
        return "this looks like a web page, not like data"
    return f"it has {len(raw)} bytes and starts with {bytes(raw[:8])!r}"


def _idx_pair(images, labels):
    """Return X (m, 784) uint8 and y (m,) int64 from the contents of two IDX files."""
    X, y = (read_idx(data, name=name) for name, data in (images, labels))
    if X.dtype != np.uint8 or X.shape[1:] != (28, 28) or not len(X):
        raise DatasetError(
            f"{images[0]} must hold (m, 28, 28) images of uint8, m > 0; it holds {X.shape} of {X.dtype}."
        )
    if y.ndim != 1 or y.dtype != np.uint8:
        raise DatasetError(f"{labels[0]} must hold (m,) uint8 labels; it holds {y.shape}.")
    if len(X) != len(y):
        raise DatasetError(
            f"{images[0]} holds {len(X)} images, but {labels[0]} holds {len(y)} labels. "
            "The two are not of one set; get both again."
        )
    return X.reshape(len(X), -1), _labels(y, labels[0])


def _labels(y, name):
    """Return labels as int64, after a look at their range."""
    if y.max() > 9:
        raise DatasetError(f"{name} must hold labels in 0..9; it holds a {y.max()}.")
    return y.astype(np.int64)


def _untar(name, archive):
    """Return the (name, bytes) of the six batches of the CIFAR-10 archive."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
            members = {Path(member.name).name: member for member in tar if member.isfile()}
            return [(batch, tar.extractfile(members[batch]).read()) for batch in CIFAR_BATCHES]
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DatasetError(
            f"{name} is not a whole tar archive ({error}): {_looks_like(archive)}. Get it again."
        ) from None
    except KeyError as missing:
        raise DatasetError(f"{name} holds no {missing.args[0]}; get it again.") from None


def _cifar_batch(name, raw):
    """Return X (m, 3072), each row height x width x channel, and y (m,) of one batch."""
    if not raw or len(raw) % CIFAR_RECORD:
        raise DatasetError(
            f"{name} is no batch of CIFAR-10: {CIFAR_RECORD} bytes an image do not divide its "
            f"{len(raw)} bytes; {_looks_like(raw)}. Get it again."
        )
    records = np.frombuffer(raw, np.uint8).reshape(-1, CIFAR_RECORD)
    planes = records[:, 1:].reshape(-1, 3, 32, 32)
    return planes.transpose(0, 2, 3, 1).reshape(len(records), -1), _labels(records[:, 0], name)
