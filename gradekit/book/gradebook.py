"""The gradebook: verdicts, rules and the instructor's own word together, and what has changed since the last one."""

import json
from pathlib import Path

from gradekit.source import rules
from gradekit.source.costs import cost
from gradekit.store import write_whole
from gradekit.verdict import Verdict

NAME = "gradebook.json"
OVERRIDES = "overrides.yml"
MISSING = Verdict(False, "missing")
TEMPLATE = """\
# Marks and comments by hand; they survive regrading. A name per student as in grades.csv, then lesson, then check.
#
# ann:
#   05_mnist_lab:
#     05-predict-check: {points: 1, comment: "Right idea; the threshold was off by one."}
"""


class OverrideError(ValueError):
    """The file of overrides cannot be used; the text says where and why."""


def build(works, keys, store, *, isolation, overrides=None):
    """Return the gradebook.

    Parameters
    ----------
    works : list of gradekit.submission.folder.Work
        All submissions, unreadable ones too.
    keys : dict
        From :func:`gradekit.marking.grade_all`.
    store : gradekit.store.Store
        The verdicts.
    isolation : str
        The line that says how runs were contained.
    overrides : dict, optional
        From :func:`read_overrides`.

    Returns
    -------
    dict
        Plain data: ``isolation``, ``lessons`` and ``submissions``.
    """
    lessons = {work.lesson.name: work.lesson for work in works}
    names = {name: lesson.imported for name, lesson in lessons.items()}
    return {
        "isolation": isolation,
        "lessons": [_lesson(lessons[name]) for name in sorted(lessons)],
        "submissions": [_submission(work, keys, store, overrides or {}, names[work.lesson.name]) for work in works],
    }


def read_overrides(path):
    """Return the instructor's marks and comments; write an empty file to fill in where there is none.

    Parameters
    ----------
    path : Path
        A YAML file.

    Returns
    -------
    dict
        Student -> lesson -> check -> ``{"points": float, "comment": str}``.

    Raises
    ------
    OverrideError
        If the file is no such table.
    """
    path = Path(path)
    if not path.exists():
        write_whole(path, TEMPLATE)
        return {}
    table = _load_yaml(path) or {}
    for student, lesson, check, entry in _entries(table, path):
        if not _is_override(entry):
            where = f"{student}, {lesson}, {check}"
            raise OverrideError(
                f'{path}: {where}: write {{points: 1, comment: "..."}}, points at least 0; got {entry!r}'
            )
    return table


def unused(overrides, gradebook):
    """Return the overrides that meet no submission: a name misspelt, most often.

    Parameters
    ----------
    overrides : dict
        From :func:`read_overrides`.
    gradebook : dict
        From :func:`build`.

    Returns
    -------
    list of str
        One line each.
    """
    known = {
        (submission["student"], submission["lesson"], check["name"])
        for submission in gradebook["submissions"]
        for check in submission["checks"]
    }
    wanted = [(student, lesson, check) for student, lesson, check, _ in _entries(overrides, "")]
    return [", ".join(place) for place in wanted if place not in known]


def changes(before, after):
    """Return whose marks moved from one gradebook to the next, from what to what, and why.

    Parameters
    ----------
    before, after : dict
        From :func:`build`, the first from the last grading.

    Returns
    -------
    list of dict
        ``student``, ``lesson``, ``check``, ``before``, ``after`` (points, None where there was none) and ``why``.
    """
    old, new = _by_check(before), _by_check(after)
    moved = []
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        if (was or {}).get("points") != (now or {}).get("points"):
            student, lesson, check = place
            points = {"before": was and was["points"], "after": now and now["points"]}
            moved.append({"student": student, "lesson": lesson, "check": check, **points, "why": _why(was, now)})
    return moved


def load(folder):
    """Return the last gradebook of a folder, or an empty one.

    Parameters
    ----------
    folder : Path
        Where grades are written.

    Returns
    -------
    dict
        As from :func:`build`.
    """
    path = Path(folder) / NAME
    return json.loads(path.read_text()) if path.exists() else {"isolation": "", "lessons": [], "submissions": []}


def save(gradebook, folder):
    """Write the gradebook, without time and memory: grading again gives the same bytes.

    Parameters
    ----------
    gradebook : dict
        From :func:`build`.
    folder : Path
        Where grades are written.
    """
    lasting = json.loads(json.dumps(gradebook))
    for submission in lasting["submissions"]:
        for check in submission["checks"]:
            del check["seconds"], check["memory"]  # what differs from run to run
    write_whole(Path(folder) / NAME, json.dumps(lasting, indent=1, sort_keys=True) + "\n")


