"""What Python in a page is made of: Pyodide's address, which of its packages are loaded, the wheels that it lacks."""

import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
PYODIDE = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full"
ITS_OWN = [
    "ipython",
    "matplotlib",
    "numpy",
    "packaging",
    "pillow",
    "scikit-learn",
    "scipy",
    "threadpoolctl",
    "traitlets",
]
PURE = (  # what Pyodide lacks; the widgets are those for the JupyterLab 4.4 that is in JupyterLite 0.6
    "anywidget==0.9.18",
    "comm==0.2.3",
    "ipywidgets==8.1.7",
    "jupyterlab_widgets==3.0.15",
    "platformdirs==4.3.8",
    "psygnal==0.14.0",
    "tqdm==4.67.1",
    "typing-extensions==4.14.1",
)


def write_wheels(folder):
    """Write our wheel, without the complete lessons, and those that Pyodide has not."""
    with TemporaryDirectory() as place:
        build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        (ours,) = Path(place).glob("*.whl")
        leave_lessons_out(ours, folder / ours.name)
    only = ["--no-deps", "--only-binary=:all:", "--platform=any", "--implementation=py", "--python-version=3.12"]
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *only, "--dest", folder, *PURE], check=True)


def leave_lessons_out(wheel, to):
    """Copy a wheel without the lessons: pages load it each time, and students' copies lie beside it."""
    with zipfile.ZipFile(wheel) as full, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as small:
        for entry in full.infolist():
            content = full.read(entry)
            if entry.filename.endswith("RECORD"):
                content = b"".join(line for line in content.splitlines(True) if b"coursekit/notebooks/" not in line)
            if not entry.filename.startswith("coursekit/notebooks/"):
                small.writestr(entry, content)
