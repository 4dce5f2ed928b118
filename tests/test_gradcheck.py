"""Gradients by differences, and the check: right gradients pass, planted wrong ones are caught and named."""

import numpy as np
import pytest

from coursekit import gradcheck, softmax

M, N, K = 7, 4, 5


@pytest.fixture
def problem():
    """Return (W, X, y) of sizes that all differ."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(N, K)), rng.normal(size=(M, N)), rng.integers(0, K, M)


def planted(problem, fault):
    """Return softmax_loss with a fault in its gradient."""
    _, X, y = problem

    def loss(V):
        """Return the right loss and a wrong gradient."""
        value, dW = softmax.softmax_loss(V, X, y)
        return value, fault(dW)

    return loss


def refusal(loss, W, **options):
    """Return the text with which a gradient is refused."""
    with pytest.raises(gradcheck.GradientError) as refused:
        gradcheck.check_gradient(loss, W, **options)
    return str(refused.value)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 4)])
def test_numeric_gradient_of_a_quadratic_is_exact(shape):
    """Central differences of a quadratic have no error but rounding, in any shape and for any h."""
    W = np.random.default_rng(1).normal(size=shape)
    G = gradcheck.numeric_gradient(lambda V: float((V**2).sum() + V.sum()), W, h=0.1)
    np.testing.assert_allclose(G, 2 * W + 1, atol=1e-12)
    assert G.shape == shape


def test_each_entry_is_put_back_before_the_next():
    """With every entry coupled to every other, a step left behind would show; the caller's W is not touched either."""
    W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    before = W.copy()
    for method, own in (("central", 0.0), ("forward", 0.5)):
        G = gradcheck.numeric_gradient(lambda V: float(V.sum() ** 2), W, h=0.5, method=method)
        np.testing.assert_allclose(G, 2 * W.sum() + own, rtol=1e-12)
    np.testing.assert_array_equal(W, before)


def test_function_cannot_spoil_the_walk_by_changing_its_argument():
    """Each call gets a copy of its own."""

    def greedy(V):
        """Return the sum of squares and wipe the argument."""
        value = float((V**2).sum())
        V[:] = 0
        return value

    W = np.array([1.0, -2.0, 0.5])
    np.testing.assert_allclose(gradcheck.numeric_gradient(greedy, W), 2 * W, atol=1e-9)


@pytest.mark.parametrize(("method", "order"), [("forward", 1), ("central", 2)])
def test_error_shrinks_with_the_order_of_the_method(problem, method, order):
    """Ten times smaller h, ten or a hundred times smaller error, as long as rounding is far."""
    W, X, y = problem
    _, dW = softmax.softmax_loss(W, X, y)
    numeric = [
        gradcheck.numeric_gradient(lambda V: softmax.softmax_loss(V, X, y)[0], W, h=h, method=method)
        for h in (1e-2, 1e-3)
    ]
    large, small = (gradcheck.relative_error(G, dW) for G in numeric)
    assert np.log10(large / small) == pytest.approx(order, abs=0.05)


def test_whole_numbers_are_differentiated_as_floats():
    """An integer W is copied to float64, so a small step is not cut off."""
    G = gradcheck.numeric_gradient(lambda V: float((V**2).sum()), [[1, 2], [3, 4]])
    np.testing.assert_allclose(G, [[2, 4], [6, 8]], atol=1e-9)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"method": "backward"}, "method must be 'central' or 'forward'; got 'backward'"),
        ({"h": 0}, "h must be positive; got 0. 1e-5 suits float64."),
        ({"h": -1e-5}, "h must be positive; got -1e-05"),
        ({"h": float("nan")}, "h must be positive; got nan"),
    ],
)
def test_numeric_gradient_refuses(options, text):
    """An unknown method and a step that is not positive are named."""
    with pytest.raises(ValueError, match=r"^numeric_gradient: ") as refused:
        gradcheck.numeric_gradient(lambda V: float(V.sum()), np.ones(3), **options)
    assert text in str(refused.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1.0, np.ones(3)), "got tuple. Pass lambda W: loss(W)[0] if it returns (loss, dW)."),
        (np.ones(3), "got ndarray."),
    ],
)
def test_numeric_gradient_needs_one_number(value, text):
    """A function that returns (loss, dW) or an array is refused, with the edit."""
    with pytest.raises(TypeError) as refused:
        gradcheck.numeric_gradient(lambda V: value, np.ones(3))
    assert str(refused.value) == f"numeric_gradient: f must return one number; {text}"


def test_relative_error_is_symmetric_and_has_no_scale():
    """Swapping the two or measuring in other units changes nothing."""
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=(N, K)), rng.normal(size=(N, K))
    error = gradcheck.relative_error(a, b)
    assert gradcheck.relative_error(b, a) == error
    assert gradcheck.relative_error(1e-9 * a, 1e-9 * b) == pytest.approx(error)
    assert gradcheck.relative_error(a, a) == gradcheck.relative_error(np.zeros(3), np.zeros(3)) == 0
    assert gradcheck.relative_error([0.0, 2.0], [0.5, 2.0]) == 0.25


