"""The instructor's page: how the class did, what it misunderstood, and what deserves a look.

Every figure is a table with a bar in each row: it reads the same on a phone, in the dark and to a screen reader.
"""

from collections import Counter
from statistics import mean, median
from urllib.parse import quote

from gradekit.book.markup import bar, page, result, table, tag
from gradekit.book.words import (
    KINDS,
    anchor,
    clip,
    comment,
    exercise,
    explain_breaches,
    file_name,
    full_name,
    handed_in,
    number,
    one_line,
    sign_and_label,
    worth,
)
from gradekit.runs.tolerance import NUMBER
from gradekit.source.similarity import compare

TROUBLE = ("slow", "loud", "dead", "stopped", "missing")  # kinds that an instructor looks at
MOST = 100  # rows of a list that may grow without end


def summary_page(gradebook, roster):
    """Return the instructor's page.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.
    roster : dict
        As from :func:`gradekit.book.tables.read_roster`; may be empty.

    Returns
    -------
    Html
        The document.
    """
    parts = {
        "Scores": _scores(gradebook),
        "Exercises": _exercises(gradebook),
        "Misconceptions": _misconceptions(gradebook),
        "Near-identical answers": _alike(gradebook, roster),
        "To look at": _look(gradebook, roster),
        "Time and memory": _costs(gradebook, roster),
        "Students": _students(gradebook, roster),
    }
    links = [tag("li", tag("a", name, href=f"#{_id(name)}")) for name in parts]
    return page(
        "Summary of the grading",
        tag("h1", "Summary of the grading"),
        tag("p", gradebook["isolation"], class_="isolation"),
        tag("p", _counts(gradebook, roster)),
        tag("nav", tag("ul", links), aria_label="Parts of this page"),
        *(tag("section", tag("h2", name, id=_id(name)), part) for name, part in parts.items()),
    )


def misconceptions(gradebook):
    """Return the hints that the class got, the most frequent first.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.

    Returns
    -------
    list of tuple
        (count, exercise, hint), a hint's numbers replaced by #, so that one mistake is one hint.
    """
    hints = Counter(
        (exercise(check), NUMBER.sub("#", clip(one_line(check["told"]), 400)))
        for _, check in _checks(gradebook)
        if check["kind"] == "hint"
    )
    return sorted(((count, *hint) for hint, count in hints.items()), key=lambda row: (-row[0], row))


def groups(pairs):
    """Return students with near-identical answers together, where pairs would list each of them many times.

    Parameters
    ----------
    pairs : list of gradekit.source.similarity.Pair
        The most alike first.

    Returns
    -------
    list of tuple
        (check, likeness of the two most alike, students in order), the most alike first.

    Examples
    --------
    >>> groups([("f", "ann", "bob", 1.0), ("f", "bob", "cem", 0.9)])
    [('f', 1.0, ['ann', 'bob', 'cem'])]
    """
    found = []
    for check, first, second, likeness in pairs:
        joined = [group for group in found if group[0] == check and {first, second} & group[2]]
        students = {first, second}.union(*(group[2] for group in joined))
        best = max([likeness, *(group[1] for group in joined)])
        found = [group for group in found if group not in joined] + [(check, best, students)]
    found = [(check, best, sorted(students)) for check, best, students in found]
    return sorted(found, key=lambda group: (-group[1], group))


def _counts(gradebook, roster):
    """Return one sentence on how much was graded."""
    students, works = handed_in(gradebook), gradebook["submissions"]
    missing = len(set(roster) - set(students))
    silent = f" On the roster without a submission: {missing}." if roster else ""
    return f"Lessons: {len(gradebook['lessons'])}. Students: {len(students)}. Submissions: {len(works)}.{silent}"


