"""Write the sources of the web pages, for Sphinx: the lessons as students get them, with the outputs of ours.

    python site/pages.py FOLDER [TABLES [LITE]]

No notebook is run. Answers and hidden tests are cut as for a release, and what their cells print is left out. Sliders
live if ``site/frames.py`` has put their tables into the second folder. Pages lead to their copy in JupyterLite if
``make lite`` has built that in the third, which is ``lite`` beside the pages. The other pages are made from what is
there: the question of each lesson, the formulas and the glossary of lesson 00, the parts of the README, the changelog,
and the docstrings of ``coursekit``.
"""

import importlib
import inspect
import json
import pkgutil
import re
import sys
from pathlib import Path

import nbformat
from frames import jobs_of, saved_picture
from launch import links, settings
from nbformat.v4 import new_markdown_cell

import coursekit
from coursekit.sliders import Options, Pad, Picture, Slider
from coursekit.sliders.controls import FRONT_END
from coursekit.sliders.panel import Field, Weights
from gradekit.lesson import find_lessons
from gradekit.release import read_student
from gradekit.student import student_version

HERE = Path(__file__).parent
ROOT = HERE.parent
TO_A_CELL = re.compile(r"(\d\d_\w+)\.ipynb#cell-id=[\w-]+")  # JupyterLab finds it, a page of Sphinx does not
DOWNLOAD = "{{download}}`Your own copy of this lesson <copies/{name}.ipynb>`: to work in, without solutions.\n"
IN_BROWSER = '<a href="lite/lab/index.html?path={name}.ipynb">{words}</a>'
OPEN_IN = '<a href="{address}">Open it in {place}</a>'
WORK = "Work on it in the browser"
BEGIN = "Work on the lessons in the browser, with nothing to install"
AT_HOME, AT_HOME_LESSON = "00-108", "00_start_here"  # the slider of the first page
LIVING = (Slider, Options, Picture, Pad, Field, Weights)  # what the pages' sliders are made of
ASLEEP = (
    "There are too many pictures of this slider to keep them: it runs with Python, in this page, "
    "or in {{download}}`your own copy of this lesson <copies/{name}.ipynb>`."
)
STAND_IN = "In this page it takes the small stand-in of the data, so its pictures are others."
SPEEDS = "Python in a browser is several times as slow and has no threads: there, the times of this lesson are others."
RESULTS = re.compile(r"results/[\w.]+")  # files that a lesson reads
INSTALL = ("Without make, on any system", "Sliders", "If something does not work")  # parts of the README
NOT_FOR_READERS = {"check", "cli", "usage", "server", "doctor", "hiding", "findings", "faults", "agreements"}


def main(to, tables=None, lite=None):
    """Write all sources into a folder. What is as it was keeps its date, so that Sphinx makes only what has changed."""
    told, paths = settings(), {path.stem: path for path in find_lessons()}
    lessons = {name: nbformat.read(path, as_version=4) for name, path in paths.items()}
    sliders = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (tables or to).glob("*-*.json")}
    living = {name: (tables / f"{name}.js").read_bytes() for name, state in sliders.items() if state["lives"]}
    built = bool(lite) and (lite / "lab" / "index.html").exists()
    written = {"index.md": home(lessons, living, built), "reference.rst": reference(), **texts(lessons)}
    for name, master in lessons.items():
        written[f"copies/{name}.ipynb"] = nbformat.writes(read_student(paths[name]))
        written[f"{name}.ipynb"] = nbformat.writes(page_of(master, name, sliders, built, told))
        written[f"_static/python/cells/{name}.json"] = json.dumps(to_run(master, name), ensure_ascii=False)
    written |= {f"_static/tables/{name}.js": script for name, script in living.items()}
    written |= static(lessons)
    for old in (path for path in to.rglob("*") if path.is_file() and str(path.relative_to(to)) not in written):
        old.unlink()
    for name, content in written.items():
        content = content.encode() if isinstance(content, str) else content
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        if not (to / name).exists() or (to / name).read_bytes() != content:
            (to / name).write_bytes(content)


