"""The data of the lessons: two small sets that are always there, three large ones that are fetched once.

``load("mnist")`` looks in the folder that ``COURSEKIT_DATA`` names, then in the cache, then asks the mirrors. Files of
the cache and of the mirrors are used only if their SHA-256 is the published one.
"""

import difflib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from coursekit.datasets import _fetch
from coursekit.datasets._formats import DatasetError, read_idx
from coursekit.datasets._looks import MEAN_IMAGES, Likeness, fingerprint, likeness
from coursekit.datasets._registry import EMBEDDED, REMOTE

__all__ = [
    "MEAN_IMAGES",
    "Availability",
    "Dataset",
    "DatasetError",
    "FileStatus",
    "Likeness",
    "available",
    "fetch",
    "fingerprint",
    "likeness",
    "load",
    "read_idx",
    "verify",
]

DatasetError.__module__ = __name__  # the name under which a traceback shows it


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Examples and labels, for training and for testing. The arrays are read-only: ``X.copy()`` is yours to change.

    Parameters
    ----------
    X_train : ndarray of shape (m, n)
        One example a row: uint8 pixels for MNIST, Fashion-MNIST and CIFAR-10, float64 for the others. A row of
        colour pixels is height x width x channel.
    y_train : ndarray of int64, shape (m,)
        Labels in ``0..k-1``.
    X_test, y_test : ndarray
        The same for the test examples.
    class_names : tuple of str
        What the k labels stand for.
    image_shape : tuple of int or None
        The shape that makes a picture of a row; None where a row is no picture.
    source : str
        What this is, and where it was found.
    """

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple
    image_shape: tuple | None
    source: str

    def __post_init__(self):
        for name in ("X_train", "y_train", "X_test", "y_test"):
            array = getattr(self, name).view()
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    def __repr__(self):
        m, n = self.X_train.shape
        return (
            f"Dataset({m} training and {len(self.X_test)} test examples of {n} features, "
            f"{len(self.class_names)} classes; {self.source})"
        )


class Availability(NamedTuple):
    """Where a set would come from.

    Parameters
    ----------
    name : str
        The set.
    place : {"COURSEKIT_DATA", "cache", "embedded", "absent"}
        Where `load` would find it.
    detail : str
        What it is, and what is missing.
    bytes : int
        What its files take on the disk.
    """

    name: str
    place: str
    detail: str
    bytes: int


class FileStatus(NamedTuple):
    """What became of a file of a set.

    Parameters
    ----------
    file : str
        Its name.
    status : {"ok", "differs", "damaged", "absent"}
        A file that differs can be read, but is not the published one.
    """

    file: str
    status: str


def load(name, *, fallback=False):
    """Return a data set by name.

    Parameters
    ----------
    name : {"mnist", "fashion_mnist", "cifar10", "digits", "iris"}
        Which one.
    fallback : bool, default=False
        If a large set is not on this machine, take its embedded stand-in, of the same shapes, dtype and range of
        values, instead of downloading it; and print which of the two this is.

    Returns
    -------
    Dataset
        The same arrays on every call and every machine.

    Raises
    ------
    DatasetError
        If there is no such set, no way to get it, or a file of it in ``COURSEKIT_DATA`` is damaged.

    Warns
    -----
    UserWarning
        If files in ``COURSEKIT_DATA`` are not the published ones (a subset, say), or one in the cache was damaged.

    Examples
    --------
    >>> digits = load("digits")
    >>> digits
    Dataset(1437 training and 360 test examples of 64 features, 10 classes; scikit-learn's digits)
    >>> digits.X_train[0].reshape(digits.image_shape).shape
    (8, 8)
    """
    spec = _spec("load", name)
    dataset = _from_code(spec, spec.title) if name in EMBEDDED else _from_files(spec, fallback)
    if fallback:
        missed = "" if name in EMBEDDED or "stand-in" not in dataset.source else _fetch.not_in_folder(spec)
        print("; ".join(filter(None, (f"{name}: {dataset.source}", missed))))
    return dataset


def available():
    """Return where each set would come from now.

    Files are looked into only where they have no folder of their own: another set may have the same names.

    Returns
    -------
    list of Availability
        One row a set; ``bytes`` is what its files take on the disk.

    Examples
    --------
    >>> available()[0]
    Availability(name='digits', place='embedded', detail="scikit-learn's digits", bytes=0)
    """
    embedded = [Availability(name, "embedded", spec.title, 0) for name, spec in EMBEDDED.items()]
    return embedded + [_availability(remote) for remote in REMOTE.values()]


def fetch(name, *, progress=True):
    """Download a set into the cache, unless it is there already.

    Parameters
    ----------
    name : str
        As for `load`.
    progress : bool, default=True
        Whether to show a progress bar on stderr.

    Returns
    -------
    str
        One sentence that says what was done.

    Raises
    ------
    DatasetError
        If no mirror gives the set, or the cache cannot be written.

    Examples
    --------
    >>> fetch("iris")
    'iris comes with scikit-learn; there is nothing to fetch.'
    """
    remote = _spec("fetch", name)
    if name in EMBEDDED:
        return f"{name} comes with scikit-learn; there is nothing to fetch."
    if _fetch.from_cache(remote):
        return f"{name} is in the cache already, and whole."
    _fetch.from_mirrors(remote, progress=progress)
    return f"{name} is now in the cache."


def verify(name):
    """Compare the files of a set, where `load` would find them, with the published checksums.

    Parameters
    ----------
    name : str
        As for `load`.

    Returns
    -------
    list of FileStatus
        One row a file.

    Raises
    ------
    DatasetError
        If there is no such set.

    Examples
    --------
    >>> verify("iris")
    [FileStatus(file='scikit-learn', status='ok')]
    """
    spec = _spec("verify", name)
    if name in EMBEDDED:
        return [FileStatus("scikit-learn", "ok")]
    layout = _fetch.layout_in_folder(spec) or _fetch.layout_in_cache(spec)
    return [FileStatus(path.name if path else file.name, _status(spec, file, path)) for file, path in layout]


def _spec(where, name):
    """Return what the registry knows of a set."""
    known = EMBEDDED | REMOTE
    if name in known:
        return known[name]
    close = difflib.get_close_matches(str(name).lower().replace("-", "_"), known, n=1)
    meant = f' Did you mean "{close[0]}"?' if close else ""
    raise DatasetError(f"{where}: there is no data set {name!r}.{meant} There are: {', '.join(known)}.")


def _from_code(spec, source):
    """Return a set that needs no file."""
    return Dataset(*spec.make(), spec.class_names, spec.image_shape, source)


def _from_files(remote, fallback):
    """Return a large set from the first place that has it, or its stand-in."""
    found = _fetch.from_folder(remote) or _fetch.from_cache(remote)
    if found is None and fallback:
        return _from_code(remote.stand_in, f"the embedded stand-in: {remote.stand_in.title}")
    found = found or _fetch.from_mirrors(remote)
    arrays = remote.parse(found.contents)
    if found.differing:
        names = ", ".join(found.differing)
        _fetch.warn(f"{remote.name}: COURSEKIT_DATA has not the published files, but these are used: {names}.")
    return Dataset(*arrays, remote.class_names, remote.image_shape, f"{remote.title}, {found.place}")


def _availability(remote):
    """Return where a large set would come from."""
    place, layout = "COURSEKIT_DATA", _fetch.layout_in_folder(remote)
    if layout is None:
        place, layout = "cache", _fetch.layout_in_cache(remote)
    missing = [file.name for file, path in layout if path is None]
    if missing and place == "cache":
        missed = _fetch.not_in_folder(remote)
        detail = "; ".join(filter(None, (f"{remote.title}, {remote.megabytes} MB to download", missed)))
        return Availability(remote.name, "absent", detail, 0)
    detail = f"{remote.title}, but not whole: {', '.join(missing)} missing" if missing else remote.title
    return Availability(remote.name, place, detail, sum(path.stat().st_size for _, path in layout if path))


def _status(remote, file, path):
    """Return what became of one file."""
    if path is None:
        return "absent"
    try:
        data, genuine = _fetch.unpack(file, path.name, _fetch.read_bytes(path, path.name))
        if not genuine:
            remote.read(data, name=path.name)
    except DatasetError:
        return "damaged"
    return "ok" if genuine else "differs"
