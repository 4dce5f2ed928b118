"""Measure the full-batch iteration on 60000 x 784 x 10, from the lab's whole numbers to FullBatchLoss, and its peers.

A minute. JAX, PyTorch and numba take part where they are installed.

    python -m benchmarks.full_batch

All contenders take turns in one process and give the same loss and gradient. Exits with 1 if FullBatchLoss is less than
1.2 times as fast as the plain products in float32.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from sklearn._loss.loss import HalfMultinomialLoss
from sklearn.linear_model._linear_loss import LinearModelLoss
from threadpoolctl import ThreadpoolController

from benchmarks.compiled import compiled
from benchmarks.inputs import pixels_and_labels
from benchmarks.race import PAUSE, race, table
from coursekit import full_batch, preprocessing, softmax, timing

PLAIN, BEST, NEEDED = "float32, X @ W", "FullBatchLoss", 1.2
BLOCK = 640  # rows
BLAS = ThreadpoolController().select(user_api="blas")
LAB, START, LOSS = "the lab's form in float64", "the lab's start, int32", "softmax_loss, float32"
JAX, JAX_TURNED = "JAX jit, X @ W", "JAX jit, T @ X.T"
LINEAR, AUTOGRAD, BY_HAND = "PyTorch, nn.Linear", "PyTorch, autograd of X @ W", "PyTorch, blocks, no autograd"
SKLEARN, NUMBA = "scikit-learn, LinearModelLoss", "compiled for the job, numba"
TARGETS = {LAB: 2.5, START: 12, LOSS: 1.2, JAX: 1.2, JAX_TURNED: 1.0, LINEAR: 1.5, BY_HAND: 1.0, NUMBA: 0.7}
PRODUCTS = "the two products alone, in NumPy"
REMARKS = {
    PRODUCTS: "what is left is softmax and Python: NumPy can go no faster than this",
    JAX_TURNED: "its best form",
    AUTOGRAD: "a slow transposed product in MKL, not what PyTorch's users write",
    BY_HAND: "its best form",
    NUMBA: "four rows by two classes at a time, on the columns with ink as ours",
}


def lab(theta, x, Y):
    """Return loss and gradient as the lab computes them; the speed depends on the number types alone."""
    Z = theta @ x.T  # (k, m)
    P = np.exp(Z - Z.max(axis=0))
    P /= P.sum(axis=0)
    return float(-np.log((Y * P).sum(axis=0)).mean()), (P - Y) @ x / len(x)


def in_place(theta, x, C, rows):
    """Return the same by blocks of rows, the scores being the only large array and C = Y x all that is left of Y."""
    return _finished(theta, C, [_sums(theta, x, rows)], len(x))


def on_each_core(theta, x, C, rows):
    """Return the same, each core working through rows of its own: as many as BLAS has threads, then held to one."""
    stripes = np.array_split(x, cores())  # views
    with BLAS.limit(limits=1), ThreadPoolExecutor(len(stripes)) as pool:
        parts = list(pool.map(lambda part: _sums(theta, part, rows), stripes))
    return _finished(theta, C, parts, len(x))


def cores():
    """Return how many threads NumPy's linear algebra uses."""
    return min((blas.num_threads for blas in BLAS.lib_controllers), default=1)


def _sums(theta, x, rows):
    """Return the sums over the examples of log-sum-exp and of P x, by blocks of rows."""
    total, G = 0.0, np.zeros_like(theta)
    for start in range(0, len(x), rows):
        part = x[start : start + rows]
        Z = theta @ part.T  # (k, rows)
        top = Z.max(axis=0)
        np.exp(np.subtract(Z, top, out=Z), out=Z)
        sums = Z.sum(axis=0)
        total += float((np.log(sums) + top).sum(dtype=float))
        G += np.divide(Z, sums, out=Z) @ part
    return total, G


def _finished(theta, C, parts, m):
    """Return the mean loss and its gradient from the sums over some parts of the m rows."""
    total, G = (sum(values) for values in zip(*parts, strict=True))
    return (total - float(np.vdot(theta, C))) / m, (G - C) / m


