"""Rules see through imports, aliases and scopes, spare what is the student's own, and cost no right answer a point."""

import ast
import importlib
import inspect
import re
import textwrap
from types import SimpleNamespace

import nbformat
import pytest

from coursekit import check
from coursekit.check.exercise import Exercise
from gradekit.lesson import find_lessons, prepare
from gradekit.source import names
from gradekit.source.names import imports
from gradekit.source.reader import LONGEST
from gradekit.source.rules import Breach, asked_by, breaches, of_exercise
from gradekit.student import student_version
from tests.mistakes import ANSWERS

MASTERS = {path.stem: nbformat.read(path, as_version=4) for path in find_lessons()}
LESSONS = {stem: prepare(stem, master) for stem, master in MASTERS.items()}
IMPORTED = {stem: lesson.imported for stem, lesson in LESSONS.items()}
EXERCISES = {
    asked_by(exercise.answers[-1]): (exercise, stem)
    for stem, lesson in LESSONS.items()
    for exercise in lesson.exercises
}
BANKS = [importlib.import_module(f"tests.mistakes.lesson_{stem[:2]}") for stem in MASTERS]
INSTALLED = ("coursekit", "numpy", "scipy", "skimage", "sklearn")
LOOPLESS = {"vectorised_loss_gradient", "pairwise_distances", "hinge_loss", "centred_distances"}  # no loop
RULES = {"calls": ["coursekit.softmax.softmax", "scipy.special.softmax", "sklearn.linear_model"], "cost": 0.5}
NO_LOOPS = {"loops": False, "cost": 1}
DIRECT = "If you can, do without it, and write the name of what you use."
NAMES = {"np": "numpy", "softmax": "coursekit.softmax", "check": "coursekit.check"}


def found(source, rules=RULES, **options):
    """Return (line, why, cost) of each breach."""
    return [(one.line, one.why, one.cost) for one in breaches(source, rules, **{"names": NAMES, **options})]


def costly(source, rules=RULES, **options):
    """Return the lines of the breaches that cost something."""
    return sorted({line for line, _, cost in found(source, rules, **options) if cost})


def free(source, rules=RULES, **options):
    """Return the reasons of the breaches that are shown and cost nothing."""
    return [why for _, why, cost in found(source, rules, **options) if not cost]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f(Z):\n    return softmax.softmax(Z)", [2]),
        ("f = [\n    1,\n    softmax.softmax,\n]", [3]),
        ("import coursekit\nf = coursekit.softmax.softmax", [2]),
        ("import coursekit.softmax as s\nf = s.softmax", [2]),
        ("from coursekit.softmax import (\n    log_sum_exp,\n    softmax as s,\n)\nf = s", [3, 5]),
        ("import scipy.special\ndef f(Z):\n    return scipy.special.softmax(Z)", [3]),
        ("def f(Z):\n    from scipy import special as s\n    return s.softmax(Z)", [3]),
        ("from sklearn.linear_model import LogisticRegression", [1]),
        ("import sklearn\nf = sklearn.linear_model.LogisticRegression().fit", [2]),
        ("s = softmax\nf = s.softmax", [2]),
        ("def f(Z):\n    s = t = softmax\n    return t.softmax(Z)", [3]),
        ("def f(Z, s=softmax.softmax):\n    return s(Z)", [1, 2]),
        ("def f(Z, softmax=softmax.softmax):\n    return softmax(Z)", [1, 2]),
        ("f = lambda Z: [softmax.softmax(row) for row in Z]", [1]),
        ("def f(Z):\n    return [softmax for softmax in softmax.softmax(Z)]", [2]),
        ("class A:\n    softmax = 1\n    def __call__(self, Z):\n        return softmax.softmax(Z)", [4]),
        ("@softmax.softmax\ndef f(Z):\n    return Z", [1]),
        ("def f(Z):\n    global softmax\n    return softmax.softmax(Z)", [3]),
        ("from coursekit.softmax import *\ndef f(Z):\n    return softmax(Z)", [3]),
        ("%%time\ndef f(Z):\n    return softmax.softmax(Z)", [3]),
        ("def f(Z):\r\n    '''\r\n    '''\r    return softmax.softmax(Z)", [4]),
        ("def f(Z):\n    return '\\d', softmax.softmax(Z)", [2]),
    ],
)
def test_what_is_forbidden_is_seen_however_it_is_called(source, lines):
    """By attribute, import, alias, default, decorator or star, with the line of the use."""
    assert costly(source) == lines


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(Z):\n    return Z\ndef f(Z):\n    return softmax(Z).softmax",
        "from coursekit.softmax import log_sum_exp\ndef f(Z):\n    return log_sum_exp(Z)",
        "def f(softmax):\n    return softmax.softmax",
        "def f(Z):\n    softmax = np.exp(Z)\n    return softmax.softmax",
        "def f(Z):\n    return [softmax.softmax for softmax in Z]",
        "f = lambda softmax: softmax.softmax",
        "def f(Z):\n    try:\n        return 1\n    except ValueError as softmax:\n        return softmax.softmax",
        "def f(Z):\n    return Z.softmax, my.softmax, special.softmax",
        "def f(Z):\n    'calls softmax.softmax'  # softmax.softmax(Z)",
        "from mine import softmax\nf = softmax.softmax",
        "from . import softmax\nf = softmax.softmax",
        "from mine import *\nf = log_sum_exp",
    ],
)
def test_what_is_the_students_own_costs_nothing(source):
    """A function, variable or argument of the same name, other names of the module, and words."""
    assert costly(source) == []


