"""What the reports are made of: the gradebook and its entries, and a mark that moved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One exercise of a lesson, as a column of the reports.

    Attributes
    ----------
    name : str
        The ``grade_id`` of its check.
    points : float
        What it is worth.
    title : str
        The heading above it in the lesson; empty where there is none.
    """

    name: str
    points: float
    title: str = ""


@dataclass(frozen=True)
class LessonEntry:
    """A lesson that was graded.

    Attributes
    ----------
    name : str
        As ``05_mnist_lab``.
    title : str
        Its first heading.
    checks : tuple of Task
        Its exercises in their order.
    stubs : dict of str to str
        What was handed out, by the ``grade_id`` of the answer.
    """

    name: str
    title: str
    checks: tuple[Task, ...] = ()
    stubs: dict[str, str] | None = None

    @property
    def worth(self):
        """The points of all its exercises."""
        return sum(task.points for task in self.checks)


@dataclass(frozen=True)
class Override:
    """A mark or a comment by hand.

    Attributes
    ----------
    points : float or None
        The mark; None leaves the points as they were graded.
    comment : str
        What the student reads.
    bonus : bool
        Whether the mark may be above what the check is worth.
    """

    points: float | None = None
    comment: str = ""
    bonus: bool = False


@dataclass(frozen=True)
class BreachEntry:
    """A rule that an answer breaks.

    Attributes
    ----------
    answer : str
        The ``grade_id`` of the answer.
    line : int
        From 1.
    text : str
        That line.
    why : str
        The rule, in words.
    cost : float
        Share of the points, from 0 to 1.
    """

    answer: str
    line: int
    text: str
    why: str
    cost: float


@dataclass(frozen=True)
class CheckEntry:
    """One exercise of one submission.

    Attributes
    ----------
    name : str
        The ``grade_id`` of its check.
    points, of : float
        What it got, and what it is worth.
    kind : str
        What became of it, as in :data:`gradekit.book.said.KINDS`.
    told : str
        What the student may read of it.
    title : str
        The heading above it in the lesson.
    answers : dict of str to str
        The student's own, by ``grade_id``.
    breaches : tuple of BreachEntry
        Rules that they break.
    override : Override or None
        The instructor's own word.
    beside : tuple of str
        The student's other answers that it was judged with, by ``grade_id``.
    key : str
        Of the verdict in the store.
    seconds, memory : float
        What the run took.
    """

    name: str
    points: float
    of: float
    kind: str
    told: str = ""
    title: str = ""
    answers: dict[str, str] | None = None
    breaches: tuple[BreachEntry, ...] = ()
    override: Override | None = None
    beside: tuple[str, ...] = ()
    key: str = ""
    seconds: float = 0.0
    memory: float = 0.0

    @property
    def passed(self):
        """Whether every value was right."""
        return self.kind == "right"

    @property
    def by_hand(self):
        """Whether the points were set by hand."""
        return self.override is not None and self.override.points is not None


@dataclass(frozen=True)
class SubmissionEntry:
    """What a student handed in for a lesson.

    Attributes
    ----------
    student, lesson : str
        Whose, and of which.
    file : str
        As seen from the folder of submissions; empty where nothing was handed in and a mark was given by hand.
    unreadable : str
        Why it could not be read; empty if it could.
    remarks : tuple of str
        What is to be said of it.
    checks : tuple of CheckEntry
        One for each exercise, in the lesson's order.
    """

    student: str
    lesson: str
    file: str = ""
    unreadable: str = ""
    remarks: tuple[str, ...] = ()
    checks: tuple[CheckEntry, ...] = ()

    @property
    def points(self):
        """What it got."""
        return round(sum(check.points for check in self.checks), 6)

    @property
    def of(self):
        """What it is worth."""
        return round(sum(check.of for check in self.checks), 6)


@dataclass(frozen=True)
class FileEntry:
    """A file or a folder that was handed in, and what became of it.

    Attributes
    ----------
    file : str
        As seen from the folder of submissions.
    student : str
        Whose it is; empty where nobody can tell.
    taken : bool
        Whether it was graded.
    said : str
        As what it was taken, or why not.
    """

    file: str
    student: str = ""
    taken: bool = False
    said: str = ""


@dataclass(frozen=True)
class Gradebook:
    """All that was graded, and who it was.

    Attributes
    ----------
    isolation : str
        How runs were contained, in a sentence.
    lessons : tuple of LessonEntry
        By name.
    submissions : tuple of SubmissionEntry
        By student, then by lesson.
    files : tuple of FileEntry
        What was handed in, where that is known.
    absent : tuple of str
        Who is on the roster and handed in nothing.
    strangers : tuple of str
        Who handed something in and is not on the roster; empty without a roster.
    """

    isolation: str = ""
    lessons: tuple[LessonEntry, ...] = ()
    submissions: tuple[SubmissionEntry, ...] = ()
    files: tuple[FileEntry, ...] = ()
    absent: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def worth(self):
        """The points of all its lessons."""
        return sum(lesson.worth for lesson in self.lessons)

    @property
    def graded(self):
        """The submissions of each student by lesson, students in order."""
        found = {}
        for submission in self.submissions:
            found.setdefault(submission.student, {})[submission.lesson] = submission
        return dict(sorted(found.items()))

    @property
    def everyone(self):
        """The same for everyone: also who handed in nothing that could be graded, and who handed in nothing."""
        known = {file.student for file in self.files if file.student} | set(self.absent)
        return dict(sorted(({student: {} for student in known} | self.graded).items()))

    def said_of(self, student):
        """Return what is to be said of a person rather than of an answer.

        Parameters
        ----------
        student : str
            As in the gradebook.

        Returns
        -------
        list of str
            Whether they are on the roster, and which of their files were not taken and why.
        """
        said = ["handed in nothing"] if student in self.absent else []
        said += ["not on the roster"] if student in self.strangers else []
        return said + [
            f"{file.file} was not graded: {file.said}" if file.said else f"{file.file} was not graded"
            for file in self.files
            if file.student == student and not file.taken
        ]


@dataclass(frozen=True)
class Move:
    """A mark that is not what it was.

    Attributes
    ----------
    student, lesson, check : str
        Whose, and of what.
    before, after : float or None
        Points; None where there were none.
    why : str
        In a few words.
    """

    student: str
    lesson: str
    check: str
    before: float | None
    after: float | None
    why: str
