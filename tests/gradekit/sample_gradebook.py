"""A made-up class of twelve, with a result of every kind and the names that break files, tables and pages."""

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
RESULTS = {  # kind and told of the two checks
    "ann": [("right", ""), ("right", "")],
    "bob": [("right", ""), ("value", "")],
    "cem": [("hint", HINT.format("(10,)")), ("slow", "KeyboardInterrupt: ")],
    HOSTILE["moodle"]: [("hint", HINT.format("(12,)")), ("hint", "softmax_regression: the loss is a sum, not a mean.")],
    HOSTILE["quotes"]: [("error", 'ValueError: <b>shapes (2,3)</b> & "quotes"'), ("loud", "printed more than 2 MB")],
    HOSTILE["formula"]: [("hint", "=1+1 </pre><script>alert(2)</script>\x1b[31m"), ("dead", "")],
    HOSTILE["unicode"]: [("right", ""), ("stopped", "The run was ended: it used more than 4 GB of memory.")],
    HOSTILE["lines"]: [("unwritten", ""), ("unwritten", "")],
    HOSTILE["climber"]: [("missing", ""), ("missing", "")],
    HOSTILE["script"]: [("right", ""), ("right", "")],
    HOSTILE["half"]: [("right", ""), ("right", "")],
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
BREACH = {"answer": "05-softmax-regression", "line": 4, "text": "for i in <b>x</b>:", "why": "loops: for", "cost": 0.5}
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


def check(name, of, kind, told, source, **more):
    """Return one check of a submission."""
    answer = name.removesuffix("-check")
    return {
        "name": name,
        "points": of if kind == "right" else 0.0,
        "of": of,
        "kind": kind,
        "told": told,
        "seconds": len(told) / 10,
        "memory": 2**20 * (1 + len(told)),
        "answers": {} if source is None else {answer: source},
        "breaches": [],
        "override": None,
        "key": "0",
        **more,
    }


def submission(student):
    """Return one student's submission of the lesson."""
    (first, told), (second, reply) = RESULTS[student]
    train = ANSWERS.get(student, "def softmax_regression(*all):\n    return None")
    checks = [
        check("05-predict-check", 1.0, first, told, PREDICT if train is not None else None),
        check("05-softmax-regression-check", 3.0, second, reply, train),
    ]
    if student == "zoe":
        checks[1] |= {"points": 1.5, "breaches": [BREACH, {**BREACH, "line": 6, "text": "for j in y:"}]}
    if student == "bob":
        comment = "Right idea <3;\n=2+2 is what it comes to."
        checks[1] |= {"points": 2.5, "override": {"points": 2.5, "comment": comment}}
    if student == "cem":
        checks[0] |= {"override": {"comment": "See me."}}
    return {
        "student": student,
        "lesson": LESSON,
        "file": f"{student}/{LESSON}.ipynb",
        "unreadable": "is a folder, not a notebook. Hand in the .ipynb file itself." if train is None else "",
        "remarks": ["05-predict: its metadata was lost;\nthe cell was found."] if student == "zoe" else [],
        "checks": checks,
        "points": sum(one["points"] for one in checks),
        "of": 4.0,
    }


def gradebook():
    """Return the gradebook of the class."""
    checks = [{"name": "05-predict-check", "points": 1.0}, {"name": "05-softmax-regression-check", "points": 3.0}]
    title = "Can ten sums read handwriting?"
    return {
        "isolation": "Isolation: boxed. No network, no other files.",
        "lessons": [{"name": LESSON, "title": title, "checks": checks, "stubs": STUBS}],
        "submissions": [submission(student) for student in sorted(RESULTS)],
    }
