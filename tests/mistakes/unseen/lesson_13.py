"""Answers to lesson 13 by people who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("convolve_channel", "the kernel is turned over, as in mathematics")
def kernel_turned_over(x, kernel, stride):
    kernel = np.flipud(np.fliplr(kernel)).astype(float)
    kh, kw = kernel.shape
    h_out = (x.shape[0] - kh) // stride + 1
    w_out = (x.shape[1] - kw) // stride + 1
    out = np.zeros((h_out, w_out))
    for i in range(h_out):
        for j in range(w_out):
            out[i, j] = np.sum(x[i * stride : i * stride + kh, j * stride : j * stride + kw] * kernel)
    return out


@wrong("convolve_channel", "one row and one column are missing: no + 1 in the size")
def size_without_plus_one(x, kernel, stride):
    h, w = x.shape
    kh, kw = kernel.shape
    p, q = (h - kh) // stride, (w - kw) // stride
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            window = x[r * stride : r * stride + kh, s * stride : s * stride + kw]
            y[r, s] = (window.astype(float) * kernel).sum()
    return y


@wrong("convolve_channel", "products of bytes wrap around at 256")
def byte_products(x, kernel, stride):
    kh, kw = kernel.shape
    rows = (x.shape[0] - kh) // stride + 1
    cols = (x.shape[1] - kw) // stride + 1
    y = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            patch = x[r * stride : r * stride + kh, c * stride : c * stride + kw]
            y[r, c] = np.sum(patch * kernel)
    return y


@wrong("convolve_channel", "the stride only makes the output smaller: the windows still move by one pixel")
def windows_move_by_one(x, kernel, stride):
    x, kernel = x.astype(float), kernel.astype(float)
    kh, kw = kernel.shape
    out_h, out_w = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    out = np.empty((out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            out[i, j] = np.sum(x[i : i + kh, j : j + kw] * kernel)
    return out


@wrong("convolve_channel", "takes the kernel and the image to be square")
def square_only(x, kernel, stride):
    n, k = len(x), len(kernel)
    size = (n - k) // stride + 1
    y = np.zeros((size, size))
    for r in range(size):
        for s in range(size):
            window = x[r * stride : r * stride + k, s * stride : s * stride + k]
            y[r, s] = np.sum(window.astype(float) * kernel)
    return y


@wrong("convolve_channel", "a matrix product of window and kernel, in place of a product entry by entry")
def matrix_product(x, kernel, stride):
    kh, kw = kernel.shape
    p = (x.shape[0] - kh) // stride + 1
    q = (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            window = x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float)
            y[r, s] = (window @ kernel).sum()
    return y


@wrong("convolve_channel", "a frame of zeros is put around the image, and the sums have the image's type")
def padded_and_same_type(x, kernel, stride):
    kh, kw = kernel.shape
    padded = np.pad(x, ((kh // 2, kh // 2), (kw // 2, kw // 2)))
    p = (padded.shape[0] - kh) // stride + 1
    q = (padded.shape[1] - kw) // stride + 1
    y = np.zeros((p, q), dtype=x.dtype)
    for r in range(p):
        for s in range(q):
            window = padded[r * stride : r * stride + kh, s * stride : s * stride + kw]
            y[r, s] = (window * kernel).sum()
    return y


@right("convolve_channel")
def all_windows_then_stride(x, kernel, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)[::stride, ::stride]
    return np.tensordot(windows.astype(np.float64), kernel.astype(np.float64), axes=([2, 3], [0, 1]))


@wrong("last_side", "the + 1 is forgotten")
def plus_one_forgotten(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride
    return side


@wrong("last_side", "a plain division: the result is a fraction of a pixel, or at best a float")
def fractions_of_pixels(side, layers):
    for layer in layers:
        side = (side - layer[0]) / layer[1] + 1
    return side


@wrong("last_side", "returns inside the loop: the first layer only, and nothing for an empty list")
def first_layer_only(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride + 1
        return side


@wrong("last_side", "each layer starts from the first side; an empty list raises an error")
def always_from_the_image(side, layers):
    for kernel, stride in layers:
        out = (side - kernel) // stride + 1
    return out


@wrong("last_side", "rounds up: what is left over makes one more pixel")
def rounds_up(side, layers):
    for k, s in layers:
        side = int(np.ceil((side - k) / s)) + 1
    return side


@wrong("last_side", "the + 1 stands inside the division")
def one_inside_the_division(side, layers):
    for f, s in layers:
        side = (side - f + 1) // s
    return side


@wrong("last_side", "the sides after all layers, as a list")
def list_of_sides(side, layers):
    sides = [side]
    for kernel, stride in layers:
        sides.append((sides[-1] - kernel) // stride + 1)
    return sides


@right("last_side")
def rounds_down_at_the_end(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) / stride + 1
    return int(side)  # the floor of a floor is the floor of the whole


@right("last_side")
def counts_places(side, layers):
    if not layers:
        return side
    (kernel, stride), *rest = layers
    return counts_places(len(range(0, side - kernel + 1, stride)), rest)


@wrong("pool_gradient", "all pixels that equal the largest get the whole gradient")
def all_of_the_largest(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
            mask = block == np.max(block)
            dx[2 * r : 2 * r + 2, 2 * s : 2 * s + 2] = mask * dy[r, s]
    return dx


@wrong("pool_gradient", "shares the gradient equally among the four pixels, as a mean would")
def shared_by_four(dy, x):
    dx = np.zeros(x.shape, dtype=float)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            dx[2 * r : 2 * r + 2, 2 * s : 2 * s + 2] = dy[r, s] / 4
    return dx


@wrong("pool_gradient", "blocks from whole repeats: an odd row or column raises an error")
def repeats_without_the_edge(dy, x):
    h, w = x.shape
    blocks = x.reshape(h // 2, 2, w // 2, 2).transpose(0, 2, 1, 3).reshape(h // 2, w // 2, 4)
    first = np.arange(4) == blocks.argmax(axis=2)[..., None]
    dx = first * dy[..., None]
    return dx.reshape(h // 2, w // 2, 2, 2).transpose(0, 2, 1, 3).reshape(h, w)


@wrong("pool_gradient", "of several largest pixels the last one gets the gradient")
def last_of_the_largest(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            best, place = -np.inf, None
            for i in range(2 * r, 2 * r + 2):
                for j in range(2 * s, 2 * s + 2):
                    if x[i, j] >= best:
                        best, place = x[i, j], (i, j)
            dx[place] = dy[r, s]
    return dx


@wrong("pool_gradient", "row and column inside the block are exchanged")
def row_and_column_exchanged(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            k = np.argmax(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2])
            dx[2 * r + k % 2, 2 * s + k // 2] = dy[r, s]
    return dx


@wrong("pool_gradient", "the largest pixel gets the gradient times its own value, and odd sizes run out of dy")
def times_its_value(dy, x):
    h, w = x.shape
    dx = np.zeros((h, w))
    for i in range(0, h, 2):
        for j in range(0, w, 2):
            block = x[i : i + 2, j : j + 2]
            u, v = np.unravel_index(np.argmax(block), block.shape)
            dx[i + u, j + v] = block[u, v] * dy[i // 2, j // 2]
    return dx


@right("pool_gradient")
def four_corners_in_turn(dy, x):
    p, q = dy.shape
    dx = np.zeros(x.shape)
    corners = [(u, v) for u in (0, 1) for v in (0, 1)]
    quarters = np.stack([x[u : u + 2 * p : 2, v : v + 2 * q : 2][:p, :q] for u, v in corners])
    winner = quarters.argmax(axis=0)
    for index, (u, v) in enumerate(corners):
        dx[u : 2 * p : 2, v : 2 * q : 2] = np.where(winner == index, dy, 0)
    return dx
