"""How Sphinx makes the web pages; ``site/pages.py`` writes their sources, ``site/frames.py`` draws their sliders."""

import json
import re
import shutil
from importlib import import_module, metadata
from pathlib import Path

from docutils import nodes
from PIL import Image
from sphinx.util.images import get_image_size

from coursekit.plots.boxes import KEY

project, author = "Softmax regression", "The coursekit developers"
copyright = "The coursekit developers. Code: MIT; text and figures: CC BY 4.0"  # noqa: A001 - Sphinx's name
release = metadata.version("coursekit")
extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
]
nb_execution_mode = "off"
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
myst_heading_anchors = 3
mathjax_path = "mathjax/tex-chtml.js"
numpydoc_show_class_members = False
exclude_patterns = ["copies"]
html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["python.css", "controls.css", "dark.css", "site.css"]
html_js_files = ["paper.js", "live.js", "python.js"]
html_copy_source = html_scaled_image_link = False
html_use_index = html_domain_indices = False
html_favicon = "_static/icon.svg"
html_title = "Softmax regression"
html_context = {"default_mode": "auto"}
html_theme_options = {
    "use_download_button": False,
    "navbar_persistent": [],
}


def setup(app):
    """Make the pages light: load what is on the screen, and take of large libraries what these pages use."""
    app.connect("doctree-resolved", wait_for_the_screen)
    app.connect("doctree-resolved", keep_images)
    app.connect("build-finished", copy_mathjax)
    app.connect("build-finished", leave_out)


def wait_for_the_screen(app, tree, name):
    """Let pictures load when they come near the screen, and keep their place until then."""
    for image in tree.findall(nodes.image):
        size = get_image_size(Path(app.srcdir, image["uri"]))
        if size:
            image["loading"] = "lazy"
        if size and "width" not in image:
            image["width"], image["height"] = map(str, size)


def keep_images(app, tree, name):
    """Give each of our drawings a frame, in which a dark page inverts it, and lay its images over it: see dark.css."""
    for image in list(tree.findall(nodes.image)):
        boxes = boxes_of(Path(app.srcdir, image["uri"]))
        if boxes is None:
            continue
        frame = nodes.inline("", classes=["coursekit-frame"])
        image.replace_self(frame)
        frame += image
        if boxes:
            place = f"_images/{app.env.images[image['uri']][1]}"
            kept = f'class="coursekit-kept" alt="" loading="lazy" src="{place}" style="clip-path: {cut_to(boxes)}"'
            frame += nodes.raw("", f"<img {kept}>", format="html")


def boxes_of(path):
    """Return where a saved picture has its images; of a drawing that was saved before they told it, none; else None."""
    if path.suffix != ".png":
        return None
    told = Image.open(path).info
    ours = KEY in told or "jupyter_execute" in path.parts
    return json.loads(told.get(KEY, "[]")) if ours else None


def cut_to(boxes):
    """Return boxes as a path in CSS: from a corner of the picture to each of them, around it, and back."""
    at = ("0 0", "{0:%} {1:%}", "{2:%} {1:%}", "{2:%} {3:%}", "{0:%} {3:%}", "{0:%} {1:%}", "0 0")
    return f"polygon({', '.join(corner.format(*box) for box in boxes for corner in at)})"


def copy_mathjax(app, error):
    """Copy the library of the formulas, its extensions and its fonts to where pages look for them: a tenth."""
    if error:
        return
    library = Path(import_module("sphinx-mathjax-offline").__file__).parent / "static" / "mathjax"
    to = Path(app.outdir, "_static", "mathjax")
    for part in ("output/chtml/fonts", "input/tex/extensions"):
        shutil.copytree(library / part, to / part, dirs_exist_ok=True)
    shutil.copy(library / "tex-chtml.js", to)


def leave_out(app, error):
    """Take out what pages do not use: icons, the theme's maps and translations, its search, our Python, old roles."""
    static = Path(app.outdir, "_static")
    if error or not static.exists():
        return
    for path in [*static.rglob("*.map"), *static.glob("locales/*/*/*")]:
        path.unlink()
    icons, style = static / "scripts" / "fontawesome.js", static / "styles" / "pydata-sphinx-theme.css"
    pages = [*Path(app.outdir).glob("*.html"), *(path for path in icons.parent.glob("*.js") if path != icons)]
    used = {name for path in pages for name in re.findall(r"fa-([\w-]+)", path.read_text(encoding="utf-8"))}
    for path in Path(app.outdir).glob("*.html"):
        text = page = path.read_text(encoding="utf-8")
        page = page if path.name == "search.html" else SEARCH.sub("", page)
        page = page if "tag_python-" in page else PYTHON.sub("", page)
        for pattern, better in ACCESSIBLE.items():
            page = pattern.sub(better, page)
        if page != text:
            path.write_text(page, encoding="utf-8")
    for path, pattern in ((icons, DRAWING), (style, LETTER)):
        code = path.read_text(encoding="utf-8")
        path.write_text(pattern.sub(lambda icon: icon[0] if icon[1] in used else "", code), encoding="utf-8")


# What a screen reader trips over: the logo stands in no landmark, a column's name may be empty, sources have old roles.
ACCESSIBLE = {
    re.compile(r'(?<!">)<a class="navbar-brand logo".*?</a>', re.S): r'<nav aria-label="First page">\g<0></nav>',
    re.compile(r'<th class="head"><p></p></th>'): "<td></td>",
    re.compile(r' role="doc-biblioentry"| role="list"(?= class="citation-list")'): "",
}
SEARCH = re.compile(r'<script src="(?:_static/searchtools|_static/language_data|searchindex)\.js[^"]*"></script>\s*')
PYTHON = re.compile(r'<(?:script src="_static/python\.js[^"]*"></script>|link [^>]*"_static/python\.css[^>]*>)\s*')
DRAWING = re.compile(r'"?([\w-]+)"?:\[\d+,\d+,\[[^\]]*\],"[0-9a-f]+",(?:"[^"]*"|\["[^"]*","[^"]*"\])\],?')
LETTER = re.compile(r'(?:\.fa-[\w-]+,)*\.fa-([\w-]+)\{--fa:"[^"]*"\}')
