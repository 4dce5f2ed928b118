"""The machinery of the checks: calls, comparisons, hints, notes, and what ``probe`` prints."""

import numpy as np
import pytest

from coursekit import check
from coursekit.check.core import CheckFailed, Trial, describe


def trial(answer):
    """Return a trial of a function under the name ``f``."""
    return Trial(answer, "f")


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (3, "f must be a function; got int"),
        (lambda x: None, "Is the `return` missing?"),
        (lambda x: x[5], "raised IndexError"),
        (lambda x: x.fill(0), "changes its argument number 1 in place"),
    ],
    ids=["not callable", "returns nothing", "raises", "changes its input"],
)
def test_a_call_that_goes_wrong_is_explained(answer, hint):
    """Each way in which a call can fail gives one hint."""
    with pytest.raises(CheckFailed, match="(?s)" + hint.replace("(", r"\(").replace("`", ".")):
        trial(answer)(np.array([1.0, 2.0]))


def test_unwritten_answer_is_told_apart():
    """A stub is no error of the student's."""

    def stub(x):
        raise NotImplementedError()

    with pytest.raises(CheckFailed, match="not written yet"):
        trial(stub)(1)


def test_prints_of_the_answer_go_to_stderr(capsys):
    """Debugging prints cost no mark: stdout, which is compared, stays clean."""
    trial(lambda x: print("here") or x)(1)
    check.probe(lambda x: print("there") or x, 1)
    out, err = capsys.readouterr()
    assert out == "-> 1\n" and "here" in err and "there" in err


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (np.zeros((3, 2)), "looks transposed"),
        (np.zeros((2, 3, 1)), r"must be of shape \(2, 3\); got of shape \(2, 3, 1\)"),
        ("text", "must return numbers"),
        ([[1, 2], [3]], "must return numbers"),
        (1j, "must return numbers"),
    ],
)
def test_wrong_kinds_and_shapes_are_named(value, hint):
    """What came and what was needed stand in the hint."""
    with pytest.raises(CheckFailed, match=hint):
        trial(print).array(value, (2, 3))


def test_column_against_vector_is_explained():
    """(m, 1) where (m,) was needed names the cure."""
    with pytest.raises(CheckFailed, match=r"ravel"):
        trial(print).array(np.zeros((4, 1)), (4,))


@pytest.mark.parametrize(
    "value", [[[1, 2]], np.array([[1.0, 2.0]]).view(np.matrix), np.array([[1, 2]], np.float32, order="F")]
)
def test_other_containers_are_taken_for_what_they_mean(value, capsys):
    """Lists, matrices and other dtypes are right answers; at most a note says what to change."""
    assert trial(print).array(value, (1, 2)).tolist() == [[1, 2]]
    assert capsys.readouterr().out == ""


def test_the_first_matching_mistake_gives_the_hint():
    """A value that a known mistake gives is named by that mistake."""
    t = trial(print)
    with pytest.raises(CheckFailed, match="forgot to halve"):
        t.equal(2.0, 1.0, mistakes=[(3.0, "other"), (2.0, "forgot to halve")])
    with pytest.raises(CheckFailed, match=r"result\[1\] is 5, should be 2"):
        t.equal([1.0, 5.0], [1.0, 2.0])
    with pytest.raises(CheckFailed, match="nan"):
        t.equal(np.nan, 1.0, mistakes=[(2.0, "no")])
    t.equal(np.float32(1.00001), 1.0)


@pytest.mark.parametrize(
    "value",
    [
        np.array([[0.5, 1], [2, 3]]),
        [[0.5, 1], [2, 3]],
        np.array([[0.5, 1], [2, 3]]).view(np.matrix),
        np.asfortranarray([[0.5, 1], [2, 3]], dtype=np.float32),
        np.array([[0.5, 1], [2, 3]]) + 1e-13,
    ],
)
def test_probe_prints_the_same_text_for_the_same_numbers(value):
    """Container, dtype, memory order and rounding noise leave no trace."""
    assert describe(value) == "(2, 2): 0.5 1 2 3"


def test_probe_tells_different_values_apart():
    """Shape, value, kind and side effects all show in the text."""
    texts = [describe(v) for v in (np.zeros(2), np.zeros((1, 2)), np.array([0, 1e-3]), "0", None, (0.0, 0.0), np.nan)]
    assert len(set(texts)) == len(texts)


def test_probe_reports_exceptions_and_changed_inputs(capsys):
    """A failing answer prints its exception; one that changes its input says so."""
    check.probe(lambda x: 1 / 0, 1)
    check.probe(lambda x: x.sort() or 1, np.array([2, 1]))
    assert capsys.readouterr().out == "-> raised ZeroDivisionError\n-> 1 and changed its argument number 1\n"


def test_a_lying_array_is_seen_through():
    """What is printed are the numbers in the array, not what its class says they are."""

    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

        def __format__(self, spec):
            return "42"

    wrong = np.array([1.0, 2.0]).view(Liar)
    assert describe(wrong) == "(2,): 1 2"
    with pytest.raises(CheckFailed):
        trial(print).equal(wrong, [3.0, 4.0])


def test_a_notebook_shows_the_hint_alone():
    """IPython prints what ``_render_traceback_`` returns, in place of a traceback."""
    assert CheckFailed("divide by m")._render_traceback_() == ["✗ divide by m"]
