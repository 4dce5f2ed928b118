"""The names of a cell: what it binds, what it takes, what it changes; and what a dotted name of a library is."""

import ast
import os
from pathlib import Path

import pytest

import coursekit
from gradekit.source import _library
from gradekit.source._library import absolute, has, what_is
from gradekit.source.names import bound, imports, names_of, used


@pytest.mark.parametrize(
    ("source", "binds", "uses", "changes"),
    [
        ("x = y", {"x"}, {"y"}, set()),
        ("x += 1", {"x"}, {"x"}, set()),
        ("x[0] = y.z", set(), {"x", "y"}, {"x"}),
        ("x.a.b[0] = 1", set(), {"x"}, {"x"}),
        ("del x[0], y.z", set(), {"x", "y"}, {"x", "y"}),
        ("f().x = 1", set(), {"f"}, set()),
        ("def f(a, b=c):\n    return a + d", {"f"}, {"c", "d"}, set()),
        ("def f():\n    return f", {"f"}, set(), set()),
        ("class A(B):\n    x = y", {"A"}, {"B", "y"}, set()),
        ("import a.b, c as d\nfrom e import f as g", {"a", "d", "g"}, set(), set()),
        ("for i in x:\n    y = i", {"i", "y"}, {"i", "x"}, set()),
        ("with a as b:\n    pass", {"b"}, {"a"}, set()),
        ("[i for i in x]", set(), {"x"}, set()),
        ("if (a := b):\n    pass", {"a"}, {"b"}, set()),
        ("lambda a: a + b", set(), {"b"}, set()),
        ("try:\n    pass\nexcept E as e:\n    pass", {"e"}, {"E"}, set()),
        ("x = 1\ny = x", {"x", "y"}, set(), set()),
        ("y = x\nx = 1", {"x", "y"}, {"x"}, set()),
        ("", set(), set(), set()),
    ],
)
def test_names_of_plain_python(source, binds, uses, changes):
    """What is bound before it is read is not taken from outside."""
    assert names_of(source) == (binds, uses, changes)


@pytest.mark.parametrize(
    ("source", "binds", "uses"),
    [
        ("%time x = f(y)", {"x"}, {"f", "y"}),
        ("%%time\nx = y", {"x"}, {"y"}),
        ("%%capture out\nx = y", {"out", "x"}, {"y"}),
        ("%%timeit a = b\nc = a", {"a", "c"}, {"b"}),
        ("%%bash\nx=1", set(), set()),
        ("y = %time f(x)", {"y"}, {"f", "x"}),
    ],
)
def test_names_on_lines_of_ipython_that_run_python(source, binds, uses):
    """What is run here binds and takes as it does by itself."""
    found = names_of(source)
    assert (found.binds - {"bash"}, found.uses - {"bash"}) == (binds, uses)


def test_a_command_may_bind_and_take_every_word_on_it():
    """Nobody can know what it does."""
    assert {"x", "echo", "y"} <= bound("x = !echo $y") & used("x = !echo $y")
    assert {"np", "exp"} <= used("np.exp?")


def test_what_is_no_python_has_no_names():
    """It binds nothing and takes nothing."""
    assert names_of("def f(:") is None
    assert bound("def f(:") == used("def f(:") == set()


def test_imports_names_what_each_name_stands_for():
    """Dotted modules bind their first part; star imports bind nothing that could be followed."""
    tree = ast.parse("import a.b, c.d as e\nfrom f.g import h as i, j\ndef k():\n    import l\nfrom m import *")
    assert imports(tree) == {"a": "a", "e": "c.d", "i": "f.g.h", "j": "f.g.j", "l": "l"}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("coursekit.lab.metrics", "coursekit.metrics"),
        ("coursekit.lab.metrics.accuracy", "coursekit.metrics.accuracy"),
        ("coursekit.softmax.softmax", "coursekit.softmax.softmax"),
        ("coursekit.nowhere.softmax", "coursekit.nowhere.softmax"),
        ("os.sys.modules", "sys.modules"),
        ("inspect.sys", "sys"),
        ("scipy.special.softmax", "scipy.special._logsumexp.softmax"),
        ("sklearn.metrics.pairwise_distances", "sklearn.metrics.pairwise.pairwise_distances"),
        ("skimage.img_as_float32", "skimage.util.dtype.img_as_float32"),
        ("functools.reduce", "functools.reduce"),
        ("no_such_library.x.y", "no_such_library.x.y"),
        ("x..y", "x..y"),
        ("", ""),
    ],
)
def test_what_a_dotted_name_is(name, what):
    """Found in the source of what is installed; what cannot be found stays as it is."""
    assert what_is(name) == what


def test_what_a_module_has():
    """By itself, or by another's names."""
    assert has("coursekit.softmax", "softmax") and has("coursekit.lab", "metrics") and has("numpy", "exp")
    assert not has("coursekit.softmax", "soft") and not has("no_such_library", "x") and not has("numpy", "way")


def test_a_package_may_be_told_from_where_it_stands():
    """One dot is the package itself, two the one around it."""
    nodes = [ast.parse(f"from {dots} import x").body[0] for dots in (".", "..a", "...", "b.c")]
    assert [absolute(node, "p.q") for node in nodes] == ["p.q", "p.a", "", "b.c"]


def test_a_stub_is_a_source_only_of_what_loads_by_it(tmp_path, monkeypatch):
    """Beside a module in C, as in PyTorch, it stands alone: then there is nothing to read."""
    monkeypatch.setattr(_library, "_folders", lambda: [tmp_path])
    for name in ("in_c", "lazy"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.pyi").write_text("from .a import x")
    (tmp_path / "lazy" / "__init__.py").write_text("from lazy_loader import attach_stub")
    found = _library._file.__wrapped__
    assert found("in_c") is None and found("lazy") == tmp_path / "lazy" / "__init__.pyi"


def test_nothing_is_read_from_the_current_folder(tmp_path, monkeypatch):
    """A student's file with the name of a library is no library."""
    (tmp_path / "trap.py").write_text("from coursekit.softmax import softmax as honest\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert what_is("trap.honest") == "trap.honest"
    assert Path(coursekit.__file__).parent.parent != Path(os.curdir).resolve()
