"""The ledger of claims: every claim has its entry, cell and verdict, and its number comes out again."""

import json
import os
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest
from scipy import stats

from benchmarks import claims as command
from benchmarks import claims_found, keys, results_14_lab_seeds
from coursekit import claims, datasets
from coursekit.claims import Claim, Interval
from coursekit.claims._stored import STORED
from gradekit.lesson import find_lessons
from tests.rows import find, read_lessons, read_rows

RESULTS = Path(__file__).parent.parent / "notebooks" / "results"
LEDGER = claims.read(RESULTS)
NAMES = {claim.name: claim for claim in LEDGER}


# The ledger beside the table of rows and the lessons


def test_each_claim_of_the_table_of_rows_has_an_entry_and_each_entry_a_row():
    """Nobody adds a claim to one of the two alone."""
    told = {name for name, row in read_rows().items() if "claimed" in row.says.lower()}
    assert told == {claim.row for claim in LEDGER}


def test_numbers_of_the_ledger_are_told_by_the_table_of_rows():
    """What the ledger calls claimed stands in the row, at least where it is a number to compare with."""
    rows = read_rows()
    names = ["A13-loss", "A13-accuracy", "B3-error", "C9-accuracy", "C13-accuracy", "D1-loss", "D5-recipe"]
    assert [name for name in names if f"{NAMES[name].claimed}" not in rows[NAMES[name].row].says] == []
    assert "0.4419" in rows["B13"].says and NAMES["B13-accuracy"].claimed == 44.19


@pytest.fixture(scope="module")
def lessons():
    """Return the cells of all lessons."""
    return read_lessons()


@pytest.mark.parametrize("claim", LEDGER, ids=lambda claim: claim.name)
def test_an_entry_is_whole(claim, lessons):
    """Its cell exists, its verdict is on the list and short, its texts are there."""
    assert find(lessons, claim.cell) is not None, f"lesson {claim.cell[:2]} has no cell {claim.cell}"
    assert claim.verdict in claims.VERDICTS and len(claim.verdict.split()) <= 4
    assert claim.says.endswith(".") and claim.recipe and (claim.why.endswith(".") or not claim.why)
    kind, _, where = claim.source.partition(": ")
    assert {"stored": claim.name in STORED, "cell": find(lessons, where), "computed": claim.name in command.FOUND}[kind]


@pytest.fixture(scope="module")
def pages():
    """Return all lessons by the names of their files."""
    return {path.name: nbformat.read(path, as_version=4) for path in find_lessons()}


@pytest.mark.parametrize("claim", LEDGER, ids=lambda claim: claim.name)
def test_the_lesson_of_a_claim_says_what_the_ledger_says(claim, pages):
    """Its line stands there once, word for word."""
    cells = pages[claims.ledger.LESSONS[claim.cell[:2]]].cells
    texts = [line for cell in cells if cell.cell_type == "markdown" for line in cell.source.split("\n")]
    assert [line for line in texts if f"[claim {claim.name}](" in line] == [claim.line], "make claims writes it"


def test_the_table_of_lesson_14_leads_to_the_cells(pages):
    """What is saved there is the ledger as it is."""
    outputs = [output for cell in pages[claims.ledger.ACCOUNT].cells for output in cell.get("outputs", ())]
    (table,) = (output.data["text/markdown"] for output in outputs if "text/markdown" in output.get("data", {}))
    assert table == claims.page(LEDGER)


def test_the_command_writes_the_lines(tmp_path):
    """A number that has changed is changed in the lesson too, and nothing else is."""
    line = NAMES["A13-loss"].line
    cell = nbformat.v4.new_markdown_cell(
        f"One.\n\n{line.replace('0.3127', '0.4')}\n>\n{line.replace('0.31', '0.5')}\n\n*Two.*"
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "05.ipynb")
    command.tell(LEDGER, tmp_path)
    (cell,) = nbformat.read(tmp_path / "05.ipynb", as_version=4).cells
    assert cell.source == f"One.\n\n{line}\n>\n{line}\n\n*Two.*"


def test_no_source_is_left_over():
    """Each function that finds a number belongs to an entry."""
    assert STORED.keys() | command.FOUND.keys() == NAMES.keys()
    assert not STORED.keys() & command.FOUND.keys()


def test_each_number_keeps_its_verdict():
    """What make claims asks, of what is kept."""
    assert claims.problems(LEDGER) == []


def test_a_verdict_that_no_number_could_break_is_rare():
    """Far from what was found, each verdict but one is broken by some claimed number."""
    for verdict in claims.VERDICTS.keys() - {"depends on machine"}:
        for relation in "=<>":
            entry = {"relation": relation, "verdict": verdict, "found": Interval(5.0, 4.0, 6.0)}
            kept = [Claim("Z1", "", "", number, cell="", source="", **entry).holds for number in (-100, 5, 100)]
            assert not all(kept), (verdict, relation)


