"""Whether the course can run here: one finding per subject, each with its fix."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from coursekit.agreements import in_browser, in_colab
from coursekit.findings import Finding, can_run
from coursekit.hiding import hiding

__all__ = ["Finding", "can_run", "examine"]

GIB = 2**30
MEMORY_NEEDED = 2 * GIB
DISK_NEEDED = 1 * GIB
KERNEL_TIMEOUT = 60  # seconds


def examine(folder, *, box=None):
    """Look at everything that the course needs.

    Parameters
    ----------
    folder : path-like
        Where the student's copy is, or shall be.
    box : callable, optional
        What says whether students' code can be contained here: it returns nothing, or why not and what to do.

    Yields
    ------
    Finding
        One a subject, as soon as it is known.
    """
    general = _home, _python_version, _packages, _kernel, _data_sets, _memory, _threads, _browser
    if in_browser():
        general, box = (_python_version, _packages, _in_browser, _data_sets), None
    elif in_colab():  # its server, its kernel and their packages must stay as they are
        general, box = (_python_version, _in_colab, _data_sets, _memory, _threads), None
    of_folder = _disk, _writable, hiding
    of_box = [] if box is None else [lambda: _containment(box())]
    for look in [*general, *(partial(look, folder) for look in of_folder), *of_box]:
        try:
            yield look()
        except Exception as error:  # a doctor who faints helps nobody
            yield Finding(False, f"{type(error).__name__}: {error}")


def _home():
    """Return whether there is a home folder, in which Jupyter keeps its settings and the course its downloads."""
    try:
        home = Path.home()
        ok = os.access(_existing(home), os.W_OK | os.X_OK)
    except RuntimeError:
        home, ok = "none", False
    mend = "Before starting, set HOME to a folder of yours, in which Jupyter can keep its settings."
    return Finding(ok, f"the home folder is {home}" + ("" if ok else ", which cannot be used"), "" if ok else mend)


def _python_version():
    """Return whether this Python is as new as the installed package asks for."""
    from packaging.specifiers import SpecifierSet

    running = ".".join(map(str, sys.version_info[:3]))
    needed = _metadata().get("Requires-Python", "") if _metadata() else ""
    ok = SpecifierSet(needed).contains(running)
    mend = f"The course needs Python {needed}; install one and make a new environment with it."
    return Finding(ok, f"Python {running} in the environment {Path(sys.prefix).name}", "" if ok else mend)


def _packages():
    """Return whether each package that the course needs is there and new enough; if not, what is wrong."""
    from packaging.requirements import Requirement

    if _metadata() is None:
        return Finding(False, "coursekit is not installed", f"{_pip()} coursekit")
    needed = [Requirement(text) for text in importlib.metadata.requires("coursekit") or ()]
    needed = [need for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})]
    wrong = {str(need): fault for need in needed if (fault := _fault(need))}
    if wrong:
        specs = " ".join(f'"{spec}"' for spec in wrong)
        return Finding(False, "packages: " + "; ".join(wrong.values()), f"{_pip()} {specs}")
    return Finding(True, f"{len(needed)} packages, all new enough")


def _kernel():
    """Return whether a notebook's kernel starts, and is this Python."""
    from coursekit.server import prefer_this_environment

    prefer_this_environment()
    install = f"{sys.executable} -m ipykernel install --sys-prefix"
    try:
        prefix = _ask_kernel("import sys; print(sys.prefix, end='')")
    except Exception as error:  # whatever keeps a kernel from starting is what is to be said here
        return Finding(False, f"no kernel starts: {type(error).__name__}: {error}", _mend_of_kernel(error) or install)
    if Path(prefix).resolve() != Path(sys.prefix).resolve():
        return Finding(False, f"notebooks would run in {prefix}, not in {sys.prefix}", install)
    return Finding(True, "the kernel starts, and is this Python")


def _mend_of_kernel(error):
    """Return what to do about a kernel that did not start, where its specification is not at fault."""
    if "respond" in str(error) or isinstance(error, TimeoutError):
        return "The machine is too busy: close other programs, and ask again."
    if "home directory" in str(error):
        return "Set HOME first, as said above."
    return f"{_pip()} --force-reinstall ipykernel" if "died" in str(error) else ""


