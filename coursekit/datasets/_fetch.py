"""Where the files of a set are found: the folder COURSEKIT_DATA, the cache, the mirrors."""

import hashlib
import os
import shutil
import time
import warnings
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from coursekit.agreements import in_browser
from coursekit.datasets._answers import answer
from coursekit.datasets._formats import MEMBERS, DatasetError, gunzip, member, read_bytes

TIMEOUT = (10, 30)  # seconds to connect, and between two pieces


class Found(NamedTuple):
    """The unpacked (name, bytes) of each file of a set, and where they were."""

    contents: list
    place: str
    differing: tuple = ()


class _MirrorError(Exception):
    """What a mirror answered instead of the file."""


def data_folder():
    """Return the folder that COURSEKIT_DATA names, or None when it is not set."""
    named = os.environ.get("COURSEKIT_DATA")
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise DatasetError(
            f"COURSEKIT_DATA names {named!r}, which is not a folder. Set it to the folder that holds "
            "mnist/train-images-idx3-ubyte.gz and its like (an absolute path is safest), or unset it."
        )
    return folder


def cache_folder():
    """Return the folder of what was downloaded: COURSEKIT_CACHE, or the system's place for caches."""
    from platformdirs import user_cache_path

    try:
        return Path(os.environ.get("COURSEKIT_CACHE") or user_cache_path("coursekit")).expanduser()
    except RuntimeError:
        raise DatasetError(
            "this user has no home folder, so there is no place for downloads. Set HOME, or COURSEKIT_CACHE, to a "
            "folder of yours (its whole path)."
        ) from None


def layout_in_folder(remote):
    """Return [(file, path or None)] of the set in COURSEKIT_DATA; None when nothing of it is there."""
    folder = data_folder()
    if folder is None:
        return None
    best = _best(folder, (remote.name, *remote.folders), remote) or _best(folder, remote.shared, remote, _is_genuine)
    return best or None


def _best(folder, places, remote, counts=lambda file, path: True):
    """Return the layout of a set of which most is there, in one of some places; an empty one if nothing is."""
    found = [_layout(folder / place, files) for place in places for files in (remote.files, remote.loose) if files]
    found = [[(file, path if path and counts(file, path) else None) for file, path in layout] for layout in found]
    best = max(found, key=_share_present, default=[])
    return best if best and _share_present(best) else []


def not_in_folder(remote):
    """Return what was looked for in COURSEKIT_DATA, where that is set; an empty text if it is not."""
    if data_folder() is None:
        return ""
    place = f"COURSEKIT_DATA/{remote.name}/{remote.files[0].name}"
    return f"COURSEKIT_DATA is set, but there is no {place} in it, nor the same under another usual name"


def layout_in_cache(remote):
    """Return [(file, path or None)] of the set in the cache."""
    paths = [_cached(remote, file) for file in remote.files]
    return [(file, path if path.is_file() else None) for file, path in zip(remote.files, paths, strict=True)]


def unpack(file, name, raw):
    """Return what is packed in the bytes, and whether they have the published checksum."""
    data = member(raw, file.name) if name.endswith(".npz") else gunzip(raw, name)
    return data, hashlib.sha256(data if file.of_content else raw).hexdigest() == file.sha256


def from_folder(remote):
    """Return the set as COURSEKIT_DATA has it, or None; a part of a set is an error."""
    layout = layout_in_folder(remote)
    if layout is None:
        return None
    if missing := [file.name for file, path in layout if path is None]:
        raise DatasetError(
            f"{remote.name}: COURSEKIT_DATA holds only a part of it; missing: {', '.join(missing)}. "
            "Add what is missing, or take the rest away."
        )
    contents, differing = [], []
    for file, path in layout:
        name = f"COURSEKIT_DATA/{path.relative_to(data_folder()).as_posix()}"
        data, genuine = unpack(file, name, read_bytes(path, name))
        contents.append((name, data))
        differing += [] if genuine else [path.name]
    place = "from COURSEKIT_DATA" + (" (not the published files)" if differing else "")
    return Found(contents, place, tuple(differing))


def from_cache(remote):
    """Return the set as the cache has it, or None when a file is missing or is not the published one."""
    contents = [(file.name, _genuine_in_cache(remote, file)) for file in remote.files]
    return None if any(data is None for _, data in contents) else Found(contents, "from the cache")


def from_mirrors(remote, *, progress=True):
    """Return the set; what the cache lacks is downloaded and kept there."""
    mirrors, contents = list(remote.mirrors), []
    for file in remote.files:
        data = _genuine_in_cache(remote, file)
        if data is None:
            data, mirrors = _download(remote, file, mirrors, progress)
        contents.append((file.name, data))
    return Found(contents, "downloaded")


def warn(message):
    """Warn without the caller's path, which would differ from machine to machine in an output."""
    warnings.warn_explicit(message, UserWarning, filename="coursekit.datasets", lineno=0)


def _layout(folder, files):
    """Return each file with its path in a folder, or None."""
    return [(file, next(filter(Path.is_file, _candidates(folder, file.name)), None)) for file in files]


