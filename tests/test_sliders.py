"""Sliders without a browser: controls, pictures, bursts of moves, and what a page without a kernel shows."""

import asyncio
import base64

import matplotlib.pyplot as plt
import pytest

from coursekit import sliders

PNG = b"\x89PNG"


@pytest.fixture
def explorer():
    """Return a small explorer and the list of values that it drew."""
    drawn = []

    def draw(fig, *, height, kind):
        drawn.append((height, kind))
        fig.gca().bar(["a"], [height])

    controls = {"height": sliders.linear(0, 10, 3, step=1), "kind": sliders.choice("L1", "L2")}
    return sliders.explore(draw, size=(3, 2), **controls), drawn


def test_a_move_changes_the_picture(explorer):
    """Outside a kernel each move is drawn at once."""
    picture, drawn = explorer
    before = picture.image.value
    picture.controls["height"].value = 7
    picture.controls["kind"].value = "L2"
    assert drawn == [(3, "L1"), (7, "L1"), (7, "L2")]
    assert bytes(picture.image.value).startswith(PNG) and picture.image.value != before


def test_a_burst_of_moves_is_answered_by_its_newest(explorer):
    """Moves that arrive together in a kernel's event loop are drawn once."""
    picture, drawn = explorer

    async def burst():
        for height in range(10):
            picture.controls["height"].value = height
        await asyncio.sleep(5 * sliders.PAUSE)

    asyncio.run(burst())
    assert drawn == [(3, "L1"), (9, "L1")]
    assert picture.pending is None


def test_saved_output_holds_a_picture_and_a_stable_text(explorer):
    """A page without a kernel shows the first picture; nbval compares a text without object addresses."""
    picture, _ = explorer
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == "slider: height 3, kind L1"
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_no_figure_is_left_in_pyplot(explorer):
    """The figure is the explorer's own, so a notebook does not collect open figures."""
    assert plt.get_fignums() == []


def test_logarithmic_steps_are_equal_factors():
    """Ends and start are given as values, not as exponents."""
    control = sliders.logarithmic(0.01, 100, 1.0)
    assert (control.base**control.min, control.base**control.max, control.value) == (0.01, 100, 1.0)


def test_a_control_that_is_none_is_refused():
    """The error says what to write."""
    with pytest.raises(TypeError, match=r"height must be a control; got tuple. Write height=sliders.linear"):
        sliders.explore(lambda fig, height: None, height=(0, 10))
