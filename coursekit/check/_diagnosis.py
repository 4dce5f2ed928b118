"""What is wrong with an answer: the first thing that is certain, in the fewest words that are."""

import functools
import itertools
import math
import re
from dataclasses import dataclass

import numpy as np

from coursekit.check._causes import cause_of
from coursekit.check._forms import close, kind, numbers, told
from coursekit.check._outcome import is_hint, line_of
from coursekit.check._relations import RELATIONS

NUMBERS = {2: "Two", 3: "Three"}
CLEAREST = 12  # numbers that a hint shows in full
TRIPLES = 3000  # where there are more combinations of three mistakes, none is looked for


@dataclass(frozen=True)
class Verdict:
    """What a check says of an answer."""

    kind: str  # right, unwritten, ours; refused, raised, changed, named, form, property, relation, numbers, demand
    hints: tuple[str, ...] = ()  # each more telling than the one before: where to look, the idea, the smallest case
    mistakes: tuple = ()  # pairs (switch, value) that give what the answer gives, where there are any


def diagnose(exercise, answer, cases, outcomes):
    """Return the verdict on an answer that is wrong on some case."""
    wrong = [(c, o) for c, o in zip(cases, outcomes, strict=True) if not o.like(c.right)]
    case, outcome = min(wrong, key=_size)
    mistakes, said = explain(exercise, cases, outcomes)
    shown = (_smallest(exercise, case, outcome),) if case.inputs else ()  # of a choice it would be the answer
    raised = [pair for pair in wrong if pair[1].error is not None and not is_hint(pair[1].error)]
    if raised:
        case, outcome = min(raised, key=_size)
        cause = _levels(said or [cause_of(outcome.error, exercise.causes)]) or ("",)
        scene = _scene(exercise, answer, case, outcome.error)
        return Verdict("raised", (f"{scene}\n{cause[0]}".rstrip(), *cause[1:]), mistakes)
    if said:
        return Verdict("named" if mistakes else "relation", (*_levels(said), *shown), mistakes)
    looks = [("form", _form), ("property", _property)]
    for name, look in looks[::-1] if exercise.view else looks:  # a view of its own has its own words for forms
        if hint := look(exercise, wrong):
            return Verdict(name, (*((hint,) if name == "form" else _levels([hint])), *shown))
    return Verdict("numbers", shown)


def _size(pair):
    """Return how large a case is: how many numbers it has, and how large they are."""
    blocks = [A for A in map(numbers, pair[0].inputs) if A is not None]
    return sum(A.size for A in blocks), sum(float(np.abs(A).sum()) for A in blocks)


def explain(exercise, cases, outcomes):
    """Return the fewest mistakes that give exactly what an answer gives on every case, and what to say of them."""
    sizes = [exercise.sizes(*case.inputs) for case in cases]
    right = [case.right for case in cases]

    def fits(switches):
        return all(o.reproduces(exercise.slip(switches, i)) for i, o in reversed(list(enumerate(outcomes))))

    def related(base):
        hint = next((r.hint for r in RELATIONS if r.holds(base, outcomes, sizes, exercise.parts)), None)
        return hint and _of(_wrong_parts(exercise, right, outcomes), hint)

    plausible = _plausible(exercise, cases, outcomes)

    def found(mistakes):
        slips = exercise.slips[mistakes] if mistakes == 1 else filter(plausible, exercise.slips[mistakes])
        return next((switches for switches in slips if fits(switches)), None)

    if switches := found(1):
        return mistakes_in(exercise, switches)
    if hint := related(right):
        return (), [hint]
    if switches := found(2):
        return mistakes_in(exercise, switches)
    last = len(cases) - 1
    for switches in exercise.slips[1]:
        one = exercise.slip(switches, last), outcomes[last], sizes[last]
        if not any(relation.explains(*one) for relation in RELATIONS):  # what the other cases give takes longer
            continue
        if hint := related([exercise.slip(switches, i) for i in range(len(cases))]):
            mistakes, hints = mistakes_in(exercise, switches)
            return mistakes, [*hints, hint]
    if switches := found(3):
        return mistakes_in(exercise, switches)
    return (), []


