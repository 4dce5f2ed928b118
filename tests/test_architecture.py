"""The shape of the project: imports point downwards, the start is light, every public thing is documented."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import warnings
from enum import Enum
from pathlib import Path

import pytest
from numpydoc.validate import validate

import coursekit

PACKAGE = Path(coursekit.__file__).parent
FLOORS = [
    {"_validate", "agreements"},
    {"datasets", "preprocessing", "metrics", "gradcheck", "timing", "optim", "selection"},
    {"softmax", "svm", "knn", "graph", "network", "convnet"},
    {"linear", "lab", "plots"},
    {"sliders", "check"},
    {"server"},
    {"doctor"},
    {"cli"},
    {"__main__"},
]
AGREEMENTS = {"agreements"}  # what both packages know of each other
NOT_ASKED_FOR = {
    "GL01",  # the summary stands on the line of the quotes
    "GL03",  # a blank line after the last section is a matter for ruff
    "ES01",  # a summary that says it all needs no extension
    "SA01",  # "See also" is for where it helps
    "SA04",
    "EX01",  # an example is for where it helps
    "RT02",  # a returned value has a name where there are several
    "YD01",
}


def modules(package="coursekit"):
    """Return every module of a package, by name, with its file."""
    path = importlib.import_module(package).__path__
    names = [package, *(info.name for info in pkgutil.walk_packages(path, f"{package}."))]
    specs = {name: importlib.util.find_spec(name) for name in names}
    return {name: Path(spec.origin) for name, spec in specs.items() if spec.origin}


def imports_of(path):
    """Return the dotted names of all that a module imports, at its top or inside its functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write imports from coursekit in full"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(name):
    """Return the room of a dotted name: coursekit.datasets._fetch is in datasets."""
    return name.split(".")[1] if "." in name else ""


def rooms_imported_by(path, package="coursekit"):
    """Return the rooms of a package that a module imports from."""
    rooms = {room_of(name) for name in modules(package)} - {""}
    return {room_of(name) for name in imports_of(path) if name.startswith(f"{package}.")} & rooms


@pytest.mark.parametrize("module", [name for name in modules() if room_of(name)])
def test_imports_point_downwards(module):
    """A module imports from its own room and from lower floors, never from beside or above."""
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    room = room_of(module)
    assert room in floor, f"{room} is on no floor yet: give it one here and in CONTRIBUTING.md"
    above = {other for other in rooms_imported_by(modules()[module]) - {room} if floor[other] >= floor[room]}
    assert not above, f"{module} imports from {', '.join(sorted(above))}"


def test_the_judge_imports_no_model_and_only_the_command_imports_it():
    """What grades cannot know an answer; what teaches cannot know of grading."""
    for module, path in modules("coursekit").items():
        judge = {name for name in imports_of(path) if name.split(".")[0] == "gradekit"}
        assert not judge or module == "coursekit.cli", module
    for module, path in modules("gradekit").items():
        assert rooms_imported_by(path, "coursekit") <= AGREEMENTS, module


def test_an_upward_import_is_seen(tmp_path):
    """Whichever way it is written, and wherever it stands."""
    (tmp_path / "module.py").write_text(
        "import numpy as np\nfrom coursekit import softmax\n\ndef f():\n    from coursekit.check.core import probe\n"
    )
    assert rooms_imported_by(tmp_path / "module.py") == {"softmax", "check"}


def test_import_is_light():
    """`import coursekit` loads none of the heavy libraries, and no numpy either."""
    heavy = "{'numpy', 'matplotlib', 'sklearn', 'scipy', 'nbformat', 'pooch', 'ipywidgets'}"
    code = f"import sys, coursekit; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def public_objects():
    """Return every public function and class, by the name under which it is first found."""
    found = {}
    for module in [*modules(), *modules("gradekit")]:
        if module == "coursekit.cli" or any(part.startswith("_") for part in module.split(".")):
            continue  # what the command's functions say is its help page
        for name, thing in vars(importlib.import_module(module)).items():
            public = not name.startswith("_") and (inspect.isclass(thing) or inspect.isfunction(thing))
            if public and thing.__module__.startswith(("coursekit", "gradekit")) and thing not in found.values():
                found[f"{module}.{name}"] = thing
    return found


def is_record(thing):
    """Return whether this is an enum, or a dataclass or named tuple whose fields are all in its Attributes section."""
    if inspect.isclass(thing) and issubclass(thing, Enum):
        return True
    fields = getattr(thing, "__dataclass_fields__", getattr(thing, "_fields", ()))
    described = [re.search(rf"^(.*, )?{name}(,.*)? :", inspect.getdoc(thing), re.MULTILINE) for name in fields]
    return bool(described) and all(described)


@pytest.mark.parametrize("name", public_objects())
def test_docstrings_are_numpydoc(name):
    """The validator of numpydoc has nothing to say: every parameter, return value and error is described."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it looks at every member of a widget
        errors = dict(validate(name)["errors"])
    thing = public_objects()[name]
    answered = {"PR01"} if is_record(thing) else {"RT01"} if "Yields\n------" in inspect.getdoc(thing) else set()
    assert not {code: text for code, text in errors.items() if code not in NOT_ASKED_FOR | answered}
