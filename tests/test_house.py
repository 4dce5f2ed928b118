"""Habits that hold for every file of the project: clocks, line ends, and the handout's notation."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CLOCKS = {"perf_counter", "monotonic", "process_time", "thread_time", "time", "time_ns", "perf_counter_ns"}
TIMES = {"seconds", "elapsed", "duration", "per_second"}
ORDER = ast.Lt | ast.LtE | ast.Gt | ast.GtE


HANDOUT = {
    "benchmarks/full_batch.py",  # the lab's iteration, as lesson 04 takes it apart
    "coursekit/check/lesson_04/once.py",  # asks for the line that converts in it
    "coursekit/check/lesson_05/descent.py",  # the functions of the handout
    "coursekit/check/lesson_05/hints.py",
    "coursekit/check/lesson_05/_iteration.py",
    "coursekit/check/lesson_05/predicted.py",
    "coursekit/check/lesson_05/stability.py",
    "coursekit/lab.py",
}  # which have its layout, theta (k, n)


def is_time(node, times):
    """Return whether an expression is made from a clock or from a name that is; a ratio of two times is not one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return is_time(node.left, times) and not is_time(node.right, times)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return name in CLOCKS or (name != "len" and any(is_time(argument, times) for argument in node.args))
    if isinstance(node, ast.Attribute):
        return node.attr in TIMES
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value in TIMES or is_time(node.value, times)
    if isinstance(node, ast.Name):
        return node.id in times
    return any(is_time(child, times) for child in ast.iter_child_nodes(node))


def is_number(node):
    """Return whether an expression is a number, written out; 0 only asks for a sign."""
    parts = [part for part in ast.walk(node) if isinstance(part, ast.Constant | ast.Name | ast.Attribute | ast.Call)]
    return all(isinstance(part, ast.Constant) for part in parts) and any(part.value for part in parts)


def absolute_times(source):
    """Return the lines at which a test sets a deadline, or asserts that a time is below or above a number."""
    tree, times, lines = ast.parse(source), set(), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and is_time(node.value, times):
            times |= {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        if isinstance(node, ast.keyword) and node.arg == "deadline" and getattr(node.value, "value", 0) is not None:
            lines.append(node.value.lineno)
    for node in (part for claim in ast.walk(tree) if isinstance(claim, ast.Assert) for part in ast.walk(claim)):
        if isinstance(node, ast.Compare) and any(isinstance(op, ORDER) for op in node.ops):
            sides = (node.left, *node.comparators)
            if any(is_time(side, times) for side in sides) and any(is_number(side) for side in sides):
                lines.append(node.lineno)
    return sorted(lines)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_test_depends_on_the_speed_of_the_machine(path):
    """A deadline, or a number of seconds, fails where the machine has other work; a ratio may be asserted."""
    assert not absolute_times(path.read_text(encoding="utf-8"))


def test_a_number_of_seconds_is_seen():
    """However it is written; comparing two times, their ratio, or a clock that the test itself moves is fine."""
    bad = [
        "@settings(deadline=200)\ndef test(): pass",
        "start = time.monotonic()\nassert time.monotonic() - start < 5",
        "a = perf_counter()\nb = perf_counter() - a\nassert 2 > b",
        "assert run.seconds <= 0.5",
        "assert max(t.elapsed, 1) < 60 * 2",
        "assert found['seconds'] < 5",
    ]
    good = [
        "@settings(deadline=None)\ndef test(): pass",
        "a = perf_counter() - a\nb = perf_counter() - a\nassert a < b and a / b < 3",
        "assert rung.seconds == 0.5",
        "assert rung.seconds / first.seconds < 2",
        "wait(timeout=60)\nassert steps < 5",
        "assert found['seconds'] < limits.seconds / 2",
        "assert len(run['seconds']) < 80 and (np.diff(run['seconds']) >= 0).all()",
    ]
    assert [bool(absolute_times(source)) for source in bad + good] == [True] * len(bad) + [False] * len(good)


def test_no_text_has_windows_line_ends():
    """Outputs are compared to the letter, so .gitattributes gives every checkout the same line ends."""
    rules = (ROOT / ".gitattributes").read_text()
    assert "* text=auto eol=lf" in rules.splitlines()
    suffixes = {".py", ".md", ".txt", ".ipynb", ".json", ".js", ".css", ".toml", ".yml", ".yaml", ".cff"}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\0")[:-1] or [path.relative_to(ROOT) for path in ROOT.glob("[!.]*/**/*.*")]
    texts = [ROOT / name for name in names if Path(name).suffix in suffixes]
    assert len(texts) > 100
    assert not [path for path in texts if path.is_file() and b"\r\n" in path.read_bytes()]


def names_in(source):
    """Return every name that a module gives to something or reads."""
    kinds = {ast.Name: "id", ast.arg: "arg", ast.keyword: "arg", ast.Attribute: "attr", ast.FunctionDef: "name"}
    return {getattr(node, kinds[type(node)]) for node in ast.walk(ast.parse(source)) if type(node) in kinds}


@pytest.mark.parametrize("folder", ["benchmarks", "coursekit", "gradekit"])
def test_only_the_lab_has_the_handouts_layout(folder):
    """Everywhere else weights are W (n, k): nothing is called theta, and no docstring tells of it but as advice."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        if path.relative_to(ROOT).as_posix() not in HANDOUT:
            source = path.read_text(encoding="utf-8")
            assert not {name for name in names_in(source) if name and "theta" in name.lower()}, path
            assert "theta" not in source.replace("the lab handout's theta (k, n); pass theta.T", ""), path


def test_the_handouts_layout_is_where_the_list_says():
    """The exceptions above are needed."""
    assert all("theta" in (ROOT / name).read_text(encoding="utf-8") for name in HANDOUT)