def test_the_name_of_a_function_that_the_lesson_defines_is_no_import():
    """Only what imports bind is followed: `softmax_rows` of an earlier exercise may be used."""
    assert costly("f = softmax_rows", names={}) == costly("f = softmax", names={}) == []


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("f = getattr(softmax, 'soft' + 'max')", "getattr can hide what is used"),
        ("f = eval('softmax').softmax", "eval can hide what is used"),
        ("e = eval\nf = e('softmax')", "eval can hide what is used"),
        ("import importlib\nimportlib.import_module('coursekit.softmax')", "importlib can hide what is used"),
        ("from sys import modules", "sys.modules can hide what is used"),
        ("f = softmax.__dict__['soft' + 'max']", "__dict__ can hide what is used"),
        ("from numpy import *", "imports all of numpy, whose names can hide what is used"),
        ("%run mine.py", "is read by IPython only, so no rule was looked at there"),
        ("np.exp?", "is read by IPython only, so no rule was looked at there"),
        ("def f(Z:", "cannot be read as Python, so no rule was looked at"),
        ("x = '\0'", "cannot be read as Python, so no rule was looked at"),
        ("x = '\ud800'", "cannot be read as Python, so no rule was looked at"),
        ("x = " + "(" * 500 + ")" * 500, "cannot be read as Python, so no rule was looked at"),
        ("x = 1\n" * LONGEST, "cannot be read as Python, so no rule was looked at"),
    ],
)
def test_ways_around_are_shown_and_cost_nothing(source, why):
    """The instructor sees what could hide a use, and what cannot be read; an honest student loses nothing by it."""
    assert why in free(source)
    assert costly(source) == []


@pytest.mark.parametrize(
    "source", ["import re\nf = re.compile('x')", "def f(vars, compile):\n    return vars, compile"]
)
def test_like_names_are_no_ways_around(source):
    """`re.compile` compiles no Python; an argument may be called `vars`."""
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(Z):\n    for z in Z: pass",
        "def f(Z):\n    while Z: pass",
        "def f(Z):\n    return [z for z in Z]",
        "def f(Z):\n    return sum(z for z in Z)",
        "f = lambda Z: (\n    {z: 1 for z in Z})",
        "def f(Z):\n    return list(map(abs, Z))",
        "def f(Z):\n    return list(filter(None, Z))",
        "x = 1\n@np.vectorize\ndef f(z): return z",
        "import numpy\nf = numpy.vectorize(abs)",
        "from functools import reduce\nf = reduce(max, [1])",
        "import functools as ft\nf = ft.partial(ft.reduce, max)",
        "def f(Z):\n    return np.apply_along_axis(sum, 0, Z)",
    ],
)
def test_loops_are_seen_open_and_hidden(source):
    """Statements, comprehensions, and what calls Python once an item."""
    assert costly(source, NO_LOOPS) == [2]
    assert {why for _, why, _ in found(source, NO_LOOPS)} == {"holds a loop"}
    assert costly(source) == []


def test_recursion_is_a_loop():
    """The line is that of the function."""
    assert costly("x = 1\ndef f(n):\n    return n and f(n - 1)", NO_LOOPS) == [2]


