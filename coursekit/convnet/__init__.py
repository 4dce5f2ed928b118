"""A convolutional network in NumPy, forward and backward.

``convolution``: the plain forms and their gradients. ``layers``: pooling, relu, the dense layer, dropout. ``pooled``: a
convolution and its pool in one step, fast. ``network``: ``ConvNet``, the network of lesson 13. ``training``: Adam on
moved batches, and a vote over moved images.
"""

from coursekit.convnet.convolution import convolve, convolve_by_offsets, convolve_gradients, output_size, windows
from coursekit.convnet.layers import dense_gradients, dropout_mask, max_pool, max_pool_gradient, relu, relu_gradient
from coursekit.convnet.network import ConvNet
from coursekit.convnet.pooled import convolve_and_pool, convolve_and_pool_gradients
from coursekit.convnet.training import fit, moved, moved_batches, vote

__all__ = [
    "ConvNet",
    "convolve",
    "convolve_and_pool",
    "convolve_and_pool_gradients",
    "convolve_by_offsets",
    "convolve_gradients",
    "dense_gradients",
    "dropout_mask",
    "fit",
    "max_pool",
    "max_pool_gradient",
    "moved",
    "moved_batches",
    "output_size",
    "relu",
    "relu_gradient",
    "vote",
    "windows",
]
