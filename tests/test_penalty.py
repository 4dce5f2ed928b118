"""The L2 penalty: by hand, its gradient against differences, and the bias that is free of it."""

import numpy as np
import pytest

from coursekit import check, gradcheck
from coursekit.penalty import l2_penalty

W = np.array([[3.0, -1.0], [0.5, 2.0], [7.0, -4.0]])


@pytest.mark.parametrize(("bias", "squares"), [(False, 79.25), (True, 14.25)])
def test_it_is_half_of_the_squares(bias, squares):
    """By hand: 9 + 1 + 0.25 + 4, and 49 + 16 of the last row."""
    assert l2_penalty(W, 0.4, bias=bias)[0] == pytest.approx(0.2 * squares)


@pytest.mark.parametrize("bias", [False, True])
def test_its_gradient_equals_central_differences(bias):
    """A bias has none."""
    gradcheck.check_gradient(lambda V: l2_penalty(V, 0.4, bias=bias), W)
    assert (l2_penalty(W, 0.4, bias=bias)[1][-1] == 0).all() == bias


@pytest.mark.parametrize("bias", [False, True])
def test_each_model_of_a_stack_has_its_own(bias):
    """One strength for each, or one for all."""
    stack, strengths = np.stack([W, -2 * W]), np.array([0.4, 3.0])
    for given in (strengths, 0.4):
        penalties, slopes = l2_penalty(stack, given, bias=bias)
        for i, l2 in enumerate(np.broadcast_to(given, 2)):
            alone, slope = l2_penalty(stack[i], l2, bias=bias)
            assert penalties[i] == alone and np.array_equal(slopes[i], slope)


@pytest.mark.parametrize("kind", [np.float32, np.float64, int])
def test_the_weights_keep_type_and_value(kind):
    """Whole numbers become floats; nothing is written into what was given."""
    given = W.astype(kind)
    _, slope = l2_penalty(given, 0.5, bias=True)
    assert slope.dtype == (float if kind is int else kind) and slope[1, 1] == 1.0
    assert np.array_equal(given, W.astype(kind))


def test_the_exercise_has_the_same_penalty():
    """What lesson 07 asks for is this penalty with a bias, on every try of its check."""
    for case in check.add_l2.visible:
        loss, dW, W, l2 = case.inputs
        penalty, decay = l2_penalty(W, l2, bias=True)
        assert np.allclose(case.right.value[0], loss + penalty)
        assert np.allclose(case.right.value[1], dW + decay)
