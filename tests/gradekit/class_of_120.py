"""A class of 120 people in the layouts of five systems, a third of the names mangled: deterministic, no kernel needed.

Each file holds an answer with its author's number, so that a test can say whose it is whatever it is called.
"""

import json
import random
import unicodedata
from dataclasses import dataclass

FIRST = ["Ann", "Zoë", "José", "Björk", "Mary Ann", "O'Brien", "Łukasz", "Anne-Marie", "李", "Nguyễn", "Max", "Ida"]
LAST = ["Lee", "Müller", "García", "Nguyễn", "Smith", "Şahin", "Dvořák", "van Dyke", "伟", "Ångström"]
SYSTEMS = ("canvas", "moodle", "gradescope", "brightspace", "classroom")
FILES = ["05_mnist_lab", "05-mnist-lab", "05 MNIST lab (1)", "lab5", "mnist_lab_final", "homework"]


@dataclass(frozen=True)
class Someone:
    """One person of the class."""

    number: int
    first: str
    last: str

    @property
    def name(self):
        """The name as people say it."""
        return f"{self.first} {self.last}"

    @property
    def row(self):
        """The person's row of a roster, by columns."""
        ids = {"id": f"s{1000 + self.number}", "canvas_id": f"{500 + self.number}", "moodle": f"{7000 + self.number}"}
        return {"name": self.name, "email": f"p{self.number}@school.edu", "login": f"p{self.number}", **ids}


def people():
    """Return 120 people, no two of one name."""
    names = [(first, last) for first in FIRST for last in LAST]
    random.Random(2026).shuffle(names)
    return [Someone(number, *name) for number, name in enumerate(names)]


def roster(ids=True):
    """Return the class's roster; without numbers and addresses if these are not to help."""
    kept = ("name", "email", "id", "login", "canvas_id", "moodle") if ids else ("name",)
    return {f"P{someone.number:03}": {key: someone.row[key] for key in kept} for someone in people()}


def mangled(someone, rng):
    """Return a name as some program or person writes it."""
    ways = [
        lambda name: unicodedata.normalize("NFD", name),
        str.upper,
        str.lower,
        lambda name: name.replace(" ", "  "),
        lambda name: name.replace(" ", "_"),
        lambda name: f"{someone.last}, {someone.first}",
        lambda name: name.encode().decode("latin-1"),
        lambda name: unicodedata.normalize("NFD", name.upper()),
    ]
    return rng.choice(ways)(someone.name)


def layout(system, seed=1):
    """Return the paths of a class's files in a system's layout, each with its author; every third name is mangled."""
    rng, paths = random.Random(seed), {}
    for someone in people():
        name = mangled(someone, rng) if someone.number % 3 == 0 else someone.name
        file = rng.choice(FILES) + ".ipynb"
        for path in SHAPES[system](someone, name, file, rng):
            paths[path] = someone
    return paths


def canvas(someone, name, file, rng):
    """Name as Canvas does: last and first name in one piece, numbers, LATE, and a suffix for a resubmission."""
    squeezed = "".join(char for char in f"{someone.last}{someone.first}".lower() if char.isalnum())
    late = "LATE_" if rng.random() < 0.1 else ""
    suffix = rng.choice(["", "", "-1", "-2"])
    numbers = f"{500 + someone.number}_{90000 + someone.number}"
    yield f"{squeezed}_{late}{numbers}_{file.removesuffix('.ipynb')}{suffix}.ipynb"


def moodle(someone, name, file, rng):
    """Name as Moodle does."""
    yield f"{name}_{7000 + someone.number}_assignsubmission_file_/{file}"


def gradescope(someone, name, file, rng):
    """Name as Gradescope does; whose it is says a list."""
    yield f"assignment_1_export/submission_{30000 + someone.number}/{file}"


def brightspace(someone, name, file, rng):
    """Name as Brightspace does, with a date; some hand in twice."""
    for hour in ["10", "11"][: 1 + (someone.number % 7 == 0)]:
        yield f"{2000 + someone.number}-777 - {name} - Nov 3, 2026 {hour}34 AM/{file}"


def classroom(someone, name, file, rng):
    """Name as Classroom does, flat."""
    yield f"Lab 5/{name} - {file}"


SHAPES = {
    "canvas": canvas,
    "moodle": moodle,
    "gradescope": gradescope,
    "brightspace": brightspace,
    "classroom": classroom,
}


def gradescopes_list():
    """Return what Gradescope's list of submissions says, every third name mangled."""
    rng, lines = random.Random(1), ["---"]
    for someone in people():
        name = mangled(someone, rng) if someone.number % 3 == 0 else someone.name
        lines += [f"submission_{30000 + someone.number}:", "  :submitters:", f"  - :name: {json.dumps(name)}"]
        lines += [f"    :sid: s{1000 + someone.number}", f"    :email: p{someone.number}@school.edu", "  :score: 0.0"]
    return "\n".join(lines)


def write_class(folder, system, text, *, seed=1, top=""):
    """Write a class's files, and return how many; ``text`` is what each holds, with its author's number for @@."""
    paths = layout(system, seed)
    for path, someone in paths.items():
        place = folder / top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace("@@", str(someone.number)))
    if system == "gradescope":
        (folder / top / "assignment_1_export" / "submission_metadata.yml").write_text(gradescopes_list())
    if system == "brightspace":
        (folder / top / "index.html").write_text("<html>")
    return len(paths)
