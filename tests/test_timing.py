"""Measuring: turns, medians, ratios and limits, on a clock of our own; and what the benchmarks measure."""

import itertools
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import full_batch as benchmark
from benchmarks import inputs
from coursekit import timing

ROOT = Path(__file__).parent.parent


@pytest.fixture
def clock(monkeypatch):
    """Put a hand-driven clock in place of the real one; add seconds to ``clock[0]``."""
    now = [0.0]
    monkeypatch.setattr(timing._turns, "perf_counter", lambda: now[0])
    return now


def sleeper(clock, *times):
    """Return a contender that takes the given times, in turn."""
    pace = itertools.cycle(times)

    def run():
        """Let the clock go on."""
        clock[0] += next(pace)

    return run


def test_the_median_forgives_one_slow_round_and_the_first_call(clock):
    """The call before the clock starts takes 9 s and one round 7 s; neither counts."""
    seconds = timing.measure({"run": sleeper(clock, 9.0, 1.0, 7.0, 1.0, 1.5, 1.0)}, rounds=5)
    assert seconds == {"run": 1.0}


def test_another_average_may_be_taken(clock):
    """With ``min`` the best round counts."""
    assert timing.measure({"run": sleeper(clock, 9.0, 3.0, 2.0, 4.0)}, rounds=3, average=min) == {"run": 2.0}


def test_a_turn_of_many_calls_is_divided_by_their_number(clock):
    """Four calls of a quarter second are a turn of one second and a time of 0.25."""
    assert timing.measure({"run": sleeper(clock, 0.25)}, rounds=3, number=4) == {"run": 0.25}


def test_contenders_take_turns():
    """Both are called once before the clock starts, then in turn, ``number`` times each."""
    calls = []
    timing.measure({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=2, number=2)
    assert "".join(calls) == "ab" + "aabb" * 2


@pytest.mark.parametrize(
    ("contenders", "rounds", "number", "got"),
    [({}, 5, 1, "got 0, 5, 1"), ({"a": int}, 0, 1, "got 1, 0, 1"), ({"a": int}, 5, 0, "got 1, 5, 0")],
)
def test_nothing_to_measure_is_refused(contenders, rounds, number, got):
    """No contender, no round or no call is an error that says which."""
    with pytest.raises(ValueError, match=rf"measure: needs a contender, rounds >= 1 and number >= 1; {got}\."):
        timing.measure(contenders, rounds=rounds, number=number)


def test_a_ladder_compares_with_its_first_rung(clock):
    """Speed-ups are ratios to the first rung, in the order given."""
    rungs = timing.ladder({"slow": sleeper(clock, 3.0), "fast": sleeper(clock, 0.5), "worse": sleeper(clock, 6.0)})
    assert [(rung.name, rung.seconds, rung.speedup) for rung in rungs] == [
        ("slow", 3.0, 1.0),
        ("fast", 0.5, 6.0),
        ("worse", 6.0, 0.5),
    ]
    assert [rung.per_second for rung in rungs] == pytest.approx([1 / 3, 2.0, 1 / 6])


def test_a_real_ladder_tells_much_work_from_little():
    """On the real clock a thousand times the work is slower by a factor of more than ten."""
    short, long = np.ones(1000), np.ones(1_000_000)
    rungs = timing.ladder({"long": lambda: np.sin(long), "short": lambda: np.sin(short)}, rounds=3)
    assert rungs[1].speedup > 10


@pytest.mark.parametrize(
    ("flops", "nbytes", "steps", "binds"),
    [(1000, 500, 0.04, "memory"), (1000, 5, 0.1, "compute"), (20, 50, 0.4, "memory"), (100, 20, 1.0, "compute")],
)
def test_the_slower_of_two_limits_holds_work_up(flops, nbytes, steps, binds):
    """By hand: 100 operations and 20 bytes a second, so 5 operations a byte divide the two."""
    limits = timing.Limits(bandwidth=20, flops=100, flops64=50)
    assert limits.ridge() == 5
    assert limits.per_second(flops, nbytes) == pytest.approx(steps)
    assert limits.binding(flops, nbytes) == binds


def test_wider_numbers_have_a_lower_roof():
    """By hand: 50 operations a second on 8 bytes, so 2.5 a byte divide memory and compute; 4 a byte lie between."""
    limits = timing.Limits(bandwidth=20, flops=100, flops64=50)
    assert (limits.roof(4), limits.roof(8), limits.ridge(8)) == (100, 50, 2.5)
    assert (limits.per_second(40, 10), limits.per_second(40, 10, itemsize=8)) == (2, 1.25)
    assert (limits.binding(40, 10), limits.binding(40, 10, itemsize=8)) == ("memory", "compute")
    with pytest.raises(ValueError, match=r"numbers of 4 and 8 bytes; got itemsize = 1.*converted before"):
        limits.roof(1)


def test_the_machines_limits_are_work_over_time(monkeypatch):
    """With half a second a turn: 2 * 32^3 operations of each product, 3 MB of the vector."""
    ticks = itertools.count()
    monkeypatch.setattr(timing._turns, "perf_counter", lambda: 0.5 * next(ticks))
    limits = timing.machine_limits(size=32, megabytes=3, rounds=2)
    assert limits == timing.Limits(bandwidth=6e6, flops=4 * 32**3, flops64=4 * 32**3)


@pytest.fixture
def full_batch(monkeypatch):
    """Return the benchmark of the full-batch step, on a machine without MNIST."""
    monkeypatch.setattr(inputs, "has_mnist", lambda: False)
    return benchmark


def test_all_that_is_measured_computes_the_same(full_batch):
    """Every rung and every number type gives one loss and one gradient, on pixels with MNIST's share of ink."""
    X, y = full_batch.pixels_and_labels(400)
    assert X.mean() == pytest.approx(0.19, abs=0.005) and X.any(axis=0).sum() == 685
    types = full_batch.labs_with(("int64", "uint8", "float16"), X, y)
    full_batch.agree({**full_batch.rungs(X, y), **types})


def test_the_peers_compute_the_same(full_batch):
    """Those that NumPy and scikit-learn suffice for; every target is of a peer by that name, or of a framework's."""
    peers = full_batch.peers(*full_batch.pixels_and_labels(400))
    full_batch.agree(peers)
    assert next(iter(peers)) == full_batch.BEST and {full_batch.LAB, full_batch.START, full_batch.LOSS} < {*peers}


def test_a_core_for_each_stripe_of_rows_computes_the_same(full_batch, monkeypatch):
    """Three stripes of unequal length, and a last block that is shorter: the sums are those of all rows."""
    monkeypatch.setattr(full_batch, "cores", lambda: 3)
    rng = np.random.default_rng(2)
    x, theta, C = rng.random((23, 4)), rng.random((5, 4)), rng.random((5, 4))
    loss, G = full_batch.on_each_core(theta, x, C, 3)
    right, dtheta = full_batch.in_place(theta, x, C, len(x))
    assert loss == pytest.approx(right)
    np.testing.assert_allclose(G, dtheta)


def test_a_framework_that_is_missing_is_left_out(full_batch, monkeypatch, capsys):
    """With a line that says so."""
    for name in ("jax", "torch", "numba"):
        monkeypatch.setitem(sys.modules, name, None)
    assert full_batch.frameworks(*full_batch.pixels_and_labels(8)) == {}
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "left out, with_jax", "left out, with_torch", "left out, with_numba",
    ]  # fmt: skip


