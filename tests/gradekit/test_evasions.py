"""Ways to use what is forbidden, each charged or at least shown; beside them honest answers, none of them charged."""

import ast
import functools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coursekit
from gradekit.source._library import has
from gradekit.source.names import imports
from gradekit.source.rules import breaches

BANK_FILE = Path(__file__).with_name("evasions.txt")
RULES = {
    "calls": [
        "coursekit.softmax.softmax",
        "coursekit.softmax.softmax_loss",
        "coursekit.metrics.accuracy",
        "scipy.special.softmax",
        "sklearn.metrics.pairwise_distances",
        "sklearn.linear_model",
        "torch.softmax",
        "coursekit.check.lesson_01",
    ],
    "cost": 1.0,
}
NAMES = {
    "np": "numpy",
    "os": "os",
    "check": "coursekit.check",
    "lab": "coursekit.lab",
    "softmax": "coursekit.softmax",
    "special": "scipy.special",
    "partial": "functools.partial",
}

BANK = re.findall(r"^=== (\w+): (.*)\n((?:(?!===).*\n)+)", BANK_FILE.read_text(encoding="utf-8"), re.MULTILINE)
CHARGED, SHOWN, HONEST = (
    {name: source.strip("\n") for kind, name, source in BANK if kind == wanted}
    for wanted in ("charged", "shown", "honest")
)
SHOWN["too many lines of IPython's"] = "_ = !true\n" * 2000 + "def f(Z):\n    return softmax.softmax(Z)"


def said(source, rules=RULES):
    """Return the reasons of the breaches that cost points, and of those that cost nothing."""
    found = breaches(source, rules, names=NAMES, asked="f")
    return [one.why for one in found if one.cost], [one.why for one in found if not one.cost]


@pytest.mark.parametrize("way", CHARGED)
def test_what_is_certain_is_charged(way):
    """Whatever holds it and hands it on, and by whichever name."""
    charged, _ = said(CHARGED[way])
    assert charged


@pytest.mark.parametrize("way", SHOWN)
def test_what_can_only_be_guessed_is_shown_and_costs_nothing(way):
    """The instructor sees the line and decides."""
    charged, free = said(SHOWN[way])
    assert free and not charged


@pytest.mark.parametrize("way", HONEST)
def test_honest_answers_are_not_charged(way):
    """Whatever they name as what is forbidden is named, and whatever they test themselves against."""
    charged, _ = said(HONEST[way])
    assert not charged


def test_ordinary_imports_are_not_even_shown():
    """What most students use says nothing of them."""
    assert said(HONEST["modules of the course's kind"]) == ([], [])


def bearers():
    """Return the modules of coursekit in which the module softmax has a name, with that name."""
    found = []
    for path in sorted(Path(coursekit.__file__).parent.rglob("*.py")):
        module = ".".join(path.relative_to(Path(coursekit.__file__).parent.parent).with_suffix("").parts)
        names = imports(ast.parse(path.read_text(encoding="utf-8")))
        found += [(module, name) for name, what in names.items() if what == "coursekit.softmax" and has(module, name)]
    return found


@pytest.mark.parametrize(("module", "name"), bearers())
def test_no_other_module_of_ours_hides_one(module, name):
    """Whatever imports the module softmax is a way to it, and no cover."""
    charged, _ = said(f"import {module} as m\ndef f(Z):\n    return m.{name}.softmax(Z)")
    assert "uses coursekit.softmax.softmax" in charged


def test_the_course_has_such_modules():
    """The test above tries something."""
    assert len(bearers()) > 2


WAYS = [  # an expression that gives again what stands in it in place of @
    "[@][0]", "[1, @][-1]", "(1, @)[1]", "{'a': @}['a']", "dict(a=@).get('a')", "(lambda: @)()", "(lambda x: x)(@)",
    "(lambda *x: x[0])(@)", "(lambda x=@: x)()", "partial(lambda x: x, @)()", "next(iter([@]))", "[x for x in [@]][0]",
    "(w := @)", "(@ or 1)", "(@ if Z is None else @)", "{@}.pop()", "[*[@]][0]", "list(map(lambda x: x, [@]))[0]",
    "own(@)", "globals()['own'](@)", "own(x=@)", "own(*[@])", "own(**{'x': @})", "Box(@).x", "Box(@).get()",
]  # fmt: skip
OWN = """\
def own(x):
    return x
class Box:
    def __init__(self, x):
        self.x = x
    def get(self):
        return self.x
def f(Z):
    return @.softmax(Z)
"""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WAYS), max_size=4))
def test_ways_in_ways_are_followed(ways):
    """However often a module is put somewhere and taken out again, its use is charged, and no other module's."""
    used = functools.reduce(lambda inner, way: way.replace("@", inner), ways, "softmax")
    charged, _ = said(OWN.replace("@", used))
    assert charged == ["uses coursekit.softmax.softmax"]
    charged, free = said(OWN.replace("@", used.replace("softmax", "np")))
    assert not charged and set(free) <= {"globals can hide what is used"}