def _scores(gradebook):
    """Return the distribution of the students' totals, as a share of all points."""
    most = sum(map(worth, gradebook["lessons"]))
    totals = [sum(s["points"] for s in theirs.values()) for theirs in handed_in(gradebook).values()]
    if not totals or not most:
        return tag("p", "Nothing was graded.")
    shares = [100 * total / most for total in totals]
    bins = Counter(min(int(share + 1e-9), 100) // 10 for share in shares)
    highest = max(bins.values())
    rows = [
        (f"{10 * i} to {10 * i + 9} %" if i < 10 else "100 %", bins[i], bar([(bins[i] / highest, "all", "")]))
        for i in range(10, -1, -1)
    ]
    middle = f"Median {number(median(totals))}, mean {number(mean(totals))} of {number(most)} points."
    caption = "Students by their share of all points"
    return [tag("p", middle), table(caption, ["share", "students", "as a bar"], rows, kinds=["", "number", "bar"])]


def _exercises(gradebook):
    """Return what became of each exercise, with the share of each kind of result."""
    found = {}
    for submission, check in _checks(gradebook):
        found.setdefault((submission["lesson"], check["name"]), []).append(check["kind"])
    kinds = [kind for kind in KINDS if any(kind in some for some in found.values())]
    labels = [sign_and_label(kind) for kind in kinds]
    rows = [
        (
            exercise({"name": name}),
            bar(_stack(some, kinds)),
            _percent(some.count("right"), len(some)),
            *map(some.count, kinds),
        )
        for (_, name), some in sorted(found.items())
    ]
    signs = [[tag("span", sign, aria_hidden="true"), tag("span", label, class_="unseen")] for sign, label in labels]
    columns = ["", "bar", "number", *["number"] * len(kinds)]
    legend = tag("ul", (tag("li", result(kind)) for kind in kinds), class_="legend")
    caption = "Submissions by what became of each exercise"
    return [legend, table(caption, ["exercise", "as a bar", "right", *signs], rows, kinds=columns)]


def _stack(some, kinds):
    """Return the parts of a bar: the share of each kind."""
    return [(some.count(kind) / len(some), kind, sign_and_label(kind)[0]) for kind in kinds if kind in some]


def _misconceptions(gradebook):
    """Return the table of hints by count."""
    answered = Counter(exercise(check) for _, check in _checks(gradebook))
    rows = [
        (name, f"{count} ({_percent(count, answered[name])})", hint, bar([(count / answered[name], "hint", "")]))
        for count, name, hint in misconceptions(gradebook)
    ]
    head = ["exercise", "students", "what the check said (numbers as #)", "as a bar"]
    caption = "Hints that the checks gave, the most frequent first"
    return _listed(caption, head, rows, ["", "number", "wide", "bar"], "No check gave a hint.")


def _alike(gradebook, roster):
    """Return the pairs of answers that are alike, and the forms that are too common to tell."""
    pairs, common = compare(gradebook)
    links = {(s["student"], check["name"]): _link(s["student"], roster, anchor(s["lesson"], check))
             for s, check in _checks(gradebook)}  # fmt: skip
    rows = [
        (exercise({"name": check}), f"{100 * likeness:.0f} %", _and(links[student, check] for student in students))
        for check, likeness, students in groups(pairs)
    ]
    usual = [(exercise({"name": check}), students, f"{100 * share:.0f} %") for check, students, share in common]
    note = (
        "Compared without names, comments, the order of statements and the text that was handed out. Answers of a few "
        "lines are left out, and so are those that many have. Likeness is a reason to look, and proves nothing."
    )
    head = ["exercise", "likeness", "students"]
    return [
        tag("p", note, class_="note"),
        _listed(
            "Students whose answers are alike", head, rows, ["", "number", "wide"], "No two answers are near-identical."
        ),
        table(
            "Common ways to answer, left out", ["exercise", "students", "share"], usual, kinds=["", "number", "number"]
        )
        if usual
        else None,
    ]


def _look(gradebook, roster):
    """Return what an instructor may want to see: broken rules, troubled runs, remarks on files, marks by hand."""
    rules, trouble, by_hand = [], [], []
    for submission, check in _checks(gradebook):
        link = _link(submission["student"], roster, anchor(submission["lesson"], check))
        name, given = exercise(check), check.get("override")
        rules += [(link, name, sentence) for sentence in explain_breaches(check)]
        if check["kind"] in TROUBLE and not submission["unreadable"]:
            trouble.append((link, name, result(check["kind"]), clip(one_line(check["told"]), 300)))
        if given:
            points = number(given["points"]) if "points" in given else "as graded"
            by_hand.append((link, name, points, one_line(comment(check))))
    who = ["student", "exercise"]
    return [
        _listed("Rules that answers break", [*who, "rule"], rules, ["", "name", "wide"], "No rule is broken."),
        _listed("Runs that did not end well", [*who, "result", "told"], trouble, ["", "name", "name", "wide"]),
        _listed("Remarks on files", ["student", "lesson", "remark"], _remarks(gradebook, roster), ["", "name", "wide"]),
        _listed("Marks and comments by hand", [*who, "points", "comment"], by_hand, ["", "name", "number", "wide"]),
    ]


def _remarks(gradebook, roster):
    """Return what is to be said of files, the unreadable ones first."""
    rows = []
    for submission in gradebook["submissions"]:
        link, lesson = _link(submission["student"], roster), submission["lesson"]
        if submission["unreadable"]:
            rows.insert(0, (link, lesson, f"The file {one_line(submission['unreadable'])}"))
        rows += [(link, lesson, one_line(remark)) for remark in submission["remarks"]]
    return rows


def _costs(gradebook, roster):
    """Return the runs that took most time and most memory."""
    ran = [
        (check["seconds"], check["memory"], submission, check)
        for submission, check in _checks(gradebook)
        if check["kind"] not in ("unwritten", "missing")
    ]
    return [
        _largest(ran, 0, "The slowest runs", "seconds", 1, roster),
        _largest(ran, 1, "The runs with most memory", "MB", 2**20, roster),
    ]


def _largest(ran, which, caption, unit, size, roster):
    """Return the table of the five runs with the most of something."""
    top = sorted(ran, key=lambda run: (-run[which], run[2]["student"], run[3]["name"]))[:5]
    most = max((run[which] for run in top), default=0) or 1
    rows = [
        (
            _link(submission["student"], roster, anchor(submission["lesson"], check)),
            exercise(check),
            f"{costs[which] / size:.{1 if size == 1 else 0}f}",
            bar([(costs[which] / most, "all", "")]),
        )
        for *costs, submission, check in top
    ]
    return _listed(
        caption, ["student", "exercise", unit, "as a bar"], rows, ["", "name", "number", "bar"], "Nothing ran."
    )


def _students(gradebook, roster):
    """Return the points of each student, with links to their pages."""
    lessons = gradebook["lessons"]
    names = [lesson["name"] for lesson in lessons]
    students = handed_in(gradebook)
    rows = []
    for student in sorted(set(students) | set(roster)):
        theirs = students.get(student, {})
        each = [number(theirs[name]["points"]) if name in theirs else "–" for name in names]
        link = _link(student, roster) if theirs else full_name(student, roster)
        rows.append((link, *each, number(sum(work["points"] for work in theirs.values())), one_line(student)))
    head = [
        "student",
        *(f"{lesson['name']} (of {number(worth(lesson))})" for lesson in lessons),
        "total",
        "handed in as",
    ]
    kinds = ["", *["number"] * (len(lessons) + 1), "name"]
    return table("Points of each student; – is a lesson that was not handed in", head, rows, kinds=kinds)


def _listed(caption, head, rows, kinds, none=""):
    """Return a table of what was found, or a sentence that says there is none; a list without end is cut."""
    if not rows:
        return tag("p", none) if none else None
    more = f" (the first {MOST} of {len(rows)})" if len(rows) > MOST else ""
    return table(caption + more, head, rows[:MOST], kinds=kinds)


def _checks(gradebook):
    """Return each check with its submission."""
    return [(submission, check) for submission in gradebook["submissions"] for check in submission["checks"]]


def _link(student, roster, place=""):
    """Return a student's name as a link to the page of feedback."""
    target = quote(f"feedback/{file_name(student)}.html")
    return tag("a", full_name(student, roster), href=f"{target}#{quote(place)}" if place else target)


def _and(things):
    """Return things one after the other, with commas."""
    return [[", " if place else "", thing] for place, thing in enumerate(things)]


def _percent(part, whole):
    """Return a share in words."""
    return f"{100 * part / whole:.0f} %"


def _id(name):
    """Return the place of a part on the page."""
    return name.lower().replace(" ", "-")
