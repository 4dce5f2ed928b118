"""Training steps of notebook 13's network beside PyTorch: from the same weights, in turn, with the same threads.

python -m benchmarks.convnet
"""

import sys
from functools import partial

import numpy as np

from benchmarks.footprint import measure
from benchmarks.race import race, table
from coursekit import convnet, optim
from coursekit.gradcheck import relative_error

BATCH, STEPS, RATE = 128, 20, 1e-4
EPOCH = 60000 // BATCH  # steps; a turn of the race is a part of it
ONE = "from benchmarks import convnet as c; X, y = c.batch(); c.{}(X, y, c.convnet.ConvNet()){}"


def batch(m=BATCH, seed=0):
    """Return images and labels of MNIST's shape; what they show does not change the time."""
    rng = np.random.default_rng(seed)
    return rng.random((m, 28, 28), dtype=np.float32), rng.integers(0, 10, m)


def ours(X, y, net):
    """Return a function that makes some steps of the network in NumPy and returns all weights after them."""
    start = net.start(np.random.default_rng(1))

    def run(steps=STEPS):
        rng = np.random.default_rng(2)
        loss, batches = partial(net.loss, rng=rng if net.dropout else None), optim.minibatches(X, y, len(y), rng)
        return optim.train(loss, start, steps=steps, learning_rate=RATE, batches=batches, update=optim.adam()).W

    return run


def theirs(X, y, net):
    """Return a function that does the same in PyTorch, from the same weights, and returns them in our order."""
    import torch
    from torch import nn

    (first, second), side = net.filters, net.sides[-1]
    parts = net.parts(net.start(np.random.default_rng(1)))
    images, labels = torch.from_numpy(X)[:, None], torch.from_numpy(y.astype(np.int64))

    def model():
        layers = nn.Sequential(
            *(nn.Conv2d(1, first, 2), nn.MaxPool2d(2), nn.ReLU()),
            *(nn.Conv2d(first, second, 3, stride=2), nn.MaxPool2d(2), nn.ReLU()),
            *(nn.Flatten(), nn.Linear(side**2 * second, net.hidden), nn.ReLU(), nn.Dropout(net.dropout)),
            nn.Linear(net.hidden, net.k),
        )
        with torch.no_grad():
            for mine, part in zip(layers.parameters(), parts.values(), strict=True):
                mine.copy_(torch.from_numpy(turned(part, side, second)))
        return layers

    def run(steps=STEPS):
        layers = model()
        adam = torch.optim.Adam(layers.parameters(), lr=RATE)
        for _ in range(steps):
            rows = torch.randperm(len(y))
            adam.zero_grad()
            nn.functional.cross_entropy(layers(images[rows]), labels[rows]).backward()
            adam.step()
        return [each.detach().numpy() for each in layers.parameters()]

    return run


def turned(part, side, channels):
    """Return an array of weights in PyTorch's order: (d, c, kh, kw), and dense ones (units, inputs), channels first."""
    if part.ndim == 4:
        return np.ascontiguousarray(part.transpose(3, 2, 0, 1))
    if part.ndim == 2 and len(part) == side**2 * channels:
        part = part.reshape(side, side, channels, -1).transpose(2, 0, 1, 3).reshape(part.shape)
    return np.ascontiguousarray(part.T)


def agreement(steps=3):
    """Return the largest relative error between the weights of both after some steps, without dropout."""
    (X, y), net = batch(), convnet.ConvNet(dropout=0.0)
    mine = [turned(part, net.sides[-1], net.filters[1]) for part in net.parts(ours(X, y, net)(steps)).values()]
    return max(map(relative_error, mine, theirs(X, y, net)(steps)))


def megabytes(name, call=f"({STEPS})"):
    """Return the largest resident memory of a process that makes the steps, less that of one which only prepares."""
    whole, before = (measure(sys.executable, "-c", ONE.format(name, text))[1] for text in (call, ""))
    return (whole - before) / 1e6


def lines():
    """Return the lines of this part of the table."""
    (X, y), net = batch(), convnet.ConvNet()
    try:
        import torch
        from threadpoolctl import threadpool_info
    except ImportError:
        print("PyTorch is not installed: pip install torch. The network was compared with nothing.")
        return []
    torch.set_num_threads(max(pool["num_threads"] for pool in threadpool_info()))
    if (error := agreement()) > 1e-4:  # Adam divides a gradient near 0 by itself, so some round-off remains
        raise AssertionError(f"after three steps from the same weights the two differ by {error:.1e}")
    mine, their = megabytes("ours"), megabytes("theirs")
    said = f"{EPOCH} steps are an epoch of MNIST; they need {mine:.0f} MB, PyTorch's {their:.0f} MB"
    contenders = {"NumPy": ours(X, y, net), "PyTorch": theirs(X, y, net)}
    work = f"{STEPS} steps of the convolutional network, batches of {BATCH}"
    return race(work, contenders, targets={"PyTorch": 1.0}, remarks={"PyTorch": said})


if __name__ == "__main__":
    print(table(lines()))
