"""A small lesson with one exercise, for the tests that must not depend on the course's own notebooks."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ANSWER = """def double(x):
    \"\"\"Return twice x.\"\"\"
    if x is None:
        ### BEGIN SOLUTION
        return 0
        ### END SOLUTION
    ### BEGIN SOLUTION
    secret = 2
    return secret * x
    ### END SOLUTION"""
CHECK = """check.double(double)
### BEGIN HIDDEN TESTS
probe(double, 21)
### END HIDDEN TESTS"""


def nbgrader(grade_id, **flags):
    """Return a cell's metadata with nbgrader's keys."""
    plain = {"solution": False, "grade": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": {"grade_id": grade_id} | plain | flags}


def answer_cell(source=ANSWER, grade_id="90-sample-double"):
    """Return an executed answer cell."""
    metadata = nbgrader(grade_id, solution=True)
    metadata["coursekit"] = {"misconception": "forgot the factor"}
    return new_code_cell(source, execution_count=1, metadata=metadata)


def check_cell(source=CHECK, grade_id="90-sample-double-check", points=2):
    """Return an executed check cell."""
    metadata = nbgrader(grade_id, grade=True, locked=True, points=points)
    outputs = [new_output("stream", name="stdout", text="double(21) = 42\n")]
    return new_code_cell(source, execution_count=2, metadata=metadata, outputs=outputs)


def lesson(*cells):
    """Return a lesson of the given cells; of a title, an exercise and a closing line by default."""
    exercise = (
        new_markdown_cell("# What is twice a number?"),
        answer_cell(),
        check_cell(),
        new_markdown_cell("Read only.", metadata=nbgrader("90-sample-note", locked=True)),
        new_code_cell("double(4)", execution_count=3, metadata={"tags": ["nbval-ignore-output"], "scrolled": True}),
    )
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "widgets": {"state": {"id": "secret"}}}
    return new_notebook(cells=list(cells or exercise), metadata=metadata)


def write_course(folder):
    """Write a course of two lessons and a table that they read, and return its folder."""
    (folder / "results").mkdir(parents=True)
    (folder / "results" / "sweep.json").write_text("[1, 2]\n")
    for name in ("00_start_here", "90_sample"):
        nbformat.write(lesson(), folder / f"{name}.ipynb")
    return folder
