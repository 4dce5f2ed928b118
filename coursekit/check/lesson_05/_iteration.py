"""One iteration of the MNIST lab in the handout's layout: probabilities, loss, gradient, and mistakes in them."""

import numpy as np

SMALL = (1e-300, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)


def softmax(Z, shift="image", total="image"):
    """Return the probabilities of scores (k, m), and their logarithms taken by log-sum-exp."""
    m = Z.shape[1]
    S = {
        "image": lambda: Z - Z.max(axis=0),
        "none": lambda: Z,
        "all": lambda: Z - Z.max(),
        "class": lambda: Z - Z.max(axis=1, keepdims=True),
        "turned": lambda: Z - Z.max(axis=0)[:, None],
        "smallest": lambda: Z - Z.min(axis=0),
        "mean": lambda: Z - Z.mean(axis=0),
        "clipped": lambda: np.clip(Z, -500, 500),
        "divided": lambda: Z / Z.max(axis=0),
    }[shift]()
    E = np.exp(S)
    if total == "sigmoid":
        return 1 / (1 + np.exp(-Z)), -np.logaddexp(0, -Z)
    if total == "twice":
        return softmax(softmax(Z, shift)[0])
    if total == "negative":
        return softmax(-Z, shift)
    if total == "two":
        return softmax(Z * np.log(2), shift)
    if total == "scores":
        return Z, np.log(Z)
    sums = {
        "image": lambda: E.sum(axis=0),
        "class": lambda: E.sum(axis=1, keepdims=True),
        "class, flat": lambda: E.sum(axis=1),
        "image, turned": lambda: E.sum(axis=0)[:, None],
        "all": lambda: E.sum(),
        "none": lambda: np.ones(m),
        "unshifted": lambda: np.exp(Z).sum(axis=0),
        "largest": lambda: E.max(axis=0),
        "mean": lambda: E.mean(axis=0),
        "plus one": lambda: 1 + E.sum(axis=0),
    }[total]()
    return E / sums, S - np.log(sums)


def losses_of(P, L, Y, log="log-sum-exp", cost="Y log P"):
    """Return the loss of each image: probabilities P, their logarithms L and one-hot labels Y are (k, m)."""
    if log != "log-sum-exp":
        how, small = log if isinstance(log, tuple) else ("added", log)
        guarded = np.clip(P, small, 1 - small) if how == "clipped" else P if isinstance(small, str) else P + small
        L = np.log(guarded)
        if log == "true":
            L = np.where(Y == 1, L, 0)
    add = np.nansum if log == "nansum" else np.sum
    return {
        "Y log P": lambda: -add(Y * L, axis=0),
        "every class": lambda: -add(L, axis=0),
        "P log P": lambda: -add(P * L, axis=0),
        "P log Y": lambda: -add(P * np.log(Y), axis=0),
        "both sides": lambda: -add(Y * L + (1 - Y) * np.log(1 - P), axis=0),
        "wrong side": lambda: -add((1 - Y) * np.log(1 - P), axis=0),
        "largest": lambda: -L.max(axis=0),
        "no log": lambda: -add(Y * P, axis=0),
        "1 - p": lambda: 1 - add(Y * P, axis=0),
        "square": lambda: add((P - Y) ** 2, axis=0),
        "half square": lambda: add((P - Y) ** 2, axis=0) / 2,
        "errors": lambda: (P.argmax(axis=0) != Y.argmax(axis=0)) * 1.0,
        "accuracy": lambda: (P.argmax(axis=0) == Y.argmax(axis=0)) * 1.0,
    }[cost]()


def residual(P, Y, of="P - Y"):
    """Return what stands for the gradient in the scores, not divided yet."""
    hard = (P.max(axis=0) == P) * 1.0
    return {
        "P - Y": lambda: P - Y,
        "P": lambda: P,
        "Y": lambda: -Y,
        "true class": lambda: (P - Y) * Y,
        "other classes": lambda: (P - Y) * (1 - Y),
        "hard": lambda: hard - Y,
        "square": lambda: 2 * (P - Y) * P * (1 - P),
        "half square": lambda: (P - Y) * P * (1 - P),
        "square of softmax": lambda: P * ((P - Y) - ((P - Y) * P).sum(axis=0)),
        "1 / p": lambda: -Y / P,
        "signs": lambda: np.sign(P - Y),
        "absolute": lambda: np.abs(P - Y),
        "P at the guess": lambda: P - hard,
    }[of]()


