"""Write JupyterLite with the students' copies of the lessons: Python in the reader's own browser, nothing to install.

    python site/lite/build.py FOLDER [PYODIDE]

It loads Pyodide from its own address, or from a copy of it in the folder PYODIDE (``site/lite/mirror.py``), for tests.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from wheels import ITS_OWN, PYODIDE, write_wheels

from coursekit.server import NO_NEWS
from gradekit.release import cell_digest, release

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FIRST = "in_the_browser.ipynb"
KERNEL = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
# How each of JupyterLite's applications starts: application.start(), then what waits until all is there.
STARTS = re.compile(r"(await (\w+))\.start\(\),(?=await \2\.restored)")
UP = "../../../../pypi/"  # from the program of Pyodide's kernel, which is what loads the wheels


def main(folder, pyodide=None):
    """Build in a new folder, since what an earlier build left would be mixed in, and put it into place."""
    with TemporaryDirectory() as place:
        lite = Path(place)
        write_sources(lite, mirrored=pyodide is not None)
        if pyodide:
            shutil.copytree(pyodide, lite / "static" / "pyodide")
        command = [Path(sys.executable).with_name("jupyter-lite"), "build", "--output-dir", lite / "out"]
        subprocess.run(command, cwd=lite, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"TZ": "UTC"})
        give_widgets_their_keys(lite / "out" / "build")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(lite / "out", folder)


def give_widgets_their_keys(programs):
    """Let a key reach a slider before JupyterLab's shortcuts, as JupyterLab itself does and JupyterLite from 0.7 on."""
    found = 0
    for path in programs.glob("*.js"):
        program, count = STARTS.subn(r"\1.start({bubblingKeydown:!0}),", path.read_text(encoding="utf-8"))
        if count:
            path.write_text(program, encoding="utf-8")
        found += count
    if not found:
        raise SystemExit("build: JupyterLite's programs start in another way now, so arrow keys may not move sliders.")


def write_sources(lite, *, mirrored):
    """Write what JupyterLite is built from: the lessons, the wheels, the settings."""
    release(lite / "files")
    for path in sorted((lite / "files").glob("*.ipynb")):
        say_where_it_runs(path)
    nbformat.write(first_page(), lite / "files" / FIRST)
    (lite / "pypi").mkdir()
    write_wheels(lite / "pypi")
    write_front_ends(lite)
    wheels = sorted(UP + path.name for path in (lite / "pypi").iterdir())
    for name, content in settings(wheels, mirrored=mirrored).items():
        (lite / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def say_where_it_runs(path):
    """Lead from below a lesson's title to the page of what is missing; the grader takes a text for what it is."""
    lesson = nbformat.read(path, as_version=4)
    first = lesson.cells[0]
    number = path.name[:2]
    said = [HERE_IT_RUNS]
    said += [TIMES] if any("timing." in cell.source for cell in lesson.cells) else []
    said += [FAILS[number] + GO_ON] if number in FAILS else []
    title, _, rest = first.source.partition("\n")
    first.source = f"{title}\n\n*{' '.join(said)}*\n{rest}"
    lesson.metadata.coursekit["texts"][0] = cell_digest(first.source)  # it is as handed out, for `coursekit update`
    nbformat.write(lesson, path)


def first_page():
    """Return the notebook that says how work is kept here, and what is missing."""
    text = (HERE / "in_the_browser.md").read_text(encoding="utf-8")
    cells = [new_markdown_cell(text, id="browser-1"), new_code_cell(ASK_THE_DOCTOR, id="browser-2")]
    kernel = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


HERE_IT_RUNS = (
    "This copy runs in your browser. [The first page](in_the_browser.ipynb) says how your work is kept and handed in, "
    "and what is missing here."
)
TIMES = (
    "Python in a browser is several times as slow and has no threads: for this lesson's times, use an installed course."
)
FAILS = {  # lessons of which cells fail in Pyodide
    "03": "Two cells fail here, which show that BLAS is faster",
    "09": "One cell fails here, on how float32 rounds in BLAS",
    "11": "One cell fails here, which reads with other processes",
}
GO_ON = ". This says nothing about your code: go on below."

ASK_THE_DOCTOR = 'from coursekit import doctor\n\nprint(*doctor.examine("."), sep="\\n")'


def write_front_ends(lite):
    """Take the widgets' front ends from the wheels, so that they fit their Python, not what is installed here."""
    for wheel in lite.glob("pypi/*widget*.whl"):
        with zipfile.ZipFile(wheel) as opened:
            for member in opened.namelist():
                _, inside, name = member.partition("/share/jupyter/labextensions/")
                if inside and not name.endswith(".map"):
                    (lite / "front" / name).parent.mkdir(parents=True, exist_ok=True)
                    (lite / "front" / name).write_bytes(opened.read(member))


def settings(wheels, *, mirrored):
    """Return JupyterLite's settings, by file: which Pyodide, what it loads at its start, a quiet JupyterLab."""
    kernel = {
        "pyodideUrl": f"{'./static/pyodide' if mirrored else PYODIDE}/pyodide.js",
        "disablePyPIFallback": mirrored,
        "loadPyodideOptions": {"packages": [*ITS_OWN, *wheels]},
    }
    page = {
        "appName": "Softmax regression",
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
    }
    build = {
        "contents": ["files"],
        "federated_extensions": ["front/@jupyter-widgets/jupyterlab-manager", "front/anywidget", str(KERNEL)],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "apps": ["lab"],
    }
    return {
        "jupyter-lite.json": {"jupyter-lite-schema-version": 0, "jupyter-config-data": page},
        "jupyter_lite_config.json": {"LiteBuildConfig": build},
        "overrides.json": NO_NEWS,
    }


if __name__ == "__main__":
    main(*(Path(name).resolve() for name in sys.argv[1:]))
