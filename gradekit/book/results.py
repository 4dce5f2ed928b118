"""How the class did: its scores, what became of each exercise, what it misunderstood."""

from collections import Counter
from statistics import mean, median

from gradekit.book.entries import handed_in, worth
from gradekit.book.markup import bar, result, table, tag
from gradekit.book.printable import clip, number, one_line
from gradekit.book.rows import checks_of, listed, percent
from gradekit.book.said import KINDS, exercise, sign_and_label
from gradekit.runs.tolerance import NUMBER


def scores(gradebook):
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


def exercises(gradebook):
    """Return what became of each exercise, with the share of each kind of result."""
    found = {}
    for submission, check in checks_of(gradebook):
        found.setdefault((submission["lesson"], check["name"]), []).append(check["kind"])
    kinds = [kind for kind in KINDS if any(kind in some for some in found.values())]
    labels = [sign_and_label(kind) for kind in kinds]
    rows = [
        (
            exercise({"name": name}),
            bar(_stack(some, kinds)),
            percent(some.count("right"), len(some)),
            *map(some.count, kinds),
        )
        for (_, name), some in sorted(found.items())
    ]
    signs = [[tag("span", sign, aria_hidden="true"), tag("span", label, class_="unseen")] for sign, label in labels]
    columns = ["", "bar", "number", *["number"] * len(kinds)]
    legend = tag("ul", (tag("li", result(kind)) for kind in kinds), class_="legend")
    caption = "Submissions by what became of each exercise"
    return [legend, table(caption, ["exercise", "as a bar", "right", *signs], rows, kinds=columns)]


def misconceptions_table(gradebook):
    """Return the table of hints by count."""
    answered = Counter(exercise(check) for _, check in checks_of(gradebook))
    rows = [
        (name, f"{count} ({percent(count, answered[name])})", hint, bar([(count / answered[name], "hint", "")]))
        for count, name, hint in misconceptions(gradebook)
    ]
    head = ["exercise", "students", "what the check said (numbers as #)", "as a bar"]
    caption = "Hints that the checks gave, the most frequent first"
    return listed(caption, head, rows, ["", "number", "wide", "bar"], "No check gave a hint.")


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
        for _, check in checks_of(gradebook)
        if check["kind"] == "hint"
    )
    return sorted(((count, *hint) for hint, count in hints.items()), key=lambda row: (-row[0], row))


def _stack(some, kinds):
    """Return the parts of a bar: the share of each kind."""
    return [(some.count(kind) / len(some), kind, sign_and_label(kind)[0]) for kind in kinds if kind in some]