def _candidates(folder, name):
    """Yield where people keep a file: packed or not, with a dot, in a folder of its own, all in one .npz."""
    plain = name.removesuffix(".gz")
    for base in dict.fromkeys((plain, plain.replace("-idx", ".idx"))):
        for called in dict.fromkeys((base + name[len(plain) :], base)):
            yield folder / called
            yield folder / base / called
    if name in MEMBERS:
        yield folder / "mnist.npz"


def _is_genuine(file, path):
    """Say whether a file is the published one."""
    try:
        return unpack(file, path.name, read_bytes(path, path.name))[1]
    except DatasetError:
        return False


def _share_present(layout):
    """Return which share of a layout's files is there."""
    return sum(path is not None for _, path in layout) / len(layout)


def _cached(remote, file):
    """Return where the cache keeps a file."""
    return cache_folder() / remote.name / file.name


def _genuine_in_cache(remote, file):
    """Return a cached file's content, or None; a file with another checksum is removed."""
    path = _cached(remote, file)
    if not path.is_file():
        return None
    with suppress(DatasetError):
        data, genuine = unpack(file, file.name, read_bytes(path, file.name))
        if genuine:
            return data
    warn(f"{remote.name}: {file.name} in the cache is damaged: it is not used, and removed.")
    with suppress(OSError):  # a cache that is read-only: the file is refused again next time
        path.unlink()
    return None


def _download(remote, file, mirrors, progress):
    """Return a file's content and the mirrors, beginning with the one that gave it."""
    if in_browser():
        raise DatasetError(
            f"{remote.name} is not in this browser, and Python in a browser cannot fetch it. Upload {file.name} (and "
            f"what belongs to it) into a folder {remote.name} beside the notebook, run\n"
            '    import os; os.environ["COURSEKIT_DATA"] = "."\n'
            f'and load it again; or load("{remote.name}", fallback=True) takes {remote.stand_in.title} instead.'
        )
    answers = []
    for i, mirror in enumerate(mirrors):
        try:
            return _from_mirror(remote, file, mirror, progress), mirrors[i:] + mirrors[:i]
        except _MirrorError as answer:
            answers.append(f"\n    {mirror}{file.name}: {answer}")
    raise DatasetError(
        f"{remote.name} is not on this machine, and no mirror gave it:{''.join(answers)}\n"
        f"{_sentence(not_in_folder(remote))}"
        "There are three ways to get it:\n"
        f"  - set COURSEKIT_DATA to a folder that holds {remote.name}/{file.name} (and what belongs to it);\n"
        f"  - run `coursekit data fetch {remote.name}` where there is a network ({remote.megabytes} MB);\n"
        f'  - load("{remote.name}", fallback=True) takes {remote.stand_in.title} instead.'
    )


def _sentence(text):
    """Return a line of its own, where there is a text."""
    return f"{text}.\n" if text else ""


def _from_mirror(remote, file, mirror, progress):
    """Return a file's content; the file goes into the cache only when it is whole and genuine."""
    cache, target = cache_folder(), _cached(remote, file)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(cache)
        with TemporaryDirectory(prefix=".fetch-", dir=cache, ignore_cleanup_errors=True) as folder:
            fresh = Path(folder) / file.name
            _get(mirror + file.name, fresh, progress)
            data = _genuine(file, fresh.read_bytes())
            fresh.replace(target)
            return data
    except OSError as error:
        raise DatasetError(
            f"{remote.name}: {file.name} cannot be kept in the cache: {error.strerror or error}. "
            f"It needs {remote.megabytes} MB: free some space, or set COURSEKIT_CACHE to a folder that you can "
            f'write to. load("{remote.name}", fallback=True) does without.'
        ) from None


def _sweep(cache):
    """Remove what a download left behind that was killed more than a day ago."""
    for folder in cache.glob(".fetch-*"):
        with suppress(OSError):  # it may vanish meanwhile: another process is done with it
            if time.time() - folder.stat().st_mtime > 24 * 3600:
                shutil.rmtree(folder)


def _get(url, path, progress):
    """Write what is at the address into a file, with a progress bar on stderr."""
    import pooch
    import requests
    from tqdm import tqdm

    as_it_is = {"Accept-Encoding": "identity"}  # a .gz is the file, not a way to send it
    try:
        with tqdm(
            desc=path.name, total=1, unit="B", unit_scale=True, leave=False, delay=0.2, disable=not progress
        ) as bar:
            get = pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=TIMEOUT, headers=as_it_is)
            get(url, path, None)
    except OSError as error:  # of requests; of the disk if it names a file
        if error.filename is not None or (error.errno and not isinstance(error, requests.RequestException)):
            raise
        raise _MirrorError(answer(error)) from None


def _genuine(file, raw):
    """Return the content of a downloaded file that has the published checksum."""
    try:
        data, genuine = unpack(file, file.name, raw)
    except DatasetError:
        raise _MirrorError("sent a damaged file") from None
    if not genuine:
        raise _MirrorError("sent a web page" if raw.lstrip()[:1] == b"<" else "sent a file with another SHA-256")
    return data
