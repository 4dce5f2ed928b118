"""What a step on a minibatch is made of: softmax, loss, and mistakes in them."""

import numpy as np


def _softmax(Z, shift):
    """Return softmax row by row, or column by column."""
    if shift == "columns":
        return _softmax(Z.T, "largest").T
    taken = {"largest": Z.max(axis=1, keepdims=True), "whole batch": Z.max(), "none": 0}.get(
        shift, Z.max(axis=1, keepdims=True)
    )
    E = np.exp(Z - taken)
    if shift == "all":
        return E / E.sum()
    return E / E.sum(axis=1, keepdims=True)


def _less_one(P, rows, columns):
    """Return P with 1 taken away at some places."""
    D = P.copy()
    D[rows, columns] -= 1
    return D


def _loss_of(P, labels, loss):
    """Return what is taken for the loss of a batch."""
    p = P[np.arange(len(P)), labels]
    return {
        "mean": lambda: -np.log(p).mean(),
        "sum": lambda: -np.log(p).sum(),
        "bits": lambda: -np.log2(p).mean(),
        "likelihood": lambda: np.log(p).mean(),
        "mean over P": lambda: -np.log(p).sum() / P.size,
        "of the mean": lambda: -np.log(p.mean()),
        "each": lambda: -np.log(p),
        "of P - Y": lambda: -np.log(1 - p).mean(),
        "of less than 0": lambda: -np.log(p - 1).mean(),
        "squares": lambda: ((P - np.eye(P.shape[1])[labels]) ** 2).mean(),
        "all labels": lambda: -np.log(P[:, labels]).mean(),
        "predicted": lambda: -np.log(P.max(axis=1)).mean(),
        "probability": lambda: p.mean(),
        "accuracy": lambda: (P.argmax(axis=1) == labels).mean(),
        "error": lambda: (P.argmax(axis=1) != labels).mean(),
    }[loss]()
