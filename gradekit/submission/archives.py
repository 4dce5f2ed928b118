"""What an archive holds, looked into without unpacking it: nothing is written, followed or run."""

import bz2
import calendar
import gzip
import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass

from gradekit.submission.reading import LARGEST

ENTRIES = 50_000  # of an archive: a virtual environment has 20 000
UNPACKED = 400 * 2**20  # bytes that are unpacked of one archive
RATIO = 200  # of unpacked to packed from which a large entry is a bomb; notebooks have up to 30
SMALL = 2**20  # bytes under which no ratio is a danger
NESTED = 2  # archives within archives
ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".gz", ".bz2")
OTHERS = (".rar", ".7z", ".xz", ".tar.xz", ".zst", ".lz4", ".dmg", ".iso")
DAMAGED = (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile, tarfile.TarError, OverflowError,
           MemoryError, LookupError, struct.error, zipfile.LargeZipFile)  # fmt: skip
UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")


@dataclass(frozen=True)
class Member:
    """One thing in an archive.

    Attributes
    ----------
    parts : tuple of str
        Its path inside; empty for what is said of the archive as a whole.
    found : bytes or None
        What it holds; None for what was not asked for, or refused.
    why : str
        Why it was refused; empty if it was not.
    time : int
        When it was last written, in nanoseconds, as the archive says; 0 if it does not.
    """

    parts: tuple[str, ...]
    found: bytes | None = None
    why: str = ""
    time: int = 0


class Refused(ValueError):
    """An archive, or an entry of one, that is not looked into; the text says why."""


def is_archive(found):
    """Say whether bytes are an archive that can be looked into.

    Parameters
    ----------
    found : bytes
        The beginning of a file, 512 bytes at least where it has them.

    Returns
    -------
    bool
        True for zip, tar, and what gzip and bzip2 have packed.
    """
    return found.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh")) or found[257:262] == b"ustar"


def members(found, wanted):
    """Yield what an archive holds.

    Parameters
    ----------
    found : bytes
        The archive.
    wanted : callable
        ``wanted(parts)`` says whether the entry of that path is to be unpacked.

    Yields
    ------
    Member
        One for each file; one with a reason for each that is refused, and for the whole where it cannot be read on.
    """
    budget = Budget(UNPACKED)
    try:
        yield from _zip(found, wanted, budget) if found[:2] == b"PK" else _tar(found, wanted, budget)
    except Refused as error:
        yield Member((), why=str(error))
    except DAMAGED as error:
        yield Member((), why=f"is a damaged archive ({type(error).__name__}). Hand it in again.")


class Budget:
    """How many bytes may still be unpacked.

    Parameters
    ----------
    left : int
        Bytes.
    """

    def __init__(self, left):
        self.left = left

    def read(self, file, most=LARGEST):
        """Return what a file holds, and refuse more than is left.

        Parameters
        ----------
        file : file object
            What is unpacked as it is read.
        most : int, optional
            Bytes that one file may hold.

        Returns
        -------
        bytes
            All of it.

        Raises
        ------
        Refused
            If there is more.
        """
        most = min(most, self.left)
        found = file.read(most + 1)
        self.left -= len(found)
        if len(found) > most:
            raise Refused(
                f"unpacks to more than {most >> 20} MB, so it was left packed. Hand in the .ipynb file alone."
            )
        return found


def _zip(found, wanted, budget):
    """Yield the files of a zip."""
    if found.count(b"PK\x01\x02") > ENTRIES:
        raise Refused(f"holds more than {ENTRIES} entries. Hand in the .ipynb file alone.")
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        for info in sorted(archive.infolist(), key=_notebooks_first):
            if info.is_dir() and not UNSAFE.search(info.filename):
                continue
            name = info.filename if info.flag_bits & 0x800 else _name_of(info)
            parts, mode = _parts(name), info.external_attr >> 16
            if why := _refusal(name, stat.S_ISLNK(mode), info.flag_bits & 1):
                yield Member(parts, why=why)
            elif info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
                yield Member(parts, why=f"would unpack to {info.file_size >> 20} MB, {RATIO} times its size and more.")
            elif not wanted(parts):
                yield Member(parts)
            else:
                yield _unpacked(parts, lambda info=info: archive.open(info), budget, _time_of(info))


def _name_of(info):
    """Return the name of an entry whose archive says no encoding: UTF-8 where it is that, as macOS writes it."""
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _tar(found, wanted, budget):
    """Yield the files of a tar, packed or not, or the one file that was packed alone."""
    unpack = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open}.get(found[:2])
    if unpack:
        with unpack(io.BytesIO(found)) as file:
            plain = budget.read(file, UNPACKED)
        if len(plain) > SMALL and len(plain) > RATIO * len(found):
            raise Refused(f"unpacks to {RATIO} times its size and more, so it was left packed.")
        if plain[257:262] != b"ustar":
            yield Member(("",), plain)
            return
        found = plain
    with tarfile.open(fileobj=io.BytesIO(found), mode="r:") as archive:
        for count, info in enumerate(archive):
            if count >= ENTRIES:
                raise Refused(f"holds more than {ENTRIES} entries. Hand in the .ipynb file alone.")
            if info.isdir() and not UNSAFE.search(info.name):
                continue
            parts = _parts(info.name)
            if why := _refusal(info.name, not info.isreg() and not info.isdir(), False):
                yield Member(parts, why=why)
            elif not wanted(parts):
                yield Member(parts)
            else:
                yield _unpacked(parts, lambda info=info: archive.extractfile(info), budget, int(info.mtime * 1e9))


def _notebooks_first(info):
    """Sort what counts before what may use up what is unpacked."""
    return ".ipynb" not in info.filename.lower()


def _time_of(info):
    """Return when an entry of a zip was last written."""
    try:
        return calendar.timegm(info.date_time) * 10**9
    except (ValueError, OverflowError):
        return 0


def _unpacked(parts, opened, budget, time):
    """Return one entry with what it holds, or with why it was left packed; the others are not its concern."""
    try:
        with opened() as file:
            return Member(parts, budget.read(file), time=time)
    except Refused as error:
        return Member(parts, why=str(error))
    except DAMAGED as error:
        return Member(parts, why=f"is damaged inside its archive ({type(error).__name__}). Hand it in again.")


def _refusal(name, is_link, encrypted):
    """Say why an entry is not looked into, if so."""
    if UNSAFE.search(name):
        return "has a name that points out of its archive, so it was not looked at."
    if is_link:
        return "is a link, not a file, so it was not followed."
    return "is locked with a password. Hand in the file without one." if encrypted else ""


def _parts(name):
    """Return the parts of an entry's path; what points elsewhere does so no longer."""
    return tuple(part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")) or ("?",)