# The numbers, once more


@pytest.mark.parametrize("name", [claim.name for claim in LEDGER if claim.source.startswith("cell")])
def test_a_number_of_a_cell_is_the_one_that_the_cell_prints(name, lessons):
    """The saved output, which nbval compares, and what is kept say the same."""
    cell = find(lessons, NAMES[name].source.removeprefix("cell: "))
    assert "nbval-ignore-output" not in cell.metadata.get("tags", ())
    assert Interval(**command.computed(name)) == NAMES[name].found


@pytest.mark.parametrize("name", ["B3-error", "B8-negative", "E10-central"])
def test_a_computed_number_comes_out_again(name):
    """On any machine, without any data from outside."""
    found = Interval(**command.computed(name))
    tolerance = 0.5 if name == "E10-central" else 1e-3  # of errors that are rounding alone
    assert found.value == pytest.approx(NAMES[name].found.value, rel=tolerance)


def test_sizes_of_batches_come_out_again(monkeypatch):
    """One seed in place of five: after the same number of steps, batches of 500 and 1000 are equal within a point."""
    monkeypatch.setattr(claims_found, "SEEDS", range(2))
    assert abs(claims_found.sizes().value) < 1


def test_the_rises_of_a_rate_that_is_too_high_come_out_again(monkeypatch):
    """Dozens of rises, where a model that overfits has none."""
    monkeypatch.setattr(claims_found, "SEEDS", range(2))
    assert claims_found.rises().low > 20


def test_networks_on_iris_come_out_again(monkeypatch):
    """Two splits in place of ten: the sigmoid takes hundreds of steps more, and scikit-learn's network is as good."""
    monkeypatch.setattr(claims_found, "SPLITS", range(2))
    assert claims_found.iris_gap("sigmoid", "relu", 0, 1).value > 100
    assert abs(claims_found.beside_sklearn().value) < 4


def test_times_have_the_direction_that_the_ledger_says():
    """Loops and batches of one are slower by far; no absolute time is asked for."""
    assert claims_found.loops().value > 10
    assert claims_found.batches_of_one().value > 2


def stored(name):
    """Return the runs of a file by their names."""
    return {run["name"]: run for run in json.loads((RESULTS / f"{name}.json").read_text())["runs"]}


def test_the_runs_of_lesson_05_and_of_the_ledger_are_the_same():
    """Two files hold the same four runs, so no two pages can disagree."""
    ours, theirs = stored("14_lab_seeds"), stored("05_mnist_lab")
    pairs = {
        "uniform start 0": "uniform start", "threshold 100": "zero start", "threshold 40": "threshold 40",
        "threshold 120": "threshold 120", "no decay": "no decay",
    }  # fmt: skip
    for mine, other in pairs.items():
        assert ours[mine]["test"] == pytest.approx(theirs[other]["test_accuracy"], abs=2.1e-4), mine
        assert ours[mine]["loss"] == pytest.approx(theirs[other]["loss"], rel=1e-3), mine


@pytest.mark.parametrize("name", ["uniform start 3", "threshold 120", "no decay"])
def test_the_head_of_a_long_run_comes_out_again(name):
    """Three steps on all of MNIST."""
    if not os.environ.get("COURSEKIT_DATA"):
        pytest.skip("COURSEKIT_DATA names no folder with the real MNIST")
    made = results_14_lab_seeds.run(name, datasets.load("mnist"), steps=3)
    np.testing.assert_allclose(made["head"], stored("14_lab_seeds")[name]["head"], rtol=1e-4)


def test_a_stored_run_agrees_with_itself():
    """The images that are read wrongly are as many as the accuracy says."""
    for run in stored("14_lab_seeds").values():
        assert len(set(run["wrong"])) == round(10_000 * (1 - run["test"]))


def test_the_network_is_judged_by_its_best_recipe():
    """The best one on the validation images, when all recipes have run; before, only the reported one."""
    runs = [("as reported", 0.98, 0.97), ("as reported", 0.984, 0.98), ("falling", 0.99, 0.99), ("moved", 0.989, 0.995)]
    made = [{"recipe": name, "test": test, "validation": validation} for name, test, validation in runs]
    file = {"recipes": {"as reported": {}, "falling": {}, "moved": {}, "longer": {}}, "runs": made, "complete": True}
    assert STORED["D5-recipe"](file).value == pytest.approx(98.2)
    assert STORED["D5-network"](file).value == pytest.approx(98.9)
    assert STORED["D5-network"](file | {"complete": False}) is None
    assert STORED["D5-recipe"](file | {"runs": made[2:]}) is None


