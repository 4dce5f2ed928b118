"""Tables of sliders: every state comes out as it was drawn, many states make coarser steps, nothing is hidden."""

import io
from base64 import b64decode
from itertools import product

import frames
import numpy as np
import pytest
import table
from nbformat.v4 import new_code_cell, new_notebook, new_output
from needs import needed
from PIL import Image

from coursekit import plots, sliders


def squares(fig, *, side, place=0, shade="dark"):
    """Draw a square whose colour, place and size controls move."""
    ax = fig.subplots()
    ax.set(xlim=(0, 60), ylim=(0, 60), title=f"side {side}")
    ax.fill_between([place, place + side], 0, side, color={"dark": "navy", "light": "orange"}[shade])


def explored(**controls):
    """Return a small explorer."""
    return sliders.explore(squares, size=(2, 1.5), **controls)


def composed(shown, state):
    """Return the picture of a state as the page lays it together."""
    picture = Image.open(io.BytesIO(b64decode(shown["base"]))).convert("RGB")
    pieces, ends = b64decode(shown["pieces"]), np.cumsum(shown["sizes"])
    for i in shown["states"][state]:
        piece = Image.open(io.BytesIO(pieces[ends[i] - shown["sizes"][i] : ends[i]])).convert("RGBA")
        picture.paste(piece, tuple(shown["places"][i]), piece)
    return np.asarray(picture)


def test_every_state_comes_out_as_it_was_drawn():
    """To the last pixel, whichever control the states are grouped by; the descriptions are the notebook's."""
    steps = {"side": sliders.linear(2, 5, 3, step=1), "place": sliders.linear(0, 4, 0, step=1)}
    explorer = explored(**steps, shade=sliders.choice("dark", "light"))
    shown = table.table_of(explorer, explorer.renderer.png(small=True)).shown
    for state, positions in enumerate(product(range(4), range(5), range(2))):
        for control, position in zip(explorer.controls.values(), positions, strict=True):
            control.position, control.value = position, control.values[position]
        explorer.redraw()
        assert (composed(shown, state) == table.pixels(explorer.picture.png)).all()
        assert shown["descriptions"][state] == explorer.picture.description


def test_many_states_make_coarser_steps_that_keep_start_and_ends():
    """As few as are needed, eleven at least, and the page says so; more controls than that have no table."""
    explorer = explored(side=sliders.linear(1, 41, 4, step=1), place=sliders.linear(0, 20, 3, step=1))
    kept = table.positions(explorer)
    assert [len(places) for places in kept] == [15, 21]
    for control, places in zip(explorer.controls.values(), kept, strict=True):
        assert {0, control.start, len(control.texts) - 1} <= {*places}
    assert table.notes(["side"], lost=False) == "Here the steps of side are coarser than in the notebook."
    many = {name: sliders.linear(0, 20, 3, step=1) for name in ("side", "place")}
    explorer = sliders.explore(lambda fig, **values: None, third=sliders.linear(0, 20, 3, step=1), **many)
    with pytest.raises(table.NoTable, match="9261 states are too many"):
        table.positions(explorer)


def test_a_picture_of_other_data_is_seen():
    """Another title, or another image: no table; the same drawn by another version of a font would pass."""
    explorer, other = (explored(side=sliders.linear(1, 9, start, step=1)) for start in (4, 5))
    with pytest.raises(table.NoTable, match="not the saved one"):
        table.table_of(explorer, other.renderer.png(small=True))


def test_only_the_cells_are_run_that_a_slider_needs():
    """What binds and what changes its names, for functions as well; who draws random numbers, in its order."""
    cells = [
        "import numpy as np\nrng = np.random.default_rng(0)",
        "x = rng.normal()",
        "print('nothing')",
        "data = {}\ny = 2",
        "data['x'] = 1",
        "def f():\n    return data, y",
        "y = 3",
        "z = rng.normal()",
        "f(), z",
    ]
    assert needed(cells, 8) == [0, 1, 3, 4, 5, 6, 7, 8]
    assert needed(cells, 4) == [3, 4]


def test_what_only_looks_like_a_need_runs_no_cell():
    """A function's own names, those of a comprehension, and a call of a module's function change nothing."""
    cells = [
        "import numpy as np\nfrom coursekit import plots",
        "ends = slow()",
        "ax = other()\nplots.loss_curve([1], ax=ax)",
        "def f(rows):\n    rows[0] = 1\n    return rows\n\n\nrows = slow()",
        "data = []",
        "data.append(1)",
        "data[0] = 2",
        "parts = [np.sum(ends) for ends in (1, 2)]",
        "plots.draw(f(parts), data)",
    ]
    assert needed(cells, 8) == [0, 3, 4, 5, 6, 7, 8]
    assert needed(cells, 7) == [0, 7]


def test_a_cell_that_fails_is_told(tmp_path, monkeypatch):
    """The slider stays a picture, and the reason names the cell and the error; the lesson's other slider lives."""
    monkeypatch.chdir(tmp_path)
    make = "from coursekit import plots, sliders\nT = sliders.linear(1, 3, 2, step=1)"
    explore = "sliders.explore(plots.draw_temperature, size=(3, 2), temperature=T)"
    picture = sliders.explore(plots.draw_temperature, size=(3, 2), temperature=sliders.linear(1, 3, 2, step=1))
    saved = {"image/png": table.text(picture.renderer.png(small=True)), "text/plain": "slider: temperature 2"}
    shown = [new_output("execute_result", data=saved, execution_count=1)]
    sources = {make: [], explore: shown, "v = 1 / 0": [], f"v\n{explore}": shown}
    nb = new_notebook(cells=[new_code_cell(source, outputs=outputs) for source, outputs in sources.items()])
    path = tmp_path / "lesson.ipynb"
    path.write_text(frames.nbformat.writes(nb))
    (good, _), (bad, script) = frames.run(path, frames.jobs_of(nb)).values()
    assert good["lives"] and not bad["lives"] and not script
    assert bad["why"] == "code cell 3 raised ZeroDivisionError: division by zero"