def weights(n, k=10):
    """Return the theta (k, n) at which all are compared."""
    return np.random.default_rng(1).normal(0, 0.1, (k, n))


def labs_with(types, X, y):
    """Return the lab's iteration with pixels of each type; theta is float32 for float16 and float32, else float64."""
    Y = preprocessing.one_hot(y, 10).T
    theta, made = weights(X.shape[1]), {}
    for kind in types:
        small = kind in ("float16", "float32")
        own, labels = (theta.astype(np.float32), Y.astype(np.float32)) if small else (theta, Y)
        made[kind] = partial(lab, own, X.astype(kind), labels)
    return made


def rungs(X, y):
    """Return the contenders by name: functions without arguments that return loss and gradient (k, n)."""
    lab_forms = labs_with(("int32", "float64", "float32"), X, y)
    x = X.astype(np.float32)
    theta = weights(X.shape[1]).astype(np.float32)
    C, fast = preprocessing.one_hot(y, 10, dtype=np.float32).T @ x, full_batch.FullBatchLoss(x, y, k=10)
    return {
        "int32, the lab's start": lab_forms["int32"],
        "float64": lab_forms["float64"],
        "float32": lab_forms["float32"],
        PLAIN: lambda: _turned(softmax.softmax_loss(theta.T, x, y)),
        "softmax in place": lambda: in_place(theta, x, C, len(x)),
        "blocks of rows": lambda: in_place(theta, x, C, BLOCK),
        "rows for each core": lambda: on_each_core(theta, x, C, BLOCK),
        BEST: lambda: _turned(fast(theta.T)),
    }


def _turned(result):
    """Return loss and gradient with the gradient as (k, n)."""
    return result[0], result[1].T


def agree(contenders):
    """Raise unless all contenders give the same loss and gradient."""
    (name, first), *others = contenders.items()
    loss, G = first()
    for other, run in others:
        value, dW = run()
        if not (np.isclose(value, loss, rtol=1e-4) and np.allclose(dW, G, atol=1e-3 * np.abs(G).max())):
            raise AssertionError(f"{other} and {name} differ: losses {value:.6f} and {loss:.6f}")


def peers(X, y):
    """Return FullBatchLoss on pixels in float32, and those who do the same with NumPy alone, by name as in `rungs`."""
    forms, x = labs_with(("float64", "int32"), X, y), X.astype(np.float32)
    theta, fast = weights(X.shape[1]).astype(np.float32), full_batch.FullBatchLoss(x, y, k=10)
    theirs = LinearModelLoss(HalfMultinomialLoss(n_classes=10), fit_intercept=False)
    by_columns, labels = np.asfortranarray(theta), y.astype(np.float32)  # the order and type that it need not copy
    return {
        BEST: lambda: _turned(fast(theta.T)),
        LAB: forms["float64"],
        START: forms["int32"],
        LOSS: lambda: _turned(softmax.softmax_loss(theta.T, x, y)),
        SKLEARN: lambda: theirs.loss_gradient(by_columns, x, labels, n_threads=cores()),
    }


def products_alone(X):
    """Return the two products of a step on the columns with ink, blocks of rows on each core, and nothing else."""
    x = np.ascontiguousarray(X[:, X.any(axis=0)], np.float32)
    theta, stripes = np.zeros((12, x.shape[1]), np.float32), np.array_split(x, cores())

    def stripe(part):
        for start in range(0, len(part), BLOCK):
            rows = part[start : start + BLOCK]
            (theta @ rows.T) @ rows

    def run():
        with BLAS.limit(limits=1), ThreadPoolExecutor(len(stripes)) as pool:
            list(pool.map(stripe, stripes))

    return {PRODUCTS: run}