def test_the_ratio_of_a_framework_shrinks_with_the_network():
    """Iris is the row with four features; the last row is the largest network."""
    sizes = {(1, 1, 1, 2): (1, 4), (120, 4, 10, 3): (1, 3), (512, 784, 1024, 10): (10, 9)}
    steps = [{"size": list(size), "NumPy": ours, "PyTorch": theirs} for size, (ours, theirs) in sizes.items()]
    file = {"torch": {"steps": steps, "iris_and_largest_again": [[2, 1], [4, 0.8]]}}
    assert (STORED["D7-time"](file).value, STORED["D7-time"](file).low, STORED["D7-time"](file).high) == (3, 2, 4)
    assert STORED["D7-cause"](file).value == pytest.approx(0.3)
    assert STORED["D7-cause"](file).low == pytest.approx(0.2)


# The command


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of results with all files of long runs, in which two numbers are computed."""
    for path in RESULTS.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(command, "FOUND", {"D1-loss": lambda: claims.rounded(2.5469, 1e-4), "C9-before": lambda: None})
    monkeypatch.setattr(command, "stale", lambda results: [])
    monkeypatch.setattr(command.recompute, "__defaults__", (command.FOUND,))
    return tmp_path


def test_the_command_prints_the_ledger(folder, capsys):
    """What cannot be run here is kept, what was never run is told, and all is well."""
    assert command.main(folder) == 0
    printed = capsys.readouterr()
    assert "A13-accuracy     93.57 %" in printed.out and "not run yet: " in printed.out
    assert "C9-before, as it is kept" in printed.err
    assert max(map(len, printed.out.splitlines())) <= 140


def test_the_command_fails_if_a_verdict_changes(folder, capsys, monkeypatch):
    """A number that does not keep its verdict is told, with both numbers."""
    monkeypatch.setitem(command.FOUND, "D1-loss", lambda: claims.rounded(0.8490, 1e-4))
    assert command.main(folder) == 1
    assert (
        'D1-loss: claimed 2.5469, found 0.849000 [0.848950, 0.849050]; that is not "reproduced"'
        in capsys.readouterr().out
    )


def test_a_claim_that_was_never_run_says_so(folder, capsys):
    """No number is made up where nothing ran."""
    (folder / "14_claims.json").unlink()
    assert command.main(folder) == 0
    assert "C9-before        0.08             -" in capsys.readouterr().out


def test_runs_of_other_code_are_told(tmp_path):
    """A key that does not fit is named with the command that makes the runs anew."""
    file = json.loads((RESULTS / "14_lab_seeds.json").read_text())
    assert command.stale(tmp_path) == []
    file["runs"][0]["key"] = "of other code"
    (tmp_path / "14_lab_seeds.json").write_text(json.dumps(file))
    (told,) = command.stale(tmp_path)
    assert "make results LESSON=14_lab_seeds" in told


def test_the_key_sees_code_and_no_comment(tmp_path):
    """A docstring and a remark leave it, a number in the code changes it, in a module and in a room."""
    room = tmp_path / "room"
    room.mkdir()
    for path in (tmp_path / "module.py", room / "part.py"):
        path.write_text('"""Say what."""\n\nTWO = 2\n')
    before = keys.code("module.py", "room", package=tmp_path)
    for path in (tmp_path / "module.py", room / "part.py"):
        path.write_text('"""Say it better."""\n\nTWO = 2  # a remark\n')
        assert keys.code("module.py", "room", package=tmp_path) == before
        path.write_text('"""Say it better."""\n\nTWO = 3\n')
        assert keys.code("module.py", "room", package=tmp_path) != before
        path.write_text('"""Say what."""\n\nTWO = 2\n')
    path.write_text("def f(x, /, *rest):\n    return [x for x in rest if f'{x!r:>3}']\n\n\nclass A:\n    pass\n")
    assert keys.code("room", package=tmp_path) == "c91fd51f6543", "the same on each version of Python"


# Intervals


def test_intervals_agree_with_scipy():
    """Wilson's interval of a share, and the t interval of a mean."""
    found, theirs = claims.of_share(37, 50), stats.binomtest(37, 50).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))
    values = np.array([0.3, 0.1, 0.25, 0.2])
    theirs = stats.t.interval(0.95, 3, values.mean(), stats.sem(values))
    assert (claims.of_mean(values).low, claims.of_mean(values).high) == pytest.approx(theirs)


def test_one_more_run_falls_into_the_interval():
    """About 95 times in 100, for five runs."""
    draws = np.random.default_rng(0).normal(size=(2000, 6))
    inside = [found.low <= row[5] <= found.high for row in draws if (found := claims.of_runs(row[:5]))]
    assert 0.93 < np.mean(inside) < 0.97


