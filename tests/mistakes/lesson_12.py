"""Answers to the exercises of notebook 12, backpropagation."""

import numpy as np

from tests.mistakes import equal, right, wrong

# sweep_backward


@right("sweep_backward")
def from_last_to_first(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] += slope * grads[i]
    return grads


@right("sweep_backward")
def asks_the_users(inputs, slopes):
    n = len(inputs)
    grads = np.zeros(n)
    grads[n - 1] = 1
    for j in range(n - 2, -1, -1):
        for i in range(j + 1, n):
            grads[j] += sum(s * grads[i] for p, s in zip(inputs[i], slopes[i], strict=True) if p == j)
    return grads


@right("sweep_backward")
def with_a_matrix(inputs, slopes):
    n = len(inputs)
    S = np.zeros((n, n))
    for i in range(n):
        np.add.at(S[i], inputs[i], slopes[i]) if inputs[i] else None
    return np.linalg.solve(np.eye(n) - S.T, np.eye(n)[-1])


@right("sweep_backward")
def over_all_paths(inputs, slopes):
    def below(i, j):
        if i == j:
            return 1.0
        return sum(s * below(p, j) for p, s in zip(inputs[i], slopes[i], strict=True))

    return [below(len(inputs) - 1, j) for j in range(len(inputs))]


@wrong("sweep_backward", "from the first node to the last")
def forwards(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs)):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "replaced the first")
def overwrites(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] = s * g[i]
    return g


@wrong("sweep_backward", "only one use counts")
def only_once_each(inputs, slopes):
    g = [0] * len(inputs)
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            if g[p] == 0:
                g[p] = s * g[i]
    return g


@wrong("sweep_backward", "the local slope alone")
def slopes_only(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s
    return g


@wrong("sweep_backward", "the gradient of the node as it is")
def hands_on(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p in inputs[i]:
            g[p] += g[i]
    return g


@wrong("sweep_backward", "slope plus gradient")
def adds(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += g[i] + s
    return g


@wrong("sweep_backward", "All gradients are 0")
def never_starts(inputs, slopes):
    g = np.zeros(len(inputs))
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "every node begins with 1")
def all_ones(inputs, slopes):
    g = np.ones(len(inputs))
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "as in x * x")
def a_dict_of_inputs(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in dict(zip(inputs[i], slopes[i], strict=True)).items():
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "Does the loop leave the last node itself out")
def begins_too_late(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 2, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "turned around")
def in_the_order_of_the_sweep(inputs, slopes):
    return from_last_to_first(inputs, slopes)[::-1]


def sm(Z):
    """Help the answers below."""
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


def fw(W1, b1, W2, b2, X, y):
    """Help the answers below."""
    A = np.tanh(X @ W1 + b1)
    P = sm(A @ W2 + b2)
    P[np.arange(len(y)), y] -= 1
    return (A, P / len(y))


def out(X, A, D1, D2):
    """Help the answers below."""
    return (X.T @ D1, D1.sum(0), A.T @ D2, D2.sum(0))


@wrong("sweep_backward", "node 1 is left out, and it may have inputs")
def skip0(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, 1, -1):
        for p, s in zip(inputs[i], slopes[i]):
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "The gradients were cut to whole numbers")
def int_sweep(inputs, slopes):
    g = np.zeros(len(inputs), int)
    g[-1] = 1
    for i in reversed(range(len(inputs))):
        for p, s in zip(inputs[i], slopes[i]):
            g[p] += int(s * g[i])
    return g


@wrong("sweep_backward", "they were set back once they had passed their gradient on")
def reset(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in reversed(range(len(inputs))):
        for p, s in zip(inputs[i], slopes[i]):
            g[p] += s * g[i]
        if inputs[i] and i < len(inputs) - 1:
            g[i] = 0
    return g


@wrong("two_layer_gradient", "it was computed with a W2 that had moved already")
def W2upd(W1, b1, W2, b2, X, y):
    A, D = fw(W1, b1, W2, b2, X, y)
    W2 = W2 - A.T @ D
    return out(X, A, D @ W2.T * (1 - A**2), D)


@wrong("two_layer_gradient", "Only the first example counts")
def first(W1, b1, W2, b2, X, y):
    A, D = fw(W1, b1, W2, b2, X[:1], y[:1])
    return out(X[:1], A, D @ W2.T * (1 - A**2), D)


@wrong("two_layer_gradient", "These are the parameters after a step")
def step(W1, b1, W2, b2, X, y):
    A, D = fw(W1, b1, W2, b2, X, y)
    g = out(X, A, D @ W2.T * (1 - A**2), D)
    return (W1 - g[0], b1 - g[1], W2 - g[2], b2 - g[3])


@wrong("sweep_backward", "ends at the first leaf it meets")
def stops_at_a_leaf(inputs, slopes):
    grads = np.zeros(len(inputs))
    grads[-1] = 1
    for i in reversed(range(len(inputs))):
        if not inputs[i]:
            break
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] += slope * grads[i]
    return grads


