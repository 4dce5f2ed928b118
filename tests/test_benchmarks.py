"""The report of `make bench`: ratios, verdicts and slopes, on clocks and contenders of our own; nothing is timed."""

import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import __main__ as report
from benchmarks import convergence, convnet, footprint, race, scaling, sweeps
from coursekit import full_batch, softmax, timing

ROOT = Path(__file__).parents[1]
LINE = race.Line("a step", "ours", "theirs", seconds=0.02, ratio=1.5, target=1.2)


@pytest.fixture
def clock(monkeypatch):
    """Replace the clock by one that contenders move themselves."""
    now = [0.0]
    monkeypatch.setattr(race.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(race.time, "sleep", lambda seconds: None)

    def contender(*seconds):
        """Return a contender that takes so long in each of its calls, the first being the warm-up."""
        left = iter(seconds)

        def run():
            now[0] += next(left)

        return run

    return contender


def test_a_ratio_is_the_median_of_the_rounds(clock):
    """Not the ratio of the medians: 2, 6 and 3 give 3, and the warm-up counts for nothing."""
    (line,) = race.race(
        "work", {"ours": clock(99, 1, 2, 4), "theirs": clock(99, 2, 12, 12)}, rounds=3, targets={"theirs": 3.5}
    )
    assert (line.ours, line.peer, line.seconds, line.ratio) == ("ours", "theirs", 2, 3)
    assert not line.met


def test_a_turn_of_several_calls_counts_one(clock):
    """Two calls a turn: half the time each."""
    (line,) = race.race("work", {"ours": clock(9, 1, 3), "theirs": clock(9, 4, 4)}, rounds=1, number=2)
    assert line.seconds == 2 and line.ratio == 2


def test_the_table_says_what_was_missed():
    """A target that is met, one that is not, and none."""
    lines = [LINE, replace(LINE, ratio=1.1, remark="why"), replace(LINE, target=None)]
    assert [line.met for line in lines] == [True, False, True]
    met, missed, none = race.table(lines).splitlines()[2:]
    assert met == "| a step | ours | 20 | theirs | **1.5** | 1.2 | met |"
    assert missed.endswith("| **1.1** | 1.2 | **missed**; why |")
    assert none.endswith("| **1.5** |  |  |")


def test_slopes_are_those_of_powers():
    """Time that grows with the square has slope 2, whatever the unit."""
    sizes = np.array([10, 20, 40])
    assert scaling.slope(sizes, 7e-3 * sizes**2.0) == pytest.approx(2)


def test_the_figure_shows_each_and_both_limits(tmp_path):
    """Drawn from the lines of a race."""
    report.figure([LINE, replace(LINE, peer="other")], timing.Limits(2e10, 1e11, 5e10), tmp_path / "figure.png")
    assert (tmp_path / "figure.png").stat().st_size > 5000


def test_every_part_is_there():
    """Each has the function that the report calls, and no benchmark is forgotten."""
    commands = {"sliders", "site", "way", "claims", "clothes"}  # of their own
    apart = {"race", "inputs", "compiled", "claims_found", "keys", "__init__", "__main__", *commands}
    files = {path.stem for path in (ROOT / "benchmarks").glob("*.py")} - apart
    assert {name for name in files if not name.startswith("results_")} == {*report.RACES, *report.REPORTS}


def test_a_part_takes_its_place_in_the_report(tmp_path, monkeypatch, capsys):
    """One part run again replaces itself and leaves the others; a target that is missed is the exit code."""
    monkeypatch.setattr(report, "OUT", tmp_path / "benchmarks" / "results.md")
    report.OUT.parent.mkdir()
    monkeypatch.setattr(report, "machine", lambda: ("a machine", None))
    found = {"scaling": {"text": "slopes"}, "sweeps": {"lines": [asdict(LINE)]}}
    monkeypatch.setattr(report, "run_apart", lambda name: found[name])
    assert report.main(["scaling"]) == report.main(["sweeps"]) == 0
    first = report.OUT.read_text()
    assert first.index("a machine") < first.index("**1.5** | 1.2 | met") < first.index("slopes")
    found["sweeps"] = {"lines": [asdict(replace(LINE, ratio=1.0))]}
    assert report.main(["sweeps"]) == 1
    assert "missed: a step, theirs: 1 instead of 1.2" in capsys.readouterr().out
    assert "**missed**" in report.OUT.read_text() and "slopes" in report.OUT.read_text()


def test_a_part_that_is_not_there():
    """The command says which there are."""
    done = subprocess.run([sys.executable, "-m", "benchmarks", "sped"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2
    assert "there is no part sped; there are full_batch, convergence" in done.stdout


def test_sweeps_refuse_to_time_what_differs(monkeypatch):
    """A fast wrong answer stops the benchmark."""
    X, y = np.random.default_rng(0).random((50, 784)), np.arange(50) % 10
    monkeypatch.setattr(sweeps, "pixels_and_labels", lambda: (X, y))
    monkeypatch.setattr(sweeps, "race", lambda *args, **options: [LINE])
    assert sweeps.lines() == [LINE] * 2
    kept = full_batch.FullBatchLoss.__call__
    monkeypatch.setattr(
        full_batch.FullBatchLoss,
        "__call__",
        lambda self, W: [(1 + 0.1 * (W.ndim - 2)) * part for part in kept(self, W)],
    )
    with pytest.raises(AssertionError, match="the losses differ"):
        sweeps.lines()


def test_convergence_stops_at_the_goal_and_not_before():
    """Ours and scikit-learn's solvers, on a small problem; for ours a goal below the least loss is an error."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(200, 5)).astype(np.float32), rng.integers(0, 10, 200)
    least = softmax.softmax_loss(full_batch.fit(X, y, l2=0.1), X, y, l2=0.1)[0]
    for run in (convergence.ours, *(lambda *a, s=s: convergence.scikit_learn(*a, s) for s in ("lbfgs", "newton-cg"))):
        run(X, y, 0.1, least * 1.001)
    with pytest.raises(AssertionError, match="ended before it was at the goal"):
        convergence.ours(X, y, 0.1, least * 0.99)


def test_memory_is_told_in_multiples_of_the_input():
    """A copy is 1, and what is let go counts at its peak."""
    A = np.ones(10**6)
    assert footprint.peak(lambda: A.copy()) / A.nbytes == pytest.approx(1, abs=0.01)
    assert footprint.peak(lambda: len([A + 1, A + 2])) / A.nbytes == pytest.approx(2, abs=0.01)


def test_a_command_is_measured_with_its_exit_code():
    """Seconds, bytes and the code."""
    seconds, largest, code = footprint.measure(sys.executable, "-c", "x = bytearray(60_000_000); raise SystemExit(3)")
    assert seconds > 0 and 60e6 < largest < 200e6 and code == 3


def test_the_two_convolutional_networks_are_one():
    """From the same weights the steps here and in PyTorch give the same weights, in PyTorch's order."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    assert convnet.agreement(steps=2) < 1e-4
