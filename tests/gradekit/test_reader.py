"""One reader for all: IPython's lines as IPython reads them, every line at its number, and no text that it fails on."""

import ast
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradekit.source.names import names_of
from gradekit.source.reader import DEEPEST, LONGEST, MOST, parse, read
from gradekit.source.rules import breaches
from gradekit.source.similarity import form

RULES = {"calls": ["coursekit.softmax.softmax"], "loops": False, "cost": 1}
PIECES = [
    "x", "1", "'a'", '"""', "(", ")", "[", "]", "{", "}", ":", ",", ".", "=", ":=", "*", "**", "%", "!", "?", "??",
    "\\", "\n", "\n    ", "\t", " ", "\r", "\x0c", "\0", "\ud800", "\u2028", "#", "f'{", "}'", "@", ";", "/",
    "%%time\n", "%%capture out\n", "%%bash\n", "%%mine\n", "%time ", "!ls\n", "_ = !ls\n", "x?\n", ">>> ", "... ",
    "In [1]: ", "def f(Z):\n    ", "return ", "lambda: ", "for x in y:\n    ", "class A:\n    ", "global x\n",
    "nonlocal x\n", "import softmax\n", "from softmax import *\n", "from . import x\n", "with x as y:\n    ",
    "try:\n    x\nexcept E as e:\n    ", "match x:\n    case [a, *b]:\n        ", "softmax", "softmax.softmax",
    "getattr", "globals()['x']", "await ", "yield ", "if x:\n    ", "else:\n    ", "while (x := y):\n    ",
    "[x for x in y]", "@property\n", "__package__ = 'a'\n", "x.a = softmax\n", "x[0] = x\n", "f(x)\n", "x = x\n",
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text", "commands"),
    [
        ("x = 1\ny = 2", "x = 1\ny = 2", []),
        ("_ = !true\nx = 1", "_ = get_ipython().getoutput('true')\nx = 1", [1]),
        ("x = %pwd\ny = 1", "x = get_ipython().run_line_magic('pwd', '')\ny = 1", [1]),
        ("x = 1\nx?", "x = 1\nget_ipython().run_line_magic('pinfo', 'x')", [2]),
        ("!ls \\\n  -l\nx = 1", "get_ipython().system('ls    -l')\n\nx = 1", [1]),
        ("if x:\n    !ls\nelse:\n    y = 1", "if x:\n    get_ipython().system('ls')\nelse:\n    y = 1", [2]),
        ("!it's \"\nx = 1", "get_ipython().system('it\\'s \"')\nx = 1", [1]),
        ("/f 1\n;g a b", 'f(1)\ng("a b")', []),
        (">>> x = 1\n>>> y = 2", "x = 1\ny = 2", []),
        ("In [7]: x = 1\n   ...: y = 2", "x = 1\ny = 2", []),
        ("\n\n  x = 1\n  y = 2", "\n\nx = 1\ny = 2", []),
        ("\n%%time\nx = 1\ny?", "\npass\nx = 1\nget_ipython().run_line_magic('pinfo', 'y')", [4]),
        ("%%time\n\n\n%%capture out\nx = 1", "pass\n\n\nout = None\nx = 1", []),
        ("%%timeit -n 10 -r1 a = 1\nb = a", "a = 1\nb = a", []),
        ("%%prun\nx = 1", "pass\nx = 1", []),
        ("%%capture\nx = 1", "pass\nx = 1", []),
        ("%time x = 1\n%timeit -n 3 f(x)", "x = 1\nf(x)", []),
        ("def f():\n    y = %time g(1)\n    return y", "def f():\n    y = g(1)\n    return y", []),
        ("%%writefile a.py\nx = 1\ny = 2", "pass\n\n", [1]),
        ("%%bash\nls |", "pass\n", [1]),
        ("%%mine now\nx = 1", "pass\nx = 1", [1]),
        ("x = '''\n%%time\n!ls\n'''", "x = '''\n%%time\n!ls\n'''", []),
        ("x = (1\n%time)", "x = (1\n%time)", []),
        ("x = 1\r\ny = 2\r!ls", "x = 1\ny = 2\nget_ipython().system('ls')", [3]),
    ],
)
def test_each_line_is_read_as_ipython_reads_it_and_keeps_its_number(source, text, commands):
    """Python's lines as they are, IPython's as Python, with the commands among them named."""
    found = read(source)
    assert found.text == text
    assert [number for number, _ in found.commands] == commands
    assert ast.dump(found.tree) == ast.dump(parse(text))


