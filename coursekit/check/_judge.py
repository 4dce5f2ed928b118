"""One judge for all exercises: it runs an answer, refuses what that may not call, and says what is certain."""

import contextlib
import inspect
import io
import os

from coursekit.agreements import UNFOLD
from coursekit.check import worked
from coursekit.check._diagnosis import Verdict, diagnose
from coursekit.check._refusal import Refusal
from coursekit.check.syntax import plain_function

REFERENCES = {}  # ours, by name: no answer may call them
UNFOLDED = {}  # by exercise: the hints of the last mistake, and how many of them were shown


def judge(exercise, answer, explained):
    """Return the verdict on an answer; without explanation a wrong one is just wrong."""
    if not callable(answer):
        return Verdict("form", (f"must be a function; it is {type(answer).__name__}. Was the name overwritten?",))
    if answer is exercise.handed_out:
        return Verdict("ours")
    cases = exercise.visible
    outcomes, called = run(exercise, answer, [case.inputs for case in cases])
    if outcomes[0].unwritten:
        return Verdict("unwritten")
    if called:
        return Verdict("refused", (f"may not call {called[0]}: that is what you are asked to write.",))
    right = all(o.like(case.right) for o, case in zip(outcomes, cases, strict=True))
    changed = next((o.changed for o in outcomes if o.changed), None)
    if not explained and (changed or not right):
        return Verdict("wrong")
    verdict = Verdict("right") if right else diagnose(exercise, plain_function(answer), cases, outcomes)
    if changed and verdict.kind not in ("named", "raised"):
        return Verdict("changed", (_changed(exercise, changed),))
    return _kept(exercise, answer) if right else verdict


def run(exercise, answer, inputs):
    """Return what an answer gives on all inputs, and what it called that it may not."""
    outcomes = []
    with _refusal(exercise, answer) as refusal:
        for given in inputs:
            outcome = exercise.watch(answer, given)
            if refusal.late():  # it loaded a package that it may not call
                outcome = exercise.watch(answer, given)
            outcomes.append(outcome)
            if outcome.unwritten:
                break
    return outcomes, refusal.called


def breaches(exercise, answer):
    """Return each demand with the hint on its breach, and what the answer called meanwhile that it may not."""
    quiet = io.StringIO()
    with _refusal(exercise, answer) as refusal, contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        return [(demand, _breach(demand, answer)) for demand in exercise.demands], refusal.called


def _breach(demand, answer):
    """Return the hint on the breach of one demand; an answer that raises there does not keep it."""
    try:
        return demand.breach(answer)
    except Exception as error:
        return f"raised {type(error).__name__}: {error}\nThat was while looking for: {demand.name}."


def unfolded(name, hints, more):
    """Return as many hints as have been asked for, for this mistake; for a page of feedback all of them."""
    seen, level = UNFOLDED.get(name, ((), 1))
    level = min((level if seen == hints else 1) + more, len(hints))
    UNFOLDED[name] = hints, level
    mark = " " if hints[0][0].islower() else ": "  # "may not call ..." goes on after the name
    if os.environ.get(UNFOLD):
        return "\n\n".join([name + mark + hints[0], *hints[1:]])
    asks = [f"More: check.{name}({name}, more=True)"] if level < len(hints) else []
    return "\n".join([name + mark + hints[0], *hints[1:level], *asks])


def _kept(exercise, answer):
    """Return the verdict on an answer with the right values: whether it keeps the demands."""
    found, called = breaches(exercise, answer)
    hints = [f"may not call {name}: that is what you are asked to write." for name in called]
    hints += [hint for _, hint in found if hint]
    return Verdict("demand", tuple(hints[:1])) if hints else Verdict("right")


def _refusal(exercise, answer):
    """Return the refusal of what this exercise's answer may not call."""
    functions = {**REFERENCES, "check.show": worked.show, f"check.{exercise.name}.or_ours": type(exercise).or_ours}
    if not exercise.ours and inspect.isfunction(exercise.handed_out):
        functions[f"our {exercise.name}"] = exercise.handed_out
    spaces = [getattr(plain_function(answer), "__globals__", {})]
    return Refusal(exercise.name, exercise.may_not_call, functions, spaces)


def _changed(exercise, number):
    """Say which argument was changed."""
    argument = exercise.arguments[number - 1] if number <= len(exercise.arguments) else f"argument number {number}"
    return f"changes {argument} in place. The caller still needs it: compute into a new array."
