"""Near-identical answers: what is alike when names, comments, the order of statements and the released stub are gone.

An answer's form is its statements as Python itself would write them, with every name of its author's replaced: a
parameter by its number, any other by one letter. Two forms are compared by their runs of four words, as sets (Jaccard).
A short answer has few possible forms, and some forms are what everybody writes: both tell nothing, and are left out.
"""

import ast
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import NamedTuple

from gradekit.source.reader import UNREADABLE, parse, read

SHORTEST = 60  # words of a form that can tell: in the banks, honest answers of up to 56 have the form of the reference
COMMON = 0.05  # share of those who answered from which a form is what everybody writes
FEW = 3  # but up to so many may have copied, however small the class
RUN = 4  # words that are compared at a time
LONGEST = 20_000  # characters of an answer that are looked at
WORD = re.compile(r"\w+(?:\.\d+)?|[^\w\s]")


class Pair(NamedTuple):
    """Two students whose answers to one exercise are alike.

    Attributes
    ----------
    check : str
        The exercise's check.
    first, second : str
        The students.
    likeness : float
        From 0 to 1; 1 where only names, comments or the order of statements differ.
    """

    check: str
    first: str
    second: str
    likeness: float


class Common(NamedTuple):
    """A form of answer that many have, so that it tells nothing.

    Attributes
    ----------
    check : str
        The exercise's check.
    students : int
        How many have this form or one near it.
    share : float
        Of those who answered at length.
    """

    check: str
    students: int
    share: float


def near_identical(gradebook, *, threshold=0.9):
    """Return the pairs of students whose answers are too alike for chance.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.
    threshold : float, default=0.9
        Likeness from which a pair is reported.

    Returns
    -------
    list of Pair
        The most alike first. Answers of fewer than 60 words and forms that are common in the class are left out.
    """
    return compare(gradebook, threshold=threshold)[0]


def compare(gradebook, *, threshold=0.9):
    """Return the pairs whose answers are too alike for chance, and the forms that are too common to tell.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.
    threshold : float, default=0.9
        Likeness from which two forms are near.

    Returns
    -------
    pairs : list of Pair
        As from :func:`near_identical`.
    common : list of Common
        For each check whose most usual form is common, how many have it; by check.
    """
    pairs, common = [], []
    for check, forms in _forms_by_check(gradebook).items():
        near, crowds = _neighbours(forms, threshold)
        answered, largest = sum(map(len, forms.values())), max(crowds.values())
        most = max(FEW, COMMON * answered)
        for a, b, likeness in near:
            if max(crowds[a], crowds[b]) <= most:
                pairs += [Pair(check, *two, likeness) for two in _twos(forms, a, b)]
        if largest > most:
            common.append(Common(check, largest, largest / answered))
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair)), sorted(common)


def form(source, stub=""):
    r"""Return what is left of an answer when all that is a matter of taste is gone.

    Parameters
    ----------
    source : str
        The answer.
    stub : str, default=""
        What was released; its statements are taken out.

    Returns
    -------
    tuple of str
        Statements, one a line, sorted.

    Examples
    --------
    >>> form("def f(X):  # mine\n    total = X + 1.0\n    return total", "def f(Z):\n    raise NotImplementedError()")
    ('return v', 'v = a0 + 1.0')
    """
    kept = Counter(_statements(source)) - Counter(_statements(stub))
    return tuple(sorted(kept.elements()))


def _forms_by_check(gradebook):
    """Return, for each check, the students by the form of their answer; short answers are left out."""
    stubs = {name: stub for lesson in gradebook["lessons"] for name, stub in lesson["stubs"].items()}
    found = defaultdict(lambda: defaultdict(list))
    for submission in gradebook["submissions"]:
        for check in submission["checks"]:
            forms = [form(source, stubs.get(name, "")) for name, source in sorted(check["answers"].items())]
            lines = tuple(line for some in forms for line in some)
            if sum(len(WORD.findall(line)) for line in lines) >= SHORTEST:
                found[check["name"]][lines].append(submission["student"])
    return found


