"""Answers to the exercises of notebook 13, a convolutional network."""

import numpy as np

from tests.mistakes import equal, right, wrong

CHANNEL, SIDE, POOL, DROPOUT = "convolve_channel", "last_side", "pool_gradient", "which_dropout"

# convolve_channel


@right(CHANNEL)
def by_offsets(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for u in range(kh):
        for v in range(kw):
            y += float(kernel[u, v]) * x[u : u + p * stride : stride, v : v + q * stride : stride]
    return y


@wrong(CHANNEL, "products above 255 start again at 0")
def products_in_bytes(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            y[r, s] = np.sum(x[r * stride : r * stride + kh, s * stride : s * stride + kw] * kernel)
    return y


@right(CHANNEL)
def window_by_window(x, kernel, stride):
    kh, kw = kernel.shape
    rows = range(0, len(x) - kh + 1, stride)
    columns = range(0, len(x[0]) - kw + 1, stride)
    x = x.astype(float)
    return [[float(np.sum(x[r : r + kh, c : c + kw] * kernel)) for c in columns] for r in rows]


@right(CHANNEL)
def by_a_view(x, kernel, stride):
    seen = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), kernel.shape)
    return np.einsum("rsuv,uv->rs", seen[::stride, ::stride], kernel)


@right(CHANNEL)
def as_a_product(x, kernel, stride):
    seen = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)[::stride, ::stride]
    return (seen.reshape(-1, kernel.size) @ kernel.reshape(-1, 1).astype(float)).reshape(seen.shape[:2])


@right(CHANNEL)
def four_loops(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = 1 + (x.shape[0] - kh) // stride, 1 + (x.shape[1] - kw) // stride
    y = np.empty((p, q))
    for r in range(p):
        for s in range(q):
            total = 0.0
            for u in range(kh):
                for v in range(kw):
                    total += float(x[r * stride + u, s * stride + v]) * float(kernel[u, v])
            y[r, s] = total
    return y


def looped(x, kernel, stride, value, start=0.0):
    """Return value(window, kernel) for each window."""
    kh, kw = kernel.shape
    x = np.asarray(x, float)
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            y[r, s] = value(x[r * stride : r * stride + kh, s * stride : s * stride + kw], kernel)
    return y


@wrong(CHANNEL, "as a mathematician's convolution does")
def turned_over(x, kernel, stride):
    return looped(x, kernel, stride, lambda seen, k: (seen * k[::-1, ::-1]).sum())


@wrong(CHANNEL, "it is used down only")
def stride_down_only(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, x.shape[1] - kw + 1
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            y[r, s] = (x[r * stride : r * stride + kh, s : s + kw].astype(float) * kernel).sum()
    return y


@wrong(CHANNEL, "it is not used")
def stride_forgotten(x, kernel, stride):
    return looped(x, kernel, 1, lambda seen, k: (seen * k).sum())


@wrong(CHANNEL, "the + 1 is not there")
def one_place_short(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride, (x.shape[1] - kw) // stride
    y = np.zeros((p, q))
    for r in range(p):
        for s in range(q):
            y[r, s] = (x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float) * kernel).sum()
    return y


@wrong(CHANNEL, "pixels are `stride` apart")
def gaps_inside(x, kernel, stride):
    kh, kw = kernel.shape
    x = x.astype(float)
    p, q = x.shape[0] - (kh - 1) * stride, x.shape[1] - (kw - 1) * stride
    y = np.zeros((-(-p // stride), -(-q // stride)))
    for r in range(y.shape[0]):
        for s in range(y.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    y[r, s] += kernel[u, v] * x[stride * (r + u), stride * (s + v)]
    return y


@wrong(CHANNEL, "this is their mean")
def mean_of_products(x, kernel, stride):
    return looped(x, kernel, stride, lambda seen, k: (seen * k).mean())


@wrong(CHANNEL, "the largest one, as in a pool")
def largest_product(x, kernel, stride):
    return looped(x, kernel, stride, lambda seen, k: (seen * k).max())


@wrong(CHANNEL, "only the last is left")
def equals_for_plus_equals(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for u in range(kh):
        for v in range(kw):
            y = kernel[u, v] * x.astype(float)[u::stride, v::stride][:p, :q]
    return y


@wrong(CHANNEL, "each window is only added up")
def kernel_unused(x, kernel, stride):
    return looped(x, kernel, stride, lambda seen, k: seen.sum())


@wrong(CHANNEL, "that is relu")
def with_relu(x, kernel, stride):
    return looped(x, kernel, stride, lambda seen, k: max((seen * k).sum(), 0))


@wrong(CHANNEL, "pixels of 0 were put around")
def padded(x, kernel, stride):
    kh, kw = kernel.shape
    x = np.pad(x.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return looped(x, kernel, stride, lambda seen, k: (seen * k).sum())


@wrong(CHANNEL, "every weight meets the same pixel")
def offset_forgotten(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for u in range(kh):
        for v in range(kw):
            y += kernel[u, v] * x.astype(float)[::stride, ::stride][:p, :q]
    return y


@wrong(CHANNEL, "start again at 0")
def bytes_overflow(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q), x.dtype)
    for u in range(kh):
        for v in range(kw):
            y = y + kernel[u, v] * x[u::stride, v::stride][:p, :q]
    return y


# last_side


@right(SIDE)
def one_after_another(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride + 1
    return side


@right(SIDE)
def counted_places(side, layers):
    for kernel, stride in layers:
        side = len(range(0, side - kernel + 1, stride))
    return side


@right(SIDE)
def recursion(side, layers):
    return recursion(1 + int((side - layers[0][0]) / layers[0][1]), layers[1:]) if layers else side


@right(SIDE)
def rounded_up_the_other_way(side, layers):
    for kernel, stride in layers:
        side = np.ceil((side - kernel + 1) / stride)
    return float(side)


@wrong(SIDE, "the + 1 is missing")
def without_the_one(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride
    return side


@wrong(SIDE, "rounded up")
def rounded_up(side, layers):
    for kernel, stride in layers:
        side = int(np.ceil((side - kernel) / stride)) + 1
    return side


@wrong(SIDE, "the stride is not used")
def no_stride(side, layers):
    for kernel, _ in layers:
        side = side - kernel + 1
    return side


@wrong(SIDE, "only the stride is used")
def divided_by_the_stride(side, layers):
    for _, stride in layers:
        side = side // stride
    return side


@wrong(SIDE, "a fraction of a pixel")
def a_fraction(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) / stride + 1
    return side


@wrong(SIDE, "added before the division")
def one_inside(side, layers):
    for kernel, stride in layers:
        side = (side - kernel + 1) // stride
    return side


@wrong(SIDE, "you read (stride, kernel)")
def swapped(side, layers):
    for stride, kernel in layers:
        side = (side - kernel) // stride + 1
    return side


@wrong(SIDE, "from the last to the first")
def backwards(side, layers):
    for kernel, stride in reversed(layers):
        side = (side - kernel) // stride + 1
    return side


@wrong(SIDE, "not the image")
def always_the_image(side, layers):
    last = side
    for kernel, stride in layers:
        last = (side - kernel) // stride + 1
    return last


@wrong(SIDE, "Is the `return` inside the loop")
def return_inside(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride + 1
        return side
    return side


@wrong(SIDE, "number of pixels")
def squared(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride + 1
    return side * side


@wrong(SIDE, "Return the last one")
def all_sides(side, layers):
    sides = [side]
    for kernel, stride in layers:
        sides.append((sides[-1] - kernel) // stride + 1)
    return sides


# pool_gradient


@right(POOL)
def by_argmax(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            u, v = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
            dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@right(POOL)
def by_four_pictures(dy, x):
    p, q = dy.shape
    parts = np.stack([x[u : 2 * p : 2, v : 2 * q : 2] for u in (0, 1) for v in (0, 1)])
    best = parts.argmax(axis=0)
    dx = np.zeros(x.shape)
    for n in range(4):
        dx[n // 2 : 2 * p : 2, n % 2 : 2 * q : 2] = np.where(best == n, dy, 0)
    return dx


@right(POOL)
def by_indices(dy, x):
    p, q = dy.shape
    best = x[: 2 * p, : 2 * q].reshape(p, 2, q, 2).transpose(0, 2, 1, 3).reshape(p, q, 4).argmax(axis=2)
    r, s = np.indices((p, q))
    dx = np.zeros(x.shape)
    np.add.at(dx, (2 * r + best // 2, 2 * s + best % 2), dy)
    return dx


@right(POOL)
def in_lists(dy, x):
    dx = [[0.0] * len(x[0]) for _ in x]
    for r in range(len(dy)):
        for s in range(len(dy[0])):
            places = [(2 * r + u, 2 * s + v) for u in (0, 1) for v in (0, 1)]
            i, j = max(places, key=lambda place: x[place])
            dx[i][j] += float(dy[r][s])
    return dx


def routed(dy, x, mask):
    """Return dy times mask(block) in each block."""
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            at = np.s_[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
            dx[at] = dy[r, s] * mask(x[at].astype(float))
    return dx


@wrong(POOL, "each of them gets dy[r, s], so more comes out")
def mask_of_equals(dy, x):
    return routed(dy, x, lambda block: block == block.max())


@wrong(POOL, "they share it")
def shared(dy, x):
    return routed(dy, x, lambda block: (block == block.max()) / (block == block.max()).sum())


@wrong(POOL, "all four pixels get it")
def repeated(dy, x):
    dx = np.zeros(x.shape)
    big = dy.repeat(2, axis=0).repeat(2, axis=1)
    dx[: big.shape[0], : big.shape[1]] = big
    return dx


@wrong(POOL, "as in a mean pool")
def a_quarter_each(dy, x):
    return routed(dy, x, lambda block: 0.25 * np.ones((2, 2)))


@wrong(POOL, "always goes to the pixel at the top left")
def top_left(dy, x):
    dx = np.zeros(x.shape)
    dx[: 2 * dy.shape[0] : 2, : 2 * dy.shape[1] : 2] = dy
    return dx


@wrong(POOL, "the smallest pixel")
def to_the_smallest(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        u, v = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmin()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong(POOL, "this is the pixel's value")
def the_value_itself(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        u, v = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
        dx[2 * r + u, 2 * s + v] = x[2 * r + u, 2 * s + v]
    return dx


@wrong(POOL, "the slope alone")
def ones(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        u, v = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
        dx[2 * r + u, 2 * s + v] = 1
    return dx


@wrong(POOL, "left-over rows and columns are missing")
def too_small(dy, x):
    p, q = dy.shape
    dx = np.zeros((2 * p, 2 * q))
    for r, s in np.ndindex(p, q):
        u, v = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong(POOL, "row and column of the largest pixel changed places")
def row_for_column(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        v, u = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong(POOL, "the last of them gets it")
def a_loop_with_at_least(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        best, place = -np.inf, None
        for u in (0, 1):
            for v in (0, 1):
                if x[2 * r + u, 2 * s + v] >= best:
                    best, place = x[2 * r + u, 2 * s + v], (2 * r + u, 2 * s + v)
        dx[place] = dy[r, s]
    return dx


@wrong(POOL, "the largest pixel of the whole image")
def largest_of_all(dy, x):
    return routed(dy, x, lambda block: block == x.max())


# which_dropout


@right(DROPOUT)
def c():
    return "c"


@right(DROPOUT)
def capital():
    return "C"


@right(DROPOUT)
def in_brackets():
    return "(c)"


@right(DROPOUT)
def with_a_dot():
    return " c."


@wrong(DROPOUT, "Overfitting would cost both alike")
def overfitting():
    return "a"


@wrong(DROPOUT, "reads as many of the validation images")
def overfitting_in_capitals():
    return "A"


@wrong(DROPOUT, "two predictions of one image would differ")
def mask_left_on():
    return "b"


@wrong(DROPOUT, "they are the same each time")
def mask_in_brackets():
    return "(b)"


@wrong(DROPOUT, "check_gradient with one fixed mask")
def gradient():
    return "d"


@wrong(DROPOUT, "Here it passes")
def gradient_with_a_dot():
    return "d."


@wrong(DROPOUT, "shows in training first")
def rate():
    return "e"


@wrong(DROPOUT, "as low as that of the other program")
def rate_in_capitals():
    return "E "


@wrong(DROPOUT, "one of the letters a, b, c, d, e")
def a_number():
    return 3


@wrong(DROPOUT, "one of the letters a, b, c, d, e")
def a_sentence():
    return "the mask is not divided"


# what was met later


@wrong("convolve_channel", "the windows are still 1 pixel apart")
def stride_in_the_size_only(x, kernel, stride):
    kh, kw = kernel.shape
    y = np.zeros(((x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1))
    for r in range(y.shape[0]):
        for s in range(y.shape[1]):
            y[r, s] = np.sum(x[r : r + kh, s : s + kw].astype(float) * kernel)
    return y


@wrong("convolve_channel", "range(kh) ends before kh")
def offsets_one_short(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for u in range(kh - 1):
        for v in range(kw - 1):
            y += x[u::stride, v::stride][:p, :q].astype(float) * kernel[u, v]
    return y


@wrong("convolve_channel", "never computed, and z keeps its 0 there")
def range_one_short(x, kernel, stride):
    kh, kw = kernel.shape
    p, q = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1
    y = np.zeros((p, q))
    for r in range(p - 1):
        for s in range(q - 1):
            y[r, s] = np.sum(x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float) * kernel)
    return y


@wrong("convolve_channel", "the starts end too early")
def starts_without_one(x, kernel, stride):
    kh, kw = kernel.shape
    rows, columns = range(0, x.shape[0] - kh, stride), range(0, x.shape[1] - kw, stride)
    y = np.zeros((len(rows), len(columns)))
    for i, r in enumerate(rows):
        for j, s in enumerate(columns):
            y[i, j] = (x[r : r + kh, s : s + kw].astype(float) * kernel).sum()
    return y


@wrong("convolve_channel", "Only the first windows are there")
def returned_after_one_row(x, kernel, stride):
    kh, kw = kernel.shape
    y = np.zeros(((x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1))
    for r in range(y.shape[0]):
        for s in range(y.shape[1]):
            y[r, s] = np.sum(x[r * stride :, s * stride :][:kh, :kw].astype(float) * kernel)
        return y


@wrong("convolve_channel", "taken for squares")
def one_length_for_both(x, kernel, stride):
    h, k = x.shape[0], kernel.shape[0]
    n = (h - k) // stride + 1
    y = np.zeros((n, n))
    for r in range(n):
        for s in range(n):
            y[r, s] = np.sum(x[r * stride : r * stride + k, s * stride : s * stride + k].astype(float) * kernel)
    return y


@wrong("convolve_channel", "they hang over the edge")
def windows_up_to_the_edge(x, kernel, stride):
    h, w = x.shape
    kh, kw = kernel.shape
    y = np.zeros((len(range(0, h, stride)), len(range(0, w, stride))))
    for r in range(0, h, stride):
        for s in range(0, w, stride):
            y[r // stride, s // stride] = (x[r : r + kh, s : s + kw].astype(float) * kernel).sum()
    return y


@wrong("convolve_channel", "Height and width changed places")
def width_before_height(x, kernel, stride):
    w, h = x.shape
    kw, kh = kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1))
    for r in range(y.shape[0]):
        for s in range(y.shape[1]):
            window = x[r * stride : r * stride + kernel.shape[0], s * stride : s * stride + kernel.shape[1]]
            y[r, s] = (window.astype(float) * kernel).sum()
    return y


@wrong("convolve_channel", "Look at where a sum is stored")
def stored_at_the_pixel(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1))
    for r in range(0, h - kh + 1, stride):
        for s in range(0, w - kw + 1, stride):
            y[r, s] = (x[r : r + kh, s : s + kw].astype(float) * kernel).sum()
    return y


@wrong("convolve_channel", "meet in a matrix product")
def product_of_matrices(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1))
    for r, s in np.ndindex(y.shape):
        y[r, s] = np.sum(x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float) @ kernel)
    return y


@wrong("convolve_channel", "A whole window of products is put into one place")
def sum_forgotten(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1))
    for r, s in np.ndindex(y.shape):
        y[r, s] = x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float) * kernel
    return y


@wrong("convolve_channel", "z has its type")
def result_of_the_type_of_x(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1), dtype=x.dtype)
    for r, s in np.ndindex(y.shape):
        y[r, s] = (x[r * stride : r * stride + kh, s * stride : s * stride + kw] * kernel.astype(float)).sum()
    return y


@wrong("convolve_channel", "cut to whole numbers")
def result_of_whole_numbers(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1), dtype=int)
    for r, s in np.ndindex(y.shape):
        y[r, s] = (x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float) * kernel).sum()
    return y


@wrong("last_side", "Is the `return` inside the loop")
def returned_in_the_loop(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // stride + 1
        return side


@wrong("last_side", "it reads what the first has left")
def another_name(side, layers):
    for kernel, stride in layers:
        new = (side - kernel) // stride + 1
    return new


@wrong("last_side", "The last layer is left out")
def one_layer_less(side, layers):
    for i in range(len(layers) - 1):
        side = (side - layers[i][0]) // layers[i][1] + 1
    return side


@wrong("last_side", "The first layer is left out")
def from_the_second_layer(side, layers):
    for i in range(1, len(layers)):
        side = (side - layers[i][0]) // layers[i][1] + 1
    return side


@wrong("last_side", "All layers are put into one formula")
def one_formula(side, layers):
    kernels, strides = sum(k for k, s in layers), 1
    for _, s in layers:
        strides *= s
    return (side - kernels) // strides + 1 if layers else side


@wrong("last_side", "the 1 is added to the stride")
def one_to_the_stride(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) // (stride + 1)
    return side


@wrong("last_side", "the kernel is added")
def kernel_added(side, layers):
    for kernel, stride in layers:
        side = (side + kernel) // stride + 1
    return side


@wrong("last_side", "multiplied by the stride")
def times_the_stride(side, layers):
    for kernel, stride in layers:
        side = (side - kernel) * stride + 1
    return side


@wrong("last_side", "as if 1 more were taken away")
def one_less_inside(side, layers):
    for kernel, stride in layers:
        side = (side - kernel - 1) // stride + 1
    return side


@wrong("pool_gradient", "Go over the blocks that dy has")
def blocks_by_reshape(dy, x):
    h, w = x.shape
    blocks = x.reshape(h // 2, 2, w // 2, 2).transpose(0, 2, 1, 3).reshape(h // 2, w // 2, 4)
    dx = np.zeros(blocks.shape)
    for r, s in np.ndindex(dy.shape):
        dx[r, s, blocks[r, s].argmax()] = dy[r, s]
    return dx.reshape(h // 2, w // 2, 2, 2).transpose(0, 2, 1, 3).reshape(h, w)


@wrong("pool_gradient", "Go over the blocks that dy has")
def blocks_over_the_edge(dy, x):
    dx = np.zeros(x.shape)
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            block = x[i : i + 2, j : j + 2]
            u, v = np.unravel_index(block.argmax(), block.shape)
            dx[i + u, j + v] = dy[i // 2, j // 2]
    return dx


@wrong("pool_gradient", "not enough places for the pixels")
def as_large_as_dy(dy, x):
    dx = np.zeros_like(dy)
    for r, s in np.ndindex(dy.shape):
        block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
        u, v = divmod(int(block.argmax()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong("pool_gradient", "on the way forward")
def the_pool_itself(dy, x):
    h, w = dy.shape
    return x[: 2 * h, : 2 * w].reshape(h, 2, w, 2).max(axis=(1, 3))


@wrong("pool_gradient", "the block begins at (2 r, 2 s)")
def place_in_the_block_only(dy, x):
    dx = np.zeros(x.shape)
    for r, s in np.ndindex(dy.shape):
        block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
        u, v = divmod(int(block.argmax()), 2)
        dx[u, v] = dy[r, s]
    return dx


@wrong("pool_gradient", "Only the first blocks have a gradient")
def back_after_the_first_row(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
            u, v = divmod(int(block.argmax()), 2)
            dx[2 * r + u, 2 * s + v] = dy[r, s]
        return dx


@wrong("pool_gradient", "Is dx made anew inside the loop")
def dx_made_anew(dy, x):
    for r in range(dy.shape[0]):
        for s in range(dy.shape[1]):
            dx = np.zeros(x.shape)
            block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
            u, v = divmod(int(block.argmax()), 2)
            dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong("pool_gradient", "The last blocks have no gradient")
def ranges_one_short(dy, x):
    dx = np.zeros(x.shape)
    for r in range(dy.shape[0] - 1):
        for s in range(dy.shape[1] - 1):
            block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
            u, v = divmod(int(block.argmax()), 2)
            dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong("pool_gradient", "+= cannot put fractions")
def added_to_the_type_of_x(dy, x):
    dx = np.zeros_like(x)
    for r, s in np.ndindex(dy.shape):
        block = x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2]
        first = np.arange(4).reshape(2, 2) == block.argmax()
        dx[2 * r : 2 * r + 2, 2 * s : 2 * s + 2] += first * dy[r, s]
    return dx


TYPE = "only the type of the numbers is another"
RECTANGLE = "all rows of an image are equally long"
equal(
    CHANNEL,
    TYPE,
    "window_by_window: float(np.sum(x[r:r + kh, c:c + kw] * kernel)) -> np.sum(x[r:r + kh, c:c + kw] * kernel)",
    "four_loops: float(x[r * stride + u, s * stride + v]) -> x[r * stride + u, s * stride + v]",
    "four_loops: float(kernel[u, v]) -> kernel[u, v]",
)
equal(CHANNEL, RECTANGLE, "window_by_window: 0 -> -1")
equal(CHANNEL, "reshape finds out any side that is negative", "as_a_product: 1 -> 2")
equal(SIDE, TYPE, "rounded_up_the_other_way: float(side) -> side")
equal(
    POOL,
    TYPE,
    "by_argmax: int(x[2 * r:2 * r + 2, 2 * s:2 * s + 2].argmax()) -> x[2 * r:2 * r + 2, 2 * s:2 * s + 2].argmax()",
    "in_lists: float(dy[r][s]) -> dy[r][s]",
)
equal(POOL, RECTANGLE, "in_lists: 0 -> 1", "in_lists: 0 -> -1")
equal(POOL, "a list of one 0 times a row is a row of zeros", "in_lists: len(x[0]) -> x[0]")
equal(POOL, "each pixel is in one block", "in_lists: dx[i][j] += float(dy[r][s]) -> dx[i][j] = float(dy[r][s])")
equal(POOL, "a number in a block is unravelled by its columns; its rows do not matter", "pool_gradient: 2 -> 3")


@wrong("pool_gradient", "dx holds whole numbers too")
def whole_gradients_of_whole_pixels(dy, x):
    dx = np.zeros(x.shape, int if x.dtype == np.uint8 else float)
    for r, s in np.ndindex(*dy.shape):
        i, j = divmod(int(np.argmax(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2])), 2)
        dx[2 * r + i, 2 * s + j] = dy[r, s]
    return dx


@wrong("convolve_channel", "z holds whole numbers too")
def whole_sums_of_whole_pixels(x, kernel, stride):
    kh, kw = kernel.shape
    y = np.zeros(
        ((x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1), np.int64 if x.dtype == np.uint8 else float
    )
    for r, s in np.ndindex(*y.shape):
        y[r, s] = (x[r * stride : r * stride + kh, s * stride : s * stride + kw].astype(float) * kernel).sum()
    return y


def windows_of(x, kernel, stride, value, dtype=float):
    """Return value(window, kernel) for each window as it comes, in an array of some type."""
    (h, w), (kh, kw) = x.shape, kernel.shape
    y = np.zeros(((h - kh) // stride + 1, (w - kw) // stride + 1), dtype)
    for r, s in np.ndindex(y.shape):
        y[r, s] = value(x[r * stride : r * stride + kh, s * stride : s * stride + kw], kernel)
    return y


@wrong("convolve_channel", "sums above 255 start again at 0")
def dot_of_bytes(x, kernel, stride):
    return windows_of(x, kernel, stride, lambda window, k: np.dot(window.ravel(), k.ravel()))


@wrong("convolve_channel", "sums above 255 start again at 0")
def added_in_bytes(x, kernel, stride):
    def total(window, k):
        found = x.dtype.type(0)
        for u, v in np.ndindex(k.shape):
            found = found + window[u, v] * k[u, v]
        return found

    return windows_of(x, kernel, stride, total)


@wrong("convolve_channel", "sums above 255 start again at 0")
def einsum_of_bytes(x, kernel, stride):
    seen = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)[::stride, ::stride]
    return np.einsum("rsuv,uv->rs", seen, kernel)


@wrong("convolve_channel", "z has its type")
def summed_in_the_type_of_x(x, kernel, stride):
    return windows_of(x, kernel, stride, lambda window, k: (window * k).sum(dtype=x.dtype))


@wrong("convolve_channel", "z holds bytes")
def sums_in_bytes(x, kernel, stride):
    return windows_of(x, kernel, stride, lambda window, k: int((window.astype(float) * k).sum()) % 256, np.uint8)


@wrong("convolve_channel", "rounded to whole numbers")
def rounded_sums(x, kernel, stride):
    return windows_of(x, kernel, stride, lambda window, k: round(float((window.astype(float) * k).sum())))


@wrong("convolve_channel", "rounded to whole numbers")
def sums_rounded_down(x, kernel, stride):
    return windows_of(x, kernel, stride, lambda window, k: np.floor((window.astype(float) * k).sum()))


@wrong("convolve_channel", "its weights are cut to whole numbers")
def whole_weights(x, kernel, stride):
    return windows_of(x, kernel.astype(int), stride, lambda window, k: (window.astype(float) * k).sum())


@wrong("convolve_channel", "the kernel was given its type")
def weights_of_the_type_of_x(x, kernel, stride):
    k = kernel.astype(int).astype(x.dtype) if x.dtype == np.uint8 else kernel
    return windows_of(x, k, stride, lambda window, k: (window.astype(float) * k).sum())


@wrong("last_side", "rounded to the nearest")
def rounded_with_the_one(side, layers):
    for kernel, stride in layers:
        side = round((side - kernel) / stride + 1)
    return side


@wrong("last_side", "rounded to the nearest")
def rounded_by_numpy(side, layers):
    for kernel, stride in layers:
        side = int(np.round((side - kernel) / stride)) + 1
    return side


@wrong("last_side", "added before the division, and that is rounded")
def rounded_one_inside(side, layers):
    for kernel, stride in layers:
        side = round((side - kernel + 1) / stride)
    return side


@wrong("last_side", "the + 1 is missing, and the division is rounded")
def rounded_without_the_one(side, layers):
    for kernel, stride in layers:
        side = round((side - kernel) / stride)
    return side


@wrong("last_side", "only the stride is used, and the division is rounded")
def rounded_stride_only(side, layers):
    for _, stride in layers:
        side = round(side / stride)
    return side


def given(dy, x, dx):
    """Put each gradient into dx, at the largest pixel of its block."""
    for r, s in np.ndindex(dy.shape):
        u, v = divmod(int(x[2 * r : 2 * r + 2, 2 * s : 2 * s + 2].argmax()), 2)
        dx[2 * r + u, 2 * s + v] = dy[r, s]
    return dx


@wrong("pool_gradient", "dx has its type, which has no fractions")
def zeros_like_x(dy, x):
    return given(dy, x, np.zeros_like(x))


@wrong("pool_gradient", "dx is cut to whole numbers")
def zeros_of_int(dy, x):
    return given(dy, x, np.zeros(x.shape, int))


@wrong("pool_gradient", "dx holds bytes")
def zeros_of_bytes(dy, x):
    return given(np.asarray(dy).astype(int) % 256, x, np.zeros(x.shape, np.uint8))


@wrong("pool_gradient", "dx is rounded to whole numbers")
def rounded_gradient(dy, x):
    return np.round(given(dy, x, np.zeros(x.shape)))


@wrong("pool_gradient", "dx is rounded to whole numbers")
def gradient_rounded_down(dy, x):
    return given(np.floor(dy), x, np.zeros(x.shape))


@wrong("last_side", "rounded up in place of the + 1")
def rounds_up_for_the_one(side, layers):
    for kernel, stride in layers:
        side = int(np.ceil((side - kernel) / stride))
    return side