def test_a_command_is_quoted_as_it_was_written():
    """With its indent, and not as IPython turns it."""
    assert read("if x:\n    y = !ls").commands == ((2, "    y = !ls"),)


def test_only_an_unknown_magic_is_a_guess():
    """What may run its body, or may not."""
    assert read("%%mine\nx = 1").guessed and read("%%time\n%%mine\nx = 1").guessed
    assert not read("%%time\nx = 1").guessed and not read("%%bash\nx = 1").guessed and not read("x = 1").guessed


@pytest.mark.parametrize(
    "source",
    [
        "def f(:",
        "x = '\0'",
        "x = '\ud800'",
        "x = " + "(" * 500 + ")" * 500,
        "-" * 5000 + "1",
        "x" * (LONGEST + 1),
        "!ls\n" * (MOST // 1000),
        "%%time\n" * (DEEPEST + 1) + "x",
        "if x:\n        !ls\n    y",
        "%'a'1\u2028%!",
        "!* x\x0cx",
    ],
    ids=range(11),
)
def test_what_is_no_python_has_no_tree(source):
    """Nor what is too long or too deep."""
    assert read(source) == read("def")
    assert read(source).tree is None and names_of(source) is None


def test_the_longest_and_the_deepest_that_are_read():
    """At the bounds themselves."""
    assert read("x" * LONGEST).tree is not None
    assert read("%%time\n" * DEEPEST + "x").tree is not None


def test_the_same_text_is_read_once():
    """Names, rules and similarity share what was read."""
    source = "shared = 1"
    assert read(source) is read(source)
    form("")  # the stub where there is none
    before = read.cache_info().misses
    names_of("once = 1"), breaches("once = 1", RULES), form("once = 1")
    assert read.cache_info().misses == before + 1


def test_a_tree_to_change_is_ones_own():
    """Similarity changes trees, and the shared one stays as it was."""
    source = "def long_name(argument):\n    return argument"
    before = ast.dump(read(source).tree)
    form(source)
    assert ast.dump(read(source).tree) == before


@settings(max_examples=300, deadline=None)
@example("(" * 5000)
@example("x = " + "-" * 50_000 + "1")
@example("lambda: " * 3000 + "1")
@example("f = softmax" + ".softmax" * 2000)
@example("x = " + "f(" * 150 + ")" * 150)
@example("%'a'1\u2028%!")
@example("!* x\x0cx")
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_no_text_is_too_much(source):
    """Whatever stands in a cell is read, or said to be unreadable; every line that is named is one of its lines."""
    found, names = read(source), names_of(source)
    assert names is None or found.tree is not None
    assert isinstance(form(source), tuple)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for breach in breaches(source, RULES, names={"softmax": "coursekit.softmax"}, asked="f"):
        assert lines[breach.line - 1] == breach.text
    assert all(lines[number - 1] == line for number, line in found.commands)


def seconds(source):
    """Return the seconds of the processor that the rules take for a text."""
    took = []
    for _ in range(2):  # the faster of two: other work on the machine slows one down
        start = time.process_time()
        breaches(source, RULES, names={"softmax": "coursekit.softmax"}, asked="f")
        took.append(time.process_time() - start)
    return min(took)


@pytest.mark.parametrize(
    "unit",
    ["x = 1\n", "if x: s = s.a\n", "def f(a): return f(a)\n", "class A(A): s = softmax\n", "x = [a for a in x]\n"],
)
def test_what_is_eight_times_as_long_takes_no_more_than_forty_times_as_long(unit):
    """Quadratic time would be sixty-four times as long."""
    seconds(unit)
    long = LONGEST // 3 // len(unit)
    assert seconds(unit * long) / seconds(unit * (long // 8)) < 40