# what was met later


@wrong("sweep_backward", "in the order in which they were put in")
def values_as_met(inputs, slopes):
    grads = {len(inputs) - 1: 1.0}
    for i in range(len(inputs) - 1, -1, -1):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            if i in grads:
                grads[parent] = grads.get(parent, 0.0) + slope * grads[i]
    return np.array(list(grads.values()))


@wrong("sweep_backward", "Is the array made with dtype int")
def array_of_integers(inputs, slopes):
    grads = np.zeros(len(inputs), dtype=int)
    grads[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] = grads[parent] + slope * grads[i]
    return grads


@wrong("sweep_backward", "a set holds each number once")
def set_of_inputs(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(set(inputs[i]), slopes[i], strict=False):
            grads[parent] += slope * grads[i]
    return grads


@wrong("sweep_backward", "index finds its first place each time")
def place_by_index(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent in inputs[i]:
            grads[parent] += slopes[i][inputs[i].index(parent)] * grads[i]
    return grads


@wrong("sweep_backward", "Only one input of each node got something")
def last_input_of_each(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        if inputs[i]:
            grads[inputs[i][-1]] += slopes[i][-1] * grads[i]
    return grads


@wrong("sweep_backward", "the gradient is divided by the slope")
def divided_by_the_slope(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] += grads[i] / slope
    return grads


@wrong("sweep_backward", "which has none yet")
def gradient_of_the_input(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] += slope * grads[parent]
    return grads


@wrong("sweep_backward", "without a minus")
def minus_at_each_step(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] -= slope * grads[i]
    return grads


@wrong("sweep_backward", "is missing in the result")
def without_the_last_number(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] += slope * grads[i]
    return grads[:-1]


@wrong("sweep_backward", "Only the first node's gradient came back")
def gradient_of_node_0(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i], strict=True):
            grads[parent] += slope * grads[i]
    return grads[0]


def _forward(W1, b1, W2, b2, X, y):
    """Return the hidden values and (P - Y) / m, for the answers below."""
    A1 = np.tanh(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return A1, P / len(y)


@wrong("two_layer_gradient", "their gradients are not divided by m")
def biases_not_divided(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    m = len(y)
    dZ2 = dZ2 * m
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1 / m, dZ1.sum(axis=0), A1.T @ dZ2 / m, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "Look at dW1 and db1: they are not divided by m")
def first_layer_not_divided(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = (len(y) * dZ2) @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "they are divided by m twice")
def first_layer_divided_again(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2) / len(X)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "W2 is not transposed")
def no_transpose_on_the_way_back(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = np.dot(dZ2, W2) * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "W2 was reshaped")
def reshaped_on_the_way_back(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.reshape(len(b2), -1) * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "The gradients came back in another order")
def matrices_before_biases(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, A1.T @ dZ2, dZ1.sum(axis=0), dZ2.sum(axis=0)


@wrong("two_layer_gradient", "A gradient of a matrix is transposed")
def both_products_turned(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return dZ1.T @ X, dZ1.sum(axis=0), dZ2.T @ A1, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "not by A1")
def hidden_values_in_both(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return A1.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "their number of classes was taken from y")
def as_many_classes_as_labels(W1, b1, W2, b2, X, y):
    A1 = np.tanh(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    dZ2 = (E / E.sum(axis=1, keepdims=True) - np.eye(len(set(y.tolist())))[y]) / len(y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "rows of a matrix")
def dimensions_kept(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0, keepdims=True), A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)


@wrong("two_layer_gradient", "dZ was added up across")
def added_across(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=1), A1.T @ dZ2, dZ2.sum(axis=1)


@wrong("two_layer_gradient", "to a single number")
def added_to_one_number(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(), A1.T @ dZ2, dZ2.sum()


@wrong("two_layer_gradient", "points downhill")
def labels_less_probabilities(W1, b1, W2, b2, X, y):
    A1, dZ2 = _forward(W1, b1, W2, b2, X, y)
    dZ2 = -dZ2
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


equal(
    "sweep_backward",
    "The two lists of a node have one length.",
    *(
        f"{name}: {mutant}"
        for name in ("sweep_backward", "from_last_to_first", "asks_the_users", "over_all_paths")
        for mutant in ("zip(inputs[i], slopes[i], strict=True) -> zip(inputs[i], slopes[i])", "True -> False")
    ),
)
equal(
    "sweep_backward",
    "Node 0 is always a leaf, which passes nothing on.",
    "sweep_backward: range(len(inputs)) -> range(0 + 1, len(inputs))",
    "from_last_to_first: range(len(inputs)) -> range(0 + 1, len(inputs))",
    "with_a_matrix: range(n) -> range(0 + 1, n)",
)
equal(
    "sweep_backward",
    "A node is used only by later ones, and none of them has the number -1: a longer loop finds no more users.",
    *(f"asks_the_users: {mutant}" for mutant in ("j + 1 -> j", "j + 1 -> 1", "1 -> 0", "1 -> 2")),
    *(f"asks_the_users: {mutant}" for mutant in ("n - 2 -> n", "n - 2 -> n + 2", "2 -> 0", "2 -> 1")),
)
equal(
    "sweep_backward",
    "A leaf's empty lists add nothing.",
    "with_a_matrix: np.add.at(S[i], inputs[i], slopes[i]) if inputs[i] else None -> "
    "np.add.at(S[i], inputs[i], slopes[i]) if True else None",
)


# two_layer_gradient


def probabilities(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@right("two_layer_gradient")
def with_one_hot(W1, b1, W2, b2, X, y):
    A1 = np.tanh(X @ W1 + b1)
    dZ2 = (probabilities(A1 @ W2 + b2) - np.eye(len(b2))[y]) / len(y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@right("two_layer_gradient")
def example_by_example(W1, b1, W2, b2, X, y):
    dW1, db1, dW2, db2 = (np.zeros(np.shape(A)) for A in (W1, b1, W2, b2))
    for x, label in zip(X, y, strict=True):
        a = np.tanh(x @ W1 + b1)
        d2 = probabilities((a @ W2 + b2)[None])[0]
        d2[label] -= 1
        d1 = W2 @ d2 * (1 - a * a)
        dW1, db1 = dW1 + np.outer(x, d1), db1 + d1
        dW2, db2 = dW2 + np.outer(a, d2), db2 + d2
    return [D / len(y) for D in (dW1, db1, dW2, db2)]


equal("two_layer_gradient", "The first row of one is its last.", "example_by_example: 0 -> -1")
equal(
    "two_layer_gradient",
    "The tries have a label for each example.",
    "example_by_example: zip(X, y, strict=True) -> zip(X, y)",
    "example_by_example: True -> False",
)


@right("two_layer_gradient")
def with_a_column_of_ones(W1, b1, W2, b2, X, y):
    one = np.ones((len(X), 1))
    X1, V1, V2 = np.hstack([X, one]), np.vstack([W1, b1]), np.vstack([W2, b2])
    A1 = np.hstack([np.tanh(X1 @ V1), one])
    dZ2 = probabilities(A1 @ V2)
    dZ2[np.arange(len(y)), y] -= 1
    D2 = A1.T @ dZ2 / len(y)
    D1 = X1.T @ ((dZ2 @ V2.T * (1 - A1 * A1))[:, :-1]) / len(y)
    return D1[:-1], D1[-1], D2[:-1], D2[-1]


@right("two_layer_gradient")
def slope_by_cosh(W1, b1, W2, b2, X, y):
    Z1 = X.dot(W1) + b1
    A1 = np.tanh(Z1)
    dZ2 = (probabilities(A1.dot(W2) + b2) - np.eye(W2.shape[1])[y]) / X.shape[0]
    dZ1 = np.einsum("ic,jc->ij", dZ2, W2) / np.cosh(np.clip(Z1, -300, 300)) ** 2
    return np.einsum("ia,ib->ab", X, dZ1), dZ1.sum(0), np.einsum("ia,ib->ab", A1, dZ2), dZ2.sum(0)


equal(
    "two_layer_gradient",
    "A slope of 1e-259 is 0 beside all others.",
    "slope_by_cosh: 300 -> 299",
    "slope_by_cosh: 300 -> 301",
)


def by_hand(W1, b1, W2, b2, X, y, slope, activate=np.tanh, divisor=None):
    Z1 = X @ W1 + b1
    A1 = activate(Z1)
    dZ2 = (probabilities(A1 @ W2 + b2) - np.eye(len(b2))[y]) / (divisor or len(y))
    dZ1 = dZ2 @ W2.T * slope(Z1, A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "it is 1 - Z1**2 here")
def square_of_the_input(*given):
    return by_hand(*given, lambda Z, A: 1 - Z**2)


@wrong("two_layer_gradient", "the slope of tanh is missing")
def no_slope(*given):
    return by_hand(*given, lambda Z, A: 1)


@wrong("two_layer_gradient", "belongs to the sigmoid")
def the_page_s_slope(*given):
    return by_hand(*given, lambda Z, A: A * (1 - A))


@wrong("two_layer_gradient", "belongs to relu")
def slope_of_relu(*given):
    return by_hand(*given, lambda Z, A: Z > 0)


@wrong("two_layer_gradient", "computed from tanh(A1)")
def tanh_twice(*given):
    return by_hand(*given, lambda Z, A: 1 - np.tanh(A) ** 2)


@wrong("two_layer_gradient", "the square is missing")
def without_the_square(*given):
    return by_hand(*given, lambda Z, A: 1 - A)


@wrong("two_layer_gradient", "1/m")
def sums_the_examples(*given):
    return by_hand(*given, lambda Z, A: 1 - A**2, divisor=1)


@wrong("two_layer_gradient", "it is relu")
def relu_in_between(*given):
    return by_hand(*given, lambda Z, A: 1 - A**2, activate=lambda Z: np.maximum(Z, 0))


@wrong("two_layer_gradient", "averaged")
def means_of_the_biases(W1, b1, W2, b2, X, y):
    dW1, db1, dW2, db2 = with_one_hot(W1, b1, W2, b2, X, y)
    return dW1, db1 / len(y), dW2, db2 / len(y)


@wrong("two_layer_gradient", "not by Z1")
def from_the_inputs_of_tanh(W1, b1, W2, b2, X, y):
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    dZ2 = (probabilities(A1 @ W2 + b2) - np.eye(len(b2))[y]) / len(y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), Z1.T @ dZ2, dZ2.sum(axis=0)


@wrong("two_layer_gradient", "b1 is missing")
def forgets_the_first_bias(W1, b1, W2, b2, X, y):
    return with_one_hot(W1, 0 * b1, W2, b2, X, y)


@wrong("two_layer_gradient", "Y was not subtracted")
def without_labels(W1, b1, W2, b2, X, y):
    A1 = np.tanh(X @ W1 + b1)
    dZ2 = probabilities(A1 @ W2 + b2) / len(y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


# why_silent


@right("why_silent")
def dead_units():
    return "b"


@right("why_silent")
def dead_units_in_capitals():
    return "B"


@right("why_silent")
def dead_units_in_brackets():
    return "(b)"


@right("why_silent")
def dead_units_with_a_dot():
    return " b. "


@wrong("why_silent", "not one of exactly 0")
def saturated():
    return "a"


@wrong("why_silent", "bottom of a valley")
def a_valley():
    return "c"


@wrong("why_silent", "are too large")
def never_reset():
    return "d"


@wrong("why_silent", "one of the letters")
def two_letters():
    return "ab"


@wrong("why_silent", "not one of exactly 0")
def saturated_in_capitals():
    return "A"


@wrong("why_silent", "one of the letters")
def a_number():
    return 2


@wrong("why_silent", "one of the letters")
def nothing():
    return None


@wrong("why_silent", "bottom of a valley")
def a_valley_in_brackets():
    return "(c)"


@wrong("why_silent", "one of the letters")
def a_fifth_letter():
    return "e"


@wrong("why_silent", "are too large")
def never_reset_with_a_dot():
    return " D. "


@wrong("why_silent", "one of the letters")
def all_of_them():
    return "a, b, c, d"


@wrong("sweep_backward", "The smallest case")
def expands_when_first_met(inputs, slopes):
    grads, stack, seen = np.zeros(len(inputs)), [len(inputs) - 1], {len(inputs) - 1}
    grads[-1] = 1
    while stack:
        node = stack.pop()
        for parent, slope in zip(inputs[node], slopes[node], strict=True):
            grads[parent] += slope * grads[node]
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return grads


@wrong("sweep_backward", "there must be one for each node")
def the_leaves_alone(inputs, slopes):
    found = [0.0] * len(inputs)
    found[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for j, slope in zip(inputs[i], slopes[i], strict=True):
            found[j] += found[i] * slope
    return [found[i] for i in range(len(inputs)) if not inputs[i]]