def _lesson(lesson):
    """Return what the reports need of a lesson."""
    title = next((c.source for c in lesson.master.cells if c.cell_type == "markdown"), "").split("\n")[0]
    checks = [{"name": exercise.name, "points": exercise.points} for exercise in lesson.exercises]
    return {
        "name": lesson.name,
        "title": title.lstrip("# "),
        "checks": checks,
        "stubs": lesson.stubs,
    }


def _submission(work, keys, store, overrides, names):
    """Return one submission's entry."""
    by_hand = overrides.get(work.student, {}).get(work.lesson.name, {})
    found = keys.get((work.student, work.lesson.name), {})
    checks = []
    for exercise in work.lesson.exercises:
        key = found.get(exercise.name, "")
        verdict = store.get(key, MISSING)
        checks.append(_check(exercise, verdict, work, by_hand.get(exercise.name), names, key))
    return {
        "student": work.student,
        "lesson": work.lesson.name,
        "file": str(work.file),
        "unreadable": work.unreadable,
        "remarks": list(work.submission.remarks),
        "checks": checks,
        "points": round(sum(check["points"] for check in checks), 6),
        "of": round(sum(check["of"] for check in checks), 6),
    }


def _check(exercise, verdict, work, override, names, key):
    """Return one check's entry: its points, less what broken rules cost, unless the instructor says otherwise."""
    answers = {name: work.submission.answers[name] for name in exercise.answers if name in work.submission.answers}
    broken = rules.of_exercise(exercise, answers, names)
    share = cost(rules.Breach(**breach) for breach in broken)
    points = exercise.points * (1 - share) if verdict.passed else 0.0
    if override and "points" in override:
        points = float(override["points"])
    return {
        "name": exercise.name,
        "points": round(points, 6),
        "of": exercise.points,
        "kind": verdict.kind,
        "told": verdict.told,
        "seconds": verdict.seconds,
        "memory": verdict.memory,
        "answers": answers,
        "breaches": broken,
        "override": override,
        "key": key,
    }


def _entries(table, path):
    """Yield (student, lesson, check, entry) of a table of overrides."""
    for student, lessons in _table(table, path).items():
        for lesson, checks in _table(lessons, f"{path}: {student}").items():
            for check, entry in _table(checks, f"{path}: {student}, {lesson}").items():
                yield student, lesson, check, entry


def _table(value, where):
    """Return a value that must be a table with names."""
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise OverrideError(
            f"{where}: expected student, then lesson, then check, each a name and a colon, names that are numbers in "
            f"quotes; got {value!r}"
        )
    return value


def _load_yaml(path):
    """Return what a YAML file holds; a name that stands there twice would lose the first, so it is refused."""
    import yaml

    class Loader(yaml.SafeLoader):
        """A loader that reads no table with a name in it twice."""

        def construct_mapping(self, node, deep=False):
            """Refuse a table with a name in it twice."""
            names = [str(key.value) for key, _ in node.value]
            if twice := {name for name in names if names.count(name) > 1}:
                raise yaml.YAMLError(
                    f"{', '.join(sorted(twice))} stands there twice, put both into one{node.start_mark}"
                )
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OverrideError(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}") from None


def _is_override(entry):
    """Say whether a value is a mark, a comment, or both."""
    if not isinstance(entry, dict) or not set(entry) <= {"points", "comment"}:
        return False
    points, comment = entry.get("points", 0), entry.get("comment", "")
    is_number = isinstance(points, int | float) and not isinstance(points, bool)
    return is_number and 0 <= points < float("inf") and isinstance(comment, str)


def _by_check(gradebook):
    """Return each check's entry by (student, lesson, check)."""
    return {
        (submission["student"], submission["lesson"], check["name"]): check
        for submission in gradebook["submissions"]
        for check in submission["checks"]
    }


def _why(was, now):
    """Say why points moved."""
    if was is None or now is None:
        return "new" if was is None else "no longer handed in"
    if was["override"] != now["override"]:
        return "by hand"
    if was["of"] != now["of"]:
        return "the check is worth something else"
    if was["answers"] != now["answers"]:
        return "another answer"
    if was["breaches"] != now["breaches"]:
        return "other rules"
    return "the check or the environment changed" if was["key"] != now["key"] else "graded again"
