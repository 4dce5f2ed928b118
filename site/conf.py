"""How Sphinx makes the web pages; ``site/pages.py`` writes their sources, ``site/frames.py`` draws their sliders."""

import shutil
from importlib import import_module, metadata
from pathlib import Path

REPOSITORY = ""  # the public address of the course, for the buttons that open a lesson in Colab or Binder

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
html_css_files = ["controls.css", "site.css"]
html_js_files = ["live.js"]
html_use_index = html_domain_indices = False
html_favicon = "_static/icon.svg"
html_title = "Softmax regression"
html_context = {"default_mode": "auto"}
html_theme_options = {
    "repository_url": REPOSITORY,
    "use_repository_button": bool(REPOSITORY),
    "launch_buttons": {"colab_url": "https://colab.research.google.com", "binderhub_url": "https://mybinder.org"}
    if REPOSITORY
    else {},
    "use_download_button": False,
    "navbar_persistent": [],
}


def setup(app):
    """Take of the formulas' library what these pages load: a tenth of it."""
    app.connect("build-finished", copy_mathjax)


def copy_mathjax(app, error):
    """Copy the library, its extensions and its fonts to where the pages look for them."""
    if error:
        return
    library = Path(import_module("sphinx-mathjax-offline").__file__).parent / "static" / "mathjax"
    to = Path(app.outdir, "_static", "mathjax")
    for part in ("output/chtml/fonts", "input/tex/extensions"):
        shutil.copytree(library / part, to / part, dirs_exist_ok=True)
    shutil.copy(library / "tex-chtml.js", to)
