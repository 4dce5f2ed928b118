"""Numbers that know how they were computed: one sweep backward (the *reverse mode*) gives all gradients."""

import math
from itertools import count

from coursekit import _validate


class Node:
    """A number that knows what it was computed from; ``grad`` is the slope, in it, of the node that went backward.

    Parameters
    ----------
    value : float
        The number.
    name : str, default=""
        What a picture calls it: a leaf's name, or the operation that gave the number.
    inputs : sequence of (Node, float), default=()
        What went into the operation, each with the local rule: the slope of ``value`` in it. A leaf has none.

    Examples
    --------
    >>> x, y = Node(3.0), Node(-2.0)
    >>> (x * y + x).backward()
    >>> x.grad, y.grad
    (-1.0, 3.0)
    """

    __array_ufunc__ = None  # so that np.float64(2) * x comes to __rmul__
    _numbers = count()

    def __init__(self, value, name="", inputs=()):
        self.value, self.grad = _validate.one_number("Node", value), 0.0
        self.name, self.inputs, self._number = name, inputs, next(Node._numbers)

    def __repr__(self):
        return f"Node({self.value:.6g}{self.name and f', {self.name!r}'})"

    def __add__(self, other):
        other = _node(other)
        return Node(self.value + other.value, "+", [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = _node(other)
        return Node(self.value * other.value, "*", [(self, other.value), (other, self.value)])

    def __pow__(self, p):
        _validate.power("Node", self.value, p)
        return Node(self.value**p, f"**{p:g}", [(self, p * self.value ** (p - 1) if p else 0.0)])

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + _node(other) * -1.0

    def __rsub__(self, other):
        return self * -1.0 + other

    def __truediv__(self, other):
        return self * _node(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def exp(self):
        """Return the exponential e; its slope is e itself."""
        return Node(e := math.exp(self.value), "exp", [(self, e)])

    def log(self):
        """Return the natural logarithm of a positive number."""
        return Node(math.log(_validate.positive("Node.log", self.value)), "log", [(self, 1 / self.value)])

    def relu(self):
        """Return max(0, x); the slope at 0 is 0."""
        return Node(max(self.value, 0.0), "relu", [(self, float(self.value > 0))])

    def tanh(self):
        """Return the hyperbolic tangent t; its slope is 1 - t * t."""
        return Node(t := math.tanh(self.value), "tanh", [(self, 1 - t * t)])

    def sigmoid(self):
        """Return s = 1 / (1 + exp(-x)), as one gate that does not overflow; its slope is s * (1 - s)."""
        return Node(s := 0.5 + 0.5 * math.tanh(self.value / 2), "sigmoid", [(self, s * (1 - s))])

    def maximum(self, other):
        """Return the larger of two numbers; the gradient goes to it, or half to each if they are equal."""
        other, a = _node(other), self.value
        share = 0.5 if a == other.value else float(a > other.value)
        return Node(max(a, other.value), "max", [(self, share), (other, 1 - share)])

    def graph(self):
        """Return this node and all from which it was computed, each after its inputs."""
        found, new = set(), {self}
        while new:
            found |= new
            new = {node for late in new for node, _ in late.inputs} - found
        return sorted(found, key=lambda node: node._number)  # no node is older than its inputs

    def backward(self):
        """Give ``grad`` to every node of the graph; a leaf adds it to what it has, until ``reset``."""
        for node in self.graph():
            node.grad = 0.0 if node.inputs else node.grad
        self.grad += 1.0
        for node in reversed(self.graph()):
            for parent, slope in node.inputs:
                parent.grad += slope * node.grad

    def reset(self):
        """Set the gradients in the graph to 0."""
        for node in self.graph():
            node.grad = 0.0


def _node(value):
    """Return a node, or a number as a leaf."""
    return value if isinstance(value, Node) else Node(value, f"{_validate.one_number('Node', value):g}")
