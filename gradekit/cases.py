"""What has to be run for one exercise of one submission, and what is made of it.

No answer judges another. An exercise runs in a notebook of its own, with our answers in the places of the others: what
an answer does to Python, to numpy or to the checks bears on its own verdict and on nobody else's. That verdict depends
on nothing but this answer, the lesson, the code and the versions, and is shared under these.

Where an answer needs what the student wrote in another answer's cell, it runs once more beside it. Of that cell only
those statements run that define what is needed; none that binds or changes a name of Python's or of the lesson's own;
and the exercise's rules hold for them. So what runs is less than what could stand in the answer's own cell, and nothing
is gained by writing it elsewhere: a statement that replaces the machinery is left out, or no name leads to it. The
other cell need not be right itself: if you got the first exercise wrong, you may have solved the second. The verdict is
the student's alone, and names these cells.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from gradekit.lesson import Exercise, Lesson, is_stub
from gradekit.rebuild import key, rebuild
from gradekit.source import rules
from gradekit.verdict import Verdict

UNWRITTEN = Verdict(False, "unwritten")
WORDY = {"hint", "error"}  # verdicts that tell what was printed
NO_WORDS = "(left out: beside your own answers to the exercises above, it says something else)"
BARRED = "it needs what {name} defines, and that breaks a rule of this exercise: {why} ({text})"


@dataclass(frozen=True)
class Try:
    """A notebook to be run for one exercise.

    Attributes
    ----------
    key : str
        Of the verdict that comes out.
    notebook : NotebookNode
        As from :func:`gradekit.rebuild.rebuild`.
    exercise : str
        The check that counts.
    own : str
        The lesson and exercise, where our own answer is tried; else empty.
    quotes : bool
        Whether answers of ours are in it, which the student's could quote.
    beside : tuple of str
        The student's other answers in it, by ``grade_id``.
    given : Verdict or None
        The verdict, where nothing need be run.
    """

    key: str
    notebook: object
    exercise: str
    own: str = ""
    quotes: bool = False
    beside: tuple[str, ...] = ()
    given: Verdict | None = None


@dataclass(frozen=True)
class Case:
    """One exercise of one submission.

    Attributes
    ----------
    lesson : Lesson
        The lesson.
    exercise : Exercise
        The exercise.
    texts : dict of str to str
        The source of each answer cell of the submission, by ``grade_id``; a stub where nothing was written.
    student : str
        Whose it is.
    versions : str
        The code and the versions that verdicts depend on.
    """

    lesson: Lesson
    exercise: Exercise
    texts: dict[str, str]
    student: str
    versions: str

    @cached_property
    def alone(self):
        """Try: with our answers to the other exercises."""
        nb = rebuild(self.lesson, self._split()[0], checks=[self.exercise.name])
        given = UNWRITTEN if self.exercise.answers and not self._written(self.exercise.answers) else None
        quotes = not self._answers(nb) <= set(self.exercise.answers)
        return Try(key(nb, self.versions), nb, self.exercise.name, quotes=quotes, given=given)

    @cached_property
    def beside(self):
        """Try or None: with what it needs of the student's own other answers, if that is not the same."""
        own, others = self._split()
        nb = rebuild(self.lesson, own, checks=[self.exercise.name], beside=others)
        if [cell.source for cell in nb.cells] == [cell.source for cell in self.alone.notebook.cells]:
            return None
        names = self._written(sorted(self._answers(nb) & set(others)))
        whose = key(nb, f"{self.versions} {self.student}")
        return Try(whose, nb, self.exercise.name, beside=names, given=self._barred(nb, names))

    @cached_property
    def ours(self):
        """Try: our own answer to it, which must not fail where theirs does."""
        nb = rebuild(self.lesson, {}, checks=[self.exercise.name])
        return Try(key(nb, self.versions), nb, self.exercise.name, own=f"{self.lesson.name}: {self.exercise.name}")

    def next(self, known):
        """Return what has to be run next.

        Parameters
        ----------
        known : callable
            ``known(key)`` is a verdict, or None.

        Returns
        -------
        Try or None
            None if the verdict is known.
        """
        return next((tried for tried in self._steps(known) if known(tried.key) is None), None)

    def key(self, known):
        """Return the key of the verdict, once it is known.

        Parameters
        ----------
        known : callable
            As for :meth:`next`.

        Returns
        -------
        str
            The key.
        """
        *_, last = (tried for tried in self._steps(known) if not tried.own)
        return last.key

    def read(self, tried, verdict, known):
        """Return what is made of what a run gave.

        Parameters
        ----------
        tried : Try
            What was run, from :meth:`next`.
        verdict : Verdict
            What came out.
        known : callable
            As for :meth:`next`.

        Returns
        -------
        Verdict
            With no words that might quote an answer of ours: they are told only if they were said where none is.
        """
        if tried.own or tried.beside or verdict.passed:
            return replace(verdict, own=tried.own, beside=tried.beside)
        if tried is self.alone:
            return replace(verdict, told=NO_WORDS) if tried.quotes and verdict.kind in WORDY else verdict
        alone = known(self.alone.key)  # beside stubs it was run for the sake of its words
        return replace(alone, told=verdict.told) if verdict.kind == alone.kind else alone

    def _steps(self, known):
        """Yield what may have to be run, one after the other; each only once the verdict on the one before is known."""
        yield self.alone
        alone = found = known(self.alone.key)
        if alone is None or alone.passed or (alone == UNWRITTEN and not self._elsewhere()):
            return
        if self.beside and (self.beside.beside or (self.alone.quotes and alone.kind in WORDY)):
            yield self.beside
            found = known(self.beside.key)
        if found is not None and not found.passed:
            yield self.ours

    def _elsewhere(self):
        """Say whether all of its own cells are empty, so that what is asked for may stand in another answer's cell."""
        empty = not any(self.texts[name].strip() for name in self.exercise.answers)
        return empty and self.beside is not None and bool(self.beside.beside)

    def _split(self):
        """Return the exercise's own answers, and the others."""
        own = {name: text for name, text in self.texts.items() if name in self.exercise.answers}
        return own, {name: text for name, text in self.texts.items() if name not in own}

    def _written(self, names):
        """Return those of the named answers that are not as they were handed out."""
        return tuple(name for name in names if not is_stub(self.texts[name], self.lesson.stubs[name]))

    def _answers(self, nb):
        """Return the names of the answers that a notebook holds."""
        flags = (cell.metadata.get("nbgrader", {}) for cell in nb.cells)
        return {flag["grade_id"] for flag in flags if flag.get("solution")}

    def _barred(self, nb, names):
        """Return the verdict on an answer that needs what its rules forbid; None if it does not."""
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            found = (
                rules.breaches(cell.source, self.exercise.rules, names=self.lesson.imported) if name in names else ()
            )
            for breach in (breach for breach in found if breach.cost):
                told = BARRED.format(name=name, why=breach.why, text=breach.text.strip())
                return Verdict(False, "hint", f"{self.exercise.name.removesuffix('-check')}: {told}", beside=names)
        return None


def cases_of(lesson, answers, *, versions, student=""):
    """Return the cases of a submission.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    answers : dict of str to str
        Sources by ``grade_id``; where one is missing, nothing was written.
    versions : str
        The code and the versions that verdicts depend on.
    student : str, optional
        Whose it is.

    Returns
    -------
    list of Case
        One for each exercise.
    """
    texts = {name: answers.get(name, stub) for name, stub in lesson.stubs.items()}
    return [Case(lesson, exercise, texts, student, versions) for exercise in lesson.exercises]
