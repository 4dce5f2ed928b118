"""Claims against what was found, and what the best of many tries is worth."""

import matplotlib.pyplot as plt
import numpy as np

from coursekit.plots.stage import stage

FARTHEST = 100  # units of the interval; what lies beyond is drawn at the edge
SEARCHES = 400
VERDICT_GROUPS = (  # verdicts that say alike: as claimed, it depends, contradicted
    ("reproduced", "true here", "right in kind"),
    ("true in part", "depends on scale", "depends on machine", "not decided"),
    ("not best", "out of reach", "under-trained", "refuted", "wrong cause", "needs a slip"),
)
COLOURS = "#009e73", "#b07500", "#d55e00"


def claims_map(claims, *, ax=None):
    """Draw how far each claim lies from what was found, in units of the interval, which is the grey band.

    Parameters
    ----------
    claims : sequence of Claim
        Those that were not run yet have no mark.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> from coursekit.claims import read
    >>> claims_map(read("no such folder")).get_xlabel()
    'claimed less found; 1 is the end of the interval'
    """
    ax = plt.subplots(figsize=(8, 0.22 * len(claims) + 0.8))[1] if ax is None else ax
    ax.axvspan(-1, 1, color="0.9")
    for row, claim in enumerate(claims):
        groups = zip(COLOURS, VERDICT_GROUPS, strict=True)
        colour = next((colour for colour, verdicts in groups if claim.judged in verdicts), "0.6")
        if claim.found:
            off = float(np.clip(claim.apart, -FARTHEST, FARTHEST))
            mark = {"=": "o", ">": ">", "<": "<"}[claim.relation]
            ax.plot(off, row, mark, color=colour, markersize=6)
        ax.text(1.9 * FARTHEST, row, claim.judged, color=colour, va="center", size="small")
    ax.set_xscale("symlog", linthresh=1)
    ax.set_xticks([-100, -10, -1, 0, 1, 10, 100], labels=["-100", "-10", "-1", "0", "1", "10", "100"])
    ax.set_yticks(range(len(claims)), labels=[claim.name for claim in claims], size="small")
    ax.set(xlim=(-1.6 * FARTHEST, 1.6 * FARTHEST), ylim=(len(claims) - 0.5, -0.5))
    ax.set(xlabel="claimed less found; 1 is the end of the interval", title="Claims against what came out")
    return ax


def draw_best_of(fig, *, settings, images, share=0.9):
    """Draw what the best of several equally good settings scores on the images that chose it, and on fresh ones.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    settings : int
        How many are compared.
    images : int
        On how many images.
    share : float, default=0.9
        What each setting classifies correctly in truth.

    Returns
    -------
    tuple of float
        Mean accuracy of the chosen setting on the images that chose, and on fresh ones.

    Raises
    ------
    ValueError
        If there is no setting or no image.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> [round(draw_best_of(Figure(), settings=count, images=100)[0], 2) for count in (1, 100)]
    [0.9, 0.97]
    """
    if settings < 1 or images < 1:
        raise ValueError(f"draw_best_of: needs one setting and one image at least; got {settings} and {images}.")
    ax = stage(fig, _axes, share)
    chosen, fresh = best_of(settings, images, share)
    bins = np.linspace(share - 0.1, share + 0.1, 81)
    for values, colour in ((fresh, "#0072b2"), (chosen, "#d55e00")):
        heights, edges = np.histogram(np.clip(values, bins[0], bins[-1]), bins)
        ax.stairs(heights / len(values), 100 * edges, fill=True, color=colour, alpha=0.6)  # one path, not 80 bars
        ax.axvline(100 * values.mean(), color=colour, linewidth=2)
    ax.set_title(f"best of {settings} on {images} images: {100 * (chosen.mean() - share):+.2f} points by luck")
    return float(chosen.mean()), float(fresh.mean())


def best_of(settings, images, share, *, searches=SEARCHES, seed=0):
    """Return for many searches the accuracy of the chosen setting where it was chosen, and on as many fresh images.

    Parameters
    ----------
    settings, images : int
        How many settings are compared, on how many images.
    share : float
        What each of them classifies correctly in truth.
    searches : int, default=400
        How often all is drawn again.
    seed : int, default=0
        Of the draws.

    Returns
    -------
    tuple of ndarray of shape (searches,)
        Accuracy on the images that chose, and on fresh ones.

    Examples
    --------
    >>> chosen, fresh = best_of(50, 200, 0.9)
    >>> bool(chosen.mean() > 0.93), bool(abs(fresh.mean() - 0.9) < 0.01)
    (True, True)
    """
    rng = np.random.default_rng(seed)
    chosen = rng.binomial(images, share, (searches, settings)).max(axis=1)
    return chosen / images, rng.binomial(images, share, searches) / images


def _axes(fig, share):
    """Draw what stays: the axes, the true share and the two names."""
    ax = fig.subplots()
    ax.axvline(100 * share, color="0.4", linestyle=":", linewidth=1)
    ax.set(xlim=(100 * share - 10, 100 * share + 10), ylim=(0, 0.95))
    ax.set(xlabel="accuracy of the chosen setting (%)", ylabel="share of the searches")
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour, alpha=0.6) for colour in ("#0072b2", "#d55e00")]
    ax.legend(handles, ["on fresh images", "on the images that chose"], loc="upper left")
    return ax
