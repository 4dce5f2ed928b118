"""A lesson is executed in its folder and saved tidily; one that fails is left alone."""

import copy
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from gradekit import author, tidying


def write(path, *sources):
    """Write a notebook of the given code cells, as an editor might leave it."""
    nb = new_notebook(cells=[new_code_cell(source) for source in sources])
    nb.metadata.language_info = {"name": "python", "version": "3.1.4"}
    nbformat.write(nb, path)
    return path


def test_a_lesson_is_executed_in_its_own_folder(tmp_path, capsys):
    """By this Python, from top to bottom; the saved file has outputs, but no timing, versions or widget state."""
    (tmp_path / "table.txt").write_text("42")
    path = write(
        tmp_path / "90_sample.ipynb",
        "import sys; print(open('table.txt').read(), sys.prefix)",
        "import ipywidgets; ipywidgets.IntSlider()",
    )
    assert author.main([str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: 2 code cells ran; saved.\n"
    nb = nbformat.read(path, as_version=4)
    assert [cell.execution_count for cell in nb.cells] == [1, 2]
    assert nb.cells[0].outputs[0].text == f"42 {sys.prefix}\n"
    assert nb.cells[1].outputs[0].data == {"text/plain": "IntSlider(value=0)"}
    assert nb.metadata == {"kernelspec": tidying.KERNEL, "language_info": {"name": "python"}}
    assert all(cell.metadata == {} for cell in nb.cells)
    assert path.read_text().endswith("}\n") and [*tmp_path.glob(".*")] == []


def test_a_lesson_that_fails_is_left_alone(tmp_path, capsys):
    """The failing cell and its error are shown, the other lessons go on, and the exit code says so."""
    bad, good = write(tmp_path / "bad.ipynb", "x = 6", "x / 0"), write(tmp_path / "good.ipynb", "'fine'")
    before = bad.read_bytes()
    assert author.main([str(bad), str(good)]) == 1
    printed = capsys.readouterr()
    assert "good.ipynb: 1 code cells ran" in printed.out
    assert "bad.ipynb: a cell failed; the file is as it was" in printed.err
    assert "x / 0" in printed.err and "ZeroDivisionError: division by zero" in printed.err
    assert bad.read_bytes() == before


def test_a_cell_that_takes_too_long_fails(tmp_path):
    """The time limit is a cell's."""
    path = write(tmp_path / "slow.ipynb", "import time; time.sleep(60)")
    with pytest.raises(author.CellFailed, match=r"(?s)slow.ipynb: a cell failed.*timed out .* after 1 seconds"):
        author.execute(path, timeout=1)


def test_no_lesson_and_a_missing_one(capsys, tmp_path):
    """Without arguments the usage is printed; a file that is not there is one line."""
    assert author.main([]) == 2
    assert capsys.readouterr().err.startswith("usage: python -m gradekit.author")
    assert author.main([str(tmp_path / "none.ipynb")]) == 1
    assert "No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain\nlines\n", "plain\nlines\n"),
        ("  0%|  |\r 50%|# |\r100%|##|\n", "100%|##|\n"),
        ("gone\rkept\r", "kept"),
        ("windows\r\n", "windows\n"),
        ("a\rb\nc\rd", "b\nd"),
        ("", ""),
    ],
)
def test_progress_bars_are_at_their_last_state(text, left):
    """What a terminal would show in the end."""
    assert tidying.last_state(text) == left


def test_neighbouring_streams_are_joined():
    """As one text a stream, in order; another output between them keeps them apart."""
    parts = [("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d")]
    outputs = [new_output("stream", name=name, text=text) for name, text in parts]
    outputs += [new_output("display_data", data={"text/plain": "e"}), new_output("stream", text="f")]
    nb = tidying.tidy(new_notebook(cells=[new_code_cell(outputs=outputs)]))
    texts = [output.get("text", "-") for output in nb.cells[0].outputs]
    assert texts == ["ab", "c", "d", "-", "f"]


def test_missing_ids_are_given_and_others_kept():
    """Ids are what nbgrader, diffs and links hold on to."""
    nb = new_notebook(cells=[new_code_cell(id="mine"), new_code_cell()])
    nb.nbformat_minor = 4
    del nb.cells[1]["id"]
    tidying.tidy(nb)
    nbformat.validate(nb)
    assert nb.cells[0].id == "mine" and nb.cells[1].id and nb.nbformat_minor == 5


def test_a_picture_has_a_text_for_those_who_cannot_see_it():
    """The sentences below it, whatever stood there before; a picture with none below it has none."""
    picture = new_output("display_data", data={"image/png": "AA=="}, metadata={"image/png": {"width": 3, "alt": "old"}})
    cells = [
        new_code_cell(outputs=[copy.deepcopy(picture)]),
        new_markdown_cell("## Seen\n\nA **line** rises to $2$. End."),
    ]
    nb = tidying.tidy(new_notebook(cells=[*cells, new_code_cell(outputs=[copy.deepcopy(picture)])]))
    assert nb.cells[0].outputs[0].metadata["image/png"] == {"width": 3, "alt": "A line rises to 2. End."}
    assert nb.cells[2].outputs[0].metadata == picture.metadata
