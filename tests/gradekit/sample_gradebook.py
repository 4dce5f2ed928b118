"""A made-up class of twelve, with a result of every kind and the names that break files, tables and pages."""

from dataclasses import replace

from gradekit.book.entries import (
    CheckEntry,
    FileEntry,
    Gradebook,
    LessonEntry,
    Override,
    SubmissionEntry,
    Task,
)
from gradekit.source.rules import Breach

LESSON = "05_mnist_lab"
HOSTILE = {
    "quotes": "O'Brien \"=cmd|' /C calc'!A0\"",
    "formula": '=HYPERLINK("http://evil.example","A1")',
    "unicode": "Ünïcödé 😀",
    "lines": "a\nb",
    "climber": "../../etc/passwd",
    "script": "<script>alert(1)</script>",
    "half": "half \udcff \u202e turned",
    "moodle": "Ann Lee_4711_assignsubmission_file_",
}
STUBS = {
    "05-predict": "def predict(test_images, theta):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    "05-softmax-regression": (
        "def softmax_regression(theta, x, y, iters, alpha):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    ),
}
PREDICT = "def predict(test_images, theta):\n    return (theta @ test_images.T).argmax(axis=0)"
TRAIN = '''def softmax_regression(theta, x, y, iters, alpha):
    """Train."""
    m = len(x)
    losses = []
    for i in range(iters):
        z = theta @ x.T  # scores
        e = np.exp(z - z.max(axis=0))
        p = e / e.sum(axis=0)
        losses.append(-np.sum(y * np.log(p)) / m)
        theta = theta - alpha * 0.95 ** (i // 50) * (p - y) @ x / m
    return losses, theta'''
COPIED = """def softmax_regression(theta, X, Y, steps, rate):
    history: list = []
    count = len(X)
    for k in range(steps):
        # the scores come first
        s = theta @ X.T
        top = np.exp(s - s.max(axis=0))
        q = top / top.sum(axis=0)
        theta = theta - rate * 9.5e-1 ** (k // 50.0) * (q - Y) @ X / count
        history.append(-np.sum(Y * np.log(q)) / count)
    return history, theta"""
HINT = "predict: returns {}, one label for each class: the argmax runs over axis 1."
SUM = """softmax_regression: Look at the loss: it is a sum.

A mean divides by m.

The smallest case:
    softmax_regression(np.zeros((2, 1)), np.ones((3, 1)), np.eye(2)[:, [0, 1, 0]], 1, 0.5)
    Its losses is [2.07944] and should be [0.693147]."""
RAISED = """predict raised ValueError: shapes (2,3) and (2,) not aligned
    in your line    return (theta @ test_images.T).argmax(axis=0)
    called with     test_images (1, 2) float64
    to see it again predict(np.array([[0.0, 1.0]]), np.eye(2))"""
