"""A lesson of two exercises whose checks are the course's own, small enough to be run again and again."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from gradekit.lesson import exercises
from gradekit.runs.messages import Run
from gradekit.verdict import Verdict
from tests.sample_lesson import nbgrader

NAME = "90_two_exercises"
LIKELY = "def most_likely(Z):\n    ### BEGIN SOLUTION\n    return Z.argmax(axis=1)\n    ### END SOLUTION"
RATE = """def decayed_rate(start, factor, every, step):
    ### BEGIN SOLUTION
    return start * factor ** (step // every)
    ### END SOLUTION"""
LIKELY_RULES = {"calls": ["coursekit.softmax.predict"], "loops": False, "cost": 0.5}
RATE_RULES = {"calls": ["coursekit.optim.step_decay"], "cost": 1.0}


def lesson():
    """Return the complete, executed lesson."""
    return new_notebook(
        cells=[
            new_markdown_cell("# Which class wins, and how fast?"),
            code(
                "import numpy as np\n\nfrom coursekit import check, optim, softmax\nfrom coursekit.check import probe"
            ),
            answer("90-most-likely", LIKELY),
            exercise_check("90-most-likely", "np.array([[1.0, 2.0]])", "(1,): 1", 2, LIKELY_RULES),
            code("most_likely = check.most_likely.or_ours(most_likely)"),
            code("hours = 3  # nobody needs it"),
            new_markdown_cell("## Exercise 2"),
            answer("90-decayed-rate", RATE),
            exercise_check("90-decayed-rate", "1.0, 0.5, 2, 5", "0.25", 1, RATE_RULES),
            code("afterwards = decayed_rate(1.0, 0.5, 2, 3)"),
        ]
    )


def code(source, **metadata):
    """Return an executed code cell."""
    return new_code_cell(source, execution_count=1, metadata=metadata)


def answer(name, source):
    """Return an answer cell."""
    return code(source, **nbgrader(name, solution=True))


def exercise_check(name, inputs, value, points, rules):
    """Return a check cell with what it printed."""
    function = name.removeprefix("90-").replace("-", "_")
    hidden = f"### BEGIN HIDDEN TESTS\nprobe({function}, {inputs})\n### END HIDDEN TESTS"
    flags = nbgrader(f"{name}-check", grade=True, locked=True, points=points)
    cell = code(f"check.{function}({function})\n{hidden}", **flags, coursekit={"rules": rules})
    cell.outputs = [new_output("stream", name="stdout", text=f"✓ {function}: right on 5 tries\n-> {value}\n")]
    return cell


def write_course(folder):
    """Write the lesson into a folder, and return the folder."""
    folder.mkdir(parents=True)
    nbformat.write(lesson(), folder / f"{NAME}.ipynb")
    return folder


def written(nb, **answers):
    """Return a notebook with these sources in its answer cells, ``most_likely`` and ``decayed_rate``."""
    for cell in nb.cells:
        flags = cell.metadata.get("nbgrader", {})
        name = flags.get("grade_id", "").removeprefix("90-").replace("-", "_")
        if flags.get("solution") and name in answers:
            cell.source = answers[name]
    return nb


def fake_runner(ran, says):
    """Return a class of runners that run nothing: they write each notebook down and take what is said of it."""

    class Fake:
        """A runner."""

        def __init__(self, **options):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def run(self, nb):
            """Say of every exercise the same."""
            ran.append(nb)
            said = says(nb) or Verdict(True, "right")
            return Run({exercise.name: said for exercise in exercises(nb)})

    return Fake
