"""What the error models of losses share, in notebooks 01 and 03: small numbers in a logarithm, wrong one-hot rows."""

import numpy as np

LOSS = (
    "coursekit.softmax.softmax_loss", "coursekit.softmax.softmax_loss_loops", "coursekit.full_batch.FullBatchLoss",
    "sklearn.metrics.log_loss", "torch.nn.functional.cross_entropy",
)  # fmt: skip
SMALL = (1e-16, 1e-15, 1e-14, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)


def _guarded(p, small):
    """Return probabilities with a small number added, or cut off by it."""
    how, eps = small if isinstance(small, tuple) else ("added", small)
    return p + eps if how == "added" else np.clip(p, eps, 1 - eps)


def _rows_set(P, y):
    """Return what Y[y] = 1 makes: whole rows of ones."""
    Y = np.zeros(P.shape)
    Y[y] = 1
    return Y


def _narrow(y):
    """Return one-hot labels with as many classes as the largest label says."""
    return np.eye(y.max() + 1)[y]
