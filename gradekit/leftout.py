"""What grading leaves out of a student's notebook, and what it will miss in it."""

import builtins

from gradekit.printable import clip, one_line
from gradekit.source.names import bound, used
from gradekit.student import student_version
from gradekit.submission.answers import MARKER

GIVEN = {*dir(builtins), "display", "get_ipython"}  # names that every notebook has
QUOTED = 3  # cells of a student's own whose first line is quoted


def missing(master, exercise, cells, answers):
    """Yield a note on each name that an exercise's answers use and nothing defines that will stand above its check.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.
    exercise : gradekit.lesson.Exercise
        One of its exercises.
    cells : list of dict
        The student's notebook.
    answers : dict of str to str
        Its answers, by ``grade_id``.

    Yields
    ------
    str
        A note.
    """
    if not any(answer in answers for answer in exercise.answers):
        return
    above, below = _bound_around(master, exercise, answers)
    theirs = {name for cell in cells if cell["cell_type"] == "code" for name in bound(cell["source"])}
    taken = {name for answer in exercise.answers for name in used(answers.get(answer, ""))}
    for name in sorted(taken - above - GIVEN):
        if name in below:
            yield f"uses {name}, which the lesson defines only further down: it will be missing"
        elif name in theirs:
            yield f"uses {name}, which only a cell of your own defines: move that into the answer cell"


def _bound_around(master, exercise, answers):
    """Return the names that the lesson, with these answers, binds above a check and below it."""
    above, below, names = set(), set(), set()
    for cell in master.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type == "code":
            names |= bound(answers.get(name, cell.source))
        if name == exercise.name:
            above, names = names, below
    return above, below


def changed_checks(visible, cells):
    """Yield a remark on each check that is not the lesson's.

    Parameters
    ----------
    visible : NotebookNode
        The lesson as students get it.
    cells : list of dict
        The student's notebook.

    Yields
    ------
    str
        A remark.
    """
    ours = {cell.metadata.nbgrader.grade_id: cell.source for cell in visible.cells if _flag(cell.metadata, "grade")}
    for cell in cells:
        name = _flag(cell["metadata"], "grade_id")
        if name in ours and cell["source"].split() != ours[name].split():
            yield f"{name}: this cell was changed; the lesson's own is run."


def extra(master, cells, submission):
    """Yield a remark on the code that is left out.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.
    cells : list of dict
        The student's notebook.
    submission : gradekit.submission.answers.Submission
        What was found in it.

    Yields
    ------
    str
        A remark, if there is such code.
    """
    released = student_version(master).cells
    known = {_plain(source) for source in [*(cell.source for cell in released), *submission.answers.values(), ""]}
    named = {_flag(cell.metadata, "grade_id") for cell in released} - {None}
    code = [cell for cell in cells if cell["cell_type"] == "code" and _flag(cell["metadata"], "grade_id") not in named]
    own = [source for cell in code if (source := _plain(cell["source"])) not in known]
    if own:
        quoted = "; ".join(clip(one_line(source.split("\n")[0]), 40) for source in own[:QUOTED])
        more = "; ..." if len(own) > QUOTED else ""
        yield f"{len(own)} code cells of your own, or changed ones, are not run, only answers are: {quoted}{more}"


def _plain(source):
    """Return a source as it is compared: without markers of nbval and white space around."""
    return MARKER.sub("", source).strip()


def _flag(metadata, name):
    """Return one of nbgrader's flags, whatever stands in the metadata."""
    flags = metadata.get("nbgrader")
    value = flags.get(name) if isinstance(flags, dict) else None
    return value if isinstance(value, str | bool) else None
