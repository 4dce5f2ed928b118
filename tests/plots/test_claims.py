"""The map of claims, and the best of many tries."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import claims, plots
from tests.plots.repaint import assert_repaints

RESULTS = Path(__file__).parent.parent.parent / "notebooks" / "results"


def test_each_claim_that_was_run_has_a_mark_and_each_verdict_a_word():
    """In the order of the ledger, inside the limits, however far away it is."""
    ledger = claims.read(RESULTS)
    ax = plots.claims_map(ledger, ax=Figure().subplots())
    assert [line.get_ydata()[0] for line in ax.lines] == [row for row, claim in enumerate(ledger) if claim.found]
    assert max(abs(line.get_xdata()[0]) for line in ax.lines) <= 100
    assert [text.get_text() for text in ax.texts] == [claim.judged for claim in ledger]


def test_each_verdict_belongs_to_one_group():
    """No verdict is drawn in grey but the one of what was not run."""
    grouped = [verdict for group in plots.VERDICT_GROUPS for verdict in group]
    assert sorted(grouped) == sorted(claims.VERDICTS)


def test_the_best_of_many_is_too_good_and_a_single_one_is_not():
    """On fresh images nothing is gained."""
    for settings, luck in ((1, 0.0), (20, 0.0175), (100, 0.024)):
        chosen, fresh = plots.best_of(settings, 1000, 0.9)
        assert chosen.mean() == pytest.approx(0.9 + luck, abs=2e-3)
        assert fresh.mean() == pytest.approx(0.9, abs=2e-3)


def test_luck_falls_with_the_root_of_the_images():
    """A hundred times the images, a tenth of the luck."""
    few, many = (plots.best_of(20, images, 0.9)[0].mean() - 0.9 for images in (1000, 100_000))
    assert few / many == pytest.approx(10, rel=0.15)


def test_no_bar_is_cut():
    """Not even where all searches end within half a point."""
    for settings, images in ((100, 30_000), (50, 30_000), (20, 30_000), (1, 100)):
        fig = Figure()
        plots.draw_best_of(fig, settings=settings, images=images)
        assert (
            max(bar.get_data().values.max() for bar in fig.axes[0].patches if hasattr(bar, "get_data"))
            < fig.axes[0].get_ylim()[1]
        )


def test_nothing_is_left_over():
    """Another number of settings replaces bars, lines and title."""
    assert_repaints(plots.draw_best_of, {"settings": 20, "images": 1000}, {"settings": 1, "images": 300})


@pytest.mark.parametrize("given", [{"settings": 0, "images": 10}, {"settings": 3, "images": 0}])
def test_a_search_among_nothing_is_refused(given):
    """The message has both numbers."""
    with pytest.raises(ValueError, match=f"got {given['settings']} and {given['images']}"):
        plots.draw_best_of(Figure(), **given)


def test_draws_are_the_same_each_time():
    """A slider that comes back shows the same picture."""
    assert np.array_equal(plots.best_of(5, 100, 0.9)[0], plots.best_of(5, 100, 0.9)[0])
