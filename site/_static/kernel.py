"""Python behind a page: it runs cells of a lesson, and carries what their widgets and the page tell each other."""

import ast
import base64
import contextlib
import io
import json
import os
import warnings

os.environ |= {"MPLBACKEND": "agg", "JUPYTER_WIDGETS_ECHO": "0"}

import comm
import matplotlib
from comm.base_comm import BaseComm, CommManager
from page import tell  # from python_worker.js
from pyodide.ffi import to_js

CELL = "<cell>"


class Line(BaseComm):
    """The line between a widget and the page."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        """Tell the page."""
        tell(msg_type, self.comm_id, json.dumps(data), to_js([bytes(buffer) for buffer in buffers or ()]))


MANAGER = CommManager()
comm.create_comm, comm.get_comm_manager = Line, lambda: MANAGER

import matplotlib.pyplot as plt  # noqa: E402 - widgets, which it may bring, need the lines
from ipywidgets import Widget  # noqa: E402
from ipywidgets.widgets.widget import _instances as widgets  # noqa: E402 - by line


def hear(line, text, buffers):
    """Give a widget what the page tells it."""
    content = {"comm_id": line, "data": json.loads(text)}
    MANAGER.comm_msg(None, None, {"content": content, "buffers": [bytes(buffer.to_py()) for buffer in buffers]})


def forget(line):
    """Close a widget that the page shows no more, and those in it."""
    widget = widgets[line]
    for part in getattr(widget, "children", ()):
        forget(part.model_id)
    widget.close()


def run(text):
    """Run cells, each ``[its place, its code]``, among names of their own; return as text what the last one shows.

    What an earlier one raises is told; the last one may do without it, as in a lesson that is run to its end.
    """
    *before, (_, source) = json.loads(text)
    names, shown = {"__name__": "__main__"}, []
    warnings.simplefilter("ignore")
    matplotlib.rcdefaults()
    try:
        for done, (at, code) in enumerate(before):
            tell("progress", "", f"Running the code that comes before it: cell {done + 1} of {len(before)}", [])
            with contextlib.redirect_stdout(io.StringIO()), told(shown, f"code cell {at + 1} of the lesson, "):
                value_of(code, names)
            plt.close("all")
        tell("progress", "", "Running it", [])
        output = io.StringIO()
        with contextlib.redirect_stdout(output), told(shown):
            value = value_of(source, names)
            shown += [{"kind": "text", "text": output.getvalue()}] if output.getvalue() else []
            shown += [*map(picture, map(plt.figure, plt.get_fignums())), *seen(value)]
        plt.close("all")
    except ModuleNotFoundError as error:
        return json.dumps({"lacks": error.name.partition(".")[0], "why": str(error)})
    return json.dumps({"shown": shown})


def value_of(source, names):
    """Run a cell and return the value of its last line, if that is an expression."""
    tree = ast.parse(source, CELL)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, CELL, "exec"), names)
    return eval(compile(ast.Expression(last.value), CELL, "eval"), names) if last else None


@contextlib.contextmanager
def told(shown, where=""):
    """Put what goes wrong among what is shown; a module that is not there may be loaded."""
    try:
        yield
    except ModuleNotFoundError:
        raise
    except Exception as error:
        lines = [error.lineno] if isinstance(error, SyntaxError) else [*lines_of(error.__traceback__)]
        text = f"{where}line {lines[-1] if lines else '?'}: {type(error).__name__}: {error}"
        shown.append({"kind": "error", "text": text})


def lines_of(trace):
    """Give the lines of the cell through which an error came."""
    while trace:
        if trace.tb_frame.f_code.co_filename == CELL:
            yield trace.tb_lineno
        trace = trace.tb_next


def picture(figure):
    """Return a figure as the page shows it."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=96)
    titles = "; ".join(filter(None, (ax.get_title().replace("\n", " ") for ax in figure.axes)))
    return {"kind": "picture", "png": base64.b64encode(data.getvalue()).decode(), "alt": titles or "a figure"}


def seen(value):
    """Give what the page shows of a value: a widget alive, of all else its text."""
    if isinstance(value, Widget):
        yield {"kind": "widget", "line": value.model_id}
    elif value is not None and not isinstance(value, matplotlib.figure.Figure | matplotlib.artist.Artist):
        yield {"kind": "text", "text": repr(value)}
