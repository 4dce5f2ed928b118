"""Say how large the site is, JupyterLite apart, and refuse one that is too large: python site/size.py FOLDER."""

import sys
from pathlib import Path

MOST = 30  # MB
PARTS = ("_images", "_static/tables", "_static/mathjax", "_static/python", "_downloads")
APART = "lite"


def main(folder):
    """Print the parts; return whether all but JupyterLite is small enough."""
    parts = {part: megabytes(folder / part) for part in PARTS}
    lite = megabytes(folder / APART)
    total = megabytes(folder) - lite
    told = ", ".join(f"{part} {size:.1f}" for part, size in parts.items())
    print(f"The site has {total:.1f} MB, at most {MOST}: {told}, the rest {total - sum(parts.values()):.1f}")
    if lite:
        print(f"JupyterLite beside it has {lite:.1f} MB")
    return total <= MOST


def megabytes(folder):
    """Return the size of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(not main(Path(sys.argv[1])))
