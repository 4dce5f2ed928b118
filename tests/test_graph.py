"""The graph of numbers: rules by hand, oracles (PyTorch if it is there, and differences), forks, sweeps, refusals."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import graph
from coursekit.gradcheck import numeric_gradient
from coursekit.graph import Node

FORMULAS = {  # of x, y, z; each is smooth at (0.7, -1.3, 2.1)
    "add and multiply": lambda x, y, z: (x + y) * z,
    "fork": lambda x, y, z: x * y + x * z + x,
    "the same twice": lambda x, y, z: x * x * y + z + z,
    "both sides": lambda x, y, z: 2 - x + (1 - y) * 3 / z - y / 4 - -z,
    "powers": lambda x, y, z: x**0.5 + y**2 + y**3 + z**-1.5 + z**0 + x**1,
    "exp and log": lambda x, y, z: (x * y).exp() + (x + z).log(),
    "squashing": lambda x, y, z: (x * y).sigmoid() * (y - z).tanh(),
    "routes": lambda x, y, z: (x - y).relu() + (x + y).relu() + x.maximum(z) * y.maximum(-2.0),
}
POINT = (0.7, -1.3, 2.1)


class Plain(float):
    """A number with the methods of a node, computed by the library of mathematics, for differences."""

    def exp(self):
        """Return the exponential."""
        return Plain(math.exp(self))

    def log(self):
        """Return the logarithm."""
        return Plain(math.log(self))

    def tanh(self):
        """Return the hyperbolic tangent."""
        return Plain(math.tanh(self))

    def sigmoid(self):
        """Return it as the formula has it."""
        return Plain(1 / (1 + math.exp(-self)))

    def relu(self):
        """Return what is above 0."""
        return Plain(max(self, 0))

    def maximum(self, other):
        """Return the larger number."""
        return Plain(max(self, other))

    def __add__(self, other):
        return Plain(float(self) + float(other))

    def __mul__(self, other):
        return Plain(float(self) * float(other))

    def __sub__(self, other):
        return Plain(float(self) - float(other))


def swept(formula, point):
    """Return the value of a formula and its gradient by one sweep."""
    leaves = [Node(value) for value in point]
    f = formula(*leaves)
    f.backward()
    return f.value, [leaf.grad for leaf in leaves]


@pytest.mark.parametrize("name", FORMULAS)
def test_the_gradient_is_that_of_differences(name):
    """Values too: the same formula on plain numbers."""
    plain = lambda w: float(FORMULAS[name](*map(Plain, w)))  # noqa: E731
    value, gradient = swept(FORMULAS[name], POINT)
    assert value == pytest.approx(plain(POINT), rel=1e-14)
    np.testing.assert_allclose(gradient, numeric_gradient(plain, POINT), atol=1e-8)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("point", [POINT, (1.5, -1.5, 1.5)])
def test_the_gradient_is_that_of_pytorch(name, point):
    """At equal numbers and at a relu of 0 too."""
    torch = pytest.importorskip("torch")

    class Tensor(torch.Tensor):
        """A tensor whose maximum takes a plain number."""

        def maximum(self, other):
            return torch.maximum(self, torch.as_tensor(other, dtype=self.dtype))

    leaves = [torch.tensor(v, dtype=torch.float64).as_subclass(Tensor).requires_grad_() for v in point]
    f = FORMULAS[name](*leaves)
    f.backward()
    value, gradient = swept(FORMULAS[name], point)
    assert value == pytest.approx(f.item(), rel=1e-12)
    assert gradient == pytest.approx([leaf.grad.item() if leaf.grad is not None else 0 for leaf in leaves], rel=1e-12)


def test_add_distributes_multiply_swaps_max_routes():
    """The three patterns, with 4 coming in from above."""
    for f, expected in (
        (lambda x, y: x + y, (4, 4)),
        (lambda x, y: x * y, (4 * -2, 4 * 3)),
        (lambda x, y: x.maximum(y), (4, 0)),
        (lambda x, y: y.maximum(x), (4, 0)),
    ):
        x, y = Node(3.0), Node(-2.0)
        (4 * f(x, y)).backward()
        assert (x.grad, y.grad) == expected


def test_sigmoid_is_one_gate_and_many():
    """Value and gradient agree, and the one gate does not overflow where the many would."""
    for value in (-3.0, 0.0, 0.4):
        x, w = Node(value), Node(value)
        one, many = x.sigmoid(), 1 / (1 + (-w).exp())
        one.backward(), many.backward()
        assert (one.value, x.grad) == pytest.approx((many.value, w.grad), rel=1e-14)
    assert len(one.graph()) < len(many.graph())
    x = Node(-1e4)
    x.sigmoid().backward()
    assert (x.sigmoid().value, x.grad) == (0, 0)


def test_leaves_add_up_over_sweeps_until_reset():
    """Two sweeps give twice the gradient, not more: what lies between starts from 0 each time."""
    x = Node(2.0)
    f = (x * x + 1) ** 2
    f.backward(), f.backward()
    assert x.grad == 2 * 40
    f.reset()
    assert {node.grad for node in f.graph()} == {0}
    f.backward()
    assert x.grad == 40


def test_two_outputs_share_a_graph():
    """The gradient of a sum is the sum of what two sweeps leave behind."""
    x = Node(2.0)
    shared = x * x
    (3 * shared).backward(), (shared + x).backward()
    assert x.grad == 12 + 5


def test_a_leaf_alone():
    """Its gradient in itself is 1."""
    x = Node(5.0)
    x.backward()
    assert x.grad == 1 and x.graph() == [x]


def test_one_sweep_does_many_paths():
    """Twenty thousand forks, one after the other: no path is followed twice, and no recursion runs out."""
    x = Node(1.0)
    f = x
    for _ in range(20_000):
        f = f * 0.5 + f * 0.5
    f.backward()
    assert x.grad == 1


def test_the_graph_is_in_order():
    """Each node stands after its inputs, once."""
    x, y = Node(0.5), Node(2.0)
    f = (x * y + x).tanh() * x
    nodes = f.graph()
    assert len(nodes) == len(set(nodes)) == 6 and nodes[-1] is f
    for place, node in enumerate(nodes):
        assert all(nodes.index(parent) < place for parent, _ in node.inputs)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("+*-mt"), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=12))
def test_any_graph_agrees_with_the_sum_over_paths(steps):
    """Backward is the sum over all paths of the product of the slopes along each."""
    nodes = [Node(0.9, "x"), Node(-0.4, "y")]
    for op, i, j in steps:
        a, b = nodes[i % len(nodes)], nodes[j % len(nodes)]
        nodes.append({"+": a + b, "*": a * b, "-": a - b, "m": a.maximum(b), "t": a.tanh()}[op])

    def over_paths(node, leaf):
        return 1.0 if node is leaf else sum(slope * over_paths(parent, leaf) for parent, slope in node.inputs)

    nodes[-1].backward()
    for leaf in nodes[:2]:
        assert leaf.grad == pytest.approx(over_paths(nodes[-1], leaf), rel=1e-9, abs=1e-12)


def test_numbers_of_numpy_mix_in():
    """On either side; the result is a node and not an array."""
    x = Node(np.float32(3))
    f = np.float64(2) * x + np.int64(1) - np.float64(1) / x
    f.backward()
    assert isinstance(f, Node) and f.value == pytest.approx(20 / 3) and x.grad == pytest.approx(2 + 1 / 9)


def test_a_node_shows_its_value_and_name():
    """A constant is named by its value, a result by its operation."""
    f = Node(2.0, "w") + 3
    assert [repr(node) for node in f.graph()] == ["Node(2, 'w')", "Node(3, '3')", "Node(5, '+')"]


@pytest.mark.parametrize(
    ("compute", "error", "text"),
    [
        (lambda x: x + np.ones(3), TypeError, "a node holds one number; got ndarray. Make one node for each entry"),
        (lambda x: np.ones(3) * x, TypeError, "a node holds one number; got ndarray. Make one node for each entry"),
        (lambda x: x * "3", TypeError, "a node holds one number; got str"),
        (lambda x: Node(x), TypeError, "a node holds one number; got Node"),
        (lambda x: 1 / (x - x), ZeroDivisionError, r"0\*\*-1 has no finite slope. Did you divide"),
        (lambda x: (x - x) ** 0.5, ZeroDivisionError, r"0\*\*0.5 has no finite slope"),
        (lambda x: (-x) ** 0.5, ValueError, r"-2\*\*0.5 is not a real number"),
        (lambda x: x**x, TypeError, r"must be a number; got Node. Write \(p \* x.log\(\)\).exp\(\)"),
        (lambda x: (x - 2).log(), ValueError, "needs a number above 0; got 0. Did a probability become 0"),
    ],
)
def test_refusals(compute, error, text):
    """Each names what was given, and what to do."""
    with pytest.raises(error, match=text):
        compute(Node(2.0))


def test_it_can_be_read_in_one_sitting():
    """Fewer than 120 lines, docstrings and blank lines included."""
    assert len(Path(graph.__file__).read_text().splitlines()) < 120