def _neighbours(forms, threshold):
    """Return the pairs of near forms, a form and itself among them, and how many students are near each form."""
    from scipy.sparse import csr_array

    names, runs = list(forms), [set(_runs(lines)) for lines in forms]
    columns = {run: number for number, run in enumerate(set().union(*runs))}
    places = [(row, columns[run]) for row, some in enumerate(runs) for run in some]
    holds = csr_array(([1] * len(places), tuple(zip(*places, strict=True))), shape=(len(runs), len(columns)))
    shared = (holds @ holds.T).tocoo()  # how many runs two forms share: only forms that share one are ever compared
    near, crowds = [], Counter()
    for a, b, both in zip(shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True):
        likeness = both / (len(runs[a]) + len(runs[b]) - both)
        if likeness >= threshold:
            crowds[names[a]] += len(forms[names[b]])
            near += [(names[a], names[b], likeness)] if a <= b else []
    return near, crowds


def _twos(forms, a, b):
    """Yield the students with these two forms, in twos."""
    for i, first in enumerate(forms[a]):
        for second in forms[b][i + 1 :] if a == b else forms[b]:
            yield sorted((first, second))


def _runs(lines):
    """Yield the runs of words of a form, each with a number, so that a repeated one counts again."""
    seen = Counter()
    for line in lines:
        words = ["^", *WORD.findall(line), "$"]
        for start in range(max(1, len(words) - RUN + 1)):
            run = tuple(words[start : start + RUN])
            seen[run] += 1
            yield run, seen[run]


@lru_cache(maxsize=512)  # a stub is asked for with every answer
def _statements(source):
    """Return the statements of an answer in a plain spelling, one a line; or its lines, if it is no Python."""
    source = source[:LONGEST]
    try:
        tree = parse(_without_commands(read(source)) or source)
        lines = ast.unparse(_Plain(tree).visit(tree)).split("\n")
    except UNREADABLE:
        lines = [line.split("#")[0] for line in source.split("\n")]
    plain = [" ".join(line.split()) for line in lines]
    return tuple(line for line in plain if line not in ("", "pass"))


def _without_commands(found):
    """Return a text that was read without what only IPython does."""
    lines = found.text.split("\n")
    for number, _ in found.commands:
        line = lines[number - 1]
        lines[number - 1] = f"{line[: len(line) - len(line.lstrip())]}pass"
    return "\n".join(lines)


class _Plain(ast.NodeTransformer):
    """Take out of a syntax tree what is a matter of taste."""

    def __init__(self, tree):
        self.names = {name: "v" for node in ast.walk(tree) for name in _bound_by(node)}

    def visit_Name(self, node):
        """Replace a name that the answer itself gives."""
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node):
        """Replace a parameter's name, and drop its type."""
        return ast.arg(self.names[node.arg], None)

    def visit_FunctionDef(self, node):
        """Replace a function's name, and its parameters by their numbers; drop its type."""
        node.name, node.returns, outside = "v", None, self.names
        self.names = outside | {arg.arg: f"a{i}" for i, arg in enumerate(node.args.posonlyargs + node.args.args)}
        self.generic_visit(node)
        self.names = outside
        return node

    def visit_AnnAssign(self, node):
        """Drop a variable's type."""
        plain = ast.Assign([node.target], node.value, lineno=0) if node.value else ast.Pass()
        return self.generic_visit(plain)

    def visit_Constant(self, node):
        """Write all numbers as floats, and all texts as one."""
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return ast.Constant(float(node.value))
        return ast.Constant("s") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node):
        """Write a formatted text as any text."""
        return ast.Constant("s")

    def visit_Expr(self, node):
        """Drop a docstring, or a text that serves as a comment."""
        return ast.Pass() if isinstance(node.value, ast.Constant) else self.generic_visit(node)


def _bound_by(node):
    """Return the names that a node gives."""
    if isinstance(node, ast.Name):
        return [node.id] if isinstance(node.ctx, ast.Store) else []
    if isinstance(node, ast.arg):
        return [node.arg]
    return [node.name] if isinstance(node, ast.FunctionDef) else []