def static(lessons):
    """Return the files that are served as they are, and the settings: style, pictures, the front end of the sliders."""
    files = [*(HERE / "_static").iterdir(), *(ROOT / "assets").glob("*.png"), *FRONT_END.glob("*.css")]
    first = next(cell for cell in lessons[AT_HOME_LESSON].cells if cell.id == AT_HOME)
    return {
        "conf.py": (HERE / "conf.py").read_bytes(),
        **{f"_static/{path.name}": path.read_bytes() for path in files},
        f"_static/{AT_HOME}.png": saved_picture(first),
        "_static/front_end.js": front_end(),
    }


def front_end():
    """Return the modules of the sliders as one script, which a page that was opened from a folder may load, too."""
    sources = {kind.__name__.lower(): str(kind._esm).replace("export default", "return") for kind in LIVING}
    modules = "".join(f"{name}: (() => {{\n{text}\n}})(),\n" for name, text in sources.items())
    return f"const coursekitFrontEnd = {{\n{modules}}};\n"


def to_run(master, name):
    """Return what Python in the page runs: the code of the lesson's copy, which cells each slider needs, files."""
    code = [cell.source for cell in student_version(master, lesson=name).cells if cell.cell_type == "code"]
    needed = {job.name: job.cells for job in jobs_of(master)}
    cells = {place: code[place] for places in needed.values() for place in places}
    files = {path for source in cells.values() for path in RESULTS.findall(source)}
    texts = {path: (ROOT / "notebooks" / path).read_text(encoding="utf-8") for path in sorted(files)}
    return {"cells": cells, "sliders": needed, "files": texts}


def page_of(master, name, sliders, lite, told):
    """Return a lesson for the web: a student's copy in which all cells but answers and checks keep their outputs."""
    page, cells, run = student_version(master, lesson=name), [], to_run(master, name)
    for cell, ours in zip(page.cells, master.cells, strict=True):
        cells.append(cell)
        if cell.cell_type == "code" and "nbgrader" not in cell.metadata:
            cell.outputs, cell.execution_count = ours.outputs, ours.execution_count
            for data in (output.data for output in cell.outputs if "text/markdown" in output.get("data", {})):
                data["text/markdown"] = TO_A_CELL.sub(r"\1.html", data["text/markdown"])  # Sphinx leaves it as it is
        alts = [alt for alt in map(alt_of, cell.get("outputs", [])) if alt]
        if alts:
            cell.metadata["mystnb"] = {"image": {"alt": " ".join(alts)}}
        if saved_picture(cell):
            code = "\n".join(run["cells"][place] for place in run["sliders"][cell.id])
            cells += beside(cell, sliders.get(cell.id, {"lives": False}), name, code)
    title, _, rest = page.cells[0].source.partition("\n")
    speeds = f"{SPEEDS}\n" if any("timing." in cell.source for cell in page.cells) else ""
    work = f"{IN_BROWSER.format(name=name, words=WORK)}: nothing to install.\n" if lite else ""
    elsewhere = "".join(f"{OPEN_IN.format(address=to, place=place)}.\n" for place, to in links(name, told).items())
    page.cells[0].source = f"{title}\n\n{DOWNLOAD.format(name=name)}{work}{elsewhere}\n{speeds}\n{rest}"
    page.cells = cells
    return page


def beside(cell, slider, name, code):
    """Mark the cell of a slider, and give the line under it: what it lacks here, or how it comes to live."""
    marks = [f"python-{cell.id}", *([f"live-{cell.id}"] if slider["lives"] else [])]
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), *marks]
    said = [slider["note"] if slider["lives"] else ASLEEP.format(name=name)]
    said += [STAND_IN] if "fallback=True" in code else []
    if any(said):
        text = " ".join(filter(None, said))
        yield new_markdown_cell(f":::{{container}} slider-note\n{text}\n:::", id=f"{cell.id}-note")


def alt_of(output):
    """Return what a picture says to those who do not see it."""
    return output.get("metadata", {}).get("image/png", {}).get("alt", "")


