"""What the course and its judge agree on, and all that they know of each other."""

import sys
from pathlib import Path

PROBED = "-> "  # how a line begins that says what an answer gives
UNWRITTEN = "○ "  # how a check begins the line that says that an answer is not written yet
FAILED = "CheckFailed"  # the error of a check that an answer does not pass
NUMBERS = "coursekit-numbers"  # tag of a cell whose numbers are compared with a tolerance
UNFOLD = "COURSEKIT_UNFOLD"  # environment variable under which a check says all of a hint at once, in paragraphs
METADATA = "coursekit"  # where a cell's metadata holds what is ours


def in_browser():
    """Return whether this Python runs in a browser, where it has no processes, no threads and no files but the page's.

    Returns
    -------
    bool
        As in JupyterLite, which runs Pyodide.

    Examples
    --------
    >>> in_browser()
    False
    """
    return sys.platform == "emscripten"


def in_colab():
    """Return whether this Python is the kernel of a notebook in Google's Colab.

    Returns
    -------
    bool
        Colab's kernel has its own package loaded from the start.

    Examples
    --------
    >>> in_colab()
    False
    """
    return "google.colab" in sys.modules


def needs_processes(name):
    """Refuse to import a package that starts processes where there are none.

    Parameters
    ----------
    name : str
        Of the package.

    Raises
    ------
    ImportError
        In a browser; the text says what to do instead.
    """
    if in_browser():
        raise ImportError(
            f"{name} starts processes, which Python in a browser cannot. The check below each exercise works here; "
            "for the rest, download your notebook and run coursekit check on it where the course is installed."
        )


def lessons_folder():
    """Return the folder that holds the lessons.

    Returns
    -------
    Path
        ``coursekit/notebooks`` of an installed wheel, or ``notebooks`` of a checkout.

    Raises
    ------
    FileNotFoundError
        If neither holds a notebook.

    Examples
    --------
    >>> lessons_folder().name
    'notebooks'
    """
    package = Path(__file__).parent
    places = package / "notebooks", package.parent / "notebooks"
    for place in places:
        if any(place.glob("*.ipynb")):
            return place
    raise FileNotFoundError(
        f"lessons_folder: no lesson in {places[0]} nor in {places[1]}.\n"
        "This looks like a damaged installation; run: python -m pip install --force-reinstall coursekit"
    )
