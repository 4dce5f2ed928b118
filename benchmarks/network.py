"""Graphs of single numbers and networks of two layers beside PyTorch, one thread each: what a step costs as they grow.

python -m benchmarks.network
"""

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.race import race, table
from coursekit import network
from coursekit.graph import Node

SIZES = (  # examples, features, hidden units and classes; the first does no arithmetic to speak of, the second is iris
    (1, 1, 1, 2),
    (120, 4, 10, 3),
    (128, 64, 32, 10),
    (128, 784, 32, 10),
    (128, 784, 128, 10),
    (512, 784, 256, 10),
    (512, 784, 1024, 10),
)
RATE, CHAIN = 0.1, 50


def problem(m, n, h, k, dtype=np.float32):
    """Return random parameters, examples and labels."""
    rng = np.random.default_rng(0)
    params = network.init_params(n, h, k, rng, activation="sigmoid", dtype=dtype)
    return params, rng.normal(size=(m, n)).astype(dtype), rng.integers(0, k, m)


def train_ours(params, X, y, steps):
    """Return the losses of some steps of ours."""
    return network.train(params, X, y, activation="sigmoid", steps=steps, learning_rate=RATE)[1].loss


def train_theirs(params, X, y, steps):
    """Return the losses of the same steps of PyTorch: same start, same examples, its own gradients."""
    import torch
    from torch.nn import functional as F  # noqa: N812

    W1, b1, W2, b2 = leaves = [torch.tensor(value, requires_grad=True) for value in params.values()]
    A, labels = torch.tensor(X), torch.tensor(y)
    descent, losses = torch.optim.SGD(leaves, lr=RATE), []
    for _ in range(steps):
        loss = F.cross_entropy(torch.sigmoid(A @ W1 + b1) @ W2 + b2, labels)
        descent.zero_grad()
        loss.backward()
        descent.step()
        losses.append(loss.item())
    return losses


def chain(leaf):
    """Return the last node of a long graph with a fork in each step."""
    f = leaf
    for _ in range(CHAIN):
        f = (f * 0.5 + f * 0.25).tanh()
    f.backward()
    return f


def steps_for(m, n, h, k):
    """Return how many steps make a turn of some tenth of a second."""
    return int(np.clip(1e9 / (m * (2 * n * h + 3 * h * k)), 5, 400))


def lines():
    """Return the lines of this part of the table."""
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed: pip install torch. Networks were compared with nothing.")
        return []
    threads, found = torch.get_num_threads(), []
    torch.set_num_threads(1)
    try:
        with threadpool_limits(1):
            slopes = [Node(1.0), torch.tensor(1.0, dtype=torch.float64, requires_grad=True)]
            for leaf in slopes:
                chain(leaf)
            if not np.isclose(slopes[0].grad, slopes[1].grad.item()):
                raise AssertionError("the two graphs differ in their gradient")
            ways = {
                "graph.Node": lambda: chain(Node(1.0)),
                "PyTorch": lambda: chain(torch.tensor(1.0, dtype=torch.float64, requires_grad=True)),
            }
            found += race(f"a graph of {4 * CHAIN} operations", ways, number=50)
            for size in SIZES:
                made = problem(*size), steps_for(*size)
                ways = {"network.train": lambda made=made: train_ours(*made[0], made[1])}
                ways["PyTorch"] = lambda made=made: train_theirs(*made[0], made[1])
                ours, theirs = (run() for run in ways.values())
                if not np.allclose(ours, theirs, rtol=0, atol=1e-4):  # float32
                    raise AssertionError(f"{size}: after as many steps the losses differ: {ours[-1]}, {theirs[-1]}")
                found += race(f"{made[1]} steps on {' x '.join(map(str, size))}", ways)
    finally:
        torch.set_num_threads(threads)
    return found


if __name__ == "__main__":
    print(table(lines()))
