"""The engine of the checks: verdicts, hints that unfold, refusals, what the hidden part prints, going on with ours."""

import functools
import pkgutil
import sys
import threading

import numpy as np
import pytest
from scipy import special

from coursekit import check, softmax
from coursekit.check import _forms, _judge, worked
from coursekit.check._refusal import MayNotCall, Refusal
from coursekit.check.exercise import Demand, Exercise, Formula, Property
from gradekit.runs.tolerance import same

rows = check.softmax_rows


def _mean(x, *, by="m", sign=1):
    """Return the mean of each row, and mistakes."""
    return sign * x.sum(axis=1) / {"m": x.shape[1], "k": x.shape[0]}[by]


@pytest.fixture
def means():
    """Return a small exercise with two switches."""
    return Exercise(
        "90-row-means",
        _mean,
        tries=((np.array([[1.0, 2.0]]),), (np.arange(6.0).reshape(2, 3),), (np.arange(12.0).reshape(4, 3) - 5,)),
        switches={"by": {"k": "Divide by n. The row has n numbers."}, "sign": {-1: "Look at the sign. It is plus."}},
        properties=(Property("No mean is above the largest number.", lambda v, x: (v <= x.max() + 1e-9).all()),),
    )


def shifted(Z):
    """Return the softmax of each row, as a student writes it."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Called:
    """An answer that is an object with __call__."""

    def __call__(self, Z):
        """Return the softmax of each row."""
        return shifted(Z)


@functools.wraps(shifted)
def decorated(Z):
    """Return the softmax of each row, through a decorator."""
    return shifted(Z)


STYLES = [
    lambda Z: shifted(Z).tolist(),
    lambda Z: np.asmatrix(shifted(Z)),
    lambda Z: shifted(Z).astype(np.float32),
    lambda Z: np.asfortranarray(shifted(Z)),
    lambda Z: (row for row in shifted(Z)),
    lambda Z: [(p for p in row) for row in shifted(Z)],
    lambda Z: tuple(map(tuple, shifted(Z))),
    lambda Z: special.expit(Z) * 0 + shifted(np.asarray(Z, np.float32)),
    functools.partial(lambda axis, Z: shifted(Z), 1),
    Called(),
    Called().__call__,
    decorated,
]


@pytest.mark.parametrize("answer", STYLES)
def test_a_right_answer_passes_in_any_style(answer, capsys):
    """Containers, types, orders, iterators and kinds of functions: a tick, and the same hidden lines."""
    rows(answer)
    rows.hidden(answer, seed=3)
    ours, printed = capsys.readouterr().out.split("\n", 1)
    rows.hidden(shifted, seed=3)
    assert ours.startswith("✓ softmax_rows: right on")
    assert same(printed, capsys.readouterr().out)


def test_an_unwritten_answer_stops_nothing_and_gets_nothing(capsys):
    """The visible check says it in one line; the hidden part raises what nbgrader takes for 0."""

    def softmax_rows(Z):
        raise NotImplementedError()

    rows(softmax_rows)
    assert capsys.readouterr().out == "○ softmax_rows: not written yet; below, the page uses ours.\n"
    with pytest.raises(NotImplementedError):
        rows.hidden(softmax_rows, seed=1)
    assert rows.or_ours(softmax_rows) is not softmax_rows


def test_ours_goes_on_and_is_no_answer(capsys):
    """Whoever is wrong goes on with ours, which then counts as unwritten; whoever is right goes on with their own."""
    ours = rows.or_ours(lambda Z: Z)
    assert np.allclose(ours(np.array([[0.0, 1.0]])), shifted(np.array([[0.0, 1.0]])))
    assert rows.or_ours(shifted) is shifted
    rows(ours)
    with pytest.raises(NotImplementedError):
        rows.hidden(ours, seed=1)
    assert "this is ours" in capsys.readouterr().out
    # an answer to the next exercise may build on it
    fused = lambda Z, y: -np.log(ours(Z)[np.arange(len(y)), y]).mean()  # noqa: E731
    assert check.softmax_cross_entropy.judge(fused).kind == "named"


def test_two_mistakes_are_both_named():
    """A wrong axis after a proper shift, and after none."""
    assert rows.judge(lambda Z: np.exp(Z) / np.exp(Z).sum(axis=0)).mistakes == (("shift", "none"), ("total", "column"))
    one = rows.judge(lambda Z: (lambda e: e / e.sum(axis=0))(np.exp(Z - Z.max(axis=1, keepdims=True))))
    assert one.mistakes == (("total", "column"),)


def test_hints_unfold_on_request():
    """Where to look, then the idea, then the smallest case; another mistake starts again."""
    wrong = lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True)  # noqa: E731
    texts = []
    for more in (False, False, True, True, True):
        with pytest.raises(check.CheckFailed) as failed:
            rows(wrong, more=more)
        texts.append(str(failed.value))
    assert texts[0] == texts[1] and texts[3] == texts[4]
    assert "one maximum was taken away" in texts[0] and "more=True" in texts[0] and "keepdims" not in texts[0]
    assert "keepdims" in texts[2] and "smallest case" not in texts[2]
    assert "smallest case" in texts[3] and "more=True" not in texts[3]
    with pytest.raises(check.CheckFailed) as failed:
        rows(lambda Z: -shifted(Z))
    assert "more=True" in str(failed.value)


def test_a_page_of_feedback_gets_all_of_a_hint(means, monkeypatch):
    """In paragraphs, down to the smallest case with what came and what is right."""
    monkeypatch.setenv("COURSEKIT_UNFOLD", "1")
    with pytest.raises(check.CheckFailed) as failed:
        means(lambda x: -x.sum(axis=1) / x.shape[1])
    *hints, case = str(failed.value).split("\n\n")
    assert hints == ["row_means: Look at the sign.", "It is plus."]
    assert "row_means(np.array([[1.0, 2.0]]))\n    Its result is [-1.5] and should be [1.5]." in case


def test_an_exception_comes_with_its_line_and_a_call_to_paste(means):
    """The student's own line, shapes and types, a line to paste, and the cause where it is known."""

    def row_means(x):
        centre = x - x.max(axis=1)
        return centre.mean(axis=1)

    verdict = means.judge(row_means)
    text = verdict.hints[0]
    assert verdict.kind == "raised" and "raised ValueError: operands could not be broadcast" in text
    assert "in your line    centre = x - x.max(axis=1)" in text and "called with     x (2, 3) float64" in text
    assert "row_means(np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]))" in text and "Two shapes do not fit." in text


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (3, "form", "must be a function"),
        (lambda x: None, "form", "Is the `return` missing?"),
        (lambda x: x.mean(axis=1)[:, None], "form", "ravel()"),
        (lambda x: x.fill(0), "changed", "changes x in place"),
        (lambda x: x.mean(axis=1) + 1, "relation", "too large by 1"),
        (lambda x: x.mean(axis=1) / 2, "relation", "half"),
        (lambda x: x.max(axis=1) + 1.5, "property", "No mean is above"),
        (lambda x: x[:, 0], "numbers", "row_means(np.array([[1.0, 2.0]]))\n    Its result is [1] and should be [1.5]."),
        (lambda x: -x.sum(axis=1) / len(x), "named", "Two things."),
        (lambda x: exit(), "raised", "raised SystemExit"),
    ],
)
def test_the_first_thing_that_is_certain_is_said(means, answer, kind, said):
    """Form, changed input, property, relation, numbers: each has its own words."""
    verdict = means.judge(answer)
    assert verdict.kind == kind and said in "\n".join(verdict.hints)


