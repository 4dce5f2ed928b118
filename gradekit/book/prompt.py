"""What an exercise asks for, from the lesson's Markdown to a page that loads nothing."""

import re

import mistune
from markupsafe import Markup

from gradekit.printable import clean

STYLED = re.compile(r' style="[^"<>]*"')  # mistune's way to align a column, which the policy of a page refuses
TABLE = '<table><caption class="unseen">Table of the exercise</caption>'


class _Plain(mistune.HTMLRenderer):
    """A renderer without what a page may not hold: its own markup, pictures, links, headings."""

    def heading(self, text, level, **attributes):
        """Return a heading as a bold line: the page has headings of its own."""
        return f"<p><b>{text}</b></p>\n"

    def link(self, text, url, title=None):
        """Return a link's text: what a lesson links lies beside the lesson."""
        return text

    def image(self, text, url, title=None):
        """Return a picture's description."""
        return text

    def block_html(self, html):
        """Leave markup out."""
        return ""

    def inline_html(self, html):
        """Leave markup out."""
        return ""


def shown(text):
    r"""Return a text in Markdown as markup.

    Parameters
    ----------
    text : str
        From a lesson.

    Returns
    -------
    markupsafe.Markup
        Paragraphs, lists, tables and code; formulas as they are written.

    Examples
    --------
    >>> shown("Write `f(x)` <script>")
    Markup('<p>Write <code>f(x)</code> </p>\n')
    """
    render = mistune.create_markdown(renderer=_Plain(escape=True), plugins=["table", "math"])
    markup = STYLED.sub("", str(render(clean(text)))).replace("<th>", '<th scope="col">').replace("<table>", TABLE)
    return Markup(markup)
