"""A sheet of pixels to draw on, as a control."""

import anywidget
import numpy as np
from traitlets import Any, Bool, Dict, Int, Unicode

from coursekit.sliders.centring import centred
from coursekit.sliders.controls import FRONT_END

NOTHING = "draw something"


class Pad(anywidget.AnyWidget):
    """A sheet of pixels to draw on; made by :func:`pad`.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns.
    start : ndarray of uint8, shape (rows * columns,)
        First picture.
    answers : sequence of str, default=()
        Names of what the picture below gives a probability to.
    centre : bool, optional
        Whether the drawing is centred at first; if not given, it never is.
    cells : bool, default=False
        Whether a hand turns whole cells on and off.
    """

    _esm = "\n".join((FRONT_END / name).read_text(encoding="utf-8") for name in ("ink.js", "pad.js"))
    _css = FRONT_END / "controls.css"
    label = Unicode().tag(sync=True)
    rows = Int().tag(sync=True)
    columns = Int().tag(sync=True)
    cells = Bool().tag(sync=True)
    asks = Bool().tag(sync=True)
    offers_centring = Bool().tag(sync=True)
    centred = Bool().tag(sync=True)
    position = Int().tag(sync=True)  # how often the hand has changed the sheet
    pixels = Any(b"").tag(sync=True)  # what is drawn
    answer = Dict().tag(sync=True)  # what the picture below says, and of which position
    value = Any()  # what the model sees

    def __init__(self, shape, start, answers=(), centre=None, cells=False):
        self.names = tuple(answers)
        options = {"cells": cells, "asks": bool(answers), "offers_centring": centre is not None}
        super().__init__(rows=shape[0], columns=shape[1], pixels=start.tobytes(), centred=bool(centre), **options)
        self.value = self._seen()
        self.observe(self._drawn, ["pixels", "centred"])
        self.observe(self._set, "value")

    def _seen(self):
        """Return what the model sees of what is drawn."""
        pixels = np.frombuffer(self.pixels, np.uint8)
        return centred(pixels, (self.rows, self.columns)) if self.centred else pixels

    def _drawn(self, change):
        """Take what was drawn in the front end; what was set from here is there already."""
        seen = self._seen()
        if seen.tobytes() != self.value.tobytes():
            self.value = seen

    def _set(self, change):
        """Draw what was set."""
        if change.new.tobytes() != self._seen().tobytes():
            self.pixels = change.new.tobytes()

    @property
    def text(self):
        """How much is drawn."""
        done = "on" if self.cells else "inked"
        return f"with {np.count_nonzero(self.value)} {'cells' if self.cells else 'pixels'} {done}"

    @property
    def blank(self):
        """Whether an answer is asked for and nothing is drawn."""
        return self.asks and not self.value.any()

    def hear(self, result, position):
        """Show what the drawing below says of the sheet.

        Parameters
        ----------
        result : array_like of shape (k,) or None
            A probability for each of the names; None if there is none.
        position : int
            Which state of the sheet it was drawn for.

        Raises
        ------
        ValueError
            If names were given and the result is not a probability for each.
        """
        answer = {"position": position, "seen": self.value.tobytes()}
        if self.names and result is not None:
            if np.shape(result) != (len(self.names),):
                raise ValueError(
                    f"sliders.pad: the drawing function must return one probability for each of the {len(self.names)} "
                    f"answers; got {type(result).__name__} of shape {np.shape(result)}. Return P, or leave out answers."
                )
            best = int(np.argmax(result))
            answer |= {"name": str(self.names[best]), "share": f"{result[best]:.1%}"}
        self.answer = answer


def pad(shape=(28, 28), *, start=None, answers=(), centre=None, cells=False):
    """Return a sheet of pixels to draw on, with the mouse, a finger, a pen or the keys.

    Parameters
    ----------
    shape : tuple of int, default=(28, 28)
        Rows and columns.
    start : array_like of shape (rows * columns,), optional
        First picture, pixels 0 (paper) to 255 (ink); an empty sheet if not given.
    answers : sequence of str, default=()
        Names of classes. The drawing function must then return a probability for each; the largest one is shown in
        large beside the sheet. On an empty sheet the function is not called, and no answer is shown.
    centre : bool, optional
        Whether the value is first scaled and centred as the images of MNIST were. If given, the reader can turn it on
        and off, and sees beside the sheet what the model sees.
    cells : bool, default=False
        Whether a hand turns whole cells on (255) and off (0), for few large pixels; else a soft pen draws.

    Returns
    -------
    Pad
        For :func:`explore`; its value is an ndarray of uint8, shape (rows * columns,).

    Raises
    ------
    ValueError
        If ``start`` has not one value in 0..255 for each pixel.

    Examples
    --------
    >>> pad((2, 3)).value
    array([0, 0, 0, 0, 0, 0], dtype=uint8)
    """
    count = shape[0] * shape[1]
    start = np.zeros(count) if start is None else np.asarray(start).ravel()
    if len(start) != count or start.min() < 0 or start.max() > 255:
        raise ValueError(
            f"sliders.pad: a sheet of {shape[0]} by {shape[1]} needs a start of {count} pixels in 0..255; "
            f"got {len(start)} from {start.min()} to {start.max()}."
        )
    return Pad(shape, start.astype(np.uint8), answers, centre, cells)


def leave_blank(figure):
    """Show that nothing is drawn.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Emptied.
    """
    figure.clear()
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_title(NOTHING, y=0.5)
