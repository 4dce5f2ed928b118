"""The data: every set has the promised shape, and no fault leaves a file behind that a later run would trust."""

import errno
import gzip
import hashlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import tarfile
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from coursekit import datasets
from coursekit.datasets import DatasetError, _fetch, _formats, _registry

REAL_DATA = os.environ.get("COURSEKIT_DATA")
ROOT = Path(__file__).parents[1]


# A set of 7 training and 5 test images that stands for MNIST, and a mirror for it


def idx(array):
    """Return the bytes of an IDX file."""
    code = {dtype: code for code, dtype in _formats.IDX_DTYPES.items()}[array.dtype.str.lstrip("|")]
    return bytes([0, 0, code, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.tobytes()


def tiny_arrays():
    """Return train images, train labels, test images, test labels."""
    rng = np.random.default_rng(0)
    parts = ((rng.integers(0, 256, (m, 28, 28), np.uint8), np.arange(m, dtype=np.uint8)) for m in (7, 5))
    return [array for part in parts for array in part]


NAMES = [file.name for file in _registry.REMOTE["mnist"].files]
PLAIN = dict(zip(NAMES, map(idx, tiny_arrays()), strict=True))
PACKED = {name: gzip.compress(raw, mtime=0) for name, raw in PLAIN.items()}
IMAGES, LABELS = NAMES[:2]
PAGE = b"<!DOCTYPE html><title>Sign in to the campus network</title>"


def register(*mirrors):
    """Put the set into the registry as "tiny"."""
    files = tuple(_registry.File(name, hashlib.sha256(raw).hexdigest(), of_content=True) for name, raw in PLAIN.items())
    mnist = _registry.REMOTE["mnist"]
    _registry.REMOTE["tiny"] = replace(mnist, name="tiny", title="Tiny", files=files, mirrors=mirrors)


class Mirror:
    """A web server: `answers` holds per file the bytes to send, a status, or a function of the handler."""

    def __init__(self, port):
        self.url, self.answers, self.asked = f"http://127.0.0.1:{port}/", dict(PACKED), []

    def answer(self, handler):
        """Send what is laid down for the file."""
        name = handler.path.rpartition("/")[2]
        self.asked.append(name)
        answer = self.answers.get(name, 404)
        if callable(answer):
            answer = answer(handler)
        if isinstance(answer, int):
            handler.send_error(answer)
        elif answer is not None:
            send(handler, answer, len(answer))


def send(handler, body, length):
    """Send a body, and promise a length that need not be its own."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.wfile.flush()


def broken_off(handler):
    """Promise the whole file, and send a half of it."""
    send(handler, PACKED[IMAGES][:2000], len(PACKED[IMAGES]))


@contextmanager
def serving():
    """Run a mirror on a free port of the loopback while the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            mirror.answer(self)

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        mirror = Mirror(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield mirror
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def empty_machine(tmp_path, monkeypatch):
    """Start every test with no data folder, an empty cache, and a set that no mirror has."""
    monkeypatch.delenv("COURSEKIT_DATA", raising=False)
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(_fetch, "TIMEOUT", 10)
    monkeypatch.setitem(_registry.REMOTE, "tiny", None)  # so that what `register` puts there is undone
    register()


@pytest.fixture
def mirror():
    """Return a mirror that has the set."""
    with serving() as mirror:
        register(mirror.url)
        yield mirror


@pytest.fixture
def cache(tmp_path):
    """Return where the cache keeps the set."""
    return tmp_path / "cache" / "tiny"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the set's folder in a COURSEKIT_DATA that holds all of it."""
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path / "data"))
    return fill(tmp_path / "data" / "tiny")


def fill(folder, files=PACKED):
    """Write the files into a new folder and return it."""
    folder.mkdir(parents=True)
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return folder


def assert_whole(dataset):
    """Assert that this is the tiny set, to the last pixel."""
    X_train, y_train, X_test, y_test = tiny_arrays()
    assert np.array_equal(dataset.X_train, X_train.reshape(7, 784)) and np.array_equal(dataset.y_train, y_train)
    assert np.array_equal(dataset.X_test, X_test.reshape(5, 784)) and np.array_equal(dataset.y_test, y_test)


def assert_untouched(cache):
    """Assert that the cache holds no file at all, whole or in part."""
    assert [path for path in cache.parent.rglob("*") if path.is_file()] == []


def assert_repaired(cache):
    """Assert that the cache holds the four files, all of them genuine, and nothing else."""
    assert sorted(path.name for path in cache.parent.rglob("*")) == sorted([*NAMES, "tiny"])
    assert {status for _, status in datasets.verify("tiny")} == {"ok"}


# Formats


@pytest.mark.parametrize("dtype", _formats.IDX_DTYPES.values())
def test_read_idx_gives_back_what_was_written(dtype):
    """Each of the six types comes back in the machine's own byte order, with shape and values."""
    array = np.arange(24).astype(dtype).reshape(2, 3, 4)
    read = datasets.read_idx(idx(array))
    assert np.array_equal(read, array) and read.dtype.isnative and read.dtype == array.dtype.newbyteorder("=")


@pytest.mark.parametrize("files", [PLAIN, PACKED], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", [str, Path])
def test_read_idx_takes_a_path(tmp_path, files, kind):
    """A str or a Path does, packed or not."""
    (tmp_path / "images").write_bytes(files[IMAGES])
    assert np.array_equal(datasets.read_idx(kind(tmp_path / "images")), tiny_arrays()[0])


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (PAGE, "images is not an IDX file: this looks like a web page"),
        (b"", "images is not an IDX file: it is empty"),
        (b"\0\0\x08", "not an IDX file: it has 3 bytes"),
        (b"\0\0\x08\x03\0\0\0\x07\0\0", "not an IDX file: it has 10 bytes"),
        (b"\0\0\x07" + PLAIN[IMAGES][3:], r"starts with b'\\x00\\x00\\x07"),
        (PLAIN[IMAGES][:-1], r"images is damaged: its header promises shape \(7, 28, 28\), 5504 bytes in all.* 5503"),
        (PLAIN[IMAGES] + b"\0", "5504 bytes in all; it has 5505"),
        (PACKED[IMAGES][:-9], "images is a damaged gzip file .*cut short"),
        (PACKED[IMAGES][:90] + b"\xff\xff\xff\xff" + PACKED[IMAGES][94:], "images is a damaged gzip file"),
    ],
    ids=["page", "empty", "stub", "header", "dtype", "short", "long", "gzip cut", "gzip bits"],
)
def test_read_idx_refuses(raw, message):
    """What is no whole IDX file is named, with what it looks like."""
    with pytest.raises(DatasetError, match=message):
        datasets.read_idx(raw, name="images")


