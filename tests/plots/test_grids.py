"""Tables of accuracies: the numbers in the cells, one scale for all, and a frame around the best."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from coursekit import plots

TABLES = {"SVM": [[0.30, 0.25, 0.2], [0.35, 0.35, 0.1]], "softmax": [[0.2, 0.4, 0.3], [0.5, 0.45, 0.3]]}
GRID = {"rates": [0.01, 0.1], "strengths": [0.0, 0.3, 1.0]}


def frames(ax):
    """Return the cells with a frame, as (row, column)."""
    return [tuple(int(place) for place in np.round(patch.get_center())[::-1]) for patch in ax.patches]


def test_each_cell_says_its_accuracy():
    """Rates run down, strengths across, and each number stands in the middle of its cell."""
    axes = plots.draw_grids(Figure(), tables=TABLES, **GRID)
    for ax, table in zip(axes, TABLES.values(), strict=True):
        found = {text.get_position()[::-1]: text.get_text() for text in ax.texts}
        assert found == {place: f"{share:.1%}" for place, share in np.ndenumerate(np.array(table))}
        assert [label.get_text() for label in ax.get_xticklabels()] == ["0.0", "0.3", "1.0"]
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["0.01", "0.1"]


def test_all_tables_share_one_scale():
    """The same colour means the same accuracy in both, from the least of all to the greatest of all."""
    limits = [ax.images[0].get_clim() for ax in plots.draw_grids(Figure(), tables=TABLES, **GRID)]
    assert limits == [(10, 50), (10, 50)]


def test_the_best_cells_have_a_frame():
    """Equally good pairs all have one; the title says how good they are."""
    svm, softmax = plots.draw_grids(Figure(), tables=TABLES, **GRID)
    assert frames(svm) == [(1, 0), (1, 1)] and frames(softmax) == [(1, 0)]
    assert (svm.get_title(), softmax.get_title()) == ("SVM: at best 35.0%", "softmax: at best 50.0%")


@pytest.mark.parametrize("share", np.linspace(0, 1, 41))
def test_numbers_can_be_read_on_their_colour(share):
    """A number and the colour under it have a contrast of 4.4 at least; a page of text should have 4.5."""
    tables = {"t": [[0.0, 1.0, share]]}
    (ax,) = plots.draw_grids(Figure(), tables=tables, rates=[1], strengths=[0, 1, 2])
    ground = luminance(ax.images[0].cmap(ax.images[0].norm(100 * share))[:3])
    ink = luminance(to_rgb(ax.texts[2].get_color()))
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.4


def luminance(colour):
    """Return the relative luminance of a colour, as WCAG defines it."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return np.dot(channels, (0.2126, 0.7152, 0.0722))


def test_equal_accuracies_are_drawn():
    """A scale without a width divides nothing by zero."""
    (ax,) = plots.draw_grids(Figure(), tables={"softmax": [[0.5]]}, rates=[0.1], strengths=[0])
    assert frames(ax) == [(0, 0)]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (np.ones((3, 2)), r"2 rates and 3 strengths.*must be \(2, 3\); got shape \(3, 2\).*pass table.T"),
        ([[0.1, 0.2]], r"the table of SVM must be \(2, 3\); got shape \(1, 2\)\.$"),
        ([0.1, 0.2], r"got shape \(2,\)\.$"),
    ],
)
def test_a_table_of_another_shape_is_refused(table, message):
    """The message names the model and the shape, and the transpose if that is what it is."""
    with pytest.raises(ValueError, match=message):
        plots.draw_grids(Figure(), tables={"SVM": table}, **GRID)


def test_no_table_is_refused():
    """The message shows what to pass."""
    with pytest.raises(ValueError, match="there is no table to draw"):
        plots.draw_grids(Figure(), tables={}, **GRID)
