"""A network of two layers: scores from hidden units, its loss with all gradients by hand, and a training.

Notation: ``Z1 = X @ W1 + b1`` and ``A1 = activation(Z1)`` (m, h) for h hidden units, ``Z2 = A1 @ W2 + b2`` (m, k) the
scores. The parameters travel in a dict with the keys W1 (n, h), b1 (h,), W2 (h, k) and b2 (k,).
"""

from coursekit.network._layers import ACTIVATIONS, Forward, forward, init_params, predict, two_layer_loss
from coursekit.network._training import train, train_in_view

__all__ = [
    "ACTIVATIONS",
    "Forward",
    "forward",
    "init_params",
    "predict",
    "train",
    "train_in_view",
    "two_layer_loss",
]
