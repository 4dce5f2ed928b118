"""The widget: controls above a picture that follows them."""

import asyncio
from base64 import b64encode
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from inspect import isgeneratorfunction
from time import monotonic

import ipywidgets as widgets

from coursekit.plots.boxes import image_boxes
from coursekit.plots.stage import STAGES
from coursekit.sliders._renderer import DPI, Renderer
from coursekit.sliders.pads import leave_blank
from coursekit.sliders.picture import Picture

JOURNEY = 9  # values that make a way worth seeing
AHEAD = 3  # frames on their way to the page
PATIENCE = 0.5  # seconds that a frame waits for a page, which may be hidden or closed


class Explorer(widgets.VBox):
    """Controls above a picture; made by :func:`explore`.

    Parameters
    ----------
    draw : callable
        ``draw(fig, **values)`` draws into a figure.
    controls : dict of str to ipywidgets.Widget
        One control for each keyword of ``draw``.
    size : tuple of float
        Width and height of the figure in inches.
    earlier : int, default=0
        How many earlier results ``draw`` is given.

    Attributes
    ----------
    picture : Picture
        What is shown: the PNG, its description for who cannot see it, and a message.
    error : Exception or None
        What the last redraw raised; its text stands under the picture.
    """

    def __init__(self, draw, controls, size, earlier=0):
        self.draw, self.controls, self.error = draw, controls, None
        self.renderer = Renderer(size)
        self.picture = Picture(round(size[0] * DPI), round(size[1] * DPI))
        self._frames = self._pending = self._result = None
        self._drawn_at, self._places = 0.0, {}
        self._loop = _running_loop()
        self._earlier = deque(maxlen=earlier)
        for name, control in controls.items():
            control.label = name.replace("_", " ")
            control.observe(self._moved, "value")
        self.picture.observe(self._sharpen, "scale")
        super().__init__([_panel(draw, [*controls.values()], self.picture.width), self.picture])
        self.add_class("coursekit-explorer")
        self.redraw()
        if self.error:
            raise self.error

    @property
    def values(self):
        """The current value of every control, by name."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def state(self):
        """The controls as a line of text."""
        return ", ".join(f"{name} {getattr(c, 'text', c.value)}" for name, c in self.controls.items())

    def redraw(self):
        """Draw the picture for the current values, to its end."""
        self._frames = None
        self._draw_to_the_end()

    def play(self, frames):
        """Show the frames of a generator, until a control is moved.

        Parameters
        ----------
        frames : generator
            Draws into the figure and yields a text after each frame.
        """
        self._begin(frames)

    def _sharpen(self, change):
        """Draw with as many pixels as the page's screen has, from now on."""
        self._soon(self._take_scale, change.new)

    def _take_scale(self, scale):
        """Draw again at another scale; a drawing under way goes on in it."""
        self.renderer.sharpen(scale)
        self._take_up(self._frames)

    def _moved(self, change):
        """Redraw soon, and give up a drawing under way."""
        self._begin(None)

    def _begin(self, frames):
        """Draw as soon as the kernel has heard all that arrived together."""
        self._soon(self._take_up, frames)

    def _soon(self, deed, *args):
        """Do something in the thread of the cells: moves come in another, and two must not draw one figure."""
        loop = self._loop or _running_loop()
        if loop is None:  # no kernel around: a test
            deed(*args)
        else:
            loop.call_soon_threadsafe(deed, *args)

    def _take_up(self, frames):
        """Replace the drawing under way, and make sure that it goes on."""
        self._frames = frames
        loop = _running_loop()
        if loop is None:
            self._draw_to_the_end()
        else:
            self._pending = self._pending or loop.call_soon(self._draw_soon)

    def _draw_to_the_end(self):
        """Draw frame after frame."""
        self._draw_next()
        while self._frames:
            self._draw_next()

    def _draw_soon(self):
        """Draw one frame; before the next one the kernel hears whether a control has moved."""
        self._pending = None
        behind = self._page_is_behind()
        if not behind:
            self._draw_next()
        if self._frames and not self._pending:
            self._pending = _running_loop().call_later(0.01 if behind else 0.001, self._draw_soon)

    def _page_is_behind(self):
        """Tell whether frames wait to be shown; a page that has shown none, or nothing for a while, says nothing."""
        waiting = self._frames and self.picture.seen and self.picture.frame - self.picture.seen > AHEAD
        return bool(waiting) and monotonic() - self._drawn_at < PATIENCE

    def _draw_next(self):
        """Draw the next frame, or say under the picture why it could not be drawn."""
        with self._failures_shown():
            message = self._next_frame()
            png, self._drawn_at = self.renderer.png(), monotonic()
            with self.picture.hold_sync():
                self.picture.frame += (
                    self._frames is not None and png != self.picture.png
                )  # the same is not shown again
                self.picture.png, self.picture.images = png, image_boxes(self.renderer.figure)
                self.picture.description, self.picture.answered = self._describe(), self._places
                self.picture.message, self.picture.failed = message, message.startswith("✗")
                self._drawn()
            self._tell(self._result)
            self.error = None

    def _drawn(self):
        """Do what depends on where things are in the picture; here, nothing."""

    def _tell(self, result):
        """Tell the controls that show it what the drawing came to; None if it has come to nothing, or not yet."""
        for control in self.controls.values():
            if hasattr(control, "hear"):
                control.hear(result, self._places[control.label])

    @contextmanager
    def _failures_shown(self):
        """Put whatever goes wrong into one line under the picture."""
        try:
            yield
        except Exception as error:
            self._frames, self.error = None, error
            text = " ".join(f"{type(error).__name__}: {error}".split())
            with self.picture.hold_sync():
                self.picture.message, self.picture.failed = f"✗ {text}", True
                self.picture.answered = self._places
            self._tell(None)

    def _next_frame(self):
        """Call the drawing function, or go on with it if it yields; return what it says of its progress."""
        if self._frames is None:
            self._places = {c.label: c.position for c in self.controls.values() if hasattr(c, "position")}
            self._result = None
            if any(getattr(control, "blank", False) for control in self.controls.values()):
                STAGES.pop(self.renderer.figure, None)
                leave_blank(self.renderer.figure)
                return ""
            self.renderer.prepare()
            memory = {"earlier": tuple(self._earlier)} if self._earlier.maxlen else {}
            result = self.draw(self.renderer.figure, **self.values, **memory)
            if not isinstance(result, Generator):
                self._keep(result)
                return ""
            self._frames = result
        try:
            return next(self._frames) or ""
        except StopIteration as end:
            self._frames = None
            self._keep(end.value)
            return ""

    def _keep(self, result):
        """Remember what a drawing has come to."""
        self._earlier.append(result)
        self._result = result

    def _describe(self):
        """Return the state and the figure's titles, which say what was found."""
        titles = [ax.get_title().replace("\n", " ") for ax in self.renderer.figure.axes]
        return f"{self.state}: {'; '.join(filter(None, titles))}"

    def _repr_mimebundle_(self, **kwargs):
        """Show the widget where there is a kernel and the first picture where there is none."""
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        picture = b64encode(self.renderer.png(small=True)).decode()  # a saved page needs few bytes
        bundle |= {"text/plain": f"slider: {self.state}", "image/png": picture}
        return bundle, {"image/png": {"alt": self._describe()}}