def _wrong_parts(exercise, right, outcomes):
    """Return the names of the parts of a result that are wrong on some case, if others are right."""
    pairs = [(r.value, o.value) for r, o in zip(right, outcomes, strict=True) if r.error is None and o.error is None]
    wrong = [
        name
        for number, name in enumerate(exercise.parts)
        if any(len(r) == len(g) and not close(r[number], g[number]) for r, g in pairs if isinstance(g, tuple))
    ]
    return wrong if len(wrong) < len(exercise.parts) else []


def _of(parts, hint):
    """Return a hint on a result as one on some of its parts: "Its db1 is", "Its db1 and db2 are"."""
    if not parts:
        return hint
    verbs = {"is": "is", "has": "has"} if len(parts) == 1 else {"is": "are", "has": "have"}
    names = " and ".join(parts)
    return re.sub(r"^Its result (is|has)", lambda said: f"Its {names} {verbs[said[1]]}", hint)


def _plausible(exercise, cases, outcomes):
    """Return a quick look at several switches: whether what each does alone, on one case, can make the outcome there.

    Of several things that a call returns, one that a single switch changes must be as that switch alone makes it, and
    one that no switch changes must be right. Only where two change the same thing, they have to be tried together.
    """
    number = max(i for i, (case, o) in enumerate(zip(cases, outcomes, strict=True)) if not o.like(case.right))
    things, got, error = _things(cases[number].right), _things(outcomes[number]), outcomes[number].error
    if len(things) == 1:
        return lambda switches: True

    @functools.cache
    def look(switch):
        slip = exercise.slip((switch,), number)
        came = _things(slip)
        if slip.error is not None or len({len(things), len(came), len(got)}) > 1:
            return slip.error, len(came), ()
        return None, len(came), [(not close(r, s), close(s, g)) for r, s, g in zip(things, came, got, strict=True)]

    def plausible(switches):
        looks = [look(switch) for switch in switches]
        raised = [type(raised) for raised, _, _ in looks if raised is not None]
        if raised or error is not None:
            return type(error) in raised
        if len(got) != len(things):
            return any(count == len(got) for _, count, _ in looks)
        if any(not seen for _, _, seen in looks):
            return True
        for place, (thing, g) in enumerate(zip(things, got, strict=True)):
            fits = [seen[place][1] for _, _, seen in looks if seen[place][0]]
            if not (fits[0] if len(fits) == 1 else fits or close(thing, g)):
                return False
        return True

    return plausible


def _things(outcome):
    """Return the things that a call gave, one or several."""
    return outcome.value if isinstance(outcome.value, tuple) else (outcome.value,)


def mistakes_in(exercise, switches):
    """Return the switches that are mistakes, and their hints; a value with an empty hint is a harmless habit."""
    hints = {(name, value): exercise.switches[name][value] for name, value in switches}
    return tuple(pair for pair, hint in hints.items() if hint), [hint for hint in hints.values() if hint]


def slips_of(switches):
    """Return every way to make no, one, two or three mistakes, each with a harmless habit or none, in declared order.

    Of three mistakes there is nothing where there would be more than ``TRIPLES``.
    """
    slips = {count: [] for count in range(4)}
    for size in (1, 2, 3):
        for names in itertools.combinations(switches, size):
            for values in itertools.product(*(switches[name] for name in names)):
                hints = [switches[name][value] for name, value in zip(names, values, strict=True)]
                if hints.count("") < 2:
                    slips[size - hints.count("")].append(tuple(zip(names, values, strict=True)))
        if size == 2 and _triples(switches) > TRIPLES:
            break
    return slips


def _triples(switches):
    """Return how many ways there are to set three switches."""
    return sum(math.prod(map(len, three)) for three in itertools.combinations(switches.values(), 3))


def _levels(hints):
    """Return hints unfolded: their first sentences, then the rest; of several hints numbered."""
    parts = [re.split(r"(?<=[.?!])\s+", hint.strip(), maxsplit=1) for hint in hints]
    levels = [[(i, part[level]) for i, part in enumerate(parts, 1) if len(part) > level] for level in (0, 1)]
    if len(hints) == 1:
        return tuple(level[0][1] for level in levels if level and level[0][1])
    first, rest = ("\n".join(f"  {i}. {text}" for i, text in level) for level in levels)
    return tuple(filter(None, (f"{NUMBERS[len(hints)]} things.\n{first}", rest)))


