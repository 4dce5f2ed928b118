"""What an executed lesson is saved with: nothing of the machine or the moment, and a text for each picture."""

from __future__ import annotations

import io
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
PICTURES = {"image/png", "image/jpeg", "image/svg+xml"}
PNG = "image/png"
IMAGES = "images"  # the text in which a PNG of the course tells where its images are
DRAWING = b"tEXtimages\0[]"  # of one that has none
SHADED = b"tEXtshades\0"  # of one with smooth colours, which would turn into bands
UNSEEN = 16  # of 255, by which a colour may be another one in a drawing with few colours
ENOUGH = 80  # characters that tell what a picture shows
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def tidy(nb: NotebookNode) -> NotebookNode:
    r"""Remove from an executed notebook, in place, what differs from run to run without being the lesson's matter.

    Parameters
    ----------
    nb : NotebookNode
        An executed notebook.

    Returns
    -------
    NotebookNode
        The same notebook: streams joined, progress bars at their last state, widget models, timing and versions gone,
        every cell with an id; the text after a picture is its own for those who cannot see it.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook, new_output
    >>> streams = [new_output("stream", text=text) for text in ("1/2\r", "2/2\n")]
    >>> tidy(new_notebook(cells=[new_code_cell(outputs=streams)])).cells[0].outputs
    [{'output_type': 'stream', 'name': 'stdout', 'text': '2/2\n'}]
    """
    from nbformat.v4 import new_code_cell

    nb.metadata.pop("widgets", None)
    nb.metadata.update(kernelspec=dict(KERNEL), language_info={"name": "python"})
    nb.nbformat_minor = max(nb.nbformat_minor, 5)
    for cell in nb.cells:
        cell.setdefault("id", new_code_cell().id)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [_tidy_output(output) for output in _join_streams(cell.outputs)]
    for cell, after in zip(nb.cells, nb.cells[1:], strict=False):
        if cell.cell_type == "code" and after.cell_type == "markdown":
            _describe(cell.outputs, what_to_see(after.source))
    return nb


def what_to_see(text: str) -> str:
    r"""Return how a Markdown text begins, in sentences, without its marks.

    Parameters
    ----------
    text : str
        What follows a figure.

    Returns
    -------
    str
        Whole sentences, on one line, until there are enough; headings are left out.

    Examples
    --------
    >>> what_to_see("## What to see\n\nThe **loss** falls by $1.5$\nat `step` 3. Then it rises.")
    'The loss falls by 1.5 at step 3. Then it rises.'
    """
    lines = (line for line in text.split("\n") if not re.match(r"\s*(#|<|\||>|$)", line))
    plain = re.sub(r"[*`$]|\]\([^)]*\)|\[(?=[^\]]*\]\()", "", " ".join(lines))
    said = ""
    for sentence in re.split(r"(?<=[.?!])\s", " ".join(plain.split())):
        if len(said) >= ENOUGH:
            break
        said = f"{said} {sentence}".strip()
    return said


def _describe(outputs, text):
    """Give each picture its text for those who cannot see it."""
    for output in outputs:
        for kind in PICTURES & set(output.get("data", ())):
            output.setdefault("metadata", {}).setdefault(kind, {})["alt"] = text


def packed(png: bytes) -> bytes:
    """Return a drawing with at most 256 colours, in a third of the bytes, if nobody can see the difference.

    Parameters
    ----------
    png : bytes
        A PNG.

    Returns
    -------
    bytes
        The PNG with a palette and its texts, white still white; as it was if it holds images or shades, or does not
        tell whether it does, or if colours would change by more than ``UNSEEN``.
    """
    from PIL import Image, ImageChops
    from PIL.PngImagePlugin import PngInfo

    if DRAWING not in png or SHADED in png:
        return png
    image, texts, written = Image.open(io.BytesIO(png)), PngInfo(), io.BytesIO()
    if image.mode not in ("RGB", "RGBA") or not _is_opaque(image):
        return png
    sheet = image.convert("RGB")
    few = sheet.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if level > 255 - UNSEEN // 3 else level for level in few.getpalette() or ()])
    gap = ImageChops.difference(few.convert("RGB"), sheet).tobytes()
    for key in ("Software", IMAGES):
        if key in image.info:
            texts.add_text(key, image.info[key])
    few.save(written, "png", optimize=True, pnginfo=texts)
    return written.getvalue() if max(gap) <= UNSEEN else png


def _is_opaque(image):
    """Tell whether nothing shines through an image."""
    return image.convert("RGBA").getchannel("A").getextrema() == (255, 255)


def last_state(text: str) -> str:
    r"""Return what is left on the screen of a text that rewrites its lines by carriage returns.

    Parameters
    ----------
    text : str
        A stream's text.

    Returns
    -------
    str
        Each line in its last state.

    Examples
    --------
    >>> last_state("start\n 10%|#    |\r100%|#####|\n")
    'start\n100%|#####|\n'
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(re.split("\r+", line.rstrip("\r"))[-1] for line in lines)


def _join_streams(outputs):
    """Return the outputs with neighbouring texts on the same stream joined."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if joined and output.output_type == "stream" and output.get("name") == joined[-1].get("name"):
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _tidy_output(output):
    """Take what is random out of one output."""
    if output.output_type == "stream":
        output.text = last_state(output.text)
    elif "data" in output:
        output.data.pop(WIDGET_VIEW, None)
        if PNG in output.data:
            output.data[PNG] = b64encode(packed(b64decode(output.data[PNG]))).decode()
    return output
