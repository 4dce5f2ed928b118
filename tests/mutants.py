"""Weak tries, found by machine: mutants of right answers, and every slip of an error model: ``make mutants``.

A mutant is a right answer (the lesson's own, and those of the bank) with one change in its syntax tree. It must be
refused by the visible tries and by the hidden ones, or be listed as equal with the reason why it is a right answer.
"""

import ast
import contextlib
import copy
import inspect
import io
import linecache
import signal
import sys
import textwrap
import warnings
from dataclasses import dataclass

import numpy as np

from coursekit import check, softmax
from coursekit.check import worked
from coursekit.check._diagnosis import mistakes_in
from coursekit.check._outcome import watch
from coursekit.check.exercise import Exercise
from coursekit.preprocessing import add_bias
from gradekit.runs.tolerance import same
from tests.hints import load
from tests.mistakes import EQUAL

SEEDS = (1, 2)  # of the hidden tries
PATIENCE = 2  # seconds of computing for one mutant
SWAPPED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv, ast.MatMult: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or,
    ast.Or: ast.And,
}  # fmt: skip
COMPARED = {
    ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE), ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
}  # fmt: skip
RENAMED = {
    "max": "min", "min": "max", "sum": "mean", "mean": "sum", "argmax": "argmin", "argmin": "argmax", "exp": "exp2",
    "log": "log2", "maximum": "minimum", "minimum": "maximum", "zeros": "ones", "any": "all", "all": "any",
    "sqrt": "square", "abs": "negative", "floor": "ceil", "ceil": "floor", "cumsum": "sum",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A changed program."""

    name: str  # of the answer, and what was changed
    function: object


def mutants(function, source=None):
    """Yield the mutants of a function: one for each change of its syntax tree that still compiles."""
    source = source or textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source)
    definition = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    definition.decorator_list = []
    seen = {ast.unparse(definition)}
    for path, new in _changes(definition):
        changed = copy.deepcopy(definition)
        old = _replace(changed, path, new)
        text = ast.unparse(ast.fix_missing_locations(changed))
        if text in seen:
            continue
        seen.add(text)
        space = dict(function.__globals__)
        with contextlib.suppress(SyntaxError), warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            exec(_readable(text, f"<mutant {len(seen)} of {function.__name__}>"), space)
            what = ast.unparse(ast.fix_missing_locations(new)) if new else "nothing"
            yield Mutant(" ".join(f"{function.__name__}: {old} -> {what}".split()), space[definition.name])


def _readable(text, name):
    """Return compiled code whose source can be read, as that of a notebook's cell: some demands read it."""
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    return compile(text, name, "exec")


def _changes(definition):
    """Yield (path, new node) for every change; a path is the fields and places that lead to a node."""
    for path, node in _walk(definition, ()):
        for new in _altered(node):
            yield path, new
        if isinstance(node, ast.stmt) and path and not isinstance(node, ast.Return | ast.FunctionDef):
            yield path, None


def _walk(node, path):
    """Yield every node of a function's body with its path."""
    for field in (
        "body",
        "orelse",
        *(f for f in node._fields if f not in ("body", "orelse", "args", "decorator_list")),
    ):
        value = getattr(node, field, None)
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield (*path, (field, place)), child
                yield from _walk(child, (*path, (field, place)))
    if isinstance(node, ast.Call):
        for place, child in enumerate(node.args):
            yield (*path, ("args", place)), child
            yield from _walk(child, (*path, ("args", place)))


def _altered(node):
    """Yield what may stand in the place of a node."""
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right
        if type(node.op) in SWAPPED:
            yield ast.BinOp(node.left, SWAPPED[type(node.op)](), node.right)
        if not isinstance(node.op, ast.Add | ast.Mult | ast.BitAnd | ast.BitOr):
            yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        if type(node.op) in SWAPPED:
            yield ast.AugAssign(node.target, SWAPPED[type(node.op)](), node.value)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARED.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPPED[type(node.op)](), node.values)
        yield from node.values
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            new = copy.copy(node)
            new.test = ast.Constant(value)
            yield new
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.Slice):
        yield from (ast.Slice(*bounds) for bounds in ((None, node.upper, node.step), (node.lower, None, node.step)))
        yield ast.Slice(node.lower, node.upper, None)


def _other_constants(value):
    """Yield other constants."""
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from map(ast.Constant, {value + 1, value - 1, 0} - {value})
    elif isinstance(value, float):
        yield from map(ast.Constant, {value * 2, value + 1, 0.0} - {value})


def _other_calls(node):
    """Yield a call without one of its keywords, of another function, and its argument alone."""
    for place in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, node.keywords[:place] + node.keywords[place + 1 :])
    if isinstance(node.func, ast.Attribute) and node.func.attr in RENAMED:
        yield ast.Call(ast.Attribute(node.func.value, RENAMED[node.func.attr], ast.Load()), node.args, node.keywords)
    if len(node.args) == 1:
        yield node.args[0]
    if isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name) and node.func.value.id == "np"
    ):
        yield node.func.value
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        first = node.args[0] if len(node.args) > 1 else ast.Constant(0)
        last = node.args[-1] if len(node.args) < 3 else node.args[1]
        yield ast.Call(node.func, [ast.BinOp(first, ast.Add(), ast.Constant(1)), last], [])
        yield ast.Call(node.func, [first, ast.BinOp(last, ast.Sub(), ast.Constant(1))], [])


def _replace(tree, path, new):
    """Put a node in the place of another, in a tree; return the other's text."""
    for field, place in path[:-1]:
        tree = getattr(tree, field) if place is None else getattr(tree, field)[place]
    field, place = path[-1]
    old = getattr(tree, field) if place is None else getattr(tree, field)[place]
    new = copy.deepcopy(new) if new else ast.Pass()
    setattr(tree, field, new) if place is None else getattr(tree, field).__setitem__(place, new)
    return ast.unparse(old)