def _scene(exercise, answer, case, error):
    """Say what was raised, where, and on what."""
    line = line_of(error, answer)
    given = ", ".join(f"{name} {kind(value)}" for name, value in zip(exercise.arguments, case.inputs, strict=False))
    lines = [
        f"raised {type(error).__name__}: {error}",
        f"    in your line    {line}" if line else "",
        f"    called with     {given}" if given else "",
        f"    to see it again {exercise.pasted(case.inputs)}",
    ]
    return "\n".join(filter(None, lines))


def _smallest(exercise, case, outcome):
    """Show the smallest input on which an answer differs, with what it gave and what is right."""
    shown = exercise.pasted(case.inputs)
    if outcome.error is not None:
        return f"The smallest case:\n    {shown}"
    got, right, what = _entry(outcome.value, case.right.value, exercise.parts)
    return f"The smallest case:\n    {shown}\n    {what}is {got} and should be {right}."


def _entry(got, right, parts):
    """Return what was given and what is right, in full or at the place of the largest difference, and its name."""
    what = "Its result "
    if isinstance(got, tuple) and isinstance(right, tuple) and len(got) == len(right):
        number = next(i for i, (a, b) in enumerate(zip(got, right, strict=True)) if not close(a, b))
        got, right, what = got[number], right[number], f"Its {parts[number]} " if parts else f"Its part {number} "
    arrays = isinstance(got, np.ndarray) and isinstance(right, np.ndarray) and got.shape == right.shape
    if arrays and got.size > CLEAREST:
        gap = np.where(np.isfinite(got), np.abs(got - right), np.inf)
        worst = np.unravel_index(gap.argmax(), got.shape)
        return f"{got[worst]:.6g}", f"{right[worst]:.6g}", f"{what.strip()}[{', '.join(map(str, map(int, worst)))}] "
    return told(got), told(right), what


def _form(exercise, wrong):
    """Say what kind or shape came where another was needed; an empty text if that is right."""
    for case, outcome in wrong:
        if is_hint(outcome.error):
            return str(outcome.error)
        if exercise.view:  # it knows by itself what it needs
            continue
        hint = form(outcome.value, case.right.value, exercise.parts)
        if hint:
            return hint
    return ""


def form(got, right, parts=(), what="result"):
    """Say how the form of a value differs from the form that is right."""
    if isinstance(got, str) and got == "NoneType":
        return "returned None. Is the `return` missing?"
    if isinstance(right, tuple):
        names = f"({', '.join(parts)})" if parts else f"{len(right)} things"
        if not isinstance(got, tuple) or len(got) != len(right):
            came = f"{len(got)} things" if isinstance(got, tuple) else _described(got)
            return f"must return {len(right)} things, {names}; it returned {came}."
        misplaced, turned = ([form(*pair) for pair in zip(g, right, strict=True)] for g in (got, got[::-1]))
        if any(misplaced) and not any(turned):
            return f"returned its things in the other order. The order is {names}."
        found = (form(g, r, what=p) for g, r, p in zip(got, right, parts or itertools.repeat("part"), strict=False))
        return next(filter(None, found), "")
    if isinstance(right, str) or (isinstance(got, np.ndarray) and got.shape == right.shape):
        return ""
    needed = f"must be {_described(right)}"
    if not isinstance(got, np.ndarray):
        return f"Its {what} {needed}; it is {_described(got)}."
    turned = " It looks transposed." if got.ndim == 2 and got.T.shape == right.shape else ""
    column = got.ndim == 2 and 1 in got.shape and got.size == right.size and right.ndim == 1
    flat = f" A vector and a matrix of one {_thin(got)} are not the same: .ravel() makes the vector." if column else ""
    return f"Its {what} {needed}; it is {_described(got)}.{turned}{flat}"


def _thin(A):
    """Name the only row or column of a matrix."""
    return "row" if len(A) == 1 else "column"


def _described(value):
    """Name a form in words."""
    if isinstance(value, np.ndarray):
        return f"of shape {value.shape}" if value.shape else "one number"
    return f"a tuple of {len(value)}" if isinstance(value, tuple) else f"a {value}"


def _property(exercise, wrong):
    """Return the hint of the first property that some value lacks; an empty text if none is lacking."""
    for trait in exercise.properties:
        for case, outcome in wrong:
            if not is_hint(outcome.error) and not trait.holds(outcome.value, *case.inputs):
                return trait.hint
    return ""
