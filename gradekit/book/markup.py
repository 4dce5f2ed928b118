"""Pages from templates: every text is cleaned and escaped, and a page loads nothing and runs nothing but what is ours.

``templates/pages.html`` holds what all pages are made of, ``page.css`` how they look, ``summary.js`` how the tables of
the instructor's page are sorted and filtered.
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from gradekit.book.said import sign_and_label
from gradekit.printable import clean

TEMPLATES = Path(__file__).parent / "templates"
STYLE = TEMPLATES / "page.css"
MOST = 100  # rows of a list that may grow without end


class PageError(ValueError):
    """A template that cannot be used; the text says where and why."""


@dataclass(frozen=True)
class Link:
    """A cell that leads to a page of feedback, or to a place on this page.

    Attributes
    ----------
    text, href : str
        What it says, and where it leads.
    """

    text: str
    href: str
    form = "link"


@dataclass(frozen=True)
class Titled:
    """A cell with an exercise.

    Attributes
    ----------
    text, cell : str
        Its title, and the name of its notebook cell as a detail.
    href : str
        Where it leads; empty where it leads nowhere.
    """

    text: str
    cell: str = ""
    href: str = ""
    form = "titled"


@dataclass(frozen=True)
class Result:
    """A cell with the result of a check: a sign on a colour, and words.

    Attributes
    ----------
    kind : str
        As in the gradebook.
    """

    kind: str
    form = "result"


@dataclass(frozen=True)
class Bar:
    """A cell with parts side by side; the numbers stand beside it in its table.

    Attributes
    ----------
    parts : tuple
        For each its share of the whole width (0 to 1), its class, and a sign that is written on it where it fits.
    """

    parts: tuple
    form = "bar"

    @property
    def placed(self):
        """The parts with where each begins, in percent; a sign only where it fits."""
        x, placed = 0.0, []
        for share, kind, sign in self.parts:
            placed.append((f"{100 * x:.4g}", f"{100 * share:.4g}", kind, sign if share >= 0.12 else "",
                           f"{100 * (x + share / 2):.4g}"))  # fmt: skip
            x += share
        return placed


@dataclass(frozen=True)
class Folded:
    """A cell that opens on a click.

    Attributes
    ----------
    label : str
        What it says while it is closed.
    code : str
        An answer in it.
    items : tuple
        Cells in it.
    """

    label: str
    code: str = ""
    items: tuple = ()
    form = "folded"


@dataclass(frozen=True)
class Table:
    """A table, or a sentence where it has no rows.

    Attributes
    ----------
    caption : str
        What it shows, in a sentence.
    head : sequence of str
        Names of its columns.
    rows : sequence of sequence
        Cells: texts, numbers, and those above; the first of each row names it.
    kinds : sequence of str
        The class of each column: ``"name"``, ``"number"``, ``"bar"``, ``"wide"`` or nothing.
    none : str
        What to say where there are no rows.
    place : str
        The id by which a link finds it.
    """

    caption: str
    head: tuple | list
    rows: tuple | list
    kinds: tuple | list = ()
    none: str = ""
    place: str = ""
    form = "table"

    @property
    def shown(self):
        """Its rows; a list without end is cut."""
        return self.rows[:MOST]

    @property
    def title(self):
        """The caption, and how much was cut."""
        return self.caption + (f" (the first {MOST} of {len(self.rows)})" if len(self.rows) > MOST else "")


def render(name, own=None, /, **what):
    """Return a whole page.

    Parameters
    ----------
    name : str
        The macro of ``pages.html`` that makes its body.
    own : path-like, optional
        A folder whose ``pages.html``, ``page.css`` and ``summary.js`` stand in for ours, where they are there.
    **what : object
        What the macro is given.

    Returns
    -------
    str
        The document. Its policy allows this one sheet and, where the page has one, this one script, by their hashes,
        and nothing else: no picture or address from elsewhere, no style, script or form that a student's text brings.

    Raises
    ------
    PageError
        If a template of the instructor's own does not work.
    """
    pages = environment(own)
    style, script = (pages.loader.get_source(pages, file)[0] for file in ("page.css", "summary.js"))
    hashes = {"style_hash": _digest(style), "script_hash": _digest(script)}
    try:
        return pages.get_template("pages.html").render(
            page=name, what=what, style=Markup(style), script=Markup(script), **hashes
        )
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"pages.html{f', line {line}' if line else ''}"
        raise PageError(f"render: {where}: {error}. Correct it, or remove it from {own}: then ours is used.") from None


def environment(own=None):
    """Return what reads the templates.

    Parameters
    ----------
    own : path-like, optional
        A folder that is looked into first.

    Returns
    -------
    jinja2.Environment
        Every text that it prints is cleaned, then escaped.
    """
    folders = [*([own] if own else []), TEMPLATES]
    pages = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    pages.globals["sign_and_label"] = sign_and_label
    return pages


def _digest(text):
    """Return the hash by which the policy knows a sheet or a script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