def with_jax(theta, x, y):
    """Return the step compiled by JAX, as one would write it and in its fastest form."""
    import jax
    import jax.numpy as jnp

    def plain(W, X, y):
        Z = X @ W
        return (jax.nn.logsumexp(Z, axis=1) - jnp.take_along_axis(Z, y[:, None], 1)[:, 0]).mean()

    def turned(T, X, Y):
        Z = T @ X.T
        return jax.nn.logsumexp(Z, axis=0).mean() - (Z * Y.T).sum(0).mean()

    def run(step, *arguments):
        loss, gradient = step(*arguments)
        return float(loss), np.asarray(gradient)  # waits for it

    X, labels, T, W = jnp.asarray(x), jnp.asarray(y), jnp.asarray(theta), jnp.asarray(theta.T)
    first, second, Y = jax.jit(jax.value_and_grad(plain)), jax.jit(jax.value_and_grad(turned)), jax.nn.one_hot(y, 10)
    return {JAX: lambda: _turned(run(first, W, X, labels)), JAX_TURNED: lambda: run(second, T, X, Y)}


def with_torch(theta, x, y, rows=2048):
    """Return the step by PyTorch: a layer, autograd of the plain product, and by blocks with the gradient by hand."""
    import torch
    from torch.nn.functional import cross_entropy, one_hot

    X, labels, T = torch.from_numpy(x), torch.from_numpy(y.astype(np.int64)), torch.from_numpy(theta)
    W, layer, Y = T.T.contiguous().requires_grad_(), torch.nn.Linear(*theta.T.shape, bias=False), one_hot(labels, 10)
    layer.weight = torch.nn.Parameter(T.clone())

    def autograd(model, parameter):
        parameter.grad = None
        loss = cross_entropy(model(X), labels)
        loss.backward()
        return loss.item(), parameter.grad.numpy()

    @torch.no_grad()
    def by_hand():
        total, G = 0.0, torch.zeros_like(T)
        for part, own, hot in zip(X.split(rows), labels.split(rows), Y.float().split(rows), strict=True):
            Z = part @ T.T
            lse = torch.logsumexp(Z, 1)
            total += float((lse - Z.gather(1, own[:, None])[:, 0]).sum())
            G += (torch.exp(Z - lse[:, None]) - hot).T @ part
        return total / len(X), (G / len(X)).numpy()

    return {
        LINEAR: lambda: autograd(layer, layer.weight),
        AUTOGRAD: lambda: _turned(autograd(lambda X: X @ W, W)),
        BY_HAND: by_hand,
    }


def with_numba(theta, x, y):
    """Return the kernel that was compiled for the job, which like FullBatchLoss is given the columns with ink."""
    live = np.flatnonzero(x.any(axis=0))
    few, part = (np.ascontiguousarray(values[:, live]) for values in (theta, x))
    step, G = compiled(part, y, cores()), np.zeros_like(theta)

    def run():
        loss, G[:, live] = step(few)
        return loss, G

    return {NUMBA: run}


def frameworks(X, y):
    """Return the contenders that need more than the course does; print a line for each that is not installed."""
    made, theta, x = {}, weights(X.shape[1]).astype(np.float32), X.astype(np.float32)
    for bring in (with_jax, with_torch, with_numba):
        try:
            made |= bring(theta, x, y)
        except ImportError as error:
            print(f"left out, {bring.__name__}: {error}")
    return made


def lines():
    """Measure and return the lines of the table.

    Returns
    -------
    list of benchmarks.race.Line
        One step of FullBatchLoss beside each of its peers that is installed.
    """
    X, y = pixels_and_labels()
    contenders = peers(X, y) | frameworks(X, y)
    agree(contenders)
    contenders |= products_alone(X)
    work = " x ".join(map(str, [*X.shape, 10]))
    return race(f"loss and gradient, {work}, float32", contenders, targets=TARGETS, remarks=REMARKS, rounds=5, number=8)


def main():
    """Print the ladder and the table, and return the exit code."""
    contenders = rungs(*pixels_and_labels())
    agree(contenders)
    ladder = {rung.name: rung for rung in timing.ladder(contenders, pause=PAUSE)}
    for rung in ladder.values():
        print(f"{rung.name:24} {rung.per_second:7.2f} it/s   x {rung.speedup:5.1f}")
    ratio = ladder[PLAIN].seconds / ladder[BEST].seconds
    print(f"{BEST} is {ratio:.2f} times as fast as {PLAIN}; needed: {NEEDED}\n")
    print(table(lines()))
    return 0 if ratio >= NEEDED else 1


if __name__ == "__main__":
    sys.exit(main())
