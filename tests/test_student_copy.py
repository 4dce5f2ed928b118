"""A student's copy, run from top to bottom, stops at the unwritten exercises and nowhere else."""

import nbformat
import pytest
from nbclient import NotebookClient

from gradekit.lesson import find_lessons
from gradekit.release import release


@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda path: path.stem)
def test_only_the_checks_of_unwritten_exercises_fail(lesson, tmp_path):
    """Each check says that its exercise is not written yet; all else runs, on the reference where it must."""
    release(tmp_path, [lesson.stem])
    nb = nbformat.read(tmp_path / lesson.name, as_version=4)
    options = {"timeout": 600, "allow_errors": True, "resources": {"metadata": {"path": str(tmp_path)}}}
    NotebookClient(nb, kernel_name="python3", **options).execute()
    checks = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    failed = [(cell, out) for cell in nb.cells for out in cell.get("outputs", ()) if out.output_type == "error"]
    assert [cell.id for cell, _ in failed] == [cell.id for cell in checks] != []
    assert all("is not written yet" in out.evalue for _, out in failed)
