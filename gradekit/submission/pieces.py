"""An answer in pieces: what editors split, merged or moved, put together again where the meaning is plain."""

import ast
import re
from dataclasses import dataclass

from gradekit.source.names import names_of
from gradekit.source.reader import read

MAGIC = re.compile(r"\A\s*%%(?:time|timeit|capture|prun|memit|mprun|lprun)\b[^\n]*")
FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)^[ \t]*(?:```|~~~)[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Statement:
    """One statement at the top of a cell.

    Attributes
    ----------
    text : str
        Its source.
    binds, uses, changes : frozenset of str
        The names that it binds, takes from outside, changes in place.
    cell : int
        The place of its cell.
    """

    text: str
    binds: frozenset
    uses: frozenset
    changes: frozenset
    cell: int


def is_python(source):
    """Say whether a cell can be read as Python, IPython's own lines aside.

    Parameters
    ----------
    source : str
        A cell.

    Returns
    -------
    bool
        True for an empty one.
    """
    return names_of(source) is not None


def statements(source, cell=0):
    """Return the statements of a cell.

    Parameters
    ----------
    source : str
        A cell.
    cell : int, optional
        Its place in its notebook.

    Returns
    -------
    list of Statement
        Empty if it cannot be read as Python.
    """
    found, read_as = [], read(source)
    for node in read_as.tree.body if read_as.tree else ():
        piece = _text_of(node, read_as.tree.body, read_as.text)
        names = names_of(piece)
        if names and not isinstance(node, ast.Pass):
            changes = names.changes | _called_upon(node)
            found.append(Statement(piece, *map(frozenset, (names.binds, names.uses, changes)), cell))
    return found


def _text_of(node, body, text):
    """Return the source of a statement: its lines, with its decorators, unless it shares one with another."""
    if any(other.lineno <= node.end_lineno and node.lineno <= other.end_lineno for other in body if other is not node):
        return ast.get_source_segment(text, node) or ""
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def _called_upon(node):
    """Return the names whose methods a statement calls for what they do: ``scale.append(1)`` changes a list."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set()
    calls = [each.value for each in ast.walk(node) if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    owners = [call.func.value for call in calls if isinstance(call.func, ast.Attribute)]
    return {owner.id for owner in owners if isinstance(owner, ast.Name)}


def needed(names, found, given):
    """Return the statements that bind some names, and what these need in turn.

    Parameters
    ----------
    names : iterable of str
        What is asked for.
    found : list of Statement
        In their order; of several that bind a name the last counts.
    given : set of str
        Names that need no statement.

    Returns
    -------
    list of Statement
        In their order.
    """
    chosen, queue, seen = set(), list(names), set()
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        for place in _makers(name, found):
            if place not in chosen:
                chosen.add(place)
                queue += found[place].uses - given
    return [found[place] for place in sorted(chosen)]


def _makers(name, found):
    """Return the places of the statements that make a name what it is: the last that binds it anew, and all since."""
    binders = [i for i, each in enumerate(found) if name in each.binds]
    if not binders:
        return []
    anew = [i for i in binders if name not in found[i].uses or _is_definition(found[i])]
    start = anew[-1] if anew else binders[0]
    return [i for i in range(start, len(found)) if name in found[i].binds | found[i].changes]


def _is_definition(statement):
    """Say whether a statement is a function or a class, which may name itself."""
    return bool(re.match(r"(?:@|(?:async\s+)?def\b|class\b)", statement.text))


def units(sources):
    """Return cells as they were before an editor split them.

    Parameters
    ----------
    sources : list of str
        Cells in their order.

    Returns
    -------
    list of tuple
        The text of each, and of how many it is put together: cells that are one only together.
    """
    found, left = [], list(sources)
    while left:
        count = next((n for n in range(len(left), 1, -1) if _is_one(left[:n])), 1)
        found.append((joined(left[:count]) if count > 1 else left[0], count))
        del left[:count]
    return found


def _is_one(parts):
    """Say whether texts are Python together, and each of the later ones, or what is above it, is not by itself."""
    return joined(parts) is not None and all(
        _is_rest(parts[i]) or not is_python(parts[i]) or joined(parts[:i]) is None for i in range(1, len(parts))
    )


def _is_rest(source):
    """Say whether a text can only go on from one above: its first line is indented, or a line stands in a function."""
    line = next((line for line in source.split("\n") if line.strip() and not line.lstrip().startswith("#")), "")
    goes_on = re.match(r"(?:else|elif|except|finally)\b|[)\]}]", line) or re.search(r"(?m)^(?:return|yield)\b", source)
    return line[:1] in (" ", "\t") or bool(goes_on)


def joined(parts):
    """Return texts as one that is Python, or None.

    Parameters
    ----------
    parts : list of str
        In their order.

    Returns
    -------
    str or None
        With line breaks between; without one where a text ends within a line.
    """
    text = parts[0]
    for part in parts[1:]:
        within = text.rsplit("\n", 1)[-1]
        text = f"{text}{part}" if within and not within.strip() else f"{text}\n{part}"
    if is_python(text):
        return text
    text = "".join(parts)
    return text if is_python(text) else None


def fenced(source):
    """Return the code of a text: what stands between its fences, or all of it.

    Parameters
    ----------
    source : str
        Of a cell of text.

    Returns
    -------
    str
        Code, if it holds any.
    """
    blocks = FENCE.findall(source)
    return "\n".join(block.rstrip("\n") for block in blocks) if blocks else source


def without_magic(source):
    """Return a cell without a magic above it that only measures or hides, its line left empty.

    Parameters
    ----------
    source : str
        A cell.

    Returns
    -------
    str
        The same cell where it has none.
    """
    return MAGIC.sub(lambda found: "\n" * found[0].count("\n"), source)


def without(source, texts):
    """Return a cell without whole texts that an editor merged into it.

    Parameters
    ----------
    source : str
        A cell.
    texts : iterable of str
        The lesson's own cells.

    Returns
    -------
    str
        The same cell where it holds none.
    """
    kept = f"\n{source}\n"
    for text in texts:
        if text in kept:
            kept = kept.replace(f"\n{text}\n", "\n")
    return kept[1:-1] if len(kept) != len(source) + 2 else source
