"""Every file that was handed in, archives looked into, and every empty folder: nothing is followed, written or run."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from gradekit.submission import archives, lists
from gradekit.submission.reading import MARKS, Unreadable, content

MOST = 100_000  # files and folders that are looked at
DEEPEST = 40  # folders within folders
CHECKPOINTS = ".ipynb_checkpoints"
LEFT_OUT = {  # what lies in folders without having been written by anybody
    "__MACOSX": "what macOS adds to archives",
    "__pycache__": "Python's own",
    "node_modules": "a program's own",
    "site-packages": "a Python environment",
    "venv": "a Python environment",
    **{f".{name}": "a Python environment" for name in ("venv", "env", "conda", "virtualenv", "tox", "nox")},
    **{f".{name}": "a program's own" for name in ("git", "svn", "hg", "vscode", "idea", "cache", "config", "local")},
    **{f".{name}": "a program's own" for name in ("jupyter", "ipython", "pytest_cache", "ruff_cache", "mypy_cache")},
    **{
        f".{name}": "a program's own"
        for name in ("Trash", "Trashes", "Spotlight-V100", "fseventsd", "virtual_documents")
    },
}
OF_SYSTEM = re.compile(r"\._.*|\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\.~.*|\.gitkeep|\.gitignore", re.IGNORECASE)
GRADES = "verdicts.jsonl"  # what lies in a folder of grades
EXPORTS = {  # what notebooks are turned into, by mistake, and what that is
    (".py", ".pyw", ".r", ".m"): "is a script, not a notebook. Hand in the .ipynb file: File > Download in Jupyter.",
    (".html", ".htm", ".mhtml"): "is a web page, not a notebook. Hand in the .ipynb file: File > Download in Jupyter.",
    (".pdf",): "is a PDF, not a notebook. Hand in the .ipynb file: File > Download in Jupyter.",
    (
        ".docx",
        ".doc",
        ".odt",
        ".rtf",
        ".pages",
        ".md",
        ".tex",
    ): "is a document, not a notebook. Hand in the .ipynb file.",
    (".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp"): "is a picture, not a notebook. Hand in the .ipynb file.",
    (".part", ".crdownload", ".tmp", ".icloud"): "was never loaded to its end. Hand in the .ipynb file.",
    (
        ".webloc",
        ".url",
        ".lnk",
        ".gdoc",
        ".desktop",
    ): "is a link to another place, not a notebook. Hand in the .ipynb file.",
    archives.OTHERS: "is an archive of a kind that cannot be looked into. Unpack it, or ask for the .ipynb file.",
}
OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pages", ".npz", ".whl", ".jar", ".pt", ".pth")


@dataclass(frozen=True)
class File:
    """One thing that was handed in.

    Attributes
    ----------
    parts : tuple of str
        Its path from the folder of submissions; an archive is a folder here.
    path : Path
        The file on the disk that it is, or is packed in.
    what : str
        ``"file"``, ``"folder"`` (an empty one), ``"archive"``, ``"left out"`` or ``"refused"``.
    found : bytes or None
        What it holds, where it may be a notebook or a list of a system.
    why : str
        Why it was left out or refused.
    time : int
        When it was last written, in nanoseconds.
    """

    parts: tuple[str, ...]
    path: Path
    what: str
    found: bytes | None = None
    why: str = ""
    time: int = 0


def walk(folder) -> Iterator[File]:
    """Yield all that a folder holds.

    Parameters
    ----------
    folder : Path
        What was collected.

    Yields
    ------
    File
        By name; one for each folder that is left out as a whole.
    """
    waiting, seen = [((), Path(folder))], 0
    while waiting:
        parts, place = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            yield File(
                parts, place, "refused", why=f"cannot be opened ({type(error).__name__}). Look at its permissions."
            )
            continue
        if not entries and parts:
            yield File(parts, place, "folder", why="is an empty folder.")
        for entry in entries:
            seen += 1
            if seen > MOST:
                yield File(parts, place, "refused", why=f"more than {MOST} files: the rest was not looked at.")
                return
            inner, path = (*parts, entry.name), Path(entry.path)
            if not entry.is_dir(follow_symlinks=False):
                yield from _file(inner, path)
            elif why := _left_out(entry.name, path):
                yield File(inner, path, "left out", why=why)
            elif len(inner) > DEEPEST:
                yield File(inner, path, "refused", why=f"lies more than {DEEPEST} folders deep.")
            else:
                waiting.append((inner, path))


def may_be_notebook(name):
    """Say whether a file's name allows that it is a notebook.

    Parameters
    ----------
    name : str
        As it was handed in.

    Returns
    -------
    bool
        True for whatever holds ``.ipynb``, for JSON, texts and names without an ending.
    """
    ending = PurePath(name).suffix.lower()
    return ".ipynb" in name.lower() or ending in ("", ".json", ".txt") or not ending[1:].isalpha()


def export(name):
    """Say what a file is that a notebook was turned into.

    Parameters
    ----------
    name : str
        Of a file.

    Returns
    -------
    str
        What it is, and what to do; empty for any other.
    """
    return next((why for endings, why in EXPORTS.items() if name.lower().endswith(endings)), "")


def _left_out_name(name):
    """Say why a file or folder of that name is left out as a whole, if so."""
    if OF_SYSTEM.fullmatch(name):
        return "is a file of the system's own, so it was left out."
    return f"is {LEFT_OUT[name]}, so it was left out." if name in LEFT_OUT else ""


def _left_out(name, path):
    """Say why a folder of the disk is left out as a whole, if so."""
    if (path / "pyvenv.cfg").is_file():
        return "is a Python environment, so it was left out."
    if (path / GRADES).is_file():
        return "holds the grades of an earlier run, so it was left out."
    return _left_out_name(name)


def _file(parts, path):
    """Yield a file of the disk, and what is in it if it is an archive."""
    name = parts[-1]
    if OF_SYSTEM.fullmatch(name):
        yield File(parts, path, "left out", why=_left_out_name(name))
        return
    try:
        about = path.lstat()
        head = _head(path) if stat.S_ISREG(about.st_mode) else content(path)[:0]
        is_packed = archives.is_archive(head) and not name.lower().endswith(OFFICE)
        wanted = (
            is_packed or lists.is_list(name) or ".ipynb" in name.lower() or (may_be_notebook(name) and _is_json(head))
        )
        found = content(path) if wanted else None
    except (Unreadable, OSError) as error:
        why = str(error) if isinstance(error, Unreadable) else f"cannot be opened ({type(error).__name__})."
        yield File(parts, path, "refused", why=why)
        return
    if is_packed:
        yield from _archive(parts, path, found, about.st_mtime_ns, archives.NESTED)
    else:
        yield File(parts, path, "file", found, time=about.st_mtime_ns)


def _head(path):
    """Return the beginning of a file, if it is an ordinary one; a link is not followed, a pipe not waited for."""
    handle = os.open(
        path, os.O_RDONLY | sum(getattr(os, f"O_{name}", 0) for name in ("NOFOLLOW", "NONBLOCK", "BINARY"))
    )
    with os.fdopen(handle, "rb") as file:
        return file.read(512) or b""


def _is_json(head):
    """Say whether a file may begin as a notebook does, in whatever encoding."""
    return head.startswith(tuple(MARKS)) or head.replace(b"\0", b"").lstrip()[:1] == b"{"


def _archive(parts, path, found, time, levels):
    """Yield what an archive holds, each with a path as if it were a folder; what is left out once for its folder."""
    yield File(parts, path, "archive", time=time)
    told = set()
    for member in archives.members(found, _is_wanted):
        inner = (*parts[:-1], _unpacked_name(parts[-1])) if member.parts == ("",) else (*parts, *member.parts)
        junk = next((i for i, name in enumerate(member.parts) if _left_out_name(name)), None)
        top = inner if junk is None else inner[: len(parts) + junk + 1]
        if member.why:
            yield File(inner, path, "refused", why=member.why)
        elif junk is not None:
            if top not in told:
                yield File(top, path, "left out", why=_left_out_name(member.parts[junk]))
            told.add(top)
        else:
            yield from _member(inner, path, member, time, levels)


def _member(inner, path, member, time, levels):
    """Yield one file of an archive, and what is in it if it is one itself."""
    file = File(inner, path, "file", member.found, time=member.time or time)
    if not archives.is_archive((member.found or b"")[:512]) or inner[-1].lower().endswith(OFFICE):
        yield file
    elif levels > 1:
        yield from _archive(inner, path, member.found, file.time, levels - 1)
    else:
        yield File(inner, path, "refused", why="is an archive within archives, so it was not looked into.")


def _is_wanted(parts):
    """Say whether an entry of an archive is to be unpacked."""
    junk = any(map(_left_out_name, parts))
    packed = parts[-1].lower().endswith(archives.ENDINGS)
    return not junk and (packed or may_be_notebook(parts[-1]) or lists.is_list(parts[-1]))


def _unpacked_name(name):
    """Return the name of the one file that was packed alone."""
    return re.sub(r"\.(gz|bz2)$", "", name, flags=re.IGNORECASE) or name