def home(lessons, living, lite):
    """Return the first page: what this is, the way into JupyterLite, a slider if it lives, each lesson's question."""
    titles = {name: question(nb) for name, nb in lessons.items()}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = "\n".join(f"| {name[:2]} | [{title}]({name}.ipynb) |" for name, title in titles.items())
    slider = SLIDER.format(name=AT_HOME) if AT_HOME in living else ""
    work = f"{IN_BROWSER.format(name='in_the_browser', words=BEGIN)}.\n" if lite else ""
    lessons = "\n".join(f"{name[:2]} {title} <{name}>" for name, title in titles.items())
    return HOME.format(lead=readme.split("\n\n")[1], work=work, slider=slider, listed=listed, lessons=lessons)


SLIDER = """The idea of the course in one slider: four scores become probabilities. At a low temperature the largest
score takes nearly all; at a high one all classes have nearly the same share. Move it with the mouse, a finger or keys.

:::{{container}} live-{name}
```{{image}} _static/{name}.png
:alt: Four scores, and the probability of each class at temperature 1
```
:::
"""


HOME = """# Softmax regression, learned by doing

{lead}

{work}
{slider}
| lesson | its question |
|---|---|
{listed}

```{{image}} _static/ten_sums.png
:alt: Loss over 2000 minibatches of MNIST, and the ten weight images that read 92.2 % of its test digits
```

```{{image}} _static/touch.png
:alt: A network of 30 hidden units learns a spiral, and a drawn digit on its way through the layers of a network
```

```{{toctree}}
:caption: Lessons
:hidden:
{lessons}
```

```{{toctree}}
:caption: To look things up
:hidden:
formulas
glossary
reference
```

```{{toctree}}
:caption: Using the course
:hidden:
start
instructors
engineers
changes
```
"""


def question(nb):
    """Return the question that a lesson asks: its title."""
    return nb.cells[0].source.split("\n")[0].removeprefix("# ")


def texts(lessons):
    """Return the other pages, by name."""
    start = lessons["00_start_here"].cells
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", readme, re.M | re.S))
    install = "\n".join(f"## {title}\n{parts[title]}" for title in INSTALL)
    first = readme[readme.index("You need Python") : readme.index("\n| notebook")]
    return {
        "formulas.md": section(start, "## The formulas"),
        "glossary.md": section(start, "## Glossary"),
        "start.md": outside(f"# Start\n\n{first}\n\n{install}"),
        "instructors.md": outside(f"# For instructors\n{parts['For instructors']}"),
        "engineers.md": outside(f"# For engineers\n{parts['For engineers']}"),
        "changes.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
    }


def section(cells, begins):
    """Return a Markdown cell as a page of its own: its heading becomes the title."""
    (text,) = (cell.source for cell in cells if cell.source.startswith(begins))
    return text.removeprefix("#")


def outside(text):
    """Return a text of the README in which links to lessons lead to their pages, and those to other files are words."""
    text = re.sub(r"\]\(notebooks/(\w+)\.ipynb\)", r"](\1.ipynb)", text)
    return re.sub(r"\[([^\]]+)\]\((?!https?:|\d\d_)[^)]*\)", r"\1", text)


def reference():
    """Return the page of the package's reference: what each module that readers use offers, from its docstrings."""
    found = (module.name for module in pkgutil.iter_modules(coursekit.__path__))
    names = [name for name in found if not name.startswith("_") and name not in NOT_FOR_READERS]
    return "\n".join(["The package", "===========", "", *(line for name in names for line in described(name))])


def described(name):
    """Give the lines of the reference for one module."""
    module = importlib.import_module(f"coursekit.{name}")
    yield from (name, "-" * len(name), "", f".. automodule:: coursekit.{name}", "   :no-members:", "")
    for each, what in sorted(vars(module).items()):
        ours = getattr(what, "__module__", "").startswith(f"coursekit.{name}")
        if ours and not each.startswith("_") and inspect.getdoc(what):
            kind = "autoclass" if inspect.isclass(what) else "autofunction"
            yield from (f".. {kind}:: coursekit.{name}.{each}", *members(what), "")


def members(what):
    """Give the option that names a class's own methods, without what it has from elsewhere."""
    if inspect.isclass(what):
        own = [name for name, value in vars(what).items() if inspect.isfunction(value) and not name.startswith("_")]
        yield f"   :members: {', '.join(own)}" if own else "   :no-members:"


if __name__ == "__main__":
    main(*(Path(folder).resolve() for folder in sys.argv[1:]))
