"""What the reports are made of: the gradebook and its entries."""

from dataclasses import dataclass, field

from gradekit.source.rules import Breach

MOST = 10  # files of one person that are named; gradebook.json has all
LOST = ("not taken", "another counts", "refused")  # what became of a file that its sender must hear of


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
    text : str
        What it asks for, in Markdown: all that stands between that heading and the answer.
    """

    name: str
    points: float
    title: str = ""
    text: str = ""


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
    breaches : tuple of gradekit.source.rules.Breach
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
    breaches: tuple[Breach, ...] = ()
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
    look : str
        Why the instructor must look at it; no student reads it.
    """

    student: str
    lesson: str
    file: str = ""
    unreadable: str = ""
    remarks: tuple[str, ...] = ()
    checks: tuple[CheckEntry, ...] = ()
    look: str = ""

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
    path : str
        As seen from the folder of submissions.
    student : str
        Whose it is; empty where nobody can tell.
    what : str
        As ``"taken"``, ``"not taken"``, ``"another counts"``, ``"refused"``.
    why : str
        The lesson that it was taken for, or why it was not.
    """

    path: str
    student: str = ""
    what: str = "not taken"
    why: str = ""

    @property
    def is_lost(self):
        """Whether its sender must hear that it was not graded."""
        return self.what in LOST

    def __str__(self):
        """Say what became of it."""
        return ": ".join(filter(None, [self.path, self.what, self.why]))


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
    groups : dict of str to tuple of str
        The members of each student of the submissions that is several people.
    has_roster : bool
        Whether there is one to say who is absent and who a stranger.
    """

    isolation: str = ""
    lessons: tuple[LessonEntry, ...] = ()
    submissions: tuple[SubmissionEntry, ...] = ()
    files: tuple[FileEntry, ...] = ()
    absent: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    has_roster: bool = False

    @property
    def worth(self):
        """The points of all its lessons."""
        return sum(lesson.worth for lesson in self.lessons)

    @property
    def graded(self):
        """The submissions of each student by lesson, students in order, a group as one."""
        found = {}
        for submission in self.submissions:
            found.setdefault(submission.student, {})[submission.lesson] = submission
        return dict(sorted(found.items()))

    @property
    def everyone(self):
        """The same for every person: each of a group, who handed in nothing that counts, and who handed in nothing."""
        graded, found = self.graded, {}
        for student in {*graded, *self.absent, *(file.student for file in self.files if file.student)}:
            for member in self.groups.get(student, ()):
                found[member] = graded.get(student, {}) | found.get(member, {})
            if student not in self.groups:
                found[student] = found.get(student, {}) | graded.get(student, {})
        return {person: dict(sorted(found[person].items())) for person in sorted(found)}

    def said_of(self, person):
        """Return what is to be said of a person rather than of an answer.

        Parameters
        ----------
        person : str
            A student of the gradebook, or a member of a group.

        Returns
        -------
        list of str
            Whether they are on the roster, which of their submissions the instructor must look at, and which of their
            files were not graded and why.
        """
        names = {person, *(group for group, members in self.groups.items() if person in members)}
        said = ["handed in nothing"] if person in self.absent else []
        said += ["not on the roster"] if names & set(self.strangers) else []
        said += [f"look at {one.lesson}: {one.look}" for one in self.submissions if one.look and one.student in names]
        files = [str(file) for file in self.files if file.student in names and file.is_lost]
        more = [f"and {len(files) - MOST} more files that were not graded"] if len(files) > MOST else []
        return said + files[:MOST] + more