def test_the_compiled_kernel_computes_the_same(full_batch):
    """Where numba is installed, on columns with and without ink."""
    pytest.importorskip("numba")
    X, y = full_batch.pixels_and_labels(400)
    theta, x = full_batch.weights(784).astype(np.float32), X.astype(np.float32)
    full_batch.agree(full_batch.peers(X, y) | full_batch.with_numba(theta, x, y))


def test_a_contender_that_computes_something_else_is_named(full_batch):
    """A fast wrong answer stops the benchmark."""
    G = np.ones((10, 4))
    with pytest.raises(AssertionError, match=r"quick and right differ: losses 2\.0+ and 2\.0+"):
        full_batch.agree({"right": lambda: (2.0, G), "quick": lambda: (2.0, 1.01 * G)})


def test_the_stored_steps_are_consistent_and_below_the_limit():
    """What notebook 04 reads: a median lies between the extremes, and no rung beats the machine that was measured."""
    stored = json.loads((ROOT / "notebooks" / "results" / "04_integers_and_floats.json").read_text())
    m, n, k = stored["shape"]
    limit = timing.Limits(**stored["limits"]).per_second(4 * m * n * k, 4 * m * n)
    for times in (stored["steps"] | stored["conversions"]).values():
        assert times["least"] <= times["seconds"] <= times["greatest"]
    assert all(1 / times["least"] < limit for times in stored["steps"].values())


# the step of the lab, predicted and measured


@pytest.mark.parametrize(
    ("classes", "pixels", "seconds", "binds"),
    [
        (10, "float32", 5 * 784 * 40 / 100e9, "compute"),
        (10, "uint8", 5 * 784 * 40 / 60e9, "compute"),
        (10, "float64", 5 * 784 * 40 / 60e9, "compute"),
        (4, "float32", 5 * 784 * 4 / 20e9, "memory"),
        (5, "float64", 5 * 784 * 8 / 20e9, "memory"),
    ],
)
def test_a_step_takes_what_the_slower_limit_takes(classes, pixels, seconds, binds):
    """By hand for 5 rows: 4 mnk operations on numbers like those of W, and m n numbers to read."""
    limits = timing.Limits(bandwidth=20e9, flops=100e9, flops64=60e9)
    assert timing.predict_step(5, classes, pixels, limits) == (pytest.approx(seconds), binds)


@pytest.fixture
def products(monkeypatch):
    """Note the products that are measured, on a clock that ticks as often as it is read."""
    made, ticks = [], itertools.count()
    matmul = np.matmul
    monkeypatch.setattr(timing._limits, "perf_counter", lambda: float(next(ticks)))
    monkeypatch.setattr(np, "matmul", lambda A, B: made.append((A, B)) or matmul(A, B))
    return made


@pytest.mark.parametrize(("pixels", "kind"), [("uint8", "f8"), ("int32", "f8"), ("float64", "f8"), ("float32", "f4")])
def test_a_step_is_two_products(products, pixels, kind):
    """XW and X^T dZ, with weights in float32 only if the pixels are; X is made once."""
    times = list(timing.measure_step(7, 3, pixels, turns=2, seconds=0))
    assert times == [np.inf, np.inf, 2, 2, 2]  # a product is one tick
    assert [(A.shape, B.shape) for A, B in products] == [((7, 784), (784, 3)), ((784, 7), (7, 3))] * 2
    assert all((A.dtype, B.dtype) == (pixels, kind) for A, B in products)
    assert len({id(A if A.base is None else A.base) for A, _ in products}) == 1


def test_the_best_time_counts(products):
    """A turn of ten seconds makes several products; the sum of the two least times goes down, never up."""
    times = list(timing.measure_step(7, 3, "float32", turns=2, seconds=10))
    assert len(products) > 8
    assert times == sorted(times, reverse=True)
