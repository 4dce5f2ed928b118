"""An exercise, declared: what is right, what it is tried on, which mistakes people make; and one judge for all."""

import contextlib
import inspect
import io
import re
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from coursekit.agreements import UNWRITTEN
from coursekit.check import _diagnosis, _forms, _judge, _outcome, _refusal, worked
from coursekit.check.core import CheckFailed
from coursekit.check.parts import Demand, Formula, Property, sizes_of

SEED = 20  # of the random tries of the visible check
CHECKS = "coursekit.check"


@dataclass(frozen=True)
class Case:
    """One try: inputs, and what is right for them.

    Attributes
    ----------
    inputs : tuple
        What an answer is called with.
    right : Outcome
        What the reference gives.
    """

    inputs: tuple
    right: _outcome.Outcome


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise: call it with an answer to check it.

    Attributes
    ----------
    grade_id : str
        As ``01-softmax-rows``; the function asked for is then ``softmax_rows``.
    reference : callable
        What is right. Its keyword arguments are switches: each value other than the default is a mistake. It is written
        in plain NumPy, since a student whose answer is wrong goes on with it.
    tries : sequence of tuple
        Edge cases: the inputs of each. They are tried in the visible part and in the hidden one.
    draw : callable
        ``draw(rng)`` gives more inputs, as strict whatever the generator; the hidden part draws from a seed of its own.
    switches : dict of str to dict
        For each keyword of the reference the values that are mistakes, with the hint for each; an empty hint stands for
        a harmless habit, which is not told.
    properties : sequence of Property
        What every right answer has.
    demands : sequence of Demand
        What it must keep besides.
    may_not_call : sequence of str
        Dotted names that are refused while it runs.
    causes : sequence of (str, str)
        Patterns of errors, and why they are raised here.
    parts : sequence of str
        Names of the things that it returns, if they are several.
    call : callable
        ``call(answer, *inputs)`` makes the call; several calls where one tells too little.
    view : callable, optional
        Brings what ``call`` returned to one comparable form, and raises CheckFailed where it cannot.
    line : callable, optional
        ``line(*inputs)`` gives the text of a call, to paste.
    sizes : callable
        ``sizes(*inputs)`` gives m, k and other sizes by name.
    ours : callable, optional
        What a student whose answer is wrong goes on with; the reference by default.
    praise : str, optional
        What is said of a right answer.
    """

    grade_id: str
    reference: Callable
    tries: tuple
    draw: Callable = lambda rng: ()
    switches: dict = field(default_factory=dict)
    properties: tuple = ()
    demands: tuple = ()
    may_not_call: tuple = ()
    causes: tuple = ()
    parts: tuple = ()
    call: Callable = lambda answer, *inputs: answer(*inputs)
    view: Callable | None = None
    line: Callable | None = None
    sizes: Callable = sizes_of
    ours: Callable | None = None
    praise: str = ""

    def __post_init__(self):
        """Let no answer call the reference."""
        if str(self.reference.__module__).startswith(CHECKS):
            _judge.REFERENCES[f"check.{self.name}.reference"] = self.reference

    def __call__(self, answer, *, more=False):
        """Check an answer: print that it is right, or fail with a hint; say so quietly if it is not written yet.

        Parameters
        ----------
        answer : callable
            The student's function.
        more : bool, default=False
            Show the next hint as well.

        Raises
        ------
        CheckFailed
            With the hint.
        """
        verdict = self.judge(answer)
        if verdict.kind in ("unwritten", "ours"):
            what = "not written yet" if verdict.kind == "unwritten" else "this is ours. Run the cell with yours again"
            print(f"{UNWRITTEN}{self.name}: {what}{'; below, the page uses ours' if self.arguments else ''}.")
        elif verdict.kind == "right":
            worked.PASSED.add(self.grade_id)
            tries = f'right on {len(self.visible)} tries. check.show("{self.grade_id}") shows our answer.'
            print(f"✓ {self.name}: {self.praise or tries}")
        else:
            raise CheckFailed(_judge.unfolded(self.name, verdict.hints, more))

    def hidden(self, answer, *, seed):
        """Print what an answer gives on inputs drawn from a seed, for grading by comparison.

        Parameters
        ----------
        answer : callable
            The student's function.
        seed : int
            Of the random tries; yours to choose. Run the notebook again when you have changed it.

        Raises
        ------
        NotImplementedError
            If the answer is not written yet.
        """
        if not callable(answer):
            print(f"-> {type(answer).__name__}, and no function")
            return
        if answer is self.handed_out:
            raise NotImplementedError
        with _refusal.turn():
            outcomes, called = _judge.run(self, answer, [*self.tries, *self.draw(np.random.default_rng(seed))])
            if outcomes[0].unwritten:
                raise outcomes[0].error
            breaches, more = _judge.breaches(self, answer)
        for outcome in outcomes:
            print(outcome)
        for demand, breach in breaches:
            print(f"-> {demand.name}: {'no' if breach else 'yes'}")
        for name in (called + more)[:1]:
            print(f"-> called {name}")

    def or_ours(self, answer):
        """Return the answer if it passes and ours if not, and print which, so that nobody is blocked.

        Parameters
        ----------
        answer : callable
            The student's function.

        Returns
        -------
        callable
            One of the two.
        """
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            passed = self.passes(answer)
        print(f"{self.name}: from here on {'yours' if passed else 'ours, until yours passes its check'}")
        return answer if passed else self.handed_out

    def passes(self, answer):
        """Say whether an answer is right on the visible tries, without looking for what is wrong.

        Parameters
        ----------
        answer : callable
            The student's function.

        Returns
        -------
        bool
            False for ours, too.
        """
        return self.judge(answer, explained=False).kind == "right"

    @property
    def name(self):
        """The function that is asked for."""
        return re.sub(r"^\d+-", "", self.grade_id).replace("-", "_")

    @cached_property
    def arguments(self):
        """Names of the reference's arguments, without the switches."""
        return [name for name in inspect.signature(self.reference).parameters if name not in self.switches]

    @cached_property
    def visible(self):
        """The tries of the visible check, with what is right."""
        inputs = [*self.tries, *self.draw(np.random.default_rng(SEED))]
        return [Case(given, self.watch(self.reference, given)) for given in inputs]

    def judge(self, answer, *, explained=True):
        """Return the verdict on an answer.

        Parameters
        ----------
        answer : callable
            The student's function.
        explained : bool, default=True
            Whether to look for what is wrong.

        Returns
        -------
        coursekit.check._judge.Verdict
            What to say of it.
        """
        with _refusal.turn():
            return _judge.judge(self, answer, explained)

    def slip(self, switches, number):
        """Return what the reference gives with some mistakes in it.

        Parameters
        ----------
        switches : tuple of (str, object)
            Keywords and values.
        number : int
            Of the visible try.

        Returns
        -------
        Outcome
            Kept for the next time.
        """
        key = switches, number
        if key not in self._slipped:
            wrong = dict(switches)
            call = lambda answer, *inputs: self.call(lambda *given: answer(*given, **wrong), *inputs)  # noqa: E731
            self._slipped[key] = _outcome.watch(self.reference, self.visible[number].inputs, call, self._view)
        return self._slipped[key]

    def pasted(self, inputs):
        """Return the text of a call with these inputs.

        Parameters
        ----------
        inputs : tuple
            Of one try.

        Returns
        -------
        str
            A line to paste.
        """
        return self.line(*inputs) if self.line else f"{self.name}({', '.join(map(_forms.paste, inputs))})"

    @cached_property
    def slips(self):
        """Every way to make one, two or three of the mistakes."""
        return _diagnosis.slips_of(self.switches)

    @cached_property
    def _slipped(self):
        """Outcomes of the reference with mistakes in it."""
        return {}

    @cached_property
    def handed_out(self):
        """What is handed out: a copy of the reference, so that refusing the one leaves the other alone."""
        f = self.ours or self.reference
        if inspect.isfunction(f) and str(f.__module__).startswith(CHECKS):
            f = types.FunctionType(f.__code__, f.__globals__, self.name, f.__defaults__, f.__closure__)
            f.__kwdefaults__ = (self.ours or self.reference).__kwdefaults__
        return f

    def _view(self, value):
        """Return what came back in comparable form."""
        return _forms.viewed(self.view(value) if self.view else value, () if self.view else self.parts)

    def watch(self, answer, inputs):
        """Return what comes of one call.

        Parameters
        ----------
        answer : callable
            The student's function, or ours.
        inputs : tuple
            Of one try.

        Returns
        -------
        Outcome
            With its value in comparable form.
        """
        return _outcome.watch(answer, inputs, self.call, self._view)


__all__ = ["Case", "Demand", "Exercise", "Formula", "Property", "sizes_of"]