@pytest.mark.parametrize(
    "source",
    [
        "def f(Z):\n    return np.logaddexp.reduce(Z, axis=1) + np.maximum.accumulate(Z)",
        "def f(Z, map):\n    return map(Z).filter",
        "def reduce(Z):\n    return Z.sum()\ndef f(Z):\n    return reduce(Z)",
    ],
)
def test_what_is_no_loop(source):
    """NumPy's own reductions, and names of the student's."""
    assert found(source, NO_LOOPS) == []


TESTED = """\
from scipy.spatial.distance import cdist
def far(A, B):  # an earlier attempt
    return cdist(A, B)
def helper(A):
    return A @ A
def far(A, B):
    D = helper(A)
    return D
D = far(1, 2) - cdist(1, 2)
for row in D:
    print(row)
"""
FAR = {"calls": ["scipy.spatial.distance.cdist"], "loops": False, "cost": 1}


def test_what_the_asked_function_does_not_need_costs_nothing():
    """A test against a library and an earlier attempt are shown; a loop that prints is not even that."""
    assert costly(TESTED, FAR) == [1, 3, 9, 10]
    assert costly(TESTED, FAR, asked="far") == []
    assert set(free(TESTED, FAR, asked="far")) == {"uses scipy.spatial.distance.cdist, which far does not seem to need"}


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ("far = cdist", [1, 12]),
        ("def helper(A):\n    return [a for a in A]", [13]),
        ("if True:\n    far = cdist", [1, 13]),
        ("[far := cdist for _ in [1]]", [1, 12]),
        ("def set_it():\n    global far\n    far = cdist\nset_it()", [1, 14]),
        ("class helper:\n    do = cdist", [1, 13]),
        ("import scipy\nhelper = scipy.spatial.distance.cdist", [13]),
    ],
)
def test_what_it_needs_costs_wherever_it_stands(more, lines):
    """Also through helpers, and when the name is bound again below."""
    rules = FAR | {"loops": "cdist" not in more and False}
    assert costly(TESTED + more, rules, asked="far") == lines


def test_where_the_function_is_missing_all_counts():
    """Without the function asked for nobody can say what it needs."""
    assert costly(TESTED, FAR, asked="near") == [1, 3, 9, 10]


def test_a_breach_says_line_text_reason_and_cost():
    """One for each line and reason, however often it stands there, in the order of the lines."""
    source = "def f(Z):\n    return softmax.softmax(softmax.softmax(Z)) + eval('0')"
    text = "    return softmax.softmax(softmax.softmax(Z)) + eval('0')"
    assert breaches(source, RULES, names=NAMES) == [
        Breach(2, text, "eval can hide what is used", 0.0, DIRECT),
        Breach(2, text, "uses coursekit.softmax.softmax", 0.5, "Take it out, and write that step yourself."),
    ]


def test_without_rules_nothing_is_a_breach():
    """No rule, no answer: nothing to say. A rule without a cost is shown, and free."""
    assert breaches("f = eval", {}) == breaches(" \n", RULES) == []
    assert found("f = softmax.softmax", {"calls": RULES["calls"]}) == [(1, "uses coursekit.softmax.softmax", 0.0)]


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ({"call": [], "loop": False}, "there is no rule call, loop; there are calls, cost, loops."),
        ({"calls": "numpy"}, "calls must be a list of dotted names; got 'numpy'."),
        ({"calls": [""]}, "calls must be a list of dotted names; got ['']."),
        ({"loops": "no"}, "loops must be true or false; got 'no'."),
        ({"cost": 50}, "cost must be a share of the points, from 0 to 1; got 50."),
        ({"cost": "all"}, "cost must be a share of the points, from 0 to 1; got 'all'."),
    ],
)
def test_a_rule_that_means_nothing_is_an_error_of_the_lesson(rules, problem):
    """A rule misspelt would be no rule."""
    with pytest.raises(ValueError, match=re.escape(f"rules: {problem}")):
        breaches("x = 1", rules)


def test_imports_names_what_each_name_stands_for():
    """Dotted modules bind their first part; relative and star imports bind nothing that could be followed."""
    tree = ast.parse("import a.b, c.d as e\nfrom f.g import h as i, j\ndef k():\n    import l\nfrom m import *")
    assert imports(tree) == {"a": "a", "e": "c.d", "i": "f.g.h", "j": "f.g.j", "l": "l"}


