"""HTML by functions: a text is escaped, markup was made here, and neither can be mistaken for the other."""

import base64
import hashlib
import html
from pathlib import Path

from gradekit.book.said import sign_and_label
from gradekit.printable import clean

STYLE = Path(__file__).parent / "templates" / "page.css"
ALONE = {"meta", "br"}  # elements that hold nothing and have no end


class Html(str):
    """Text that is markup already, and so is not escaped again."""

    __slots__ = ()


def tag(name, /, *inside, **attributes):
    """Return an element.

    Parameters
    ----------
    name : str
        As ``"p"``.
    *inside : str, Html or iterable of these
        What it holds; a plain text is cleaned and escaped, None is left out.
    **attributes : str or None
        ``class_`` is written as ``class``, ``aria_label`` as ``aria-label``; one that is None is left out.

    Returns
    -------
    Html
        The element.

    Examples
    --------
    >>> tag("p", "1 < 2 ", tag("b", "yes"), class_="note")
    '<p class="note">1 &lt; 2 <b>yes</b></p>'
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    start = "".join([name, *(f' {key}="{html.escape(clean(value))}"' for key, value in given.items())])
    return Html(f"<{start}>" if name in ALONE else f"<{start}>{_inner(inside)}</{name}>")


def page(title, *body):
    """Return a whole page that loads nothing and runs nothing.

    Parameters
    ----------
    title : str
        What the browser's tab says.
    *body : Html
        What the page holds.

    Returns
    -------
    Html
        The document.

    Notes
    -----
    The policy in its head allows this one style sheet, by its hash, and nothing else: no script, no picture from
    elsewhere, no style or form that a student's text might bring in.
    """
    style = STYLE.read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Html(style)),
    )
    return Html("<!doctype html>\n" + tag("html", head, tag("body", tag("main", *body)), lang="en") + "\n")


def table(caption, head, rows, *, kinds=()):
    """Return a table that scrolls inside its own box.

    Parameters
    ----------
    caption : str
        What it shows, in a sentence.
    head : iterable of str or Html
        Names of its columns.
    rows : iterable of sequence
        Cells; the first of each row names it.
    kinds : sequence of str, default=()
        The class of each column: ``"name"``, ``"number"``, ``"bar"``, ``"wide"`` or nothing.

    Returns
    -------
    Html
        The table, which the keyboard can reach and scroll.
    """
    head = list(head)
    kinds = [kind or None for kind in kinds] + [None] * (len(head) - len(kinds))
    top = [tag("th", cell, scope="col", class_=kind) for cell, kind in zip(head, kinds, strict=True)]
    body = [
        tag("tr", tag("th", row[0], scope="row"), *(_cell(*pair) for pair in zip(row[1:], kinds[1:], strict=True)))
        for row in rows
    ]
    whole = tag("table", tag("caption", tag("span", caption)), tag("thead", tag("tr", top)), tag("tbody", body))
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def bar(parts):
    """Return a bar of parts side by side; the numbers stand beside it in its table.

    Parameters
    ----------
    parts : iterable of tuple
        For each its share of the whole width (0 to 1), its class, and a sign that is written on it where it fits.

    Returns
    -------
    Html
        An inline SVG, which a screen reader passes over.

    Examples
    --------
    >>> bar([(0.5, "right", "")])
    '<svg aria-hidden="true" focusable="false"><rect x="0%" width="50%" height="100%" class="right"></rect></svg>'
    """
    drawn, x = [], 0.0
    for share, kind, sign in parts:
        drawn.append(tag("rect", x=f"{100 * x:.4g}%", width=f"{100 * share:.4g}%", height="100%", class_=kind))
        if sign and share >= 0.12:
            drawn.append(tag("text", sign, x=f"{100 * (x + share / 2):.4g}%", y="73%"))
        x += share
    return tag("svg", drawn, aria_hidden="true", focusable="false")


def result(kind):
    """Return the result of a check: a sign on a colour, and words.

    Parameters
    ----------
    kind : str
        As in the gradebook.

    Returns
    -------
    Html
        For the inside of a paragraph or a cell.
    """
    sign, label = sign_and_label(kind)
    return Html(tag("span", sign, class_=f"mark {kind}", aria_hidden="true") + tag("span", f" {label}"))


def _inner(inside):
    """Return what an element holds: texts escaped, lists joined."""
    if inside is None:
        return ""
    if isinstance(inside, str):
        return inside if isinstance(inside, Html) else html.escape(clean(inside), quote=False)
    return "".join(map(_inner, inside)) if not isinstance(inside, int | float) else str(inside)


def _cell(content, kind):
    """Return a cell of a table's body."""
    return tag("td", content, class_=kind)


def _digest(style):
    """Return the hash by which the policy knows the style sheet."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