def _panel(draw, controls, width):
    """Return the controls in a panel as wide as the picture; unless all are alike, the first one has a row."""
    if len(controls) == 1 or len({tuple(getattr(control, "texts", ())) for control in controls}) > 1:
        controls[0].add_class("coursekit-first")
    if len(controls) == 1 and not isgeneratorfunction(draw) and len(getattr(controls[0], "texts", ())) > JOURNEY:
        controls[0].plays = True
    panel = widgets.Box(controls, layout={"width": f"{width}px", "max_width": "100%"})
    return panel.add_class("coursekit-panel")


def _running_loop():
    """Return the event loop that runs here, if one does: in a kernel it does, in a test it does not."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def explore(draw, *, size=(7.5, 3.2), earlier=0, **controls):
    """Return a widget that redraws a figure when a control moves.

    Parameters
    ----------
    draw : callable
        ``draw(fig, **values)`` draws into a ``matplotlib.figure.Figure``: an empty one, or one in which it keeps a
        :func:`coursekit.plots.stage.stage`. If it is a generator, each ``yield`` shows what is drawn so far, with the
        yielded text under it, and a move in the meantime starts again.
    size : tuple of float
        Width and height of the figure in inches.
    earlier : int, default=0
        If positive, ``draw`` is also given ``earlier``, a tuple of what its last calls that came to their end returned:
        for the ghosts of former settings.
    **controls : ipywidgets.Widget
        One for each keyword of ``draw``, made by :func:`linear`, :func:`logarithmic` or :func:`choice`.

    Returns
    -------
    Explorer
        The widget: the controls above a picture.

    Raises
    ------
    TypeError
        If a control is no widget with a value.

    Examples
    --------
    >>> from coursekit.sliders import linear
    >>> def draw(fig, *, a):
    ...     fig.gca().plot([0, a])
    >>> explorer = explore(draw, a=linear(0.0, 1.0, 0.5))
    >>> before = explorer.picture.png
    >>> explorer.controls["a"].value = 1.0
    >>> explorer.picture.png != before
    True
    """
    for name, control in controls.items():
        if not hasattr(control, "value"):
            raise TypeError(
                f"explore: {name} must be a control; got {type(control).__name__}. "
                f"Write {name}=sliders.linear(low, high, start)."
            )
    return Explorer(draw, controls, size, earlier)