@contextlib.contextmanager
def patience():
    """Raise in the answer if it does not come to an end."""

    def stop(*_):
        raise TimeoutError("it does not come to an end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def hidden(exercise, function, seed):
    """Return what the hidden part prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.redirect_stderr(io.StringIO()):
        try:
            exercise.hidden(function, seed=seed)
        except NotImplementedError:
            return "unwritten"
        except TimeoutError:  # between two tries, where no answer hears of it
            return "without end"
    return printed.getvalue()


def passes(exercise, function, right):
    """Say of the visible tries, and of each hidden draw, whether a function passes."""
    with contextlib.redirect_stderr(io.StringIO()):
        with patience():
            visible = exercise.passes(function)
        found = []
        for seed, text in right.items():
            with patience():
                found.append(same(hidden(exercise, function, seed), text))
    return visible, found


def ours(exercise):
    """Return the lesson's own answer and its source."""
    source = worked.solution(exercise.grade_id)
    declared = [f for f in vars(check).values() if isinstance(f, Exercise)]
    space = {f.name: f.handed_out for f in declared}  # an answer may call another exercise's
    space |= {"np": np, "softmax": softmax, "add_bias": add_bias}  # what lessons 06 and 08 may use
    space["bar"] = iter  # notebook 05's progress bar
    exec(_readable(source, f"<our {exercise.name}>"), space)
    return space[exercise.name], source


def slips(exercise, most):
    """Yield every mistake of an error model, alone and, if ``most`` is 2, with every other."""
    for size in range(1, most + 1):
        for switches in exercise.slips[size]:
            yield Mutant(str(mistakes_in(exercise, switches)[0]), switches)


def survey(exercise, answers=(), *, most=2):
    """Return (counts, problems) of an exercise: of its mutants and those of some answers, and of its slips."""
    function, source = ours(exercise)
    right = {seed: hidden(exercise, function, seed) for seed in SEEDS}
    counts, problems, reasons = dict.fromkeys(("mutants", "slips", "equal"), 0), [], EQUAL.get(exercise.name, {})
    unused = set(reasons)
    programs = [*mutants(function, source), *(m for a in answers for m in mutants(a.function))]
    for mutant in programs:
        counts["mutants"] += 1
        visible, found = passes(exercise, mutant.function, right)
        if visible and all(found):
            counts["equal"] += 1
            unused.discard(mutant.name)
            if mutant.name not in reasons:
                problems.append(f"passes, and is not listed as equal: {mutant.name}")
        elif visible or any(found):
            problems.append(f"visible {visible}, hidden {found}: {mutant.name}")
    for mutant in slips(exercise, most):
        counts["slips"] += 1
        if _harmless(exercise, mutant.function):
            counts["equal"] += 1
            unused.discard(mutant.name)
            if mutant.name not in reasons:
                problems.append(f"passes, and is not listed as equal: {mutant.name}")
        elif _unseen(exercise, mutant.function, right):
            problems.append(f"refused by the visible tries only: {mutant.name}")
    problems += [f"listed as equal, and is not: {name}" for name in sorted(unused) if answers and most > 1]
    return counts, [*problems, *alike(exercise)]


def _harmless(exercise, switches):
    """Say whether a slip gives what is right on every visible try."""
    return all(exercise.slip(switches, i).like(case.right) for i, case in enumerate(exercise.visible))


def _unseen(exercise, switches, right):
    """Say whether a slip prints what is right, for some seed."""
    wrong = dict(switches)
    for seed, text in right.items():
        lines = iter(text.splitlines())
        inputs = [*exercise.tries, *exercise.draw(np.random.default_rng(seed))]
        call = lambda answer, *given: exercise.call(lambda *g: answer(*g, **wrong), *given)  # noqa: E731
        if all(same(str(watch(exercise.reference, given, call, exercise._view)), next(lines)) for given in inputs):
            return True
    return False


def alike(exercise):
    """Return each two single mistakes that have other hints and give the same on every try."""
    singles = [s for s in exercise.slips[1] if len(s) == 1 and not _harmless(exercise, s)]
    found = []
    for n, one in enumerate(singles):
        for two in singles[:n]:
            hints = [exercise.switches[name][value] for ((name, value),) in (one, two)]
            same_on_all = (
                exercise.slip(one, i).reproduces(exercise.slip(two, i)) for i in range(len(exercise.visible))
            )
            if hints[0] != hints[1] and all(same_on_all):
                found.append(f"cannot be told apart, and have other hints: {two} and {one}")
    return found


def _written(answer):
    """Say whether an answer has a `def` of its own to change; one that takes nothing is right by what it returns."""
    function, takes = answer.function, getattr(check, answer.exercise).tries != ((),)
    return takes and inspect.isfunction(function) and function.__code__.co_name != "<lambda>"


def main(lesson=""):
    """Print the table and the problems; return 1 if there is any."""
    answers = load(lesson)
    names = sorted({a.exercise for a in answers}, key=lambda name: getattr(check, name).grade_id)
    print(f"{'exercise':28}{'mutants':>9}{'slips':>9}{'equal':>9}{'problems':>10}")
    bad = []
    for name in names:
        mine = [a for a in answers if a.exercise == name and not a.hint and _written(a)]
        counts, problems = survey(getattr(check, name), mine)
        print(f"{name:28}{counts['mutants']:9}{counts['slips']:9}{counts['equal']:9}{len(problems):10}", flush=True)
        bad += [f"{name}: {problem}" for problem in problems]
    print(
        "\n".join(bad)
        or "Every mutant and every slip is refused by the visible and the hidden tries, or is a right answer."
    )
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
