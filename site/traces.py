"""What each state of a slider leaves in later pictures, as layers that a page lays over one another.

A picture with traces of earlier settings depends on all moves before, and no table holds that many. But a trace that
its drawing function marks (``gid=TRACE``) is the same in each later picture. So three layers a state are enough: what
lies below traces, what it leaves, and those of its own pixels that a trace may cross and that lie over it.
"""

from collections.abc import Generator

import numpy as np
from matplotlib.colors import to_hex
from tiles import cut_out, patch, pixels, stored

from coursekit.plots.stage import STAGES, in_parts

PARTS = ("alone", "left", "over")  # of a state: pieces that make it whole without traces, its own traces, and over any


def drawing_of(explorer, **memory):
    """Draw for the explorer's values, to the end if it is a training; return what the drawing came to."""
    explorer.renderer.prepare()
    result = explorer.draw(explorer.renderer.figure, **explorer.values, **memory)
    return to_the_end(result) if isinstance(result, Generator) else result


def to_the_end(frames):
    """Draw all frames; return what they came to."""
    while True:
        try:
            next(frames)
        except StopIteration as end:
            return end.value


def keeps_traces(explorer):
    """Tell whether a slider's pictures show earlier settings by marked traces, which can be layers."""
    if not explorer._earlier.maxlen:
        return False
    drawing_of(explorer, earlier=(explorer._earlier[-1],))
    figure = explorer.renderer.figure
    return figure in STAGES and bool(in_parts(figure)[1])


class Traces:
    """The layers of a slider's states, drawn one after the other.

    Parameters
    ----------
    explorer : coursekit.sliders.Explorer
        One that :func:`keeps_traces`.
    """

    def __init__(self, explorer):
        self.explorer, self.renderer = explorer, explorer.renderer
        self.former = explorer._earlier[-1]
        self.below, self.left, self.over = [], [], []

    def draw(self):
        """Draw the state that the explorer's values give; return its picture without traces, as a PNG."""
        self.former = drawing_of(self.explorer, earlier=(self.former,))
        self.renderer.png()  # what stays is drawn now
        below, traces, over = in_parts(self.renderer.figure)
        self.below.append(stored(self._drawn(below)[..., :3]))
        self.over.append(stored(self._drawn(over, alone=True)))
        axes = dict.fromkeys(trace.axes for trace in traces)
        own = [self._drawn([trace for trace in traces if trace.axes is ax], alone=True) for ax in axes]
        self.left.append([stored(each) for each in own])  # by the state before
        return stored(self._drawn([*below, *over])[..., :3])

    def layers(self, pngs):
        """Return the pictures to which traces are added, as PNGs, and the layers that come with them.

        Parameters
        ----------
        pngs : list of bytes
            What :meth:`draw` returned for each state.

        Returns
        -------
        below : list of bytes
            The pictures without what may lie over a trace.
        marks : dict
            How many traces a picture shows at most, their colours, the newest first (the last one for all older), and
            for each state pieces: what makes it whole where there are no traces, its traces, and what lies over some.
        """
        self.draw()  # the trace of the last state
        left = self.left[1:]
        crossed = np.any([pixels(each, "RGBA")[..., 3] > 0 for traces in left for each in traces], axis=0)
        marks = {**self._looks(), "alone": [], "left": [], "over": []}
        marks["left"] = [[cut_out(pixels(each, "RGBA")) for each in traces] for traces in left]
        below = []
        for whole, under, over in zip(pngs, self.below, self.over, strict=False):
            whole, over = pixels(whole), pixels(over, "RGBA") * crossed[..., None]
            ground = np.where(over[..., 3:] > 0, pixels(under), whole)
            below.append(stored(ground))
            marks["alone"].append([patch(whole, ground)])
            marks["over"].append([cut_out(over)])
        return below, marks

    def _looks(self):
        """Return how many traces there are at most, and their colours: one for each age, or one for all."""
        most = self.explorer._earlier.maxlen
        drawing_of(self.explorer, earlier=(self.former,) * most)
        traces = in_parts(self.renderer.figure)[1]
        colours = [*dict.fromkeys(to_hex(trace.get_color()) for trace in traces)]
        return {"most": len(colours) if len(colours) > 1 else most, "colours": colours}

    def _drawn(self, artists, alone=False):
        """Return some artists over what stays, or alone on nothing, as an array (rows, columns, 4)."""
        canvas = self.renderer.canvas
        if alone:
            canvas.renderer.clear()
        else:
            canvas.restore_region(self.renderer.background)
        for artist in artists:
            artist.draw(canvas.renderer)
        return np.array(canvas.buffer_rgba())
