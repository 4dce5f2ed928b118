"""A student's copy, run from top to bottom with nothing written, comes to its end."""

import nbformat
import pytest
from nbclient import NotebookClient

from coursekit import check
from coursekit.check.exercise import Exercise
from gradekit.lesson import find_lessons
from gradekit.release import release


@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda path: path.stem)
def test_a_copy_with_nothing_written_runs_to_its_end(lesson, tmp_path):
    """Each check says that its exercise is not written yet, in one quiet line; all else runs, on ours where it must."""
    release(tmp_path, [lesson.stem])
    nb = nbformat.read(tmp_path / lesson.name, as_version=4)
    options = {"timeout": 600, "allow_errors": True, "resources": {"metadata": {"path": str(tmp_path)}}}
    NotebookClient(nb, kernel_name="python3", **options).execute()
    checks = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    failed = [(cell, out) for cell in nb.cells for out in cell.get("outputs", ()) if out.output_type == "error"]
    declared = [cell for cell in checks if isinstance(getattr(check, asked_for(cell)), Exercise)]
    assert [cell.id for cell, _ in failed] == [cell.id for cell in checks if cell not in declared]
    assert all("is not written yet" in out.evalue for _, out in failed)
    assert checks and all(printed(cell).startswith(f"○ {asked_for(cell)}: not written yet") for cell in declared)


def asked_for(cell):
    """Return the name of the function that a check cell asks for."""
    return cell.source.split("check.")[1].split("(")[0]


def printed(cell):
    """Return what a cell printed."""
    return "".join(out.text for out in cell.outputs if out.output_type == "stream")
