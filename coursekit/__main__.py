"""``python -m coursekit`` is the command ``coursekit``."""

import os
import sys

if sys.path and sys.path[0] in ("", os.getcwd()) and not sys.flags.safe_path:  # noqa: PTH109 - pathlib may be theirs
    del sys.path[0]  # -m puts the current folder first: a student's random.py in it would be imported from here on

from coursekit.cli import app

app(prog_name="coursekit")
