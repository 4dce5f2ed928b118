"""Controls: native inputs with a label, so that the keyboard and a screen reader work as everywhere else."""

from math import ceil, log10
from pathlib import Path

import anywidget
import numpy as np
from traitlets import Any, Bool, Int, List, Unicode

FRONT_END = Path(__file__).parent / "front_end"
FEW = 4  # options that stand side by side
MARKED = 13  # values that are all marked on a scale
ROOM = 0.18  # of a scale, for one number


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
    ticks : sequence of int
        Positions to mark with their values.
    logarithmic : bool, default=False
        Whether the steps are equal factors.
    """

    _esm = FRONT_END / "slider.js"
    _css = FRONT_END / "controls.css"
    label = Unicode().tag(sync=True)
    texts = List(Unicode()).tag(sync=True)
    position = Int().tag(sync=True)
    start = Int().tag(sync=True)
    ticks = List().tag(sync=True)  # positions and what is written there
    logarithmic = Bool().tag(sync=True)
    plays = Bool().tag(sync=True)
    value = Any()

    def __init__(self, values, texts, start, *, ticks=(), logarithmic=False):
        self.values = list(values)
        place = self._nearest(start)
        super().__init__(texts=list(texts), position=place, start=place, value=start, logarithmic=logarithmic)
        self.ticks = _written(ticks, self.texts)
        self.value = self.values[place]
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


class Options(Slider):
    """A few values, all in sight, one of them chosen.

    Parameters
    ----------
    *options : object
        The values, in order.
    start : object, optional
        The one that is chosen first; the first one if not given.
    """

    _esm = FRONT_END / "options.js"

    def __init__(self, *options, start=None):
        super().__init__(options, map(str, options), options[0] if start is None else start)


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
        return Slider(values, map(str, values), start, ticks=_round_values(values))
    decimals = max(0, -int(np.floor(log10(step) + 1e-9)), len(f"{step:.6f}".rstrip("0").split(".")[1]))
    values = [round(value, decimals) + 0.0 for value in values]  # + 0.0: no -0.0
    return Slider(values, [f"{value:.{decimals}f}" for value in values], start, ticks=_round_values(values))


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
    start = min(values, key=lambda v: abs(log10(v / start)))
    powers = [i for i, value in enumerate(values) if log10(value).is_integer()]
    texts = [f"{value:.3g}" for value in values]
    return Slider(values, texts, start, ticks=powers, logarithmic=True)


def choice(*options, start=None):
    """Return a control for a few given values: all in sight if they are words or four at most, else a slider.

    Parameters
    ----------
    *options : object
        The values, in order.
    start : object, optional
        First value; the first option if not given.

    Returns
    -------
    Options or Slider
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
    if len(options) <= FEW or all(isinstance(option, str) for option in options):
        return Options(*options, start=start)
    return Slider(options, map(str, options), start, ticks=range(len(options)))


def _round_values(values):
    """Return where zero and the middle are, or every value if they are few."""
    if len(values) <= MARKED:
        return range(len(values))
    return [i for i in range(len(values)) if values[i] == 0 or 2 * i == len(values) - 1]


def _written(ticks, texts):
    """Return ticks with their texts, as many as there is room for; those near an end or another one are bare."""
    last, free, written = max(len(texts) - 1, 1), ROOM, []
    for place in ticks:
        fits = free <= place / last <= 1 - ROOM
        free = place / last + ROOM if fits else free
        written.append([place, texts[place] if fits else ""])
    return written


def _inside(name, low, high, start):
    """Refuse a start outside the interval."""
    if not low <= start <= high:
        raise ValueError(f"sliders.{name}: start must lie between low = {low} and high = {high}; got {start}.")
