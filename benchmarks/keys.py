"""Keys of code, for stored runs: a run is made anew when what it went through does something else."""

import ast
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "coursekit"


def code(*names, package=PACKAGE):
    """Return a key of modules, and of all modules of rooms: of what they do, not of comments and docstrings.

    Parameters
    ----------
    *names : str
        Modules, such as ``"softmax.py"``, and rooms, such as ``"convnet"``.
    package : Path
        Where they lie.
    """
    paths = [path for name in names for path in (sorted((package / name).glob("*.py")) or [package / name])]
    return sha256(repr([_plain(_silent(path)) for path in paths]).encode()).hexdigest()[:12]


def _silent(path):
    """Return the parsed code of a module without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Module(body=body) | ast.FunctionDef(body=body) | ast.ClassDef(body=body):
                if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
                    del body[0]
    return tree


def _plain(node):
    """Return parsed code as lists, without what is empty: versions of Python do not list the same empty fields."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, ast.AST):
        return node
    fields = [[name, _plain(value)] for name, value in ast.iter_fields(node) if value is not None and value != []]
    return [type(node).__name__, *fields]
