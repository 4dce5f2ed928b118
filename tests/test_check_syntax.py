"""What is read from an answer's source: each kind of loop, in helpers too, and honesty where there is no source."""

import functools
import linecache
from functools import partial, reduce

import numpy as np
import pytest

from coursekit import check, knn, softmax
from coursekit.check.demands import NO_LOOP, ONE_LOOP_DEEP


def products(X, W):
    """Use no loop, although names are set and read."""
    Z = X @ W
    total = np.add.reduce(np.maximum.accumulate(Z, axis=1), axis=0)
    return np.einsum("ij,jk->ik", X, W) + total


def for_loop(X):
    """Loop openly."""
    for row in X:
        row.sum()


def while_loop(X):
    """Loop while there is something."""
    while X:
        X = X[1:]


def nested(X):
    """Loop three deep: a set in a dict in a for."""
    for row in X:
        yield {i: {i + v for v in row} for i in row}


def double_comprehension(X):
    """Loop two deep in one pair of brackets."""
    return [v for row in X for v in row]


def side_by_side(X):
    """Loop twice, one loop after the other; the list is made before the second starts."""
    for _ in X:
        pass
    for _ in [v + 1 for v in X]:
        pass


def recursive(X):
    """Call itself."""
    return X[0] + recursive(X[1:]) if len(X) else 0


def ping(X):
    """Call pong, which calls ping."""
    return pong(X[1:])


def pong(X):
    """Call ping."""
    return ping(X)


def inner_recursion(X):
    """Hold a function that calls itself."""

    def down(i):
        return down(i - 1) if i else X

    return down(len(X))


def helped(X):
    """Leave the loop to a helper."""
    return for_loop(X)


def twice_helped(X):
    """Leave the loop to a helper's helper, by partial."""
    return partial(helped, X)()


def helped_in_a_loop(X):
    """Call a helper with a loop from within a loop."""
    return [for_loop(row) for row in X]


vectorised = np.vectorize(lambda v: v + 1)


def named_vectorize(X):
    """Use a vectorised function made elsewhere."""
    return vectorised(X)


def hidden_in_local_import(X):
    """Import what loops on the spot."""
    import functools as tools
    from itertools import starmap

    return tools.reduce(np.add, starmap(np.add, X))


def shadows(X, helped, for_loop):
    """Have variables with the names of functions that loop."""
    pong = helped + for_loop
    return X * pong


def in_coursekit(X):
    """Use the package's own loops."""
    return softmax.softmax_loss_loops(X, X, X)


def package_products(X):
    """Use the package's products, whose refusals hold a loop deeper down."""
    return softmax.softmax_loss(X, X, X), knn.distances(X, X)


class Held:
    """A method is read like a function."""

    def total(self, X):
        """Use no loop."""
        return X.sum()


FOUND = [
    (products, (), 0),
    (for_loop, ("for",), 1),
    (while_loop, ("while",), 1),
    (nested, ("for", "comprehension"), 3),
    (double_comprehension, ("comprehension",), 2),
    (side_by_side, ("for", "comprehension"), 1),
    (recursive, ("recursion",), 2),
    (ping, ("recursion in pong",), 1),
    (inner_recursion, ("recursion",), 1),
    (helped, ("for in for_loop",), 1),
    (twice_helped, ("for in for_loop",), 1),
    (helped_in_a_loop, ("comprehension", "for in for_loop"), 2),
    (vectorised, ("vectorize",), 1),
    (named_vectorize, ("vectorize in vectorised",), 1),
    (hidden_in_local_import, ("reduce", "starmap"), 1),
    (shadows, (), 0),
    (in_coursekit, ("for in softmax.softmax_loss_loops", "comprehension in softmax.softmax_loss_loops"), 3),
    (package_products, (), 0),
    (lambda X: [v + 1 for v in X], ("comprehension",), 1),
    (partial(for_loop, None), ("for",), 1),
    (functools.lru_cache(for_loop), ("for",), 1),
    (Held().total, (), 0),
]


@pytest.mark.parametrize(("function", "kinds", "depth"), FOUND, ids=lambda v: getattr(v, "__name__", None))
def test_loops_are_found_by_kind_and_depth(function, kinds, depth):
    """In the source itself and in helpers, once each; depth counts loops in loops."""
    assert check.loops_in(function) == kinds
    assert check.loop_depth(function) == depth


