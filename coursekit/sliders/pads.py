"""A sheet of pixels to draw on, as a control."""

import anywidget
import numpy as np
from traitlets import Any, Int, Unicode

from coursekit.sliders.controls import FRONT_END


class Pad(anywidget.AnyWidget):
    """A sheet of pixels to draw on; made by :func:`pad`.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns.
    start : ndarray of uint8, shape (rows * columns,)
        First picture.
    """

    _esm = FRONT_END / "pad.js"
    _css = FRONT_END / "controls.css"
    label = Unicode().tag(sync=True)
    rows = Int().tag(sync=True)
    columns = Int().tag(sync=True)
    position = Int().tag(sync=True)  # how often the hand has changed the sheet
    pixels = Any(b"").tag(sync=True)
    value = Any()

    def __init__(self, shape, start):
        super().__init__(rows=shape[0], columns=shape[1], pixels=start.tobytes(), value=start)
        self.observe(self._drawn, "pixels")
        self.observe(lambda change: self.set_trait("pixels", change.new.tobytes()), "value")

    def _drawn(self, change):
        """Take what was drawn in the front end; what was set from here is there already."""
        if bytes(change.new) != self.value.tobytes():
            self.value = np.frombuffer(change.new, np.uint8)

    @property
    def text(self):
        """How much is drawn."""
        return f"with {np.count_nonzero(self.value)} pixels inked"


def pad(shape=(28, 28), *, start=None):
    """Return a sheet of pixels to draw on, with the mouse, a finger or the keys.

    Parameters
    ----------
    shape : tuple of int, default=(28, 28)
        Rows and columns.
    start : array_like of shape (rows * columns,), optional
        First picture, pixels 0 (paper) to 255 (ink); an empty sheet if not given.

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
    return Pad(shape, start.astype(np.uint8))