def test_read_idx_names_a_file_that_cannot_be_read(tmp_path):
    """A path that leads nowhere is a DatasetError, too."""
    with pytest.raises(DatasetError, match=r"^nowhere cannot be read: No such file"):
        datasets.read_idx(tmp_path / "nowhere")


# COURSEKIT_DATA


@pytest.mark.parametrize("files", [PLAIN, PACKED], ids=["plain bytes", "gzip"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_the_folder_is_read(tmp_path, monkeypatch, files, suffix):
    """Genuine files load without a warning, with or without gzip."""
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path))
    fill(tmp_path / "tiny", {name.removesuffix(".gz") + suffix: raw for name, raw in files.items()})
    dataset = datasets.load("tiny")
    assert_whole(dataset)
    assert dataset.source == "Tiny, from COURSEKIT_DATA"
    assert repr(dataset) == (
        "Dataset(7 training and 5 test examples of 784 features, 10 classes; Tiny, from COURSEKIT_DATA)"
    )


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Return an empty folder that COURSEKIT_DATA names."""
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.mark.parametrize(
    "place",
    [
        "tiny/{0}",
        "mnist_data/{0}",
        "MNIST_data/{0}",
        "MNIST/raw/{0}",
        "MNIST/{0}",
        "{0}",
        "raw/{0}",
        "MNIST/{0}/{0}",
        "{0}/{0}",
    ],
)
@pytest.mark.parametrize("called", [lambda name: name, lambda name: name.replace("-idx", ".idx")], ids=["dash", "dot"])
@pytest.mark.parametrize("packed", [True, False])
def test_files_are_found_where_people_keep_them(data, place, called, packed):
    """The lab's own folder, torchvision's, the files alone, a folder for each file; packed or not; a dash or a dot."""
    for name, raw in (PACKED if packed else PLAIN).items():
        plain = called(name).removesuffix(".gz")
        path = data / place.rsplit("{0}", 1)[0].format(plain) / (plain + ".gz" * packed)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    assert_whole(datasets.load("tiny"))
    assert {row.status for row in datasets.verify("tiny")} == {"ok"}


@pytest.mark.parametrize("place", ["tiny", "mnist_data", "."])
def test_one_npz_is_read(data, place):
    """As Keras hands MNIST out; a damaged one is named."""
    path = data / place / "mnist.npz"
    path.parent.mkdir(exist_ok=True)
    arrays = dict(zip(("x_train", "y_train", "x_test", "y_test"), tiny_arrays(), strict=True))
    np.savez(path, **arrays)
    assert_whole(datasets.load("tiny"))
    if place == "tiny":
        path.write_bytes(path.read_bytes()[:500])
        with pytest.raises(DatasetError, match=r"mnist\.npz has no readable array x_train"):
            datasets.load("tiny")


def test_where_two_sets_have_the_same_names_only_the_published_files_count(data, capsys):
    """Files without a folder of their own may be Fashion-MNIST's: another set's are not taken for this one."""
    for name in NAMES:
        (data / name).write_bytes(gzip.compress(idx(np.zeros((3, 28, 28) if "images" in name else 3, np.uint8))))
    datasets.load("tiny", fallback=True)
    said = capsys.readouterr().out
    assert "the embedded stand-in" in said and "COURSEKIT_DATA is set, but" in said


def test_what_was_looked_for_is_told(data, mirror, capsys):
    """By load with a stand-in, by load without, and by the list; where the variable is not set nobody speaks of it."""
    mirror.answers = {}
    looked = f"there is no COURSEKIT_DATA/tiny/{NAMES[0]} in it"
    datasets.load("tiny", fallback=True)
    assert looked in capsys.readouterr().out
    with pytest.raises(DatasetError) as error:
        datasets.load("tiny")
    assert looked in str(error.value)
    assert looked in next(row.detail for row in datasets.available() if row.name == "tiny")


def test_a_folder_that_is_not_named_is_not_spoken_of(capsys):
    """Without COURSEKIT_DATA."""
    datasets.load("tiny", fallback=True)
    assert "COURSEKIT_DATA" not in capsys.readouterr().out


def test_a_subset_is_used_with_a_warning_that_names_it(folder, capsys):
    """An instructor's three images load; the warning names the two files, and no path of the machine."""
    images, labels, *_ = tiny_arrays()
    (folder / IMAGES).write_bytes(gzip.compress(idx(images[:3])))
    (folder / LABELS).write_bytes(gzip.compress(idx(labels[:3])))
    with pytest.warns(UserWarning, match=f"tiny: COURSEKIT_DATA has not .* used: {IMAGES}, {LABELS}.$") as caught:
        dataset = datasets.load("tiny", fallback=True)
    assert dataset.X_train.shape == (3, 784) and len(dataset.X_test) == 5
    assert (caught[0].filename, len(caught)) == ("coursekit.datasets", 1) and "/" not in str(caught[0].message)
    assert capsys.readouterr().out == "tiny: Tiny, from COURSEKIT_DATA (not the published files)\n"
    assert [status for _, status in datasets.verify("tiny")] == ["differs", "differs", "ok", "ok"]


