"""Answers to lesson 13 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import wrong


def _convolve(x, kernel, stride, p, q):
    kh, kw = kernel.shape
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            part = x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float)
            y[r, s] = (part * kernel).sum()
    return y


def _sides(x, kernel, stride):
    return (x.shape[0] - kernel.shape[0]) // stride + 1, (x.shape[1] - kernel.shape[1]) // stride + 1


@wrong("convolve_channel", "the kernel is turned over, as in a signal book")
def kernel_turned_over(x, kernel, stride):
    return _convolve(x, kernel[::-1, ::-1], stride, *_sides(x, kernel, stride))


@wrong("convolve_channel", "relu added")
def with_relu(x, kernel, stride):
    return np.maximum(_convolve(x, kernel, stride, *_sides(x, kernel, stride)), 0)


@wrong("convolve_channel", "the stride is not used for the windows' places, only for the size")
def windows_side_by_side(x, kernel, stride):
    p, q = _sides(x, kernel, stride)
    return _convolve(x, kernel, 1, p, q)


@wrong("convolve_channel", "one window too few: + 1 forgotten")
def one_window_too_few(x, kernel, stride):
    p, q = _sides(x, kernel, stride)
    return _convolve(x, kernel, stride, p - 1, q - 1)


@wrong("convolve_channel", "the mean of the window's products")
def mean_of_products(x, kernel, stride):
    return _convolve(x, kernel, stride, *_sides(x, kernel, stride)) / kernel.size


@wrong("last_side", "+ 1 forgotten")
def side_without_one(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride
    return side


@wrong("last_side", "rounded up")
def rounded_up(side, layers):
    for kernel, stride in layers:
        side = int(np.ceil((side - kernel) / stride)) + 1
    return side


@wrong("last_side", "each layer starts from the first side")
def from_first_side(side, layers):
    left = side
    for kernel, stride in layers:
        left = (side - kernel) // stride + 1
    return left


@wrong("last_side", "kernel and stride exchanged")
def kernel_stride_exchanged(side, layers):
    for stride, kernel in layers:
        side = (side - kernel) // stride + 1
    return side


@wrong("pool_gradient", "all largest pixels get the gradient")
def all_largest(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
            dx[2 * r : 2 * r + 2, 2 * s : 2 * s + 2] = (block == block.max()) * dy[r, s]
    return dx


@wrong("pool_gradient", "a quarter for each pixel, as of a mean pool")
def mean_pool(dy, x):
    dx = np.zeros(x.shape)
    h, w = dy.shape
    dx[: 2 * h, : 2 * w] = np.kron(dy, np.full((2, 2), 0.25))
    return dx


@wrong("pool_gradient", "the gradient times the pixel")
def times_pixel(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
        u, v = divmod(int(block.argmax()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s] * block.max()
    return dx


@wrong("pool_gradient", "row and column of the largest pixel exchanged")
def place_exchanged(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        v, u = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx
