"""Answers to lesson 10 by people who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("oriented_gradients", "subtracts bytes: differences below 0 wrap around")
def bytes_wrap(image):
    down = np.zeros(image.shape)
    across = np.zeros(image.shape)
    down[1:-1, :] = image[2:, :] - image[:-2, :]
    across[:, 1:-1] = image[:, 2:] - image[:, :-2]
    mag = np.sqrt(down**2 + across**2)
    idx = mag.argmax(axis=2)
    r, c = np.indices(idx.shape)
    length = mag[r, c, idx]
    angle = np.degrees(np.arctan2(down[r, c, idx], across[r, c, idx])) % 180
    return length, angle


@wrong("oriented_gradients", "repeats the border pixels, so the difference across the border is one-sided and not 0")
def edge_repeated(image):
    p = np.pad(image.astype(float), ((1, 1), (1, 1), (0, 0)), mode="edge")
    down = p[2:, 1:-1] - p[:-2, 1:-1]
    across = p[1:-1, 2:] - p[1:-1, :-2]
    best = np.argmax(np.hypot(down, across), axis=2)[..., None]
    d = np.take_along_axis(down, best, 2)[..., 0]
    a = np.take_along_axis(across, best, 2)[..., 0]
    return np.hypot(d, a), np.rad2deg(np.arctan2(d, a)) % 180


@wrong("oriented_gradients", "the absolute value of the angle, not the angle modulo 180")
def absolute_angle(image):
    img = np.array(image, dtype=np.float64)
    gy = np.zeros_like(img)
    gx = np.zeros_like(img)
    gy[1:-1] = img[2:] - img[:-2]
    gx[:, 1:-1] = img[:, 2:] - img[:, :-2]
    magnitude = np.sqrt(gx**2 + gy**2)
    channel = magnitude.argmax(axis=-1)
    h, w = channel.shape
    i, j = np.arange(h)[:, None], np.arange(w)
    orientation = np.abs(np.rad2deg(np.arctan2(gy[i, j, channel], gx[i, j, channel])))
    orientation[orientation == 180] = 0
    return magnitude[i, j, channel], orientation


@wrong("oriented_gradients", "each of the two differences comes from its own channel")
def a_channel_for_each(image):
    x = image.astype(float)
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[1:-1] = x[2:] - x[:-2]
    across[:, 1:-1] = x[:, 2:] - x[:, :-2]
    d = np.take_along_axis(down, np.abs(down).argmax(axis=2)[..., None], axis=2)[..., 0]
    a = np.take_along_axis(across, np.abs(across).argmax(axis=2)[..., None], axis=2)[..., 0]
    return np.sqrt(d**2 + a**2), np.rad2deg(np.arctan2(d, a)) % 180


@wrong("oriented_gradients", "the mean of the channels, in place of the channel with the longest gradient")
def gray_first(image):
    gray = image.mean(axis=2)
    dy, dx = np.zeros_like(gray), np.zeros_like(gray)
    dy[1:-1] = gray[2:] - gray[:-2]
    dx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180


@wrong("oriented_gradients", "on the border both differences are 0, and the differences are halved")
def inside_and_halved(image):
    x = image.astype(float)
    h, w, _ = x.shape
    length, angle = np.zeros((h, w)), np.zeros((h, w))
    for r in range(1, h - 1):
        for c in range(1, w - 1):
            down = (x[r + 1, c] - x[r - 1, c]) / 2
            across = (x[r, c + 1] - x[r, c - 1]) / 2
            lengths = np.sqrt(down**2 + across**2)
            k = np.argmax(lengths)
            length[r, c] = lengths[k]
            angle[r, c] = np.degrees(np.arctan2(down[k], across[k])) % 180
    return length, angle


@wrong("oriented_gradients", "the two arguments of arctan2 are exchanged: the angle from the vertical")
def arguments_exchanged(image):
    x = np.asarray(image, float)
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[1:-1] = x[2:] - x[:-2]
    across[:, 1:-1] = x[:, 2:] - x[:, :-2]
    size = down**2 + across**2
    pick = size == size.max(axis=2, keepdims=True)
    first = pick.argmax(axis=2)[..., None]
    d = np.take_along_axis(down, first, axis=2).squeeze(2)
    a = np.take_along_axis(across, first, axis=2).squeeze(2)
    return np.sqrt(d**2 + a**2), np.arctan2(a, d) * 180 / np.pi % 180


@right("oriented_gradients")
def complex_numbers(image):
    x = np.pad(np.asarray(image, dtype=float), ((1, 1), (1, 1), (0, 0)))
    g = (x[1:-1, 2:] - x[1:-1, :-2]) + 0j
    g[:, [0, -1]] = 0
    down = x[2:, 1:-1] - x[:-2, 1:-1]
    down[[0, -1]] = 0
    g = g + 1j * down
    k = np.abs(g).argmax(axis=2)
    h, w = k.shape
    best = g[np.arange(h)[:, None], np.arange(w), k]
    return np.abs(best), np.mod(np.angle(best, deg=True), 180)


@wrong("block_features", "counts the pixels of each bin, without their lengths")
def counts_pixels(length, angle, orientations):
    h = len(angle) // 2
    v = []
    for i in (0, h):
        for j in (0, h):
            hist, _ = np.histogram(angle[i : i + h, j : j + h], bins=orientations, range=(0, 180))
            v.extend(hist)
    v = np.array(v, dtype=float)
    v = v / np.sqrt(np.sum(v**2) + 1e-5**2)
    v = np.clip(v, 0, 0.2)
    return v / np.sqrt(np.sum(v**2) + 1e-5**2)


@wrong("block_features", "the bins reach from the least to the largest angle of the cell, not from 0 to 180")
def bins_of_the_cell(length, angle, orientations):
    half = length.shape[0] // 2
    parts = []
    for rows in (slice(0, half), slice(half, None)):
        for cols in (slice(0, half), slice(half, None)):
            hist, edges = np.histogram(angle[rows, cols].ravel(), orientations, weights=length[rows, cols].ravel())
            parts.append(hist)
    v = np.concatenate(parts)
    eps = 1e-5
    v = v / np.sqrt(v @ v + eps**2)
    v[v > 0.2] = 0.2
    return v / np.sqrt(v @ v + eps**2)


@wrong("block_features", "adds with an array of bins: of several pixels in one bin only the last one counts")
def last_pixel_of_a_bin(length, angle, orientations):
    n = length.shape[0] // 2
    width = 180 / orientations
    hist = np.zeros((2, 2, orientations))
    for i in range(2):
        for j in range(2):
            cell = np.s_[i * n : (i + 1) * n, j * n : (j + 1) * n]
            b = (angle[cell] // width).astype(int).ravel()
            hist[i, j, b] += length[cell].ravel()
    v = hist.ravel()
    v = np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)
    return v / np.sqrt((v**2).sum() + 1e-10)


@wrong("block_features", "brings the histogram of each cell to length 1, not the whole block")
def each_cell_alone(length, angle, orientations):
    h = len(length) // 2
    bins = (angle / 180 * orientations).astype(int)

    def normalize(u):
        return u / np.sqrt(np.sum(u**2) + 1e-10)

    cells = []
    for r in range(2):
        for c in range(2):
            b = bins[r * h : (r + 1) * h, c * h : (c + 1) * h].ravel()
            w = length[r * h : (r + 1) * h, c * h : (c + 1) * h].ravel()
            hist = np.bincount(b, weights=w, minlength=orientations)
            cells.append(normalize(np.minimum(normalize(hist), 0.2)))
    return np.concatenate(cells)


@wrong("block_features", "cuts off at 0.2 before the block has length 1")
def cut_off_too_early(length, angle, orientations):
    h, v = len(length) // 2, []
    bins = np.floor(angle / (180 / orientations)).astype(int)
    for i in (0, h):
        for j in (0, h):
            for o in range(orientations):
                mask = bins[i : i + h, j : j + h] == o
                v.append(length[i : i + h, j : j + h][mask].sum())
    v = np.minimum(np.array(v), 0.2)
    return v / np.sqrt((v**2).sum() + 1e-5**2)


@wrong("block_features", "ends after the cut at 0.2, and takes the cells column by column")
def no_second_length(length, angle, orientations):
    h = length.shape[0] // 2
    v = []
    for j in range(2):
        for i in range(2):
            a = angle[i * h : i * h + h, j * h : j * h + h]
            g = length[i * h : i * h + h, j * h : j * h + h]
            hist, _ = np.histogram(a, bins=orientations, range=(0, 180), weights=g)
            v.append(hist)
    v = np.hstack(v)
    v = v / np.sqrt(np.linalg.norm(v) ** 2 + 1e-5**2)
    return np.minimum(v, 0.2)


@wrong("block_features", "rounds to the nearest bin: angles near 180 fall out of the histogram")
def nearest_bin(length, angle, orientations):
    half = len(length) // 2
    features = np.zeros(4 * orientations)
    for r in range(len(length)):
        for c in range(len(length)):
            cell = 2 * (r // half) + c // half
            b = int(round(angle[r, c] / (180 / orientations)))
            features[cell * orientations + b] += length[r, c]
    features /= np.sqrt((features**2).sum() + 1e-10)
    features = features.clip(max=0.2)
    return features / np.sqrt((features**2).sum() + 1e-10)


@right("block_features")
def one_bincount(length, angle, orientations):
    h = len(length) // 2
    r, c = np.indices(length.shape) // h
    o = np.floor(angle * orientations / 180).astype(int)
    place = (2 * r + c) * orientations + o
    v = np.bincount(place.ravel(), weights=length.ravel(), minlength=4 * orientations)
    for most in (0.2, np.inf):
        v = np.minimum(v / np.sqrt(v @ v + 1e-5**2), most)
    return v


@wrong("project_both", "the test part is centred with its own mean")
def own_mean_for_test(X_train, X_test, share):
    A = X_train - X_train.mean(axis=0)
    B = X_test - X_test.mean(axis=0)
    variances, V = np.linalg.eigh(A.T @ A)
    variances, V = variances[::-1], V[:, ::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share) + 1
    return A @ V[:, :q], B @ V[:, :q]


@wrong("project_both", "the place of the component that reaches the share is taken for their number: one too few")
def one_too_few(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    A = X_train - mean
    variances, V = np.linalg.eigh(A.T @ A)
    order = np.argsort(variances)[::-1]
    variances, V = variances[order], V[:, order]
    reached = np.cumsum(variances) / variances.sum()
    q = np.argmax(reached >= share)
    return A @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong("project_both", "mean and directions still come from both parts: the leak is left in")
def leak_left_in(X_train, X_test, share):
    X = np.vstack([X_train, X_test])
    mean = X.mean(axis=0)
    A = X - mean
    variances, V = np.linalg.eigh(A.T @ A)
    variances = variances[::-1]
    V = V[:, ::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share) + 1
    return (X_train - mean) @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong(
    "project_both", "the mean is taken away to find the directions, but not from the examples that are written in them"
)
def projects_uncentred(X_train, X_test, share):
    A = X_train - X_train.mean(axis=0)
    variances, V = np.linalg.eigh(A.T @ A)
    variances, V = np.flip(variances), np.flip(V, axis=1)
    q = 1 + np.argmax(np.cumsum(variances) / np.sum(variances) >= share)
    return X_train @ V[:, :q], X_test @ V[:, :q]


@wrong("project_both", "the shares are those of the singular values, not of their squares")
def singular_values_not_squared(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    U, S, Vt = np.linalg.svd(X_train - mean, full_matrices=False)
    explained = np.cumsum(S) / np.sum(S)
    q = np.searchsorted(explained, share) + 1
    components = Vt[:q].T
    return (X_train - mean) @ components, (X_test - mean) @ components


@wrong("project_both", "the best directions, but with the largest variance last")
def largest_last(X_train, X_test, share):
    mu = np.mean(X_train, axis=0)
    cov = np.cov(X_train, rowvar=False)
    lam, V = np.linalg.eigh(cov)
    total, q = 0.0, 0
    while total < share * lam.sum():
        q += 1
        total += lam[-q]
    V = V[:, -q:]
    return np.dot(X_train - mu, V), np.dot(X_test - mu, V)


@right("project_both")
def by_svd(X_train, X_test, share):
    mu = X_train.mean(axis=0, keepdims=True)
    _, s, Vt = np.linalg.svd(X_train - mu, full_matrices=False)
    part = s**2 / (s**2).sum()
    q = 1
    while part[:q].sum() < share and q < len(s):
        q += 1
    return tuple((X - mu) @ Vt[:q].T for X in (X_train, X_test))