def product(D, x, how="D @ x"):
    """Return the gradient in theta of what stands for the gradient in the scores."""
    return {
        "D @ x": lambda: D @ x,
        "turned": lambda: (D @ x).T,
        "D.T @ x": lambda: D.T @ x,
        "x.T @ D": lambda: x.T @ D,
        "D @ x.T": lambda: D @ x.T,
        "reshaped": lambda: (D @ x).T.reshape(len(D), -1),
        "reshape of D": lambda: D.T.reshape(D.shape) @ x,
        "no x": lambda: D.sum(axis=1, keepdims=True) + 0 * (D @ x),
        "of sums": lambda: np.outer(D.sum(axis=1), x.sum(axis=0)),
        "of means": lambda: np.outer(D.sum(axis=1), x.mean(axis=0)),
        "first": lambda: np.outer(D[:, 0], x[0]),
        "last": lambda: np.outer(D[:, -1], x[-1]),
        "all but the first": lambda: D[:, 1:] @ x[1:],
        "all but the last": lambda: D[:, :-1] @ x[:-1],
        "first class": lambda: (np.arange(len(D)) == 0)[:, None] * (D @ x),
        "all but the last class": lambda: (np.arange(len(D)) < len(D) - 1)[:, None] * (D @ x),
        "unit length": lambda: D @ x / np.linalg.norm(D @ x),
    }[how]()


def rate(alpha, i, decay="every 50"):
    """Return the learning rate of iteration i."""
    exponent = {
        "every 50": lambda: i // 50,
        "none": lambda: 0,
        "at 0 too": lambda: i // 50 + 1,
        "early": lambda: (i + 1) // 50,
        "late": lambda: max(i - 1, 0) // 50,
        "every": lambda: i,
        "every, at 0 too": lambda: i + 1,
        "every from 50": lambda: max(i - 49, 0),
        "once": lambda: i >= 50,
        "compounding": lambda: sum(j // 50 for j in range(i + 1)),
        "smooth": lambda: i / 50,
        "upwards": lambda: np.ceil(i / 50),
        "rounded": lambda: np.round(i / 50),
        "remainder": lambda: i % 50,
        "of iters": lambda: i // 50,  # i is the number of all iterations then
        "only at the cuts": lambda: i > 0 and i % 50 == 0,
        "only at the cuts, at 0 too": lambda: i % 50 == 0,
        "grows": lambda: -(i // 50),
        **{each: lambda each=each: i // each for each in (5, 10, 25, 100)},
    }
    if decay in exponent:
        return alpha * 0.95 ** exponent[decay]()
    return {
        "without alpha": lambda: 0.95 ** (i // 50),
        "1": lambda: 1.0,
        "0.95": lambda: alpha if i < 50 else 0.95,
        "1 / i": lambda: alpha / (1 + i),
        "by 5 % of alpha": lambda: alpha * (1 - 0.05 * (i // 50)),
        "by 0.05": lambda: alpha - 0.05 * (i // 50),
        "e": lambda: alpha * np.exp(-0.95 * (i // 50)),
        "e, by 0.05": lambda: alpha * np.exp(-0.05 * (i // 50)),
        "divided": lambda: alpha / (1 + 0.95 * (i // 50)),
        "at once": lambda: alpha * 0.95,
        "times i // 50": lambda: alpha * 0.95 * (i // 50),
        "twice": lambda: alpha * alpha * 0.95 ** (i // 50),
        **{factor: lambda factor=factor: alpha * factor ** (i // 50) for factor in (0.05, 0.5, 0.9, 0.99)},
    }[decay]()
