"""Python in the box, as this user and as one without rights, for the tests of the box."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradekit.runs import box
from gradekit.runs.isolation import isolation
from gradekit.runs.limits import Level

ORDINARY = 54321
IN_BOX = """import json, subprocess, sys
from pathlib import Path
from gradekit.runs import box, paths
from gradekit.runs.limits import Limits
from gradekit.runs.sight import covered
how = json.loads(sys.argv[1])
folder = paths.own_folder()
(folder / "run").mkdir()
box.give_to_box(folder / "run", slot=99)
command = paths.isolated(how["code"], *how["arguments"])
options = {"limits": Limits(**how["limits"]), "slot": 99, "cover": covered(how["hide"])}
command = box.boxed(command, folder=folder / "run", **options)
done = subprocess.run(command, capture_output=True, text=True, timeout=how["timeout"], env={"PATH": "/usr/bin:/bin"})
print(done.stdout + done.stderr, end="")"""
needs_box = pytest.mark.skipif(isolation().level != Level.BOX, reason="no box here: its walls were not tried")
is_root = hasattr(os, "getuid") and os.getuid() == 0


def as_ordinary(command):
    """Return a command that root uses to run another as a user without rights, who can read this Python."""
    private = [parent for parent in Path(sys.base_prefix).parents if not parent.stat().st_mode & 1]
    bwrap = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]
    if private:
        bwrap += ["--perms", "0755", "--tmpfs", str(private[-1]), *box._parents(Path(sys.base_prefix))]
        bwrap += ["--ro-bind", sys.base_prefix, sys.base_prefix]
    user = ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups", "--inh-caps=-all", "--"]
    return [*bwrap, "--setenv", "HOME", "/tmp", "--unsetenv", "TMPDIR", "--", *user, *command]


users = pytest.mark.parametrize(
    "user",
    ["me", pytest.param("ordinary", marks=pytest.mark.skipif(not is_root, reason="only root can be somebody else"))],
)


def run_as(user, command, **how):
    """Run a command as this user or as one without rights, and return what became of it."""
    command = as_ordinary(command) if user == "ordinary" else command
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **how)