def test_deep_and_long_answers_take_no_time():
    """A hostile answer of the largest size is read in seconds; one too deep for Python is said to be unreadable."""
    names = "".join(f"a{i} = lambda b{i}, c{i}: softmax.b\n" for i in range(LONGEST // 40))
    assert found(names, asked="a7") == []
    assert costly("f = softmax" + ".softmax" * 900) == [1]
    assert free("-" * (LONGEST - 1) + "1") == ["cannot be read as Python, so no rule was looked at"]


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_rules(name):
    """They name the checks, cost all points, and forbid loops where the prompt or the visible check does."""
    exercise, stem = EXERCISES[name]
    declared = isinstance(getattr(check, name), Exercise)
    assert ("coursekit.check" if declared else f"coursekit.check.lesson_{stem[:2]}") in exercise.rules["calls"]
    assert exercise.rules["cost"] == 1.0
    assert (exercise.rules.get("loops") is False) == (name in LOOPLESS)


def test_every_forbidden_name_exists():
    """A misspelt name forbids nothing; of what need not be installed the spelling is not looked at."""
    for name in {call for exercise, _ in EXERCISES.values() for call in exercise.rules["calls"]}:
        if name.split(".")[0] in INSTALLED:
            assert resolve(name) is not None, name


def resolve(name):
    """Return what a dotted name stands for."""
    module, _, rest = name.rpartition(".")
    try:
        return importlib.import_module(name)
    except ImportError:
        return getattr(importlib.import_module(module), rest)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_lessons_own_answer_keeps_the_rules(name):
    """The reference solution has no breach, not even a free one; nor has the stub."""
    exercise, stem = EXERCISES[name]
    marked = [cell for cell in MASTERS[stem].cells if "nbgrader" in cell.metadata]
    own = {cell.metadata.nbgrader.grade_id: cell.source for cell in marked}
    assert set(exercise.answers) <= own.keys()
    assert name in names.bound(own[exercise.answers[-1]])
    assert of_exercise(exercise, own, IMPORTED[stem]) == []
    assert of_exercise(exercise, LESSONS[stem].stubs, IMPORTED[stem]) == []


def costly_in(answer):
    """Return the costly lines of an answer of the bank."""
    exercise, stem = EXERCISES[answer.exercise]
    bank = imports(ast.parse(inspect.getsource(inspect.getmodule(answer.function))))
    source = textwrap.dedent(inspect.getsource(answer.function))
    return costly(source, exercise.rules, names=IMPORTED[stem] | bank)


@pytest.mark.parametrize("answer", [a for a in ANSWERS if not a.hint and inspect.isfunction(a.function)], ids=repr)
def test_no_right_answer_of_the_banks_breaks_a_rule(answer):
    """In whichever style it is written."""
    assert costly_in(answer) == []


LOOPING = [a for a in ANSWERS if a.hint and a.exercise in LOOPLESS]


@pytest.mark.parametrize("answer", LOOPING, ids=repr)
def test_rules_and_visible_check_see_the_same_loops(answer):
    """A loop that the check finds in the answer itself is found here too, and no other."""
    theirs = [kind for kind in check.loops_in(answer.function) if " in " not in kind]
    assert bool(costly_in(answer)) == bool(theirs), theirs


def test_lessons_rebind_no_imported_name():
    """Rules go by the lesson's imports, so no name of theirs may come to mean something else further down."""
    for stem, master in MASTERS.items():
        for cell in student_version(master).cells:
            if cell.cell_type == "code":
                again = names.bound(cell.source) & set(IMPORTED[stem]) - set(imports(ast.parse(cell.source)))
                assert not again, (stem, again)


def test_of_exercise_asks_for_the_function_of_each_answer():
    """Answers that are missing break nothing; the dictionaries are plain."""
    exercise = SimpleNamespace(answers=("03-far", "03-near"), rules=FAR)
    breach = {
        "answer": "03-far",
        "line": 2,
        "text": "far = cdist",
        "why": "uses scipy.spatial.distance.cdist",
        "cost": 1.0,
        "edit": "Take it out, and write that step yourself.",
    }
    names = {"cdist": "scipy.spatial.distance.cdist"}
    assert of_exercise(exercise, {"03-far": "print([i for i in 'ab'])\nfar = cdist"}, names) == [breach]