def _data_sets():
    """Return where the data sets would come from: ok in any case, since lessons run on embedded stand-ins too."""
    from coursekit import datasets

    try:
        rows = datasets.available()
    except datasets.DatasetError as error:
        return Finding(False, f"data: {error}")
    fact = ", ".join(f"{row.name} ({row.place})" for row in rows)
    absent = [row.name for row in rows if row.place == "absent"]
    mend = f"Lessons use stand-ins for what is absent; to get the real data: coursekit data fetch {' '.join(absent)}"
    return Finding(True, f"data: {fact}", mend if absent else "")


def _memory():
    """Return whether the 2 GiB of memory that the largest lesson takes are free."""
    import psutil

    free = psutil.virtual_memory().available
    mend = "Close other programs or notebooks: lessons on all of MNIST need about 2 GiB."
    return _enough(free, MEMORY_NEEDED, "of memory free", mend)


def _disk(folder):
    """Return whether enough disk is free for the data and the course, where the folder is."""
    free = shutil.disk_usage(_existing(folder)).free
    mend = "Free some space, or give another folder: coursekit lab FOLDER."
    return _enough(free, DISK_NEEDED, f"of disk free for {folder}", mend)


def _threads():
    """Return whether the linear algebra uses as many threads as there are cores; more are slow, but not wrong."""
    import numpy as np  # noqa: F401 - loads the library that is asked for its threads
    from threadpoolctl import threadpool_info

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    most = max((pool["num_threads"] for pool in pools), default=1)
    names = ", ".join(sorted({pool["internal_api"] for pool in pools})) or "BLAS not recognised"
    mend = f"More threads than cores slow products down; before starting: export OMP_NUM_THREADS={cores}"
    ok = most <= cores
    return Finding(ok, f"{cores} cores, {most} BLAS threads ({names})", "" if ok else mend, blocks=False)


def _in_browser():
    """Return what Python in a browser has not."""
    fact = "Python runs in this browser: no grader, no threads, no data from elsewhere, and times are long"
    return Finding(True, fact, "Your work is kept by this browser alone: download what you want to keep or hand in.")


def _in_colab():
    """Return what is other in Colab."""
    fact = "Python runs in Colab, with a server and a kernel of its own: no coursekit lab, no coursekit check"
    return Finding(True, fact, "To keep what you write, choose File > Save a copy in Drive.")


def _browser():
    """Return whether a browser can open by itself; if not, ``coursekit lab`` prints the link to open."""
    from coursekit.server import can_open_browser

    if can_open_browser():
        return Finding(True, "a browser can open")
    return Finding(False, "no browser can open here", "Open the link that coursekit lab prints.", blocks=False)


def _writable(folder):
    """Return whether the student's work can be saved in the folder."""
    ok = os.access(_existing(folder), os.W_OK | os.X_OK) and _existing(folder).is_dir()
    mend = "Give a folder that is yours: coursekit lab FOLDER."
    return Finding(ok, f"{folder} is {'' if ok else 'not '}writable", "" if ok else mend)


def _containment(fault):
    """Return whether students' code can be contained here, which matters to those who grade."""
    fact = "students' code would run in the box" if not fault else "for grading: no box, so limits only"
    return Finding(not fault, fact, fault, blocks=False)


def _metadata():
    """Return the metadata of the installed package, or None."""
    try:
        return importlib.metadata.metadata("coursekit")
    except importlib.metadata.PackageNotFoundError:
        return None


def _pip():
    """Return the start of the command that installs into this environment."""
    return f"{sys.executable} -m pip install"


def _fault(need):
    """Return what is wrong with a required package, or an empty string."""
    try:
        found = importlib.metadata.version(need.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{need.name} is missing"
    return "" if need.specifier.contains(found, prereleases=True) else f"{need.name} is {found}, not {need.specifier}"


def _ask_kernel(code):
    """Return what a fresh kernel prints when it runs the code."""
    from jupyter_client.manager import start_new_kernel

    printed = []
    manager, client = start_new_kernel(
        startup_timeout=KERNEL_TIMEOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        client.execute_interactive(
            code, timeout=KERNEL_TIMEOUT, output_hook=lambda message: printed.append(message["content"].get("text", ""))
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(printed)


def _enough(free, needed, what, mend):
    """Return a finding about an amount of bytes."""
    ok = free >= needed
    return Finding(ok, f"{free / GIB:.1f} GiB {what}", "" if ok else mend)


def _existing(folder):
    """Return the folder, or the nearest one above it that is there."""
    folder = Path(folder).absolute()
    return next(path for path in (folder, *folder.parents) if path.exists())
