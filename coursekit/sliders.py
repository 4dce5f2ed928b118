"""Sliders: a tested ``draw_*`` function behind a few controls, redrawn into one image.

``explore`` makes the widget. It works from the keyboard, keeps one figure, and answers a burst of moves with the newest
value only. What is saved in the notebook is a picture of the first state, so a page without a kernel shows it too.
"""

import asyncio
import io
from base64 import b64encode
from math import log10

import ipywidgets as widgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

PAUSE = 0.01  # seconds in which further moves are gathered before a redraw


def linear(low, high, start, *, step=None):
    """Return a slider over an interval.

    Parameters
    ----------
    low, high : float
        Ends of the interval.
    start : float
        First value.
    step : float, optional
        A hundredth of the interval if not given; whole numbers make an integer slider.

    Returns
    -------
    ipywidgets.Widget
        For :func:`explore`.

    Examples
    --------
    >>> linear(0, 10, 3, step=1).value
    3
    """
    if all(isinstance(v, int) for v in (low, high, start, step)):
        return widgets.IntSlider(start, low, high, step)
    return widgets.FloatSlider(start, min=low, max=high, step=step or (high - low) / 100)


def logarithmic(low, high, start):
    """Return a slider whose steps are equal factors, twenty a decade.

    Parameters
    ----------
    low, high : float
        Ends, both positive.
    start : float
        First value.

    Returns
    -------
    ipywidgets.Widget
        For :func:`explore`.

    Examples
    --------
    >>> logarithmic(0.01, 100, 1).value
    1.0
    """
    return widgets.FloatLogSlider(start, min=log10(low), max=log10(high), step=0.05, readout_format=".3g")


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
    ipywidgets.Widget
        For :func:`explore`.

    Examples
    --------
    >>> choice("L1", "L2").value
    'L1'
    """
    return widgets.SelectionSlider(options=options, value=options[0] if start is None else start)


class Explorer(widgets.VBox):
    """Controls above a picture; made by :func:`explore`.

    Parameters
    ----------
    draw : callable
        ``draw(fig, **values)`` draws into an empty figure.
    controls : dict of str to ipywidgets.Widget
        One control for each keyword of ``draw``.
    size : tuple of float
        Width and height of the figure in inches.
    """

    def __init__(self, draw, controls, size):
        self.draw, self.controls, self.pending = draw, controls, None
        self.figure = Figure(figsize=size, layout="constrained", dpi=96)
        self.canvas = FigureCanvasAgg(self.figure)
        self.image = widgets.Image(format="png", layout={"width": f"{size[0] * 96:.0f}px", "max_width": "100%"})
        for name, control in controls.items():
            control.description = name.replace("_", " ")
            control.style.description_width = "9em"
            control.layout.width = "32em"
            control.observe(self._moved, "value")
        super().__init__([*controls.values(), self.image])
        self.redraw()

    @property
    def values(self):
        """The current value of every control, by name."""
        return {name: control.value for name, control in self.controls.items()}

    def redraw(self):
        """Draw the picture for the current values."""
        self.pending = None
        self.figure.clear()
        self.draw(self.figure, **self.values)
        self.image.value = self._png(compress_level=1)  # moving needs speed

    def _png(self, compress_level):
        """Return the figure as a PNG."""
        png = io.BytesIO()
        self.canvas.print_png(png, pil_kwargs={"compress_level": compress_level})
        return png.getvalue()

    def _moved(self, change):
        """Redraw soon: moves that arrive in the meantime are answered together."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel around: a test
            return self.redraw()
        self.pending = self.pending or loop.call_later(PAUSE, self.redraw)
        return None

    def _repr_mimebundle_(self, **kwargs):
        """Show the widget where there is a kernel and the first picture where there is none."""
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        picture = b64encode(self._png(compress_level=9)).decode()  # a saved page needs few bytes
        text = ", ".join(f"{name} {value}" for name, value in self.values.items())
        return {**bundle, "text/plain": f"slider: {text}", "image/png": picture}


def explore(draw, *, size=(7.5, 3.2), **controls):
    """Return a widget that redraws a figure when a control moves.

    Parameters
    ----------
    draw : callable
        ``draw(fig, **values)`` draws into an empty ``matplotlib.figure.Figure``.
    size : tuple of float
        Width and height of the figure in inches.
    **controls : ipywidgets.Widget
        One for each keyword of ``draw``, made by :func:`linear`, :func:`logarithmic` or :func:`choice`.

    Returns
    -------
    Explorer
        The widget: the controls above an image.

    Raises
    ------
    TypeError
        If a control is no widget with a value.

    Examples
    --------
    >>> def draw(fig, *, a):
    ...     fig.gca().plot([0, a])
    >>> picture = explore(draw, a=linear(0.0, 1.0, 0.5))
    >>> before = picture.image.value
    >>> picture.controls["a"].value = 1.0
    >>> picture.image.value != before
    True
    """
    for name, control in controls.items():
        if not hasattr(control, "value"):
            raise TypeError(
                f"explore: {name} must be a control; got {type(control).__name__}. "
                f"Write {name}=sliders.linear(low, high, start)."
            )
    return Explorer(draw, controls, size)