def test_pairs_count_only_images_that_differ():
    """The interval from the counts is that of the differences, image by image."""
    d = np.repeat([1, -1, 0], [9, 4, 87])
    found = claims.of_pairs(9, 4, 100)
    assert found.value == pytest.approx(d.mean())
    assert found.high - found.value == pytest.approx(stats.norm.ppf(0.975) * d.std() / 10)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: claims.of_share(0.91, 0), r"right must lie in 0\.\.m; got 0\.91 of 0"),
        (lambda: claims.of_share(11, 10), "Give the count, not the share"),
        (lambda: claims.of_pairs(7, 6, 12), "got 7 and 6 of 12"),
        (lambda: claims.of_runs([0.9]), "one run has no spread; got 1"),
        (lambda: claims.of_mean([]), "one run has no spread; got 0"),
    ],
)
def test_what_has_no_interval_is_refused(call, told):
    """The refusal says what came and what to do."""
    with pytest.raises(ValueError, match=told):
        call()


def test_distance_in_units_of_the_interval():
    """1 is the end of the interval on the claim's side; what rounding explains does not count."""
    claim = replace(NAMES["A13-loss"], claimed=12.0, step=2.0, found=Interval(5.0, 4.0, 8.0))
    assert claim.apart == pytest.approx(2.0)
    assert replace(claim, claimed=2.0).apart == pytest.approx(-2.0)
    assert replace(claim, claimed=5.9).apart == 0
    assert replace(claim, found=Interval(5.0, 5.0, 5.0)).apart == float("inf")


# The checklist

PARTS = {"training": (np.eye(5), np.arange(5)), "validation": (2 * np.eye(3),), "test": (3 * np.eye(4),)}
GIVEN = {
    "data": "toy", "parts": PARTS, "chosen_on": "validation", "settings_tried": 4, "scores": [0.8, 0.85, 0.9],
    "seeds": [0, 1, 2], "command": "python toy.py",
}  # fmt: skip


def test_a_whole_report_has_no_mark():
    """All that a reader asks stands there."""
    page = claims.checklist(**GIVEN)
    assert "!" not in page
    for piece in (
        "toy",
        "validation: 3 examples, hash ",
        "4 compared, on the validation part",
        "0, 1, 2",
        "python toy.py",
    ):
        assert piece in page
    assert "85 [" in page and "looked at 1 time\n" in page and "numpy" in page


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({"seeds": [3], "scores": [0.9]}, "! One seed"),
        ({"seeds": [0, 1, 1]}, "! A seed stands there twice"),
        ({"command": ""}, "! No command"),
        ({"test_uses": 3}, "! The test part was looked at 3 times"),
        ({"chosen_on": "test"}, "! 4 settings were compared on the test part"),
        (
            {"parts": PARTS | {"test": (np.eye(5)[:2],)}},
            "! 2 examples of the training part stand in the test part, too",
        ),
    ],
)
def test_each_fault_of_a_report_is_marked(change, mark):
    """One mark for one fault."""
    marks = [line for line in claims.checklist(**GIVEN | change).splitlines() if line.startswith("!")]
    assert len(marks) == 1 and marks[0].startswith(mark)


def test_parts_of_another_type_of_number_are_compared_by_value():
    """An image is the same image as whole numbers and as floats."""
    parts = {"training": (np.eye(3, dtype=np.uint8),), "validation": (2 * np.eye(2),), "test": (np.eye(3)[:1],)}
    assert "! 1 example of the training part" in claims.checklist(**GIVEN | {"parts": parts})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"chosen_on": "holdout"},
            "chosen_on is 'holdout', which is not a part; the parts are training, validation, test",
        ),
        ({"seeds": [1, 2]}, "3 scores and 2 seeds"),
        ({"scores": [], "seeds": []}, "no score"),
        ({"seeds": 3}, "3 scores and 1 seeds"),
        ({"scores": [80, 85, 90]}, "got 90. Are they in percent"),
        ({"parts": PARTS | {"test": np.eye(4)}}, "the test part must be a tuple of arrays; got ndarray"),
        ({"test_uses": 0}, "needs one look at least"),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(change, told):
    """Before anything is printed."""
    with pytest.raises(ValueError, match=told):
        claims.checklist(**GIVEN | change)


def test_a_fingerprint_sees_values_shapes_and_types():
    """One pixel, another shape, another type, another order."""
    X = np.arange(6.0)
    others = [X + 1e-9 * np.eye(6)[5], X.reshape(2, 3), X.astype(np.float32), X[::-1]]
    assert len({claims.fingerprint(A) for A in [X, *others]}) == 5
    assert claims.fingerprint(X) == claims.fingerprint(X.copy())
