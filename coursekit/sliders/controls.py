"""Controls: native inputs with a label, so that the keyboard and a screen reader work as everywhere else."""

from math import ceil, log10
from pathlib import Path

import anywidget
import numpy as np
from traitlets import Any, Bool, Int, List, Unicode

FRONT_END = Path(__file__).parent / "front_end"


class Slider(anywidget.AnyWidget):
    """A range input over a few given values; made by :func:`linear`, :func:`logarithmic` and :func:`choice`.

    Parameters
    ----------
    values : sequence
        The values, in order.
    texts : sequence of str
        How each is written.
    start : object
        First value.
    """

    _esm = FRONT_END / "slider.js"
    _css = FRONT_END / "controls.css"
    label = Unicode().tag(sync=True)
    compact = Bool().tag(sync=True)
    texts = List(Unicode()).tag(sync=True)
    position = Int().tag(sync=True)
    value = Any()

    def __init__(self, values, texts, start):
        self.values = list(values)
        super().__init__(texts=list(texts), position=self._nearest(start), value=start)
        self.value = self.values[self.position]
        self.observe(self._position_moved, "position")
        self.observe(lambda change: self.set_trait("position", self._nearest(change.new)), "value")

    def _position_moved(self, change):
        """Take the value of a new position; a value that was set from here stays as exact as it is."""
        if self._nearest(self.value) != change.new:
            self.value = self.values[change.new]

    def near(self, value):
        """Return the one of the slider's values that is nearest to a number, or is this word.

        Parameters
        ----------
        value : object
            What to come near to.

        Returns
        -------
        object
            The value.
        """
        return self.values[self._nearest(value)]

    @property
    def text(self):
        """The value as it is written beside the slider."""
        return self.texts[self.position]

    def _nearest(self, value):
        """Return the place of a value, or of the number nearest to it."""
        if value in self.values:
            return self.values.index(value)
        if isinstance(value, str) or isinstance(self.values[0], str):
            raise ValueError(f"slider: {value!r} is not one of its values; choose from {', '.join(self.texts)}.")
        return int(np.abs(np.array(self.values, float) - value).argmin())


def linear(low, high, start, *, step=None):
    """Return a slider over an interval.

    Parameters
    ----------
    low, high : float
        Ends of the interval.
    start : float
        First value.
    step : float, optional
        A hundredth of the interval if not given; whole numbers make a slider over whole numbers.

    Returns
    -------
    Slider
        For :func:`explore`.

    Raises
    ------
    ValueError
        If ``start`` lies outside the interval.

    Examples
    --------
    >>> linear(0, 10, 3, step=1).value
    3
    """
    _inside("linear", low, high, start)
    step = step or (high - low) / 100
    count = int((high - low) / step + 1e-9) + 1
    values = [low + i * step for i in range(count)]
    if all(isinstance(v, int) for v in (low, high, start, step)):
        return Slider(values, map(str, values), start)
    decimals = max(0, -int(np.floor(log10(step) + 1e-9)), len(f"{step:.6f}".rstrip("0").split(".")[1]))
    values = [round(value, decimals) + 0.0 for value in values]  # + 0.0: no -0.0
    return Slider(values, [f"{value:.{decimals}f}" for value in values], start)


def logarithmic(low, high, start):
    """Return a slider whose steps are equal factors, twenty a decade, through the powers of ten.

    Parameters
    ----------
    low, high : float
        Ends, both positive.
    start : float
        First value; the nearest step is taken.

    Returns
    -------
    Slider
        For :func:`explore`.

    Raises
    ------
    ValueError
        If ``low`` is not positive or ``start`` lies outside.

    Examples
    --------
    >>> logarithmic(0.01, 100, 1).value
    1.0
    """
    if not low > 0:
        raise ValueError(f"sliders.logarithmic: low must be positive; got {low}. For an interval with 0: linear.")
    _inside("logarithmic", low, high, start)
    steps = range(ceil(20 * log10(low) + 0.3), ceil(20 * log10(high) - 0.3))  # none too near an end
    values = [float(low), *(float(f"{10 ** (step / 20):.12g}") for step in steps), float(high)]
    return Slider(values, [f"{value:.3g}" for value in values], min(values, key=lambda v: abs(log10(v / start))))


def choice(*options, start=None):
    """Return a slider over a few given values.

    Parameters
    ----------
    *options : object
        The values, in order.
    start : object, optional
        First value; the first option if not given.

    Returns
    -------
    Slider
        For :func:`explore`.

    Raises
    ------
    ValueError
        If ``start`` is not among the options.

    Examples
    --------
    >>> choice("L1", "L2").value
    'L1'
    """
    start = options[0] if start is None else start
    if start not in options:
        raise ValueError(f"sliders.choice: start {start!r} is not one of the options {', '.join(map(str, options))}.")
    return Slider(options, map(str, options), start)


def _inside(name, low, high, start):
    """Refuse a start outside the interval."""
    if not low <= start <= high:
        raise ValueError(f"sliders.{name}: start must lie between low = {low} and high = {high}; got {start}.")


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