RESULTS = {  # kind and told of the two checks
    "ann": [("right", ""), ("right", "")],
    "bob": [("right", ""), ("value", "")],
    "cem": [("hint", HINT.format("(10,)")), ("slow", "KeyboardInterrupt: ")],
    HOSTILE["moodle"]: [("hint", HINT.format("(12,)")), ("hint", SUM)],
    HOSTILE["quotes"]: [("error", 'ValueError: <b>shapes (2,3)</b> & "quotes"'), ("loud", "printed more than 2 MB")],
    HOSTILE["formula"]: [("hint", "=1+1 </pre><script>alert(2)</script>\x1b[31m"), ("dead", "")],
    HOSTILE["unicode"]: [("right", ""), ("stopped", "The run was ended: it used more than 4 GB of memory.")],
    HOSTILE["lines"]: [("unwritten", ""), ("unwritten", "")],
    HOSTILE["climber"]: [("missing", ""), ("missing", "")],
    HOSTILE["script"]: [("right", ""), ("right", "")],
    HOSTILE["half"]: [("error", RAISED), ("right", "")],
    "zoe": [("right", ""), ("right", "")],
}
ANSWERS = {
    "ann": TRAIN,
    "bob": COPIED,
    HOSTILE["script"]: "</code></pre><script>alert('3')</script><img src=x onerror=alert(4)>",
    HOSTILE["half"]: "x = '\ud800'  # \x00\x07 half a character",
    HOSTILE["climber"]: None,
    "cem": "while True:\n    pass\n" + "# a long line of words\n" * 3,
}
BREACH = Breach(4, "for i in <b>x</b>:", "loops: for", 0.5, answer="05-softmax-regression")
ASKED = """Write `predict(test_images, theta)` for **raw** images; see [the handout](https://evil.example "x").

| argument | shape |
|---|---:|
| `theta` | (k, n) |

![a picture](https://evil.example/a.png) <img src=x onerror=alert(5)>

<script>alert(6)</script>

### Keep in mind

The score is $z_j = \\theta_j^T x_i$."""
TASKS = (
    Task("05-predict-check", 1.0, "Exercise 3: predict", ASKED),
    Task("05-softmax-regression-check", 3.0, "Exercise 2: softmax_regression"),
)
ROSTER = {
    "ann": {
        "name": "Ann Ångström",
        "email": "ann@example.org",
        "id": "S1",
        "section": "A",
        "canvas_id": "7",
        "login": "ann",
    },
    "bob": {"name": "@SUM(1)", "email": "bob@example.org", "moodle": "99"},
    "nil": {"name": "Nil Absent", "canvas_id": "8"},
}


def check(task, kind, told, source, **more):
    """Return one check of a submission."""
    given = {
        "points": task.points if kind == "right" else 0.0,
        "seconds": len(told) / 10,
        "memory": 2**20 * (1 + len(told)),
        "answers": {} if source is None else {task.name.removesuffix("-check"): source},
        "key": "0",
    }
    return CheckEntry(name=task.name, of=task.points, kind=kind, told=told, title=task.title, **given | more)


def submission(student):
    """Return one student's submission of the lesson."""
    (first, told), (second, reply) = RESULTS[student]
    train = ANSWERS.get(student, "def softmax_regression(*all):\n    return None")
    checks = [
        check(TASKS[0], first, told, PREDICT if train is not None else None),
        check(TASKS[1], second, reply, train),
    ]
    if student == "zoe":
        twice = (BREACH, replace(BREACH, line=6, text="for j in y:"))
        checks[1] = replace(checks[1], points=1.5, breaches=twice)
    if student == "bob":
        comment = "Right idea <3;\n=2+2 is what it comes to."
        checks[1] = replace(checks[1], points=2.5, override=Override(2.5, comment))
    if student == "cem":
        checks[0] = replace(checks[0], override=Override(comment="See me."))
    if student == "ann":
        checks[1] = replace(checks[1], beside=("05-predict",))
    return SubmissionEntry(
        student,
        LESSON,
        f"{student}/{LESSON}.ipynb",
        "is a folder, not a notebook. Hand in the .ipynb file itself." if train is None else "",
        ("05-predict: its metadata was lost;\nthe cell was found.",) if student == "zoe" else (),
        tuple(checks),
    )


def gradebook():
    """Return the gradebook of the class."""
    return Gradebook(
        "Isolation: boxed. No network, no other files.",
        (LessonEntry(LESSON, "Can ten sums read handwriting?", TASKS, STUBS),),
        tuple(submission(student) for student in sorted(RESULTS)),
        (FileEntry("dan/my \x1b[31mlab.docx", "dan", why="it is no notebook"), FileEntry("plan.pdf")),
        absent=("nil",),
        strangers=tuple(sorted({*RESULTS, "dan"} - set(ROSTER))),
        has_roster=True,
    )


def changed(book, place, **changes):
    """Return a gradebook with other values in one submission."""
    works = list(book.submissions)
    works[place] = replace(works[place], **changes)
    return replace(book, submissions=tuple(works))


def without(book):
    """Return a gradebook of a class that is known by its submissions alone."""
    return replace(book, files=(), absent=(), strangers=())
