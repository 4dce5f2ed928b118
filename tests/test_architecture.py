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

CONTRIBUTING = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = ("coursekit", "gradekit")
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


def rows_of(text, header):
    """Return the rows of the Markdown table whose header begins so, each cell as the names in it."""
    table = text.partition(f"\n| {header}")[2].partition("\n\n")[0].splitlines()[2:]
    return [[re.findall(r"`([\w.]+)`", cell) for cell in row.strip("| ").split("|")] for row in table]


def floors_of(package, text=CONTRIBUTING):
    """Return the floor of each room of a package, as the table in CONTRIBUTING.md has it."""
    rows = rows_of(text, f"floor of `{package}` | rooms |")
    return {room: floor for floor, (_, rooms, *_) in enumerate(rows, start=1) for room in rooms}


def room_of(name):
    """Return the room of a dotted name: coursekit.datasets._fetch is in datasets."""
    return name.split(".")[1] if "." in name else ""


def rooms_imported_by(path, package="coursekit"):
    """Return the rooms of a package that a module imports from."""
    rooms = {room_of(name) for name in modules(package)} - {""}
    return {room_of(name) for name in imports_of(path) if name.startswith(f"{package}.")} & rooms


def upward(module, path, floors):
    """Return the rooms beside or above its own that a module imports from."""
    package, room = module.split(".")[0], room_of(module)
    return {other for other in rooms_imported_by(path, package) - {room} if floors[other] >= floors[room]}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_has_a_floor_in_the_table_and_no_other_has(package):
    """CONTRIBUTING.md is what the tests below go by, so it can be neither short of a room nor out of date."""
    rooms = {room_of(name) for name in modules(package)} - {""}
    listed = [room for _, names, *_ in rows_of(CONTRIBUTING, f"floor of `{package}` | rooms |") for room in names]
    assert sorted(listed) == sorted(rooms), "give each room one place in the tables of CONTRIBUTING.md"


@pytest.mark.parametrize("module", [name for package in PACKAGES for name in modules(package) if room_of(name)])
def test_imports_point_downwards(module):
    """A module imports from its own room and from lower floors, never from beside or above."""
    package = module.split(".")[0]
    above = upward(module, modules(package)[module], floors_of(package))
    assert not above, f"{module} imports from {', '.join(sorted(above))}"


@pytest.mark.parametrize("module", [name for package in PACKAGES for name in modules(package)])
def test_the_packages_know_of_each_other_what_the_table_says(module):
    """What grades cannot know an answer; what teaches cannot know of grading. A package's own name is its folder."""
    package = module.split(".")[0]
    (other,) = set(PACKAGES) - {package}
    rows = [(importing, imported) for (importing,), (imported,) in rows_of(CONTRIBUTING, "importing | imported |")]
    allowed = [imported for importing, imported in rows if f"{module}.".startswith(f"{importing}.")]
    for name in imports_of(modules(package)[module]):
        if name.startswith(f"{other}."):
            assert any(f"{name}.".startswith(f"{imported}.") for imported in allowed), f"{module} imports {name}"


def test_pictures_do_not_train():
    """What is trained comes in as an argument: no module of plots takes a step, a batch or a gradient of a loss."""
    losses = {"softmax_loss", "softmax_loss_loops", "svm_loss", "svm_loss_loops"}
    for module, path in modules().items():
        if room_of(module) == "plots":
            assert not rooms_imported_by(path) & {"optim", "full_batch", "experiments", "lab", "svm", "linear"}, module
            used = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(ast.parse(path.read_text()))}
            assert not used & losses, module


def test_an_upward_import_is_seen(tmp_path):
    """Whichever way it is written, and wherever it stands; the floors are those of the table."""
    text = "\n\n| floor of `coursekit` | rooms | |\n|---|---|---|\n| 1 | `softmax` | |\n| 2 | `lab`, `check` | |\n"
    floors = floors_of("coursekit", text)
    assert floors == {"softmax": 1, "lab": 2, "check": 2}
    (tmp_path / "module.py").write_text(
        "import numpy as np\nfrom coursekit import softmax\n\ndef f():\n    from coursekit.check.core import probe\n"
    )
    assert rooms_imported_by(tmp_path / "module.py") == {"softmax", "check"}
    assert upward("coursekit.lab", tmp_path / "module.py", floors) == {"check"}
    assert upward("coursekit.softmax", tmp_path / "module.py", floors) == {"check"}
    assert upward("coursekit.check.core", tmp_path / "module.py", floors) == set()


def test_import_is_light():
    """`import coursekit` loads none of the heavy libraries, and no numpy either."""
    heavy = "{'numpy', 'matplotlib', 'sklearn', 'scipy', 'nbformat', 'pooch', 'ipywidgets'}"
    code = f"import sys, coursekit; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def public_objects():
    """Return every public function and class, by the name under which it is first found."""
    found = {}
    for module in (name for package in PACKAGES for name in modules(package)):
        if module.startswith("coursekit.cli") or any(part.startswith("_") for part in module.split(".")):
            continue  # what the command's functions say is its help page
        for name, thing in vars(importlib.import_module(module)).items():
            public = not name.startswith("_") and (inspect.isclass(thing) or inspect.isfunction(thing))
            if public and thing.__module__.startswith(PACKAGES) and thing not in found.values():
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
