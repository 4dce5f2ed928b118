"""What the playground has beside sliders: words to choose from, buttons, the table of weights with their gradient."""

import anywidget
import ipywidgets as widgets
from traitlets import Dict, Int, Unicode

from coursekit.plots.playground import CLASSES, COLOURS
from coursekit.sliders.controls import FRONT_END

ROWS = ("w1", "w2", "b")
POINTS_HELP = """<b>Points:</b> drag them; double-click the ground for a new one, a point for its next class. By keys:
Tab to a point, Page Up and Page Down for the others, arrows to move it (with Shift further), A to D for its class, N
for a new one, Delete."""
MODEL_HELP = """<b>Weights:</b> type, drag, or press arrow up or down (with Shift by 1); beside each is its gradient dW.
<b>Picture:</b> an arrow is a class's column of W without the bias; a dashed line is where a margin of 1 is reached."""


class Field(anywidget.AnyWidget):
    """Text to type or paste, taken when it is left or Enter is pressed.

    Parameters
    ----------
    label : str
        What stands before it.
    placeholder : str, default=""
        What an empty one shows.
    rows : int, default=1
        How many lines it has room for.
    """

    _esm = FRONT_END / "field.js"
    _css = FRONT_END / "controls.css"
    label = Unicode().tag(sync=True)
    value = Unicode().tag(sync=True)
    placeholder = Unicode().tag(sync=True)
    rows = Int(1).tag(sync=True)

    def __init__(self, label, *, placeholder="", rows=1):
        super().__init__(label=label, placeholder=placeholder, rows=rows)


class Weights(anywidget.AnyWidget):
    """A table of numbers without a bound, each with a range to drag and its gradient.

    Parameters
    ----------
    turned : callable
        ``turned(row, column, value)`` hears of every weight that a hand has set.
    """

    _esm = FRONT_END / "weights.js"
    _css = FRONT_END / "controls.css"
    table = Dict().tag(sync=True)

    def __init__(self, turned):
        super().__init__(table=_table(((0,),) * 3, ((0,),) * 3, 0))
        self.on_msg(lambda _, content, buffers: turned(content["row"], content["column"], content["value"]))

    def refuse(self):
        """Tell the page that a number was refused, so that its field shows again what the weight is."""
        self.send({})

    def show(self, W, dW, step):
        """Show weights.

        Parameters
        ----------
        W, dW : ndarray of shape (3, k)
            The weights and the gradient.
        step : int
            How many steps have been taken.
        """
        self.table = _table(W.tolist(), dW.tolist(), step)


def button(text, deed):
    """Return a button.

    Parameters
    ----------
    text : str
        What stands on it.
    deed : callable
        What it does.

    Returns
    -------
    ipywidgets.Button
        As wide as its text.
    """
    made = widgets.Button(description=text, layout={"width": "auto"})
    made.on_click(lambda _: deed())
    return made


def helped(*texts):
    """Return a few sentences on what can be done.

    Parameters
    ----------
    *texts : str
        HTML.

    Returns
    -------
    ipywidgets.HTML
        The sentences in small letters.
    """
    return widgets.HTML(f'<div class="coursekit-help">{" ".join(texts)}</div>')


def wrapped(children):
    """Return a row that goes on below where the page is narrow.

    Parameters
    ----------
    children : list of ipywidgets.Widget
        What stands in it.

    Returns
    -------
    ipywidgets.Box
        The row.
    """
    return widgets.Box(children, layout={"flex_flow": "row wrap", "align_items": "center"})


def _table(W, dW, step):
    """Return what the front end shows."""
    return {"W": W, "dW": dW, "step": step, "rows": ROWS, "classes": CLASSES, "colours": COLOURS}
