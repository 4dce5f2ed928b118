"""Draw the lessons' pictures again, and write into each saved one where its images are; all else stays as it is.

    python site/boxes.py [--sharp] NOTEBOOK ...

Lessons that were saved before pictures carried their boxes get them in this way without being executed: only the cells
are run that a picture needs, and no other output changes. With ``--sharp``, a figure that comes out as it is saved is
saved with two pixels per CSS pixel; one that does not (times of this machine, other data) is named and stays.
"""

import contextlib
import io
import os
import sys
import warnings
from base64 import b64decode, b64encode
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import nbformat
from frames import result
from needs import needed
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from table import alike

from coursekit.plots.boxes import KEY, as_text, image_boxes
from coursekit.plots.shown import PNG, picture
from coursekit.sliders import Explorer
from gradekit.tidying import packed


def main(path, *, sharp):
    """Mark the pictures of one lesson."""
    matplotlib.use("agg")
    warnings.simplefilter("ignore")
    nb = nbformat.read(path, as_version=4)
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    due = {at: outputs for at, cell in enumerate(code) if (outputs := pictures(cell, sharp=sharp))}
    sources, names = [cell.source for cell in code], {"__name__": "__main__"}
    home = Path.cwd()
    os.chdir(path.parent)
    for at in sorted({i for one in due for i in needed(sources, one)}):
        plt.close("all")
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                value = result(sources[at], names)
        except Exception as error:  # the others may do without this cell
            print(f"{path.name}, {code[at].id}: {type(error).__name__}: {error}", flush=True)
            continue
        for output, drawn in zip(due.get(at, ()), drawings(value), strict=False):
            print(f"{path.name}, {code[at].id}: {mark(output, *drawn, sharp=sharp)}", flush=True)
    os.chdir(home)
    path.write_text(nbformat.writes(nb) + "\n", encoding="utf-8")


def pictures(cell, *, sharp):
    """Return the outputs of a cell whose pictures do not tell their boxes, or are to be sharp and are not."""
    shown = [output for output in cell.outputs if PNG in output.get("data", {})]
    dull = sharp and any("width" not in output.metadata.get(PNG, {}) for output in shown)
    told = all(KEY in Image.open(io.BytesIO(b64decode(output.data[PNG]))).info for output in shown)
    return shown if dull or not told else []


def drawings(value):
    """Return what a cell draws, its slider's picture or its figures: as it was saved, boxes, size, sharp PNG."""
    if isinstance(value, Explorer):
        return [(value.renderer.png(small=True), image_boxes(value.renderer.figure), {}, b"")]
    return [as_saved(plt.figure(number)) for number in plt.get_fignums()]


def as_saved(fig):
    """Return a figure with one pixel per CSS pixel, as notebooks showed it, and what they show now."""
    plain = io.BytesIO()
    fig.savefig(plain, dpi=fig.dpi, bbox_inches="tight")
    sharp, boxes, size = picture(fig)
    return plain.getvalue(), boxes, size, sharp


def mark(output, plain, boxes, size, png, *, sharp):
    """Write the boxes into a saved picture, or put the sharp one in its place; return in words what was done."""
    saved, info = b64decode(output.data[PNG]), output.metadata.setdefault(PNG, {})
    same = "width" in info or alike(plain, saved)
    if size:
        output.metadata["needs_background"] = "dark" if boxes else "light"
    if sharp and size and same:
        png = packed(png)
        output.data[PNG] = b64encode(png).decode()
        info.update(size)
        return f"{len(boxes)} boxes, sharp: {len(saved)} bytes are {len(png)}"
    output.data[PNG] = b64encode(with_text(saved, as_text(boxes))).decode()
    return f"{len(boxes)} boxes" + ("" if same else "; here it comes out another one")


def with_text(png, texts):
    """Return a PNG with texts, its pixels as they were."""
    image, told, written = Image.open(io.BytesIO(png)), PngInfo(), io.BytesIO()
    for key, text in {**image.info, **texts}.items():
        if isinstance(text, str):
            told.add_text(key, text)
    image.save(written, "png", compress_level=9, pnginfo=told, dpi=image.info.get("dpi"))
    return written.getvalue()


if __name__ == "__main__":
    for name in (arg for arg in sys.argv[1:] if arg != "--sharp"):
        main(Path(name).resolve(), sharp="--sharp" in sys.argv)