FAULTS_OF_A_FOLDER = {
    "gzip cut": (IMAGES, PACKED[IMAGES][:3000], f"COURSEKIT_DATA/tiny/{IMAGES} is a damaged gzip file"),
    "idx cut": (IMAGES, PLAIN[IMAGES][:3000], f"COURSEKIT_DATA/tiny/{IMAGES} is damaged: its header promises"),
    "empty": (LABELS, b"", f"{LABELS} is not an IDX file: it is empty"),
    "page": (LABELS, PAGE, f"{LABELS} is not an IDX file: this looks like a web page"),
    "lengths": (LABELS, PLAIN[NAMES[3]], f"{IMAGES} holds 7 images, but .*{LABELS} holds 5 labels"),
    "swapped": (IMAGES, PLAIN[LABELS], rf"{IMAGES} must hold \(m, 28, 28\) images .* it holds \(7,\) of uint8"),
    "no image": (IMAGES, idx(np.zeros((0, 28, 28), np.uint8)), "must hold .* m > 0"),
    "images for labels": (LABELS, PLAIN[IMAGES], rf"{LABELS} must hold \(m,\) uint8 labels"),
    "label 10": (LABELS, idx(np.full(7, 10, np.uint8)), f"{LABELS} must hold labels in 0..9; it holds a 10"),
}


@pytest.mark.parametrize("fallback", [False, True])
@pytest.mark.parametrize(("name", "raw", "message"), FAULTS_OF_A_FOLDER.values(), ids=FAULTS_OF_A_FOLDER)
def test_a_damaged_file_in_the_folder_is_an_error(folder, name, raw, message, fallback):
    """Whoever set COURSEKIT_DATA wants that data: damage is said, never papered over, and never repaired."""
    (folder / name).write_bytes(raw)
    with pytest.raises(DatasetError, match=message):
        datasets.load("tiny", fallback=fallback)
    assert (folder / name).read_bytes() == raw


def test_a_part_of_a_set_in_the_folder_is_an_error(folder):
    """The error names the file that is missing; `available` says so, too."""
    (folder / LABELS).unlink()
    with pytest.raises(DatasetError, match=f"tiny: COURSEKIT_DATA holds only a part of it; missing: {LABELS}"):
        datasets.load("tiny", fallback=True)
    assert datasets.available()[-1].detail == f"Tiny, but not whole: {LABELS} missing"


@pytest.mark.parametrize("act", [lambda: datasets.load("tiny", fallback=True), datasets.available])
def test_a_folder_that_is_none_is_an_error(monkeypatch, tmp_path, act):
    """A typing error in COURSEKIT_DATA is not taken for absent data."""
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path / "dtaa"))
    with pytest.raises(DatasetError, match=r"COURSEKIT_DATA names '.*dtaa', which is not a folder"):
        act()


def test_places_are_tried_in_order(folder, cache, mirror):
    """COURSEKIT_DATA, then the cache, then the mirrors; a place is not asked when one before has the set."""
    fill(cache)
    assert datasets.load("tiny").source == "Tiny, from COURSEKIT_DATA"
    for path in folder.iterdir():
        path.unlink()
    assert datasets.load("tiny").source == "Tiny, from the cache"
    assert mirror.asked == []
    for path in cache.iterdir():
        path.unlink()
    assert datasets.load("tiny").source == "Tiny, downloaded"
    assert mirror.asked == NAMES