@pytest.mark.parametrize(
    "body",
    [
        "list(map(abs, X))",
        "list(filter(None, X))",
        "reduce(max, X)",
        "functools.reduce(max, X)",
        "np.vectorize(abs)(X)",
        "np.apply_along_axis(sum, 1, X)",
        "np.frompyfunc(abs, 1, 1)(X)",
        "np.fromiter(X, float)",
        "np.nditer(X)",
        "exec('for x in X: pass')",
    ],
)
def test_loops_by_another_name(body):
    """Each gets the hint that says so, by the name that was used."""
    function = in_a_cell(f"def f(X):\n    return {body}\n", "f")
    assert len(check.loops_in(function)) == 1
    kind = check.loops_in(function)[0]
    said = NO_LOOP.breach(function)
    assert kind in body and kind in said
    assert "for` loop inside" in said if kind == "vectorize" else "a loop by another name" in said


def in_a_cell(source, name):
    """Return a function as a notebook's cell defines it: from no file, with its source in linecache."""
    place = f"<cell {abs(hash(source))}>"
    linecache.cache[place] = len(source), None, source.splitlines(keepends=True), place
    names = {"__name__": "__main__", "np": np, "reduce": reduce, "functools": functools}
    exec(compile(source, place, "exec"), names)
    return names[name]


def test_source_of_a_cell_is_read():
    """IPython keeps a cell's lines where inspect looks; helpers of the same notebook are read too."""
    cell = "def helper(X):\n    return [v for v in X]\n\ndef answer(X):\n    return helper(X)\n"
    assert check.loops_in(in_a_cell(cell, "answer")) == ("comprehension in helper",)


@pytest.mark.parametrize(
    "function",
    [len, np.add, dict, partial(len), eval("lambda X: 0")],
    ids=["builtin", "ufunc", "class", "partial", "eval"],
)
def test_what_has_no_source_is_said_honestly(function, monkeypatch):
    """A compiled function shows no loop, so no verdict is given on it; nor is another text taken for its source."""
    monkeypatch.setitem(linecache.cache, "<string>", (9, None, ["f = lambda X: [v for v in X]\n"], "<string>"))
    with pytest.raises(OSError, match=r"cannot be read here\. Write it as a `def` of its own"):
        check.loops_in(function)
    said = NO_LOOP.breach(function)
    assert said.startswith("gives the right values, but the source of ")
    assert said.endswith("So nobody can see whether it holds a loop.")
    assert ONE_LOOP_DEEP.breach(function) == said


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (for_loop, "has a `for` loop. Let one product"),
        (while_loop, "has a `while` loop."),
        (double_comprehension, "hides a loop in a comprehension: Python still takes"),
        (recursive, "calls itself: recursion is a loop"),
        (helped, "names for_loop, which has a `for` loop."),
        (ping, "names pong, which calls itself"),
    ],
)
def test_no_loops_names_the_idea(function, words):
    """The first loop found, in words, and what to do."""
    said = NO_LOOP.breach(function)
    assert said.startswith(words)
    assert said.endswith("Let one product, or one sum over an axis, do all rows at once.")


def test_products_and_pythons_own_sum_are_no_loops():
    """Neither is a variable of that name."""
    fine = in_a_cell("def fine(X, sum):\n    return sum + X.max()\n", "fine")
    slow = in_a_cell("def slow(X):\n    return sum(X) + max(X)\n", "slow")
    assert [NO_LOOP.breach(function) for function in (products, fine, slow)] == ["", "", ""]


def test_one_loop_deep_counts():
    """One loop passes, also two side by side; a loop in a loop does not."""
    for function in (products, for_loop, side_by_side):
        assert ONE_LOOP_DEEP.breach(function) == ""
    assert "a loop inside a loop (3 deep; a comprehension counts)" in ONE_LOOP_DEEP.breach(nested)


def test_peak_memory_sees_arrays_that_come_and_go():
    """A sum needs its temporary square; what was there before does not count."""
    x = np.ones(100_000)
    assert 800_000 <= check.peak_memory(lambda a: (a**2).sum(), x) < 900_000
    assert check.peak_memory(lambda a: a.sum(), x) < 100_000


def test_peak_memory_leaves_tracing_as_it_was():
    """On or off; also when the function fails."""
    import tracemalloc

    check.peak_memory(np.zeros, 10)
    assert not tracemalloc.is_tracing()
    tracemalloc.start()
    check.peak_memory(np.zeros, 10)
    assert tracemalloc.is_tracing()
    tracemalloc.stop()
    fails_later = iter([0])
    with pytest.raises(StopIteration):
        check.peak_memory(lambda: next(fails_later))
    assert not tracemalloc.is_tracing()
