"""A computational graph of single numbers: going forward it keeps values, one sweep backward gives all gradients.

A. Griewank and A. Walther, *Evaluating Derivatives*, SIAM, 2008, chapter 3, call it the reverse mode.
"""

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
        What a picture calls it.
    op : str, default=""
        The operation that gave it; empty for a leaf.
    inputs : tuple of (Node, float), default=()
        What went into the operation, and the local rule: the slope of ``value`` in each.

    Examples
    --------
    >>> x, y = Node(3.0), Node(-2.0)
    >>> f = x * y + x
    >>> f.backward()
    >>> f.value, x.grad, y.grad
    (-3.0, -1.0, 3.0)
    """

    __array_ufunc__ = None  # so that np.float64(2) * x comes to __rmul__
    _numbers = count()

    def __init__(self, value, name="", *, op="", inputs=()):
        self.value, self.grad = _validate.one_number("Node", value), 0.0
        self.name, self.op, self.inputs, self._number = name, op, inputs, next(Node._numbers)

    def __repr__(self):
        return f"Node({self.value:.6g}{self.name and f', {self.name!r}'})"

    def __add__(self, other):
        other = _node(other)
        return Node(self.value + other.value, op="+", inputs=((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = _node(other)
        return Node(self.value * other.value, op="*", inputs=((self, other.value), (other, self.value)))

    def __pow__(self, p):
        _validate.power("Node", self.value, p)
        return self._gate(f"**{p:g}", self.value**p, p * self.value ** (p - 1) if p else 0.0)

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
        """Return the exponential; its slope is itself."""
        return self._gate("exp", e := math.exp(self.value), e)

    def log(self):
        """Return the natural logarithm of a positive number."""
        return self._gate("log", math.log(_validate.positive("Node.log", self.value)), 1 / self.value)

    def relu(self):
        """Return max(0, x); the slope at 0 is 0."""
        return self._gate("relu", max(self.value, 0.0), float(self.value > 0))

    def tanh(self):
        """Return the hyperbolic tangent t; its slope is 1 - t * t."""
        return self._gate("tanh", t := math.tanh(self.value), 1 - t * t)

    def sigmoid(self):
        """Return s = 1 / (1 + exp(-x)), as one gate; its slope is s * (1 - s)."""
        s = 0.5 + 0.5 * math.tanh(0.5 * self.value)  # the same, without overflow
        return self._gate("sigmoid", s, s * (1 - s))

    def maximum(self, other):
        """Return the larger of two numbers; the gradient goes to it, or half to each if they are equal."""
        other, a = _node(other), self.value
        share = 0.5 if a == other.value else float(a > other.value)
        return Node(max(a, other.value), op="max", inputs=((self, share), (other, 1 - share)))

    def _gate(self, op, value, slope):
        return Node(value, op=op, inputs=((self, slope),))

    def graph(self):
        """Return this node and all from which it was computed, each after its inputs."""
        found, waiting = {self}, [self]
        while waiting:
            new = {node for node, _ in waiting.pop().inputs} - found
            found |= new
            waiting += new
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
