"""What is kept is kept whole: verdicts line by line, files in one piece, one grader for each folder."""

import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from gradekit import keeping, lock
from gradekit.keeping import NotWritten, append_whole, write_whole
from gradekit.lock import FolderTaken, locked
from gradekit.store import Store, open_store
from gradekit.verdict import Verdict

RIGHT = Verdict(passed=True, kind="right")
WRONG = Verdict(False, "hint", "told \ud800\n", 1.5, 7, {"seconds": 20.0, "memory": 2**32}, "05: f", ("05-predict",))


def test_verdicts_come_back_as_they_were(tmp_path):
    """Every field, also what no text file can hold as it is."""
    Store(tmp_path / "v.jsonl").add({"a": RIGHT, "b": WRONG})
    store = Store(tmp_path / "v.jsonl")
    assert (store["a"], store.get("b"), store.get("c", 7), "c" in store) == (RIGHT, WRONG, 7, False)
    assert (store.added, store.damaged) == (0, [])


def test_a_line_that_was_cut_off_is_left_out(tmp_path):
    """What a killed grader left unfinished is no verdict, spoils none that is written after it, and is no damage."""
    path = tmp_path / "grades" / "verdicts.jsonl"
    Store(path).add({"a": RIGHT})
    with path.open("ab") as file:
        file.write(b'{"key": "b", "passed": tr')
    store = Store(path)
    assert "a" in store
    assert "b" not in store
    store.add({"c": WRONG})
    again, notes = open_store(path)
    assert again.verdicts == {"a": RIGHT, "c": WRONG} and notes == []
    assert len(path.read_bytes().split(b"\n")) == 4


@pytest.mark.parametrize(
    "line",
    [
        b"", b"[]", b"7", b"null", b"{}", b"\xff\xfe", b'{"key": []}', b'[{"a":' * 9999, b'{"key": "a", "passed": 1}',
        b'{"key": "a", "passed": true}', b'{"key": "a", "passed": true, "kind": 3}',
        b'{"key": "a", "passed": true, "kind": "right", "beside": "f"}',
        b'{"key": "a", "passed": true, "kind": "right", "limits": [1]}',
        b'{"key": "a", "passed": true, "kind": "right", "memory": true}',
        b'{"key": "a", "passed": true, "kind": "right", "seconds": NaN}',
    ],
)  # fmt: skip
def test_a_line_of_anything_is_no_verdict(tmp_path, line):
    """Nor is it the end of the grader."""
    path = tmp_path / "verdicts.jsonl"
    path.write_bytes(line + b"\n" + b'{"key": "b", "passed": true, "kind": "right", "later": 1}\n')
    assert Store(path).verdicts == {"b": RIGHT}


@pytest.mark.parametrize("damage", [b"<<<<<<< HEAD\n", b"\x00" * 30 + b"\n", b"PK\x03\x04rubbish\n"])
def test_a_damaged_file_is_set_aside_and_what_can_be_read_goes_on(tmp_path, damage):
    """It is named with its line, and nothing of it is deleted."""
    path = tmp_path / "verdicts.jsonl"
    Store(path).add({"a": RIGHT})
    with path.open("ab") as file:
        file.write(damage)
    Store(path).add({"b": WRONG})
    before = path.read_bytes()
    store, (note,) = open_store(path)
    assert store.verdicts == {"a": RIGHT, "b": WRONG}
    (aside,) = tmp_path.glob("*unreadable*")
    assert aside.read_bytes() == before and aside.name in note and "line 2 is no verdict" in note
    again, notes = open_store(path)
    assert (again.verdicts, notes) == (store.verdicts, [])


def test_a_file_that_cannot_be_opened_is_set_aside(tmp_path):
    """All is judged again, and the note says so."""
    (tmp_path / "verdicts.jsonl").mkdir()
    store, (note,) = open_store(tmp_path / "verdicts.jsonl")
    assert store.verdicts == {} and "all is judged again" in note and "is a directory" in note
    store.add({"a": RIGHT})
    assert "a" in Store(tmp_path / "verdicts.jsonl")


@pytest.fixture
def synced(monkeypatch):
    """Return the order in which files were written to the disk, moved into place, and folders written to the disk."""
    said, fsync, replace = [], os.fsync, Path.replace

    def noted(number):
        said.append(("fsync", Path(f"/proc/self/fd/{number}").readlink().name))
        fsync(number)

    def moved(self, target):
        said.append(("replace", Path(target).name))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", moved)
    return said


@pytest.mark.skipif(sys.platform != "linux", reason="the order of calls is seen through /proc")
def test_a_file_is_on_the_disk_before_it_takes_its_place(tmp_path, synced):
    """File, place, folder; a new folder in its own; the same content is not written again."""
    write_whole(tmp_path / "new" / "a.txt", "one")
    order = [("fsync", tmp_path.name), ("fsync", ".a.txt.partial"), ("replace", "a.txt"), ("fsync", "new")]
    assert synced == order
    write_whole(tmp_path / "new" / "a.txt", b"one")
    assert synced == order
    append_whole(tmp_path / "b.txt", b"x\n")
    assert synced[4:] == [("fsync", "b.txt"), ("fsync", tmp_path.name)]
    append_whole(tmp_path / "b.txt", b"y\n")
    assert synced[6:] == [("fsync", "b.txt")]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]


