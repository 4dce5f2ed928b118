"""What stays in a picture and what moves, so that a slider redraws only the part that moves.

A ``draw_*`` function asks for its ``stage``: the axes with all that never changes (limits, ticks, contours, legends),
built once a figure. Whatever it then adds is moving, and is gone at the next call.
"""

from typing import NamedTuple
from weakref import WeakKeyDictionary

STAGES = WeakKeyDictionary()  # figure -> Stage
TRACE = "trace"  # the gid of moving artists that show an earlier call, each call for itself


class Stage(NamedTuple):
    """The axes of a figure and what stays in them.

    Parameters
    ----------
    build : callable
        What built it.
    fixed : tuple
        With which arguments.
    axes : object
        What ``build`` returned.
    staying : set of matplotlib.artist.Artist
        What stays.
    first : dict of matplotlib.axes.Axes to tuple
        Title and number of containers of each axes.
    """

    build: object
    fixed: tuple
    axes: object
    staying: set
    first: dict


def stage(fig, build, *fixed):
    """Return the axes of a figure, holding what stays in the picture and nothing else.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty at the first call; cleared if another stage or other arguments stood in it.
    build : callable
        ``build(fig, *fixed)`` makes the axes, with limits, ticks and all that stays, and returns them.
    *fixed : object
        What the stage depends on, compared by identity.

    Returns
    -------
    object
        What ``build`` returned: the axes. A title that a call sets is moving too.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> def build(fig):
    ...     return fig.subplots()
    >>> fig = Figure()
    >>> line = stage(fig, build).plot([1, 2])
    >>> len(stage(fig, build).lines)
    0
    """
    known = STAGES.get(fig)
    if known is None or not _same(known, build, fixed) or not set(fig.axes) <= known.staying:
        fig.clear()
        axes = build(fig, *fixed)
        first = {ax: (ax.get_title(), len(ax.containers)) for ax in fig.axes}
        STAGES[fig] = Stage(build, fixed, axes, {*fig.axes, *_artists(fig)}, first)
        return axes
    for artist in _artists(fig):
        if artist not in known.staying:
            artist.remove()
    for ax, (title, count) in known.first.items():
        ax.set_title(title)
        del ax.containers[count:]  # bars, say, whose artists are gone
    return known.axes


def moving(fig):
    """Return what a staged figure got after its stage was built: artists, and titles that are not those of the stage.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        A figure that :func:`stage` has seen.

    Returns
    -------
    list of matplotlib.artist.Artist
        In the order in which they are to be drawn.
    """
    known = STAGES[fig]
    added = [artist for artist in _artists(fig) if artist not in known.staying]
    titles = [ax.title for ax in fig.axes if ax.get_title() != known.first[ax][0]]
    return sorted([*added, *titles], key=lambda artist: artist.zorder)


def in_parts(fig):
    """Return what moves in three parts: what lies below the traces of earlier calls, these, and what lies over them.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        A figure that :func:`stage` has seen.

    Returns
    -------
    tuple of list of matplotlib.artist.Artist
        Each in the order in which it is to be drawn. What is in an axes without traces lies below.
    """
    below, traces, over = [], [], []
    for artist in moving(fig):
        if artist.get_gid() == TRACE:
            traces.append(artist)
        else:
            crossed = any(trace.axes is artist.axes for trace in traces)
            (over if crossed else below).append(artist)
    return below, traces, over


def _same(known, build, fixed):
    """Tell whether a stage was built by this function from these very objects."""
    return known.build is build and len(known.fixed) == len(fixed) and all(map(_is, known.fixed, fixed))


def _is(a, b):
    """Tell whether two objects are one; small immutable values may be equal instead."""
    return a is b or (isinstance(a, (str, int, float, tuple)) and a == b)


def _artists(fig):
    """Return all artists in the axes of a figure."""
    return [artist for ax in fig.axes for artist in ax.get_children()]
