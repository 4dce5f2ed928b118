"""Write what Python in the pages is loaded from: python site/python.py FOLDER [PYODIDE].

The folder gets our wheel, those that Pyodide lacks, and ``settings.json``: Pyodide's address, seen from there, what of
it is loaded at once, and the wheels. Published pages name Pyodide's own address; a test gives a copy
(``lite/mirror.py``). What was made from the same files is kept.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE / "lite"))

from wheels import ITS_OWN, PURE, PYODIDE, ROOT, write_wheels  # noqa: E402 - found there

LATER = {"scipy", "scikit-learn"}  # half of the bytes: loaded when a cell imports them
ELSEWHERE = "jupyterlab_widgets"  # the front end of JupyterLab


def main(folder, pyodide=f"{PYODIDE}/"):
    """Write all, unless it is there already."""
    made = fingerprint()
    if not known(folder, made):
        shutil.rmtree(folder / "wheels", ignore_errors=True)
        (folder / "wheels").mkdir(parents=True)
        write_wheels(folder / "wheels")
    wheels = sorted(path.name for path in (folder / "wheels").iterdir() if not path.name.startswith(ELSEWHERE))
    packages = [name for name in ITS_OWN if name not in LATER]
    settings = {"pyodide": pyodide, "packages": packages, "wheels": [f"wheels/{name}" for name in wheels], "made": made}
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def known(folder, made):
    """Tell whether a folder has the wheels that would be made."""
    path = folder / "settings.json"
    return path.exists() and json.loads(path.read_text(encoding="utf-8"))["made"] == made


def fingerprint():
    """Return what the wheels depend on, as a hash."""
    files = (path for name in ("coursekit", "gradekit") for path in (ROOT / name).rglob("*") if path.is_file())
    content = [path.read_bytes() for path in sorted(files) if "__pycache__" not in path.parts]
    whole = [repr(PURE).encode(), (ROOT / "pyproject.toml").read_bytes(), *content]
    return hashlib.sha256(b"".join(whole)).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
