"""Matplotlib's list of this machine's fonts, made once for all runs: with thousands of fonts it takes many seconds."""

import os
import subprocess
from functools import cache

from gradekit.runs import paths

PATIENCE = 120  # seconds
WRITE = """import sys, warnings
from pathlib import Path
warnings.simplefilter("ignore")
from matplotlib.font_manager import FontManager, fontManager, json_dump
path = Path(sys.argv[1], f"fontlist-v{FontManager.__version__}.json")
json_dump(fontManager, path)
print(path)"""


@cache
def font_list():
    """Return the list of fonts; a child makes it, since matplotlib reads settings from the current folder.

    Returns
    -------
    Path or None
        A file for the ``MPLCONFIGDIR`` of every run; None if it could not be made, and each run makes its own.
    """
    folder = paths.shared_folder(os.getpid())
    cached = {name: os.environ[name] for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME") if name in os.environ}
    environment = paths.environment(folder) | cached
    try:
        done = subprocess.run(
            paths.isolated(WRITE, str(folder)), cwd=folder, env=environment, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return next(iter(folder.glob("fontlist-*.json")), None) if done.returncode == 0 else None