def full_disk(after):
    """Return an os.fsync that fails like a full disk, once something was written."""

    def fail(number):
        raise OSError(after, os.strerror(after))

    return fail


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk or your share of it is full"),
        (errno.EDQUOT, "the disk or your share of it is full"),
        (errno.EACCES, "it may not be written to"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "input/output error"),
    ],
)
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path, monkeypatch, number, reason):
    """For a file in one piece and for lines that are added; nothing half-written is left."""
    for name in ("a", "b"):
        write_whole(tmp_path / name, "old\n")
    monkeypatch.setattr(os, "fsync", full_disk(number))
    for write, name in ((write_whole, "a"), (append_whole, "b")):
        with pytest.raises(NotWritten, match=reason) as error:
            write(tmp_path / name, b"new\n")
        assert str(error.value).startswith(f"{tmp_path / name} could not be written: ")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old\n", "b": "old\n"}


def test_a_disk_that_takes_a_part_is_asked_again(tmp_path, monkeypatch):
    """A write may take fewer bytes than it was given."""

    class Slow(list):
        def write(self, content):
            self.append(bytes(content[:2]))
            return len(self[-1])

    slow = Slow()
    keeping._write_all(slow, b"abcde")
    assert slow == [b"ab", b"cd", b"e"]


def test_verdicts_that_are_not_on_the_disk_are_not_taken_for_kept(tmp_path, monkeypatch):
    """The store knows no more than its file."""
    store = Store(tmp_path / "v.jsonl")
    store.add({"a": RIGHT})
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk(errno.ENOSPC))
        with pytest.raises(NotWritten, match="every verdict so far is kept"):
            store.add({"b": RIGHT})
    assert ("b" in store, store.added) == (False, 1)
    assert Store(store.path).verdicts == {"a": RIGHT}


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_a_file_keeps_its_mode(tmp_path):
    """Grades that were closed to others stay closed."""
    write_whole(tmp_path / "a", "old")
    (tmp_path / "a").chmod(0o600)
    write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def holder(folder):
    """Start a process that grades into a folder until it is killed."""
    code = (
        "import sys, time; from pathlib import Path; from gradekit.lock import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(120)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_grader_is_told_who_is_there(tmp_path):
    """With the process, the machine and the time; a grader that is killed holds nothing."""
    process = holder(tmp_path)
    try:
        with pytest.raises(FolderTaken) as error, locked(tmp_path):
            pass
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    said = str(error.value)
    written = json.loads((tmp_path / lock.NAME).read_text())  # it could not tidy up
    assert written["pid"] == process.pid
    assert f"(process {process.pid} on {written['host']}) since {written['since']}" in said
    assert said.startswith(f"grade: {written['user']} (") and str(tmp_path) in said and "Wait until" in said
    with locked(tmp_path) as warning:
        assert warning == ""
        assert json.loads((tmp_path / lock.NAME).read_text())["pid"] == os.getpid()
    assert (tmp_path / lock.NAME).read_bytes() == b""


def test_a_folder_is_held_against_the_same_process_too(tmp_path):
    """And let go after an error; what the holder wrote may be anything."""
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        (tmp_path / lock.NAME).write_text('["\x1b[31m"]')
        with pytest.raises(FolderTaken, match="grade: another process grades into"), locked(tmp_path):
            pass
        1 / 0  # noqa: B018
    with locked(tmp_path):
        pass


def test_a_file_system_without_locks_is_told(tmp_path, monkeypatch):
    """Grading goes on."""
    monkeypatch.setattr(lock, "_lock", lambda file: full_disk(errno.ENOLCK)(0))
    with locked(tmp_path) as warning:
        assert "offers no locks (No locks available). See that nobody else" in warning


def test_without_flock_windows_locks_a_byte_behind_the_text(tmp_path, monkeypatch):
    """As msvcrt does it: at once or not at all, where what is written can still be read."""
    called = []

    class Msvcrt:
        LK_NBLCK = 2

        @staticmethod
        def locking(number, mode, size):
            called.append((os.lseek(number, 0, os.SEEK_CUR), mode, size))

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt)
    with locked(tmp_path):
        assert "pid" in (tmp_path / lock.NAME).read_text()
    assert called == [(lock.BEYOND, 2, 1)]


def test_a_folder_that_cannot_be_written_to_is_told_before_anything(tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "grades").write_text("")
    with pytest.raises(NotWritten, match=r"\.grading\.lock could not be written"), locked(tmp_path / "grades"):
        pass


def test_a_line_holds_all_fields(tmp_path):
    """So that a later version can read what this one knew."""
    Store(tmp_path / "v.jsonl").add({"b": WRONG})
    assert json.loads((tmp_path / "v.jsonl").read_text()) == {"key": "b", **asdict(WRONG), "beside": ["05-predict"]}
