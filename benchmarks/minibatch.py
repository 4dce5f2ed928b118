"""One epoch of minibatch descent on MNIST's shape beside PyTorch, and the time to 92 % of the test digits.

python -m benchmarks.minibatch
"""

import time
from dataclasses import replace

import numpy as np

from benchmarks.inputs import has_mnist, pixels_and_labels
from benchmarks.race import Line, race, table
from coursekit import datasets, metrics, minibatch, optim, softmax

TARGETS = {64: 3.0, 256: 2.0, 512: None, 2048: None}  # by batch size, beside PyTorch as its users write it
RATE = 0.1
NOTES = {
    "PyTorch, one thread": "as many threads as ours",
    "PyTorch": "all threads that it chooses",
    "PyTorch, no autograd": "its best form: gradients by hand, one thread",
    "PyTorch, DataLoader": "as tutorials read, one thread",
    "optim.train": "the plain loop of the lessons",
    "gather and products": "NumPy without softmax, in blocks as ours: no step can be quicker",
}


def epochs(X, y, batch_size):
    """Return for each contender a function that trains for one epoch, all on the same batches.

    Parameters
    ----------
    X : ndarray of float32, shape (m, n)
        Examples.
    y : ndarray of int, shape (m,)
        Labels in 0..9.
    batch_size : int
        Rows per batch.

    Returns
    -------
    dict of str to callable
        Each returns the loss of each batch, but for the products alone, which know none.
    """
    order = np.random.default_rng(0).permutation(len(X))
    start = {"W": np.zeros((X.shape[1], 10), np.float32), "b": np.zeros(10)}
    found = {
        "minibatch.train": lambda: (
            minibatch.train(X, y, [order], **start, batch_size=batch_size, learning_rate=RATE).loss
        )
    }
    try:
        found |= _in_torch(X, y, order, batch_size)
    except ImportError:
        print("PyTorch is not installed: pip install torch. Minibatches were compared with NumPy alone.")
    found["optim.train"] = lambda: _plain(X, y, order, batch_size)
    found["gather and products"] = lambda: _products(X, order, batch_size)
    return found


def _plain(X, y, order, batch_size):
    """Train as the lessons do, without a bias; return the losses."""
    rows = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    W, batches = np.zeros((X.shape[1], 10), np.float32), ((X[taken], y[taken]) for taken in rows)
    return optim.train(softmax.softmax_loss, W, steps=len(rows), learning_rate=RATE, batches=batches).loss


def _products(X, order, batch_size):
    """Gather each batch and take the two products, and nothing else."""
    n, k = X.shape[1], 10
    count, length = minibatch._blocks(batch_size, n * k)
    A = np.empty((count * length, n), np.float32)
    Z, dW = np.zeros((count, k, length), np.float32), np.empty((count, k, n), np.float32)
    W, blocks = np.zeros((k, n), np.float32), A.reshape(count, length, n)
    with minibatch._blas().limit(limits=1):
        for i in range(0, len(order), batch_size):
            X.take(np.resize(order[i : i + batch_size], len(A)), axis=0, out=A, mode="clip")
            np.matmul(W, blocks.transpose(0, 2, 1), out=Z)
            np.matmul(Z, blocks, out=dW)


def _in_torch(X, y, order, batch_size):
    """Return the contenders of PyTorch; all give the losses, so all read each loss once a step, as ours does."""
    import torch

    x, labels, rows = torch.from_numpy(X), torch.from_numpy(y.astype(np.int64)), torch.from_numpy(order)
    own = torch.get_num_threads()

    def layers(batches, threads):
        torch.set_num_threads(threads)
        layer, losses = torch.nn.Linear(X.shape[1], 10), []
        torch.nn.init.zeros_(layer.weight), torch.nn.init.zeros_(layer.bias)
        descent = torch.optim.SGD(layer.parameters(), lr=RATE)
        for images, names in batches:
            descent.zero_grad()
            loss = torch.nn.functional.cross_entropy(layer(images), names)
            loss.backward()
            descent.step()
            losses.append(loss.item())
        torch.set_num_threads(own)
        return np.array(losses)

    def by_hand():
        torch.set_num_threads(1)
        W, b, losses = torch.zeros(10, X.shape[1]), torch.zeros(10), []
        with torch.inference_mode():
            for taken in rows.split(batch_size):
                images, names = x[taken], labels[taken]
                L = torch.log_softmax(torch.addmm(b, images, W.T), 1)
                each = torch.arange(len(names))
                losses.append(-L[each, names].mean().item())
                P = L.exp_()
                P[each, names] -= 1
                P *= RATE / len(names)
                W -= P.T @ images
                b -= P.sum(0)
        torch.set_num_threads(own)
        return np.array(losses)

    def indexed():
        return ((x[taken], labels[taken]) for taken in rows.split(batch_size))

    def loaded():
        data = torch.utils.data.TensorDataset(x, labels)
        return torch.utils.data.DataLoader(data, batch_size=batch_size, sampler=order.tolist())

    return {
        "PyTorch, one thread": lambda: layers(indexed(), 1),
        "PyTorch": lambda: layers(indexed(), own),
        "PyTorch, no autograd": by_hand,
        "PyTorch, DataLoader": lambda: layers(loaded(), 1),
    }


def to_92_percent():
    """Return the line of the quickest way to read 92 % of MNIST's test digits; none without the real data."""
    if not has_mnist():
        print("MNIST is not at hand: the time to 92 % was not measured.")
        return []
    mnist = datasets.load("mnist")
    times, found = [], []
    for seed in range(5):
        rng, start = np.random.default_rng(seed), time.perf_counter()
        taken = np.concatenate([rng.permutation(len(mnist.X_train)) for _ in range(3)])[:128000]
        W, b = np.zeros((784, 10), np.float32), np.zeros(10)
        for order, rate in zip(taken.reshape(4, -1), (0.5, 0.25, 0.125, 0.0625), strict=True):
            trained = minibatch.train(
                mnist.X_train, mnist.y_train, [order], W=W, b=b, batch_size=64, learning_rate=rate
            )
            W, b = trained.W, trained.b
        times.append(time.perf_counter() - start)
        found.append(metrics.accuracy((mnist.X_test / 255 @ W + b).argmax(axis=1), mnist.y_test))
    said = f"2000 batches of 64; test accuracy of 5 seeds {min(found):.2%} to {max(found):.2%}"
    if np.median(found) < 0.92:
        raise AssertionError(f"92 % was not reached: {said}")
    median = float(np.median(times))
    return [Line("MNIST to 92 % of the test set", "minibatches", "one second", median, 1 / median, 1.0, said)]


def lines():
    """Return the lines of this part of the table."""
    X, y = pixels_and_labels()
    X, found = X.astype(np.float32), []
    for size, target in TARGETS.items():
        contenders = epochs(X, y, size)
        right = contenders["minibatch.train"]()
        for name in contenders.keys() - {"minibatch.train", "optim.train", "gather and products"}:
            if not np.allclose(contenders[name](), right, atol=1e-4):
                raise AssertionError(f"batches of {size}: the losses of {name} are others")
        targets = dict.fromkeys(("PyTorch, one thread", "PyTorch"), target)
        raced = race(f"an epoch, batches of {size}", contenders, targets=targets, remarks=NOTES)
        step = raced[0].seconds / -(-len(X) // size)
        found += [replace(raced[0], remark=f"{raced[0].remark}; a step of ours {1e6 * step:.0f} us"), *raced[1:]]
    return [*found, *to_92_percent()]


if __name__ == "__main__":
    print(table(lines()))