@pytest.mark.parametrize("spoiled", [np.nan, np.inf])
def test_relative_error_of_values_that_are_not_finite_is_nan(spoiled):
    """Also beside zeros, where nothing else would tell."""
    assert np.isnan(gradcheck.relative_error([0.0, 0.0], [0.0, spoiled]))
    assert np.isnan(gradcheck.relative_error([spoiled, 1.0], [spoiled, 1.0]))


def test_relative_error_refuses_two_shapes():
    """Broadcasting would compare every pair."""
    with pytest.raises(ValueError, match=r"relative_error: shapes differ, \(3,\) and \(3, 1\)\."):
        gradcheck.relative_error(np.ones(3), np.ones((3, 1)))


def test_right_gradient_passes_and_its_error_is_returned(problem):
    """The course's own loss, with and without a penalty."""
    W, X, y = problem
    for l2 in (0.0, 0.3):
        assert gradcheck.check_gradient(lambda V, l2=l2: softmax.softmax_loss(V, X, y, l2=l2), W) < 1e-8


@pytest.mark.parametrize(
    ("factor", "cause"),
    [
        (M, "is a division missing, such as 1/m?"),
        (-1, "is the sign turned?"),
        (0.5, "is a factor missing, or a division there twice?"),
        (-M, "is the sign turned, and is a division missing, such as 1/m?"),
    ],
)
def test_wrong_factor_is_named(problem, factor, cause):
    """A forgotten 1/m, a turned sign and a lost 2 are one factor everywhere, and the check tells them apart."""
    text = refusal(planted(problem, lambda dW: factor * dW), problem[0])
    assert f"The formula is {factor} times the differences everywhere: {cause}" in text


def test_one_wrong_entry_is_found_with_both_values(problem):
    """One entry of twenty, wrong by one per cent of the largest, is named by its place."""
    W, X, y = problem
    right = softmax.softmax_loss(W, X, y)[1]
    bump = np.zeros((N, K))
    bump[2, 3] = 0.01 * np.abs(right).max()
    text = refusal(planted(problem, lambda dW: dW + bump), W)
    assert f"Worst at [2, 3]: the formula gives {(right + bump)[2, 3]:.6g}, differences give" in text
    assert "everywhere" not in text and "transpose" not in text


def test_transposed_gradient_is_refused_by_its_shape(problem):
    """Where n and k differ the shape tells."""
    text = refusal(planted(problem, lambda dW: dW.T), problem[0])
    assert (
        text == "check_gradient: the gradient must have W's shape (4, 5); got (5, 4). It looks transposed: return dW.T."
    )


def test_transposed_square_gradient_is_named():
    """Where n and k are equal the values tell."""
    A = np.random.default_rng(3).normal(size=(3, 3))
    text = refusal(lambda V: (float((A * V).sum()), A.T), np.ones((3, 3)))
    assert text.endswith("The formula is the transpose of the differences.")


def test_forgotten_penalty_shows_at_random_weights_only(problem):
    """At W = 0 the forgotten term is zero, so a wrong gradient passes: where one checks matters."""
    W, X, y = problem

    def forgetful(V):
        """Return a penalised loss with the gradient of the loss alone."""
        return softmax.softmax_loss(V, X, y, l2=0.1)[0], softmax.softmax_loss(V, X, y)[1]

    assert "relative error" in refusal(forgetful, W)
    assert gradcheck.check_gradient(forgetful, np.zeros_like(W)) < 1e-6


def test_loss_that_is_not_finite_is_refused():
    """A nan in the differences is an error even where the formula says zero."""
    text = refusal(lambda V: (float("nan"), np.zeros(3)), np.ones(3))
    assert "relative error nan" in text and "not finite" in text


def test_infinite_gradient_is_refused_at_its_place():
    """The entry that is not finite is the one named."""
    text = refusal(lambda V: (float(V.sum()), np.array([1.0, np.inf, 1.0])), np.ones(3))
    assert "Worst at [1]: the formula gives inf, differences give 1." in text


def test_tolerance_decides():
    """An error of one in a thousand passes if it is allowed to."""

    def sloppy(V):
        """Return a gradient that is a thousandth too long."""
        return float(V.sum()), 1.001 * np.ones(3)

    assert gradcheck.check_gradient(sloppy, np.ones(3), tolerance=1e-2) == pytest.approx(0.001 / 1.001, rel=1e-3)
    assert "relative error 0.001, allowed 1e-06" in refusal(sloppy, np.ones(3))


def test_loss_in_float32_cannot_be_checked(problem):
    """A right gradient fails when the loss is rounded to seven digits."""
    W, X, y = problem

    def rounded(V):
        """Return the loss as float32 arithmetic would leave it, with the right gradient."""
        value, dW = softmax.softmax_loss(V, X, y)
        return np.float32(value), dW

    assert "relative error" in refusal(rounded, W)


@pytest.mark.parametrize("result", [1.0, (1.0,), np.ones(2)])
def test_loss_must_return_a_pair(result):
    """A function that returns only the loss is refused by name."""
    with pytest.raises(TypeError, match=r"check_gradient: loss must return \(loss, dW\); got "):
        gradcheck.check_gradient(lambda V: result, np.ones(2))