def test_a_hint_accuses_only_of_what_reproduces_every_try(means):
    """One try on which the answer differs from the mistake, and the mistake is not named."""
    assert means.judge(lambda x: -x.mean(axis=1)).mistakes == (("sign", -1),)
    assert means.judge(lambda x: x.mean(axis=1) * (1 if len(x) == 4 else -1)).mistakes == ()


def test_demands_are_printed_and_refused(capsys):
    """A breach fails visibly with its hint, and changes what the hidden part prints."""
    short = Demand("short name", lambda answer: "" if len(answer.__name__) < 5 else "has a long name.")
    demanding = Exercise("90-row-means", _mean, tries=((np.ones((2, 3)),),), demands=(short,))
    assert demanding.judge(lambda x: x.mean(axis=1)).hints == ("has a long name.",)
    demanding.hidden(lambda x: x.mean(axis=1), seed=1)
    assert capsys.readouterr().out == "-> (2,): 1 1\n-> short name: no\n"
    demanding.hidden(functools.partial(lambda x: x.mean(axis=1)), seed=1)  # a partial has no __name__
    assert capsys.readouterr().out == "-> (2,): 1 1\n-> short name: no\n"


def _batches(m, size, rng, *, step="size", rest="kept"):
    """Return the batches of an epoch, and mistakes."""
    order, length = rng.permutation(m), size if step == "size" else -(-m // size)
    batches = [order[i : i + length] for i in range(0, m, length)]
    return batches if rest == "kept" else [batch for batch in batches if len(batch) == length]


def _thrice(answer, m, size, seed):
    """Call an answer with equal generators, and with another one."""
    return [answer(m, size, np.random.default_rng(s)) for s in (seed, seed, seed + 1)]


def _properties(runs):
    """Return what of three draws must be right: sizes, indices, and which orders are the same."""
    if not all(isinstance(run, list) for run in runs):
        raise check.CheckFailed("must return a list of arrays of indices.")
    first, again, other = (np.concatenate([np.ravel(batch) for batch in run]) for run in runs)
    return [len(b) for b in runs[0]], np.sort(first), [np.array_equal(first, again), np.array_equal(first, other)]


batches = Exercise(
    "90-batches",
    _batches,
    tries=((26, 6, 61), (20, 5, 4), (7, 7, 4)),
    call=_thrice,
    view=lambda runs: tuple(_properties(runs)),
    line=lambda m, size, seed: f"batches({m}, {size}, np.random.default_rng({seed}))",
    switches={"step": {"count": "It makes size batches."}, "rest": {"lost": "It loses the last batch."}},
    properties=(Property("Some are drawn twice.", lambda v, m, s, seed: len(set(v[1])) == len(v[1])),),
)


def cut(m, size, rng):
    """Yield the batches of an epoch."""
    order = rng.permutation(m)
    yield from (order[i : i + size] for i in range(0, m, size))


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (cut, "right", ""),
        (lambda m, size, rng: list(cut(m, size, rng))[: m // size], "named", "It loses the last batch."),
        (lambda m, size, rng: [rng.integers(0, m, size) for _ in range(-(-m // size))], "property", "drawn twice"),
        (
            lambda m, size, rng: cut(m, size, np.random.default_rng(3)),
            "numbers",
            "batches(7, 7, np.random.default_rng(4))",
        ),
        (lambda m, size, rng: rng.permutation(m), "form", "must return a list of arrays"),
        (lambda m, size, rng: [[]], "numbers", "Its part 0 is [0] and should be [7]"),
    ],
)
def test_an_answer_that_draws_is_judged_by_what_must_be_right(answer, kind, said):
    """Several calls make one try, generators are consumed, and a view brings all draws to one form."""
    verdict = batches.judge(answer)
    assert verdict.kind == kind and said in "\n".join(verdict.hints)


def _cubes(f, W, *, sign=1):
    """Return the values of a function at the entries of a matrix, one by one."""
    return sign * np.array([[f(w) for w in row] for row in np.asarray(W, float)])


def test_what_an_array_never_filled_holds_is_printed():
    """The smallest number that there is, too, without a warning."""
    assert _forms.printed(np.array([5e-324, 0.0])) == "(2,): 0 0"


@pytest.fixture
def folds():
    """Return an exercise whose input is a list of pairs of arrays."""
    pairs = [(np.array([0, 2]), np.array([1])), (np.array([1]), np.array([0, 2]))]
    return Exercise("90-held-sizes", lambda folds: [len(held) for _, held in folds], tries=((pairs,),))


def test_arrays_in_lists_can_be_pasted(folds):
    """The line to paste makes the same input again."""
    again = eval(folds.pasted(folds.tries[0]).removeprefix("held_sizes"), {"np": np})
    assert [[side.tolist() for side in pair] for pair in again] == [[[0, 2], [1]], [[1], [0, 2]]]
    assert folds.passes(lambda folds: [len(held) for train, held in folds])


def test_a_change_deep_in_a_list_is_seen(folds):
    """An array within a pair within a list counts as the caller's."""

    def sorting(folds):
        for _, held in folds:
            held[:] = held[::-1]
        return [len(held) for _, held in folds]

    with pytest.raises(check.CheckFailed, match="changes folds in place"):
        folds(sorting)


def test_a_function_among_the_inputs_can_be_pasted():
    """A formula shows its text; numbers of other types, and columns in memory, show theirs."""
    inputs = Formula("lambda w: w**3"), np.asfortranarray(np.array([[1, 2], [3, 4]], np.uint8))
    cubes = Exercise("90-cubes", _cubes, tries=(inputs,))
    hint = cubes.judge(lambda f, W: np.zeros(W.shape)).hints[-1]
    assert "cubes(lambda w: w**3, np.asfortranarray(np.array([[1, 2], [3, 4]], dtype=np.uint8)))" in hint


def test_a_named_mistake_says_more_than_a_changed_input(means):
    """What is wrong with the values comes first; with right values the change is told."""

    def wrong_and_in_place(x):
        x -= 1
        return -(x + 1).sum(axis=1) / x.shape[1]

    assert means.judge(wrong_and_in_place).mistakes == (("sign", -1),)
    assert means.judge(lambda x: x.sort() or x.mean(axis=1)).kind == "right"  # these rows are sorted already
    assert means.judge(lambda x: x.__isub__(1).mean(axis=1) + 1).kind == "changed"


def test_a_harmless_habit_is_no_mistake(means):
    """A value with an empty hint is searched with each mistake, and not told."""

    def root(x, *, way="plain", sign=1):
        return sign * (np.sqrt(x) if way == "plain" else np.exp(np.log(x) / 2))

    roots = Exercise(
        "90-root", root, tries=((np.array([4.0, 9.0]),), (np.array([0.0, 1.0]),)),
        switches={"way": {"logarithms": ""}, "sign": {-1: "Look at the sign."}},
    )  # fmt: skip
    assert roots.slips[0] == [(("way", "logarithms"),)] and (("way", "logarithms"), ("sign", -1)) in roots.slips[1]
    assert roots.judge(lambda x: -np.exp(np.log(x) / 2)).mistakes == (("sign", -1),)


def swallowing(Z):
    """Return the library's softmax, and hide the refusal if there is one."""
    try:
        return softmax.softmax(Z)
    except Exception:
        return shifted(Z)


class Hidden:
    """What may not be called, under other names."""

    alias = staticmethod(softmax.softmax)
    held = {"s": (softmax.softmax,)}  # noqa: RUF012


def lazily(Z):
    """Return rows from the library by a generator that runs after the call."""
    return (row for row in softmax.softmax(Z))


def by_default(Z, s=softmax.softmax):
    """Return what a default argument gives."""
    return s(Z)


@pytest.mark.parametrize(
    "answer",
    [
        softmax.softmax,
        lambda Z: softmax.softmax(Z),
        lambda Z: Hidden.alias(Z),
        lambda Z: Hidden.held["s"][0](Z),
        lambda Z: getattr(softmax, "soft" + "max")(Z),
        lambda Z: functools.partial(softmax.softmax)(Z),
        lambda Z: check.softmax_rows.reference(Z),
        lambda Z: check.softmax_rows.or_ours(print)(Z),
        lambda Z: special.softmax(Z, axis=1),
        swallowing,
        lazily,
        by_default,
    ],
)
def test_what_may_not_be_called_is_refused_under_any_name(answer, capsys):
    """Visible and hidden alike, also where the answer catches the error."""
    with pytest.raises(check.CheckFailed, match=r"softmax_rows may not call .*: that is what you are asked to write"):
        rows(answer)
    rows.hidden(answer, seed=1)
    assert "-> called " in capsys.readouterr().out
    assert np.allclose(softmax.softmax(np.zeros((1, 2))), 0.5)


def test_what_is_written_in_c_is_refused_too():
    """Also where the answer's own module has a name for it."""
    with Refusal("f", ["scipy.special.rel_entr"], spaces=[globals()]) as refusal:
        with pytest.raises(MayNotCall):
            special.rel_entr(1.0, 1.0)
        with pytest.raises(MayNotCall):
            entr(1.0, 1.0)
    assert refusal.called == ["scipy.special.rel_entr"] * 2
    assert special.rel_entr(1.0, 1.0) == 0 == entr(1.0, 1.0)


entr = special.rel_entr


def test_a_package_that_is_not_loaded_stays_so_and_is_refused_when_it_is(tmp_path, monkeypatch):
    """Refusing loads nothing; an answer that loads the package itself runs again, and is refused then."""
    (tmp_path / "late_helper.py").write_text("def softmax(Z):\n    return 'from the library'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    late = Exercise("90-late", lambda Z: Z, tries=((np.eye(2),),), may_not_call=("late_helper.softmax",))

    def answer(Z):
        import late_helper

        late_helper.softmax(Z)
        return Z

    assert late.judge(lambda Z: Z + 0).kind == "right" and "late_helper" not in sys.modules
    assert late.judge(answer).kind == "refused"
    del sys.modules["late_helper"]


def test_nothing_stays_refused():
    """Errors, recursion, a check within an answer, an interrupt: afterwards everything is as it was."""

    def recursive(Z):
        return recursive(Z)

    def interrupted(Z):
        raise KeyboardInterrupt

    def nested(Z):
        check.kl_divergence.judge(lambda p, q: 0.0)
        return softmax.softmax(Z)

    assert rows.judge(recursive).kind == "raised"
    with pytest.raises(KeyboardInterrupt):
        rows.judge(interrupted)
    assert "a check cannot run inside an answer" in rows.judge(nested).hints[0]
    assert np.allclose(softmax.softmax(np.zeros((1, 2))), 0.5)


def test_checks_in_two_threads_wait_for_each_other():
    """What one refuses, the other does not lose."""
    kinds = []
    threads = [threading.Thread(target=lambda: kinds.append(rows.judge(shifted).kind)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds == ["right"] * 3 and np.allclose(softmax.softmax(np.zeros((1, 2))), 0.5)


def test_our_answer_is_shown_after_a_pass_only(capsys, monkeypatch):
    """Before, one sentence; after, the solution cell of the lesson."""
    monkeypatch.setattr(worked, "PASSED", set())
    check.show("01-softmax-rows")
    assert "First let check.softmax_rows(softmax_rows) say" in capsys.readouterr().out
    rows(shifted)
    check.show("01-softmax-rows")
    assert "def softmax_rows(Z):\n    E = np.exp" in capsys.readouterr().out


def test_an_answer_that_no_lesson_has_is_missed_in_words():
    """The error says where it looked, and what a name looks like."""
    with pytest.raises(FileNotFoundError, match="has an exercise 01-softmax; a name looks like 01-softmax-rows"):
        worked.solution("01-softmax")


def test_the_seed_changes_the_random_tries_only(capsys):
    """Another seed, other lines at the end; the edge cases stay."""
    rows.hidden(shifted, seed=1)
    first = capsys.readouterr().out.splitlines()
    rows.hidden(shifted, seed=2)
    second = capsys.readouterr().out.splitlines()
    edges = len(rows.tries)
    assert first[:edges] == second[:edges] and all(a != b for a, b in zip(first[edges:], second[edges:], strict=True))


def test_every_exercise_is_declared_soundly():
    """Each reference is right by its own tries, has a hint for every switch, and every property holds of it."""
    for declared in vars(check).values():
        if isinstance(declared, Exercise):
            assert {len(hints) for hints in declared.switches.values()} != {0}
            for case in declared.visible:
                assert case.right.error is None and not case.right.changed
                for trait in declared.properties:
                    assert trait.holds(case.right.value, *case.inputs), (declared.name, trait.hint)
    assert _judge.REFERENCES


def test_what_is_refused_exists():
    """A name that was moved or misspelt would be refused in silence, and never; frameworks need not be installed."""
    for declared in vars(check).values():
        for name in declared.may_not_call if isinstance(declared, Exercise) else ():
            if not name.startswith("torch."):
                assert pkgutil.resolve_name(name) is not None


def _last_of_each(X, *, end="last"):
    """Return the last number of each row."""
    return X[:, {"last": -1, "beyond": X.shape[1]}[end]]


def test_errors_of_other_causes_are_no_mistake_of_the_model():
    """Two IndexErrors are one mistake only if NumPy gives the same reason for both."""
    tries = ((np.eye(2),), (np.arange(6.0).reshape(2, 3),))
    last = Exercise("90-last-of-each", _last_of_each, tries=tries, switches={"end": {"beyond": "The last is -1."}})
    assert last.judge(lambda X: X[:, len(X[0])]).mistakes == (("end", "beyond"),)
    assert last.judge(lambda X: X[0].shape[1]).mistakes == ()


def test_values_are_near_each_other_as_numpy_says():
    """Near, far, nan and infinite: the quick comparison is np.allclose with the same tolerances."""
    values = np.array([0.0, 1e-7, 1e-6, 1.0, 1.00004, 1.0001, -1.0, np.nan, np.inf, -np.inf, 1e300])
    with np.errstate(all="ignore"):
        pairs = [(a, b) for a in values for b in values]
        slow = [np.allclose(a, b, rtol=5e-5, atol=5e-7, equal_nan=True) for a, b in pairs]
    assert [_forms.close(np.array(a), np.array(b)) for a, b in pairs] == slow


def test_two_mistakes_in_two_parts_are_found_without_trying_all_pairs(monkeypatch):
    """Of a pair that each must explain a part, only the two that do are run together."""

    def both(x, *, total="sum", spread="std"):
        """Return the sum and the spread of numbers."""
        sums = {"sum": x.sum(), "mean": x.mean(), "max": x.max(), "min": x.min()}
        return sums[total], {"std": x.std(), "var": x.var(), "range": np.ptp(x)}[spread]

    exercise = Exercise(
        "90-both",
        both,
        tries=((np.array([1.0, 2.0, 6.0]),), (np.array([-3.0, 5.0]),)),
        switches={
            "total": {"mean": "Mean.", "max": "Max.", "min": "Min."},
            "spread": {"var": "Variance.", "range": "Range."},
        },
        parts=("total", "spread"),
    )
    tried = []
    slip = Exercise.slip
    monkeypatch.setattr(Exercise, "slip", lambda self, switches, i: tried.append(switches) or slip(self, switches, i))
    verdict = exercise.judge(lambda x: (x.min(), np.ptp(x)))
    assert verdict.mistakes == (("total", "min"), ("spread", "range"))
    assert {switches for switches in tried if len(switches) == 2} == {verdict.mistakes}


def test_a_relation_names_the_parts_that_are_wrong():
    """Of several results, the ones that a relation explains are named; if all are, none is."""

    def both(X):
        """Return the means and the sums of columns."""
        return X.mean(axis=0), X.sum(axis=0)

    tries = ((np.arange(6.0).reshape(3, 2),), (np.eye(4)[:2],), (np.full((5, 3), 7.0),))
    exercise = Exercise(
        "90-both", both, tries=tries, sizes=lambda X: {"m": len(X)}, switches={}, parts=("mean", "total")
    )
    assert exercise.judge(lambda X: (X.sum(axis=0), X.sum(axis=0))).hints[0].startswith("Its mean is m times too large")
    negated = exercise.judge(lambda X: (-X.mean(axis=0), -X.sum(axis=0)))
    assert negated.hints[0].startswith("Its result has the right size and the wrong sign")