# The cache

FAULTS_OF_A_FILE = {
    "gzip cut": PACKED[IMAGES][:3000],
    "idx cut": PLAIN[IMAGES][:3000],
    "bits": gzip.compress(PLAIN[IMAGES][:-1] + b"\x01"),
    "page": PAGE,
    "empty": b"",
}


@pytest.mark.parametrize("raw", FAULTS_OF_A_FILE.values(), ids=FAULTS_OF_A_FILE)
def test_a_bad_file_in_the_cache_is_fetched_anew(cache, mirror, raw):
    """It is never used: the warning names it, and only that file is downloaded."""
    (fill(cache) / IMAGES).write_bytes(raw)
    with pytest.warns(UserWarning, match=f"tiny: {IMAGES} in the cache is damaged"):
        assert_whole(datasets.load("tiny"))
    assert mirror.asked == [IMAGES]
    assert_repaired(cache)


@pytest.mark.parametrize("raw", FAULTS_OF_A_FILE.values(), ids=FAULTS_OF_A_FILE)
def test_a_bad_file_in_the_cache_gives_way_to_the_stand_in(cache, mirror, raw, capsys):
    """With ``fallback`` the file is removed and the stand-in taken, and both are said; nobody is asked."""
    (fill(cache) / IMAGES).write_bytes(raw)
    with pytest.warns(UserWarning, match=f"{IMAGES} in the cache is damaged"):
        assert len(datasets.load("tiny", fallback=True).X_train) == 1500
    assert capsys.readouterr().out.startswith("tiny: the embedded stand-in")
    assert mirror.asked == [] and not (cache / IMAGES).exists()


def test_a_bad_file_in_a_read_only_cache_is_not_used(cache, monkeypatch):
    """Where it cannot be removed, it is refused each time."""
    (fill(cache) / IMAGES).write_bytes(PAGE)
    monkeypatch.setattr(Path, "unlink", raising(errno.EROFS))
    for _ in range(2):
        with pytest.warns(UserWarning, match="is damaged"):
            assert "stand-in" in datasets.load("tiny", fallback=True).source


def raising(code):
    """Return a function that fails as the system does."""

    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    return fail


# The mirrors

BAD_ANSWERS = {
    "404": (404, "HTTP 404"),
    "500": (500, "HTTP 500"),
    "broken off": (broken_off, "the connection broke off"),
    "page": (PAGE, "sent a web page"),
    "another file": (PACKED[LABELS], "sent a file with another SHA-256"),
    "gzip cut": (PACKED[IMAGES][:3000], "sent a damaged file"),
    "idx cut": (PLAIN[IMAGES][:3000], "sent a file with another SHA-256"),
}


@pytest.mark.parametrize(("answer", "said"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_the_next_mirror_is_tried(cache, mirror, answer, said):
    """When the first mirror fails, the second gives the file, and goes first for the files that follow."""
    mirror.answers[IMAGES] = answer
    with serving() as second:
        register(mirror.url, second.url)
        assert_whole(datasets.load("tiny"))
        assert (mirror.asked, second.asked) == ([IMAGES], NAMES)
    assert_repaired(cache)


@pytest.mark.parametrize(("answer", "said"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_what_each_mirror_answered_is_said(cache, mirror, answer, said):
    """The error holds the answers and the three ways out; the cache stays empty; the next run succeeds."""
    mirror.answers[IMAGES] = answer
    register(mirror.url, closed_port())
    with pytest.raises(DatasetError) as error:
        datasets.load("tiny")
    assert f"{mirror.url}{IMAGES}: {said}\n" in str(error.value)
    assert re.search(rf"{IMAGES}: cannot be reached\n", str(error.value))
    for way in (f"COURSEKIT_DATA to a folder that holds tiny/{IMAGES}", "coursekit data fetch tiny", "fallback=True"):
        assert way in str(error.value)
    assert_untouched(cache)
    mirror.answers[IMAGES] = PACKED[IMAGES]
    assert_whole(datasets.load("tiny"))
    assert_repaired(cache)


def closed_port():
    """Return an address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def test_a_mirror_that_falls_silent_is_given_up(cache, mirror, monkeypatch):
    """A mirror that takes the request and says nothing costs its timeout, not the lesson."""
    done = threading.Event()
    mirror.answers[IMAGES] = lambda _: done.wait(30) and None
    monkeypatch.setattr(_fetch, "TIMEOUT", 0.2)
    with pytest.raises(DatasetError, match=f"{IMAGES}: no answer in time"):
        datasets.load("tiny")
    done.set()
    assert_untouched(cache)


def test_a_gzip_that_the_web_server_unpacks_is_genuine_still(cache, mirror):
    """The checksum of MNIST is that of the content, so plain bytes under the name of a .gz do."""
    mirror.answers.update(PLAIN)
    assert_whole(datasets.load("tiny"))
    assert_whole(datasets.load("tiny"))
    assert mirror.asked == NAMES


def test_fallback_asks_no_mirror(mirror, capsys):
    """A lesson must not wait for a network: the stand-in is taken at once, and said in one line."""
    source = datasets.load("tiny", fallback=True).source
    assert source == "the embedded stand-in: scikit-learn's digits zoomed to 28 x 28"
    assert capsys.readouterr().out == f"tiny: {source}\n"
    assert mirror.asked == []


def test_fetch_shows_its_progress(mirror, capsys, monkeypatch):
    """The bar names the file, on stderr; ``progress=False`` is silent."""
    monkeypatch.setitem(mirror.answers, IMAGES, slow)
    datasets.fetch("tiny")
    assert IMAGES in capsys.readouterr().err


def slow(handler):
    """Send a half of the file, and the rest after the bar has appeared."""
    body = PACKED[IMAGES]
    send(handler, body[:2000], len(body))
    threading.Event().wait(0.5)
    handler.wfile.write(body[2000:])


def test_fetch_says_what_it_did(mirror, cache, capsys):
    """It fills the cache once, and repairs it."""
    assert datasets.fetch("tiny", progress=False) == "tiny is now in the cache."
    assert datasets.fetch("tiny") == "tiny is in the cache already, and whole."
    assert mirror.asked == NAMES
    (cache / LABELS).unlink()
    assert datasets.fetch("tiny", progress=False) == "tiny is now in the cache."
    assert mirror.asked == [*NAMES, LABELS]
    assert capsys.readouterr() == ("", "")
    assert_repaired(cache)


# A cache that cannot be written


def test_a_cache_that_cannot_exist_is_named(tmp_path, mirror, monkeypatch):
    """A cache below a regular file binds even the superuser: the error names the variable to set."""
    (tmp_path / "file").write_text("I am no folder.")
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(DatasetError, match=r"cannot be kept in the cache: Not a directory.*set COURSEKIT_CACHE"):
        datasets.load("tiny")
    assert mirror.asked == []
    assert "stand-in" in datasets.load("tiny", fallback=True).source


def test_a_read_only_cache_is_an_error_only_when_it_must_be_written(cache, mirror, monkeypatch):
    """Nothing can be downloaded into it, but what it holds is read."""
    monkeypatch.setattr(_fetch, "TemporaryDirectory", raising(errno.EROFS))
    with pytest.raises(DatasetError, match="cannot be kept in the cache: Read-only file system"):
        datasets.load("tiny")
    cache.rmdir()
    fill(cache)
    assert_whole(datasets.load("tiny"))


def test_a_full_disk_is_no_fault_of_the_mirror(cache, mirror, monkeypatch):
    """The second mirror is not asked, the half file is gone, and the next run has it all."""
    import pooch

    def half(_, url, path, __):
        Path(path).write_bytes(PACKED[IMAGES][:2000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    register(mirror.url, mirror.url)
    with monkeypatch.context() as full:
        full.setattr(pooch.HTTPDownloader, "__call__", half)
        with pytest.raises(DatasetError, match=r"No space left on device\. It needs 12 MB: free some space"):
            datasets.load("tiny")
    assert_untouched(cache)
    assert_whole(datasets.load("tiny"))
    assert_repaired(cache)


def python(code, *before):
    """Start another Python in which the set is registered as here; `before` are the words before its command."""
    setup = f"from tests import test_datasets as t; t.register(*{_registry.REMOTE['tiny'].mirrors!r})\n"
    code = setup + "from coursekit import datasets\n" + code
    return subprocess.Popen(
        [*before, sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def output(process):
    """Return what a process printed, after its good end."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


FETCH = """
try:
    print(datasets.fetch("tiny", progress=False))
except datasets.DatasetError as error:
    print(error)
"""


def test_a_limit_on_file_size_leaves_nothing_behind(cache, mirror):
    """Where the system lets no file grow beyond 2000 bytes, the download says so, and nothing stays."""
    pytest.importorskip("resource")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    assert f"{IMAGES} cannot be kept in the cache: File too large" in output(python(limit + FETCH))
    assert_untouched(cache)
    assert datasets.fetch("tiny", progress=False) == "tiny is now in the cache."
    assert_repaired(cache)


def test_a_disk_that_is_really_full_leaves_nothing_behind(cache, mirror):
    """On a file system of one page the first file does not fit: no space is said, and no half file stays."""
    cache.parent.mkdir()
    mount = ["unshare", "-m", "sh", "-c", f'mount -t tmpfs -o size=4k none "{cache.parent}" && exec "$@"', "sh"]
    if subprocess.run([*mount, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system: a really full disk not tested")
    listing = f"from pathlib import Path; print([p for p in Path({str(cache.parent)!r}).rglob('*') if p.is_file()])"
    out = output(python(FETCH + listing, *mount))
    assert f"{IMAGES} cannot be kept in the cache: No space left on device" in out
    assert out.endswith("[]\n")


# Other processes


def test_two_processes_fetch_at_once(cache, mirror):
    """Both are in the middle of the same file at the same time; both succeed, and the cache is whole."""
    both = threading.Barrier(2, timeout=60)

    def together(handler):
        send(handler, PACKED[IMAGES][:2000], len(PACKED[IMAGES]))
        both.wait()
        handler.wfile.write(PACKED[IMAGES][2000:])

    mirror.answers[IMAGES] = together
    processes = [python(FETCH) for _ in range(2)]
    assert [output(process) for process in processes] == ["tiny is now in the cache.\n"] * 2
    assert mirror.asked.count(IMAGES) == 2
    assert_repaired(cache)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here: a killed download not tested")
def test_a_killed_download_is_never_trusted(cache, mirror):
    """What a killed process leaves is not a file of the set; the next run fetches, and a day later it is swept."""
    started, killed = threading.Event(), threading.Event()

    def hang(handler):
        send(handler, PACKED[IMAGES][:2000], len(PACKED[IMAGES]))
        started.set()
        killed.wait(60)

    mirror.answers[IMAGES] = hang
    process = python(FETCH)
    assert started.wait(60)
    process.kill()
    process.communicate(timeout=60)
    killed.set()
    assert not list(cache.iterdir())
    (left,) = cache.parent.glob(".fetch-*")
    os.utime(left, (0, 0))
    mirror.answers[IMAGES] = PACKED[IMAGES]
    assert_whole(datasets.load("tiny"))
    assert_repaired(cache)


def test_the_download_of_another_process_is_left_alone(cache, mirror):
    """Only what is older than a day is swept."""
    (cache.parent / ".fetch-young").mkdir(parents=True)
    datasets.load("tiny")
    assert (cache.parent / ".fetch-young").is_dir()


# CIFAR-10


def cifar_batches():
    """Return the six batches, of 1 to 6 images, by name."""
    rng = np.random.default_rng(0)
    records = (rng.integers(0, 256, (m, 3073), np.uint8) for m in range(1, 7))
    batches = {}
    for name, record in zip(_formats.CIFAR_BATCHES, records, strict=True):
        record[:, 0] %= 10
        batches[name] = record.tobytes()
    return batches


def tar_gz(files):
    """Return an archive as the original one is laid out."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, raw in files.items():
            member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            member.size = len(raw)
            tar.addfile(member, io.BytesIO(raw))
    return buffer.getvalue()


ARCHIVE = "cifar-10-binary.tar.gz"


@pytest.mark.parametrize(
    "files",
    [
        {f"cifar10/{ARCHIVE}": tar_gz(cifar_batches())},
        {ARCHIVE: tar_gz(cifar_batches())},
        {f"cifar10/{name}": raw for name, raw in cifar_batches().items()},
        {f"cifar-10-batches-bin/{name}": raw for name, raw in cifar_batches().items()},
    ],
    ids=["archive", "archive beside", "batches", "batches as unpacked"],
)
def test_cifar10_is_read_from_its_binary_version(tmp_path, monkeypatch, files):
    """Rows are height x width x channel: the pixel (i, j) of a row is that of the three planes in the file."""
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path))
    for name, raw in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    with pytest.warns(UserWarning, match="cifar10: COURSEKIT_DATA has not the published files"):
        cifar = datasets.load("cifar10")
    assert (cifar.X_train.shape, cifar.X_test.shape, cifar.image_shape) == ((15, 3072), (6, 3072), (32, 32, 3))
    assert (cifar.X_train.dtype, cifar.y_test.dtype) == (np.uint8, np.int64)
    record = np.frombuffer(cifar_batches()["data_batch_2.bin"], np.uint8)[:3073]
    red, green, blue = record[1:].reshape(3, 32, 32)
    image = cifar.X_train[1].reshape(cifar.image_shape)  # the first of the second batch
    assert (red[3, 17], green[3, 17], blue[3, 17]) == tuple(image[3, 17])
    assert cifar.y_train[1] == record[0]


def test_the_archive_is_cached_as_it_is(tmp_path, monkeypatch):
    """CIFAR-10 is one verified file, from the mirror and then from the cache."""
    archive = tar_gz(cifar_batches())
    file = _registry.File(ARCHIVE, hashlib.sha256(archive).hexdigest())
    with serving() as mirror:
        mirror.answers[ARCHIVE] = archive
        small = replace(_registry.REMOTE["cifar10"], files=(file,), mirrors=(mirror.url,))
        monkeypatch.setitem(_registry.REMOTE, "cifar10", small)
        first, second = datasets.load("cifar10"), datasets.load("cifar10")
    assert (first.source, second.source) == ("CIFAR-10, downloaded", "CIFAR-10, from the cache")
    assert np.array_equal(first.X_train, second.X_train) and mirror.asked == [ARCHIVE]
    assert [path.name for path in (tmp_path / "cache" / "cifar10").iterdir()] == [ARCHIVE]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (ARCHIVE, tar_gz(cifar_batches())[:5000], f"cifar10/{ARCHIVE} is a damaged gzip file"),
        (ARCHIVE, gzip.decompress(tar_gz(cifar_batches()))[:20_000], f"{ARCHIVE} is not a whole tar archive"),
        (ARCHIVE, PAGE, f"{ARCHIVE} is not a whole tar archive .*this looks like a web page"),
        (ARCHIVE, tar_gz({"data_batch_1.bin": b"?"}), f"{ARCHIVE} holds no data_batch_2.bin"),
        (ARCHIVE, tar_gz(dict.fromkeys(_formats.CIFAR_BATCHES, b"?")), "data_batch_1.bin is no batch of CIFAR-10"),
        ("test_batch.bin", bytes(3072), "test_batch.bin is no batch of CIFAR-10: 3073 bytes an image do not divide"),
        ("test_batch.bin", b"", "test_batch.bin is no batch.*it is empty"),
        ("test_batch.bin", bytes([10] * 3073), "test_batch.bin must hold labels in 0..9; it holds a 10"),
    ],
    ids=["gzip cut", "tar cut", "page", "batch missing", "batch damaged", "cut", "empty", "label 10"],
)
def test_damage_in_cifar10_is_named(tmp_path, monkeypatch, name, raw, message):
    """Each fault of the archive or of a batch is one error that names the file; `verify` sees it, too."""
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path))
    files = {ARCHIVE: raw} if name == ARCHIVE else cifar_batches() | {name: raw}
    fill(tmp_path / "cifar10", files)
    with pytest.raises(DatasetError, match=message):
        datasets.load("cifar10", fallback=True)
    assert dict(datasets.verify("cifar10"))[name] == "damaged"


# What is embedded


@pytest.mark.parametrize(
    ("name", "counts", "image_shape"),
    [
        ("mnist", (1500, 297), (28, 28)),
        ("fashion_mnist", (1500, 297), (28, 28)),
        ("cifar10", (2000, 500), (32, 32, 3)),
    ],
)
def test_a_stand_in_is_shaped_like_the_set(name, counts, image_shape):
    """Same columns, dtypes, range of values and number of classes; the same arrays each time."""
    first, second = datasets.load(name, fallback=True), datasets.load(name, fallback=True)
    assert (len(first.X_train), len(first.X_test)) == counts
    assert first.X_train.shape[1:] == first.X_test.shape[1:] == (np.prod(image_shape),)
    assert first.image_shape == image_shape == _registry.REMOTE[name].image_shape
    assert {first.X_train.dtype, first.X_test.dtype} == {np.dtype(np.uint8)}
    assert {first.y_train.dtype, first.y_test.dtype} == {np.dtype(np.int64)}
    assert (first.X_train.min(), first.X_train.max()) == (0, 255)
    assert set(first.y_train) == set(first.y_test) == set(range(10)) and len(first.class_names) == 10
    for part in ("X_train", "y_train", "X_test", "y_test"):
        assert np.array_equal(getattr(first, part), getattr(second, part))


def test_zoomed_digits_lie_in_the_middle():
    """As in MNIST, four pixels all around are empty, and the 20 x 20 inside are not."""
    images = datasets.load("mnist", fallback=True).X_train.reshape(-1, 28, 28)
    assert images[:, 4:24, 4:24].sum() == images.sum()
    assert images[:, [4, 23]].any() and images[:, :, [4, 23]].any()


def test_no_example_is_in_both_parts_of_the_digits():
    """The split is a partition of scikit-learn's 1797 digits, each class in the same share."""
    from sklearn.datasets import load_digits

    digits = datasets.load("digits")
    rows = np.concatenate([digits.X_train, digits.X_test])
    assert sorted(map(tuple, rows)) == sorted(map(tuple, load_digits().data))
    assert (rows.dtype, rows.min(), rows.max(), digits.image_shape) == (np.float64, 0, 16, (8, 8))
    assert np.allclose(np.bincount(digits.y_test), np.bincount(digits.y_train) / 4, atol=1)


def test_iris_is_no_picture():
    """150 flowers, 50 a kind, 10 of each kept for the test."""
    iris = datasets.load("iris")
    assert (iris.X_train.shape, iris.X_test.shape, iris.image_shape) == ((120, 4), (30, 4), None)
    assert list(np.bincount(iris.y_test)) == [10, 10, 10]
    assert iris.class_names == ("setosa", "versicolor", "virginica")


def test_coloured_shapes_are_neither_trivial_nor_hopeless_for_a_linear_classifier():
    """Well above chance, since a class leans to a colour; far from perfect, since place, size and ground vary."""
    from sklearn.linear_model import RidgeClassifier

    shapes = datasets.load("cifar10", fallback=True)
    linear = RidgeClassifier(alpha=1e3).fit(shapes.X_train / 255, shapes.y_train)
    assert 0.3 < linear.score(shapes.X_test / 255, shapes.y_test) < 0.8


# The interface


@pytest.mark.parametrize("name", ["digits", "mnist"])
def test_arrays_are_read_only(name):
    """An answer that changes its input in place fails at once instead of spoiling the data."""
    dataset = datasets.load(name, fallback=True)
    for array in (dataset.X_train, dataset.y_train, dataset.X_test, dataset.y_test):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
        assert array.copy().flags.writeable


def test_a_dataset_leaves_the_arrays_it_is_given_writable():
    """Only its own views are frozen."""
    X, y = np.zeros((7, 4)), np.zeros(7, int)
    frozen = datasets.Dataset(X, y, X, y, ("a",), None, "made up")
    X[0] = y[0] = 1
    assert not frozen.X_train.flags.writeable and X.flags.writeable


@pytest.mark.parametrize(
    ("name", "meant"),
    [("fashion-mnist", "fashion_mnist"), ("MNIST", "mnist"), ("cifar-10", "cifar10"), ("irsi", "iris")],
)
@pytest.mark.parametrize("act", [datasets.load, datasets.fetch, datasets.verify])
def test_an_unknown_name_is_met_with_a_guess(act, name, meant):
    """The error names the function, what was given, the name that is close, and all the names."""
    with pytest.raises(
        DatasetError, match=f"^{act.__name__}: .* '{name}'. Did you mean \"{meant}\"\\? There are: digits"
    ):
        act(name)


@pytest.mark.parametrize("name", ["qqq", 5, None])
def test_an_unknown_name_like_no_other_is_met_with_the_list(name):
    """No guess where there is none to make."""
    with pytest.raises(DatasetError, match=rf"no data set {name!r}\. There are: digits, iris, mnist"):
        datasets.load(name)


def test_available_says_where_each_set_would_come_from(cache, tmp_path, monkeypatch):
    """Absent, then in the cache, then in COURSEKIT_DATA, with the bytes that it takes."""
    assert [row.place for row in datasets.available()] == ["embedded"] * 2 + ["absent"] * 4
    assert datasets.available()[-1] == ("tiny", "absent", "Tiny, 12 MB to download", 0)
    fill(cache)
    assert datasets.available()[-1] == ("tiny", "cache", "Tiny", sum(map(len, PACKED.values())))
    fill(tmp_path / "data" / "tiny", PLAIN)
    monkeypatch.setenv("COURSEKIT_DATA", str(tmp_path / "data"))
    assert datasets.available()[-1] == ("tiny", "COURSEKIT_DATA", "Tiny", sum(map(len, PLAIN.values())))


def test_verify_tells_the_four_states_apart(cache):
    """One row a file: genuine, another file, damaged, not there. Looking changes nothing."""
    assert {status for _, status in datasets.verify("tiny")} == {"absent"}
    fill(cache)
    (cache / NAMES[1]).write_bytes(PACKED[NAMES[3]])
    (cache / NAMES[2]).write_bytes(PACKED[NAMES[2]][:500])
    (cache / NAMES[3]).unlink()
    before = {path: path.read_bytes() for path in cache.iterdir()}
    statuses = ["ok", "differs", "damaged", "absent"]
    assert datasets.verify("tiny") == list(zip(NAMES, statuses, strict=True))
    assert {path: path.read_bytes() for path in cache.iterdir()} == before


def test_the_registry_is_well_formed():
    """Checksums are SHA-256 in hexadecimal, all different; addresses are of folders; there are ten classes."""
    sets = [_registry.REMOTE[name] for name in ("mnist", "fashion_mnist", "cifar10")]
    hashes = [file.sha256 for remote in sets for file in remote.files + remote.loose]
    assert all(re.fullmatch("[0-9a-f]{64}", sha256) for sha256 in hashes) and len(set(hashes)) == len(hashes) == 15
    assert all(re.fullmatch(r"https?://.+/", mirror) for remote in sets for mirror in remote.mirrors)
    assert all(len(remote.mirrors) >= 2 and len(remote.class_names) == 10 for remote in sets)


def test_the_import_is_light():
    """Heavy libraries wait until a set is asked for."""
    code = "import sys, coursekit.datasets; print({'scipy', 'sklearn', 'pooch', 'requests', 'tqdm'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# The real thing


@pytest.fixture
def real_data(monkeypatch):
    """Give back the COURSEKIT_DATA that the tests were started with."""
    if not REAL_DATA:
        pytest.skip("COURSEKIT_DATA is not set: real MNIST not tested")
    monkeypatch.setenv("COURSEKIT_DATA", REAL_DATA)
    if {row.name: row.place for row in datasets.available()}["mnist"] != "COURSEKIT_DATA":
        pytest.skip("COURSEKIT_DATA holds no MNIST: real MNIST not tested")


def test_real_mnist(real_data):
    """60000 and 10000 images, genuine to the bit, and the labels that everybody knows."""
    mnist = datasets.load("mnist")
    assert (mnist.X_train.shape, mnist.X_test.shape) == ((60000, 784), (10000, 784))
    assert list(mnist.y_train[:10]) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert list(mnist.y_test[:5]) == [7, 2, 1, 0, 4]
    assert list(np.bincount(mnist.y_train)) == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert (mnist.X_train.dtype, mnist.X_train.min(), mnist.X_train.max()) == (np.uint8, 0, 255)
    assert {status for _, status in datasets.verify("mnist")} == {"ok"}
