"""Answers to the exercises of notebook 10, features of images."""

import numpy as np

from tests.mistakes import equal, right, wrong

# oriented_gradients


def differences(x):
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[1:-1] = x[2:] - x[:-2]
    across[:, 1:-1] = x[:, 2:] - x[:, :-2]
    return down, across


def strongest(down, across):
    best = (down**2 + across**2).argmax(axis=2)[..., None]
    return (np.take_along_axis(d, best, axis=2)[..., 0] for d in (down, across))


@right("oriented_gradients")
def by_padding_and_masks(image):
    x = np.asarray(image, dtype=np.float64)
    p = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    gy = p[2:, 1:-1] - p[:-2, 1:-1]
    gx = p[1:-1, 2:] - p[1:-1, :-2]
    gy[[0, -1]] = 0
    gx[:, [0, -1]] = 0
    size = np.sqrt(gx**2 + gy**2)
    best = size.argmax(axis=2)
    i, j = np.indices(best.shape)
    gy, gx = gy[i, j, best], gx[i, j, best]
    angle = np.degrees(np.arctan2(gy, gx))
    angle[angle < 0] += 180
    angle[angle >= 180] -= 180
    return size.max(axis=2), angle


@right("oriented_gradients")
def by_loops(image):
    h, w = image.shape[:2]
    length, angle = np.zeros((h, w)), np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            for c in range(3):
                down = across = 0.0
                if 0 < i < h - 1:
                    down = float(image[i + 1, j, c]) - float(image[i - 1, j, c])
                if 0 < j < w - 1:
                    across = float(image[i, j + 1, c]) - float(image[i, j - 1, c])
                size = (down**2 + across**2) ** 0.5
                if size > length[i, j]:
                    length[i, j] = size
                    angle[i, j] = np.rad2deg(np.arctan2(down, across)) % 180
    return length, angle


@right("oriented_gradients")
def channel_by_channel(image):
    x = image.astype(np.float32)
    length, angle = np.zeros(x.shape[:2]), np.zeros(x.shape[:2])
    for c in range(3):
        down, across = differences(x[..., c])
        size = np.hypot(down, across)
        longer = size > length
        length = np.where(longer, size, length)
        angle = np.where(longer, np.mod(np.rad2deg(np.arctan2(down, across)), 180), angle)
    return length, angle


@right("oriented_gradients")
def with_complex_numbers(image):
    down, across = differences(image.astype(float))
    g = across + 1j * down
    g = np.take_along_axis(g, abs(g).argmax(axis=2)[..., None], axis=2)[..., 0]
    return [abs(g), np.angle(g, deg=True) % 180]


@wrong("oriented_gradients", "its first argument")
def arctan2_turned(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.rad2deg(np.arctan2(across, down)) % 180


@wrong("oriented_gradients", "opposite directions are one orientation")
def signed(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across))


@wrong("oriented_gradients", "from 0 to 360")
def modulo_360(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 360


@wrong("oriented_gradients", "-30 became 30")
def sizes_of_angles(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.abs(np.rad2deg(np.arctan2(down, across))) % 180


@wrong("oriented_gradients", "exactly 180")
def negatives_only(image):
    down, across = strongest(*differences(image.astype(float)))
    angle = np.rad2deg(np.arctan2(down, across))
    angle[angle < 0] += 180
    return np.hypot(down, across), angle


@wrong("oriented_gradients", "in radians")
def radians(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.arctan2(down, across) % np.pi


@wrong("oriented_gradients", "Sobel")
def sobel(image):
    x = np.pad(image.astype(float), ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows, columns = x[2:] - x[:-2], x[:, 2:] - x[:, :-2]
    down = rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]
    across = columns[:-2] + 2 * columns[1:-1] + columns[2:]
    down[[0, -1]] = 0
    across[:, [0, -1]] = 0
    down, across = strongest(down, across)
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "into one before the gradient")
def of_the_gray_image(image):
    down, across = differences(image.mean(axis=2))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "into one before the gradient")
def of_the_luma(image):
    down, across = differences(image @ np.array([0.299, 0.587, 0.114]))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "one of them was used for all")
def of_red(image):
    down, across = differences(image[..., 0].astype(float))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "from two channels")
def each_from_its_own_channel(image):
    down, across = differences(image.astype(float))
    i, j = np.indices(image.shape[:2])
    down, across = down[i, j, abs(down).argmax(axis=2)], across[i, j, abs(across).argmax(axis=2)]
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "a byte has no minus")
def bytes_wrap(image):
    down, across = strongest(*differences(image))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "a byte has no minus")
def bytes_to_the_end(image):
    down, across = np.zeros_like(image), np.zeros_like(image)
    down[1:-1] = image[2:] - image[:-2]
    across[:, 1:-1] = image[:, 2:] - image[:, :-2]
    down, across = strongest(down, across)
    return np.sqrt(down**2 + across**2), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "np.gradient")
def slopes(image):
    x = image.astype(float)
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[1:-1], across[:, 1:-1] = (x[2:] - x[:-2]) / 2, (x[:, 2:] - x[:, :-2]) / 2
    down[0], down[-1] = x[1] - x[0], x[-1] - x[-2]
    across[:, 0], across[:, -1] = x[:, 1] - x[:, 0], x[:, -1] - x[:, -2]
    down, across = strongest(down, across)
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "divided by 2")
def halved(image):
    down, across = strongest(*differences(image.astype(float) / 2))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "itself and one neighbour")
def neighbour_minus_itself(image):
    x = image.astype(float)
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[:-1] = np.diff(x, axis=0)
    across[:, :-1] = np.diff(x, axis=1)
    down, across = strongest(down, across)
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "at its other side")
def rolled(image):
    x = image.astype(float)
    down = np.roll(x, -1, axis=0) - np.roll(x, 1, axis=0)
    across = np.roll(x, -1, axis=1) - np.roll(x, 1, axis=1)
    down, across = strongest(down, across)
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "outer pixels were repeated")
def edge_padded(image):
    p = np.pad(image.astype(float), ((1, 1), (1, 1), (0, 0)), mode="edge")
    down, across = strongest(p[2:, 1:-1] - p[:-2, 1:-1], p[1:-1, 2:] - p[1:-1, :-2])
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "continued with zeros")
def zero_padded(image):
    p = np.pad(image.astype(float), ((1, 1), (1, 1), (0, 0)))
    down, across = strongest(p[2:, 1:-1] - p[:-2, 1:-1], p[1:-1, 2:] - p[1:-1, :-2])
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "must count more")
def one_minus_length(image):
    down, across = strongest(*differences(image.astype(float)))
    return 1 - np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "a sum of sizes")
def taxi_length(image):
    down, across = strongest(*differences(image.astype(float)))
    return abs(down) + abs(across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "root is missing")
def squared_length(image):
    down, across = strongest(*differences(image.astype(float)))
    return down**2 + across**2, np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "rows are counted downwards")
def above_minus_below(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.rad2deg(np.arctan2(-down, across)) % 180


@wrong("oriented_gradients", "in the other order")
def angle_first(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.rad2deg(np.arctan2(down, across)) % 180, np.hypot(down, across)


@wrong("oriented_gradients", "must be of shape")
def cropped(image):
    x = image.astype(float)
    down, across = strongest(x[2:, 1:-1] - x[:-2, 1:-1], x[1:-1, 2:] - x[1:-1, :-2])
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "must be of shape")
def all_channels(image):
    down, across = differences(image.astype(float))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "-30 became 30")
def sizes_of_angles_with_180(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.abs(np.degrees(np.arctan2(down, across)))


@wrong("oriented_gradients", "folded back")
def arctan_of_sizes(image):
    down, across = strongest(*differences(image.astype(float)))
    return np.hypot(down, across), np.degrees(np.arctan2(abs(down), abs(across)))


@wrong("oriented_gradients", "into one before the gradient")
def gray_and_turned(image):
    down, across = differences(image.mean(axis=2))
    return np.hypot(down, across), np.rad2deg(np.arctan2(across, down)) % 180


@wrong("oriented_gradients", "in radians")
def radians_of_bytes(image):
    down, across = strongest(*differences(image))
    return np.hypot(down, across), np.arctan2(down, across) % np.pi


@wrong("oriented_gradients", "opposite directions are one orientation")
def signed_of_red(image):
    down, across = differences(image[..., 0].astype(float))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across))


@wrong("oriented_gradients", "the whole image uses the same one")
def strongest_channel_of_the_image(image):
    down, across = differences(image.astype(float))
    c = (down**2 + across**2).sum(axis=(0, 1)).argmax()
    down, across = down[..., c], across[..., c]
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


# block_features


def histograms(length, angle, orientations):
    s = len(length) // 2
    H = np.zeros((2, 2, orientations))
    for i in range(2 * s):
        for j in range(2 * s):
            H[i // s, j // s, int(angle[i, j] * orientations / 180)] += length[i, j]
    return H


def hys(v):
    v = v / np.sqrt((v**2).sum() + 1e-10)
    v = np.minimum(v, 0.2)
    return v / np.sqrt((v**2).sum() + 1e-10)


@right("block_features")
def by_histogram(length, angle, orientations):
    s = len(length) // 2
    parts = []
    for i in range(2):
        for j in range(2):
            cell = np.s_[i * s : i * s + s, j * s : j * s + s]
            counts, _ = np.histogram(angle[cell], bins=orientations, range=(0, 180), weights=length[cell])
            parts.append(counts)
    v = np.concatenate(parts)
    v = v / np.sqrt(np.dot(v, v) + 1e-10)
    v = np.clip(v, 0, 0.2)
    return v / np.sqrt(np.dot(v, v) + 1e-10)


@right("block_features")
def by_bincount(length, angle, orientations):
    s = len(length) // 2
    bins = (angle // (180 / orientations)).astype(int)
    cell = np.arange(2 * s) // s
    places = (2 * cell[:, None] + cell) * orientations + bins
    v = np.bincount(places.ravel(), weights=length.ravel(), minlength=4 * orientations)
    return hys(v).tolist()


@right("block_features")
def means_not_sums(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel() / length.size
    return hys(v)


@right("block_features")
def by_reshaping(length, angle, orientations):
    s = len(length) // 2
    chosen = np.floor(angle * orientations / 180)[..., None] == np.arange(orientations)
    votes = (length[..., None] * chosen).reshape(2, s, 2, s, orientations)
    return hys(votes.sum(axis=(1, 3)).ravel())


@wrong("block_features", "each pixel has one")
def counted(length, angle, orientations):
    return hys(histograms(np.ones(length.shape), angle, orientations).ravel())


@wrong("block_features", "that is not flat has one")
def counted_where_not_flat(length, angle, orientations):
    return hys(histograms((length > 0).astype(float), angle, orientations).ravel())


@wrong("block_features", "1 minus the length")
def one_minus(length, angle, orientations):
    return hys(histograms(1 - length, angle, orientations).ravel())


@wrong("block_features", "squared lengths")
def squares_vote(length, angle, orientations):
    return hys(histograms(length**2, angle, orientations).ravel())


@wrong("block_features", "this is L2, and L2-Hys")
def plain_l2(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    return v / np.sqrt((v**2).sum() + 1e-10)


@wrong("block_features", "sum of the features (L1)")
def l1(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    v = np.minimum(v / (v.sum() + 1e-5), 0.2)
    return v / (v.sum() + 1e-5)


@wrong("block_features", "sum of the features (L1)")
def l1_once(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    return v / (v.sum() + 1e-5)


@wrong("block_features", "roots taken")
def l1_root(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    return np.sqrt(v / (v.sum() + 1e-5))


@wrong("block_features", "1e-5 squared, not 1e-5")
def eps_not_squared(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    v = np.minimum(v / np.sqrt((v**2).sum() + 1e-5), 0.2)
    return v / np.sqrt((v**2).sum() + 1e-5)


@wrong("block_features", "Bring it to 1 again")
def cut_and_left(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    return np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)


@wrong("block_features", "each cell was, by itself")
def cell_by_cell(length, angle, orientations):
    return np.concatenate([hys(h) for h in histograms(length, angle, orientations).reshape(4, -1)])


@wrong("block_features", "flat everywhere")
def no_small_number(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    v = np.minimum(v / np.linalg.norm(v), 0.2)
    return v / np.linalg.norm(v)


@wrong("block_features", "go row by row")
def columns_first(length, angle, orientations):
    return hys(histograms(length, angle, orientations).transpose(1, 0, 2).ravel())


@wrong("block_features", "stand together")
def orientations_first(length, angle, orientations):
    return hys(histograms(length, angle, orientations).reshape(4, -1).T.ravel())


@wrong("block_features", "one histogram")
def whole_block(length, angle, orientations):
    return hys(histograms(length, angle, orientations).mean(axis=(0, 1)))


@wrong("block_features", "360 / orientations")
def bins_of_360(length, angle, orientations):
    return hys(histograms(length, angle / 2, orientations).ravel())


@wrong("block_features", "always 20 degrees")
def nine_bins(length, angle, orientations):
    s = len(length) // 2
    v = []
    for i in (0, s):
        for j in (0, s):
            bins = np.minimum((angle[i : i + s, j : j + s] // 20).astype(int), orientations - 1)
            v.append(np.bincount(bins.ravel(), length[i : i + s, j : j + s].ravel(), orientations))
    return hys(np.concatenate(v))


@wrong("block_features", "rounded to the nearest")
def nearest_edge(length, angle, orientations):
    s = len(length) // 2
    bins = np.round(angle / (180 / orientations)).astype(int) % orientations
    cells = [np.s_[i : i + s, j : j + s] for i in (0, s) for j in (0, s)]
    return hys(np.concatenate([np.bincount(bins[c].ravel(), length[c].ravel(), orientations) for c in cells]))


@wrong("block_features", "pixels of each bin")
def mean_of_each_bin(length, angle, orientations):
    counts = histograms(np.ones(length.shape), angle, orientations)
    return hys((histograms(length, angle, orientations) / np.where(counts == 0, 1, counts)).ravel())


@wrong("block_features", "nothing came of the normalisation")
def squared_norm(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    v = np.minimum(v / ((v**2).sum() + 1e-10), 0.2)
    return v / ((v**2).sum() + 1e-10)


@wrong("block_features", "Nothing was normalised")
def not_normalised(length, angle, orientations):
    return np.minimum(histograms(length, angle, orientations).ravel(), 0.2)


@wrong("block_features", "four histograms as they are")
def bare_histograms(length, angle, orientations):
    return histograms(length, angle, orientations).ravel()


@wrong("block_features", "shared out between two bins")
def linear_between_bins(length, angle, orientations):
    s = len(length) // 2
    H = np.zeros((2, 2, orientations))
    for (i, j), a in np.ndenumerate(angle):
        place = a * orientations / 180 - 0.5
        low = int(np.floor(place))
        H[i // s, j // s, low % orientations] += length[i, j] * (low + 1 - place)
        H[i // s, j // s, (low + 1) % orientations] += length[i, j] * (place - low)
    return hys(H.ravel())


@wrong("block_features", "bins: they begin at 1")
def one_bin_further(length, angle, orientations):
    return hys(np.roll(histograms(length, angle, orientations), 1, axis=2).ravel())


@wrong("block_features", "must be of shape")
def as_a_table(length, angle, orientations):
    return hys(histograms(length, angle, orientations))


@wrong("block_features", "the largest feature was made 1")
def divided_by_the_largest(length, angle, orientations):
    v = histograms(length, angle, orientations).ravel()
    v = np.minimum(v / (v.max() + 1e-5), 0.2)
    return v / (v.max() + 1e-5)


@wrong("block_features", "sum of the features (L1)")
def counted_and_l1(length, angle, orientations):
    v = histograms(np.ones(length.shape), angle, orientations).ravel()
    v = np.minimum(v / (v.sum() + 1e-5), 0.2)
    return v / (v.sum() + 1e-5)


@wrong("block_features", "go row by row")
def columns_first_and_not_again(length, angle, orientations):
    v = histograms(length, angle, orientations).transpose(1, 0, 2).ravel()
    return np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)


# project_both


def directions(A, share):
    values, V = np.linalg.eigh(A.T @ A)
    values, V = values[::-1], V[:, ::-1]
    q = np.argmax(np.cumsum(values) / values.sum() >= share) + 1
    return V[:, :q]


@right("project_both")
def by_svd(X_train, X_test, share):
    mu = X_train.mean(axis=0)
    U, s, Vt = np.linalg.svd(X_train - mu, full_matrices=False)
    part = np.cumsum(s**2) / np.sum(s**2)
    q = int(np.searchsorted(part, share)) + 1
    return (X_train - mu) @ Vt[:q].T, (X_test - mu) @ Vt[:q].T


@right("project_both")
def by_the_covariance(X_train, X_test, share):
    C = np.cov(X_train, rowvar=False)
    values, V = np.linalg.eigh(C)
    order = np.argsort(values)[::-1]
    values, V = values[order], V[:, order]
    q = 1
    while values[:q].sum() / values.sum() < share:
        q += 1
    mean = np.mean(X_train, axis=0, keepdims=True)
    return [(X_train - mean) @ V[:, :q], (X_test - mean) @ V[:, :q]]


@right("project_both")
def with_a_helper(X_train, X_test, share):
    m = X_train.mean(0)
    V = directions(X_train - m, share)
    return tuple((part - m) @ -V for part in (X_train, X_test))


@right("project_both")
def mean_taken_away_at_the_end(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = directions(X_train - mean, share)
    return X_train @ V - mean @ V, X_test @ V - mean @ V


@wrong("project_both", "the test part is among it")
def leak(X_train, X_test, share):
    X = np.vstack([X_train, X_test])
    mean = X.mean(axis=0)
    V = directions(X - mean, share)
    return (X_train - mean) @ V, (X_test - mean) @ V


@wrong("project_both", "it is the test part")
def fitted_on_the_test_part(X_train, X_test, share):
    mean = X_test.mean(axis=0)
    V = directions(X_test - mean, share)
    return (X_train - mean) @ V, (X_test - mean) @ V


@wrong("project_both", "its own mean")
def own_mean(X_train, X_test, share):
    V = directions(X_train - X_train.mean(axis=0), share)
    return (X_train - X_train.mean(axis=0)) @ V, (X_test - X_test.mean(axis=0)) @ V


@wrong("project_both", "no mean was taken away from it")
def test_not_centred(X_train, X_test, share):
    V = directions(X_train - X_train.mean(axis=0), share)
    return (X_train - X_train.mean(axis=0)) @ V, X_test @ V


@wrong("project_both", "examples with their mean")
def neither_centred(X_train, X_test, share):
    V = directions(X_train - X_train.mean(axis=0), share)
    return X_train @ V, X_test @ V


@wrong("project_both", "points at the mean")
def never_centred(X_train, X_test, share):
    V = directions(X_train.astype(float), share)
    return X_train @ V, X_test @ V


@wrong("project_both", "smallest eigenvalue first")
def ascending(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    values, V = np.linalg.eigh((X_train - mean).T @ (X_train - mean))
    q = np.argmax(np.cumsum(values) / values.sum() >= share) + 1
    return (X_train - mean) @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong("project_both", "the eigenvectors were not")
def values_turned_only(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    values, V = np.linalg.eigh((X_train - mean).T @ (X_train - mean))
    q = np.argmax(np.cumsum(values[::-1]) / values.sum() >= share) + 1
    return (X_train - mean) @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong("project_both", "one too few")
def one_too_few(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = directions(X_train - mean, share)[:, :-1]
    return (X_train - mean) @ V, (X_test - mean) @ V


@wrong("project_both", "one too many")
def one_too_many(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    values, V = np.linalg.eigh((X_train - mean).T @ (X_train - mean))
    q = np.argmax(np.cumsum(values[::-1]) / values.sum() >= share) + 2
    V = V[:, ::-1][:, :q]
    return (X_train - mean) @ V, (X_test - mean) @ V


@wrong("project_both", "the variance is their square")
def share_of_singular_values(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    _, s, Vt = np.linalg.svd(X_train - mean, full_matrices=False)
    q = np.argmax(np.cumsum(s) / s.sum() >= share) + 1
    return (X_train - mean) @ Vt[:q].T, (X_test - mean) @ Vt[:q].T


@wrong("project_both", "rows of its last")
def svd_turned(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    _, s, Vt = np.linalg.svd((X_train - mean).T @ (X_train - mean))
    q = np.argmax(np.cumsum(s) / s.sum() >= share) + 1
    return (X_train - mean) @ Vt[:, :q], (X_test - mean) @ Vt[:, :q]


@wrong("project_both", "divided by its deviation")
def whitened(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = directions(X_train - mean, share)
    A, Q = (X_train - mean) @ V, (X_test - mean) @ V
    return A / A.std(axis=0), Q / A.std(axis=0)


@wrong("project_both", "divided by its deviation")
def standardised(X_train, X_test, share):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A, Q = (X_train - mean) / std, (X_test - mean) / std
    V = directions(A, share)
    return A @ V, Q @ V


@wrong("project_both", "components of its own")
def each_its_own(X_train, X_test, share):
    A, Q = X_train - X_train.mean(axis=0), X_test - X_test.mean(axis=0)
    V = directions(A, share)
    return A @ V, Q @ np.linalg.eigh(Q.T @ Q)[1][:, ::-1][:, : V.shape[1]]


@wrong("project_both", "all")
def every_component(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = np.linalg.eigh((X_train - mean).T @ (X_train - mean))[1][:, ::-1]
    return (X_train - mean) @ V, (X_test - mean) @ V


@wrong("project_both", "share of the number of columns")
def share_of_columns(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = np.linalg.eigh((X_train - mean).T @ (X_train - mean))[1][:, ::-1]
    V = V[:, : int(np.ceil(share * V.shape[1]))]
    return (X_train - mean) @ V, (X_test - mean) @ V


@wrong("project_both", "restored")
def and_back_again(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = directions(X_train - mean, share)
    return (X_train - mean) @ V @ V.T + mean, (X_test - mean) @ V @ V.T + mean


@wrong("project_both", "exchanged")
def test_first(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    V = directions(X_train - mean, share)
    return (X_test - mean) @ V, (X_train - mean) @ V


@wrong("project_both", "must return two things")
def training_only(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    return (X_train - mean) @ directions(X_train - mean, share)


@wrong("project_both", "still the program as it was given")
def as_it_stands_in_the_prompt(X_train, X_test, share):
    X = np.vstack([X_train, X_test])
    A = X - X.mean(axis=0)
    variances, V = np.linalg.eigh(A.T @ A)
    reached = np.cumsum(variances) / variances.sum()
    q = np.argmax(reached >= share)
    return X_train @ V[:, :q], X_test @ V[:, :q]


@wrong("project_both", "one too few")
def only_the_leak_found(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    A = X_train - mean
    variances, V = np.linalg.eigh(A.T @ A)
    reached = np.cumsum(variances) / variances.sum()
    q = np.argmax(reached >= share)
    return A @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong("project_both", "the test part is among it")
def all_but_the_leak_found(X_train, X_test, share):
    X = np.vstack([X_train, X_test])
    A = X - X.mean(axis=0)
    variances, V = np.linalg.eigh(A.T @ A)
    variances, V = variances[::-1], V[:, ::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share) + 1
    return A[: len(X_train)] @ V[:, :q], A[len(X_train) :] @ V[:, :q]


@wrong("project_both", "the test part is among it")
def leak_and_one_too_few(X_train, X_test, share):
    X = np.vstack([X_train, X_test])
    mean = X.mean(axis=0)
    V = directions(X - mean, share)[:, :-1]
    return (X_train - mean) @ V, (X_test - mean) @ V


# what_was_lost


@right("what_was_lost")
def the_light():
    return "c"


@right("what_was_lost")
def in_capitals():
    return "C"


@right("what_was_lost")
def with_a_bracket():
    return "(c)"


@right("what_was_lost")
def with_a_dot():
    return " c. "


@wrong("what_was_lost", "gray pixels")
def colours():
    return "a"


@wrong("what_was_lost", "dropped what is needed")
def small_variance():
    return "b"


@wrong("what_was_lost", "moves and scales")
def the_range():
    return "d"


@wrong("what_was_lost", "one of the letters")
def in_words():
    return "the light"


@wrong("what_was_lost", "one of the letters")
def number():
    return 3


@wrong("what_was_lost", "one of the letters")
def printed():
    print("c")


# mutants that are right answers

# what was met later


def _to_length_1(v):
    """Return features of length 1, cut off at 0.2, and of length 1 again."""
    v = np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)
    return v / np.sqrt((v**2).sum() + 1e-10)


@wrong("block_features", "they follow the angles in the cell")
def histogram_without_a_range(length, angle, orientations):
    h = len(length) // 2
    cells = [(slice(i, i + h), slice(j, j + h)) for i in (0, h) for j in (0, h)]
    return _to_length_1(np.concatenate([np.histogram(angle[c], orientations, weights=length[c])[0] for c in cells]))


@wrong("block_features", "so angles near 180 get a bin after the last")
def rounded_to_a_bin(length, angle, orientations):
    h = len(length) // 2
    H = np.zeros((2, 2, orientations))
    for r, c in np.ndindex(length.shape):
        H[r // h, c // h, int(np.round(angle[r, c] * orientations / 180))] += length[r, c]
    return _to_length_1(H.ravel())


@wrong("block_features", "there is no place for the last one")
def bins_from_digitize(length, angle, orientations):
    h = len(length) // 2
    H = np.zeros((2, 2, orientations))
    places = np.digitize(angle, np.linspace(0, 180, orientations + 1))
    for r, c in np.ndindex(length.shape):
        H[r // h, c // h, places[r, c]] += length[r, c]
    return _to_length_1(H.ravel())


@wrong("block_features", "each histogram was, by itself")
def each_cell_to_length_1(length, angle, orientations):
    h = len(length) // 2
    parts = []
    for i in (0, h):
        for j in (0, h):
            cell = slice(i, i + h), slice(j, j + h)
            v = np.histogram(angle[cell], orientations, (0, 180), weights=length[cell])[0]
            parts.append(v / (np.linalg.norm(v) or 1))
    return _to_length_1(np.concatenate(parts))


TYPE = "a list, a tuple, an array or another type of number: any will do"
AXIS = "there is one place along this axis, and the last axis is the default"
SCALE = "a factor drops out when the block is brought to length 1"
SMALL = "the small number under the root only keeps flat blocks at 0"
SIGN = "the sign of each component is free"
EXACT = "no share is reached exactly: rounding decides there"
TIES = "of channels with equally long gradients any may be taken, and in the tries they are the same"


def diffs(x):
    """Return the differences down and across."""
    d, a = (np.zeros(x.shape), np.zeros(x.shape))
    d[1:-1] = x[2:] - x[:-2]
    a[:, 1:-1] = x[:, 2:] - x[:, :-2]
    return (d, a)


def pick(d, a):
    """Return those of the longest gradient."""
    b = (d**2 + a**2).argmax(2)[..., None]
    return (np.take_along_axis(d, b, 2)[..., 0], np.take_along_axis(a, b, 2)[..., 0])


def fin(d, a):
    """Return length and angle."""
    return (np.hypot(d, a), np.rad2deg(np.arctan2(d, a)) % 180)


def hist(length, angle, o, bins=None, val=None):
    """Return the histograms of the four cells."""
    h = len(length) // 2
    bins = (angle * o // 180).astype(int) if bins is None else bins
    v = []
    val = length if val is None else val
    for i in (0, h):
        for j in (0, h):
            c = np.s_[i : i + h, j : j + h]
            v += [val[c][bins[c] == k].sum() for k in range(o)]
    return np.array(v, float)


def norm(v):
    """Return features of length 1."""
    return v / np.sqrt((v**2).sum() + 1e-10)


def hys_of(v):
    """Return features after L2-Hys."""
    return norm(np.minimum(norm(v), 0.2))


def fit(A, s, turn=True, plus=1):
    """Return the directions."""
    v, V = np.linalg.eigh(A.T @ A)
    if turn:
        v, V = (v[::-1], V[:, ::-1])
    q = np.argmax(np.cumsum(v) / v.sum() >= s - 1e-12) + plus
    return V[:, :q]


@wrong("oriented_gradients", "the largest difference was taken for each direction, and a")
def sep_max(image):
    d, a = diffs(image.astype(float))
    return fin(d.max(2), a.max(2))


@wrong("oriented_gradients", "length and angle of a pixel do not come from one channel")
def maxlen_ch0angle(image):
    d, a = diffs(image.astype(float))
    L, A = fin(d, a)
    return (L.max(2), A[..., 0])


@wrong("oriented_gradients", "length and angle of a pixel do not come from one channel")
def max_both(image):
    d, a = diffs(image.astype(float))
    L, A = fin(d, a)
    return (L.max(2), A.max(2))


@wrong("oriented_gradients", "length and angle of a pixel do not come from one channel")
def mean_both(image):
    d, a = diffs(image.astype(float))
    L, A = fin(d, a)
    return (L.mean(2), A.mean(2))


@wrong("oriented_gradients", "the angle is in radians, and 180 is in degrees")
def rad_mod180(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), np.arctan2(d, a) % 180)


@wrong("oriented_gradients", "180 was added to all of them")
def plus180(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), np.rad2deg(np.arctan2(d, a)) + 180)


@wrong("oriented_gradients", "Look at the angle where the difference across is 0 or less")
def arctan0(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), np.nan_to_num(np.rad2deg(np.arctan(d / a))))


@wrong("oriented_gradients", "Look at the angle where the difference across is 0 or less")
def arctannan(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), np.rad2deg(np.arctan(d / a)) % 180)


@wrong("oriented_gradients", "both differences are 0 there")
def borderall(image):
    x = image.astype(float)
    d, a = (np.zeros(x.shape), np.zeros(x.shape))
    d[1:-1, 1:-1] = (x[2:] - x[:-2])[:, 1:-1]
    a[1:-1, 1:-1] = (x[:, 2:] - x[:, :-2])[1:-1]
    return fin(*pick(d, a))


@wrong("oriented_gradients", "the pixels were divided by 255")
def scaled(image):
    d, a = pick(*diffs(image.astype(float) / 255))
    return fin(d, a)


@wrong("oriented_gradients", "These are the two differences")
def da(image):
    return pick(*diffs(image.astype(float)))


@wrong("oriented_gradients", "a small number was added under the root")
def eps(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.sqrt(d**2 + a**2 + 1e-06), fin(d, a)[1])


@wrong("oriented_gradients", "it was cut to whole degrees")
def intang(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), fin(d, a)[1].astype(int))


@wrong("oriented_gradients", "by a sum of the differences")
def argsum(image):
    d, a = diffs(image.astype(float))
    b = (d + a).argmax(2)[..., None]
    return fin(np.take_along_axis(d, b, 2)[..., 0], np.take_along_axis(a, b, 2)[..., 0])


@wrong("oriented_gradients", "by a sum of the differences")
def argabs(image):
    d, a = diffs(image.astype(float))
    b = (abs(d) + abs(a)).argmax(2)[..., None]
    return fin(np.take_along_axis(d, b, 2)[..., 0], np.take_along_axis(a, b, 2)[..., 0])


@wrong("oriented_gradients", "they are 90 degrees off")
def with_90(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), (np.rad2deg(np.arctan2(d, a)) + 90) % 180)


@wrong("oriented_gradients", "np.deg2rad makes radians")
def deg2rad(image):
    d, a = pick(*diffs(image.astype(float)))
    return (np.hypot(d, a), np.deg2rad(np.arctan2(d, a)) % 180)


@wrong("block_features", "v was not brought to length 1 before the cut")
def nofirst(length, angle, o):
    return norm(np.minimum(hist(length, angle, o), 0.2))


@wrong("block_features", "it stands after the root")
def epsout(length, angle, o):
    v = hist(length, angle, o)
    n = lambda v: v / (np.sqrt((v**2).sum()) + 1e-05)
    return n(np.minimum(n(v), 0.2))


@wrong("block_features", "they became 0.2")
def max_block(length, angle, o):
    return norm(np.maximum(norm(hist(length, angle, o)), 0.2))


@wrong("block_features", "they became 0")
def zero(length, angle, o):
    v = norm(hist(length, angle, o))
    v[v > 0.2] = 0
    return norm(v)


@wrong("block_features", "they became 0")
def keep(length, angle, o):
    v = norm(hist(length, angle, o))
    v[v < 0.2] = 0
    return norm(v)


@wrong("block_features", "at 0.2")
def clip2(length, angle, o):
    return norm(np.minimum(norm(hist(length, angle, o)), 0.02))


@wrong("block_features", "at a share of the largest")
def cut02max(length, angle, o):
    v = hist(length, angle, o)
    return norm(np.minimum(v, 0.2 * v.max()))


@wrong("block_features", "the angle was rounded to the nearest edge, and what became")
def round_block(length, angle, o):
    return hys_of(hist(length, angle, o, np.round(angle * o / 180).astype(int)))


@wrong("block_features", "it is always 20")
def width20(length, angle, o):
    return hys_of(hist(length, angle, o, (angle // 20).astype(int)))


@wrong("block_features", "it is `orientations` degrees")
def width(length, angle, o):
    return hys_of(hist(length, angle, o, (angle // o).astype(int)))


@wrong("block_features", "this is a remainder")
def mod(length, angle, o):
    return hys_of(hist(length, angle, o, (angle % o).astype(int)))


@wrong("block_features", "it went to the lower one")
def from1(length, angle, o):
    return hys_of(hist(length, angle, o, np.ceil(angle * o / 180).astype(int) - 1))


@wrong("block_features", "it is 180 / (orientations - 1)")
def digitize(length, angle, o):
    return hys_of(hist(length, angle, o, np.digitize(angle, np.linspace(0, 180, o)) - 1))


@wrong("block_features", "they begin at 1, and the last one is lost")
def digitize2(length, angle, o):
    return hys_of(hist(length, angle, o, np.digitize(angle, np.linspace(0, 180, o + 1))))


@wrong("block_features", "each histogram was, by itself")
def density(length, angle, o):
    h = len(length) // 2
    v = []
    for i in (0, h):
        for j in (0, h):
            v.append(
                np.histogram(
                    angle[i : i + h, j : j + h], o, (0, 180), density=True, weights=length[i : i + h, j : j + h]
                )[0]
            )
    return hys_of(np.nan_to_num(np.concatenate(v)))


@wrong("block_features", "only the last of them counts")
def assign(length, angle, o):
    h = len(length) // 2
    bins = (angle * o // 180).astype(int)
    v = np.zeros((2, 2, o))
    for r in range(2 * h):
        for c in range(2 * h):
            v[r // h, c // h, bins[r, c]] = length[r, c]
    return hys_of(v.ravel())


@wrong("block_features", "only the last of them counts")
def fancy(length, angle, o):
    h = len(length) // 2
    v = []
    for i in (0, h):
        for j in (0, h):
            H = np.zeros(o)
            H[(angle[i : i + h, j : j + h] * o // 180).astype(int)] += length[i : i + h, j : j + h]
            v.append(H)
    return hys_of(np.concatenate(v))


@wrong("block_features", "Three cells are empty")
def cell_halfsize(length, angle, o):
    n = len(length)
    h = n // 2
    bins = (angle * o // 180).astype(int)
    v = []
    for i in range(0, n, h):
        for j in range(0, n, h):
            v += [length[i:h, j:h][bins[i:h, j:h] == k].sum() for k in range(o)]
    return hys_of(np.array(v, float))


@wrong("block_features", "the second time the largest feature was made 1")
def cut_before_only(length, angle, o):
    v = hist(length, angle, o)
    v = np.minimum(norm(v), 0.2)
    return v / v.max() if v.max() else v


@wrong("block_features", "the mean was taken away, and v divided by its deviation")
def std(length, angle, o):
    v = hist(length, angle, o)
    return (v - v.mean()) / (v.std() + 1e-05)


@wrong("project_both", "This is still the program as it was given")
def given(X, Q, s):
    Y = np.vstack([X, Q])
    A = Y - Y.mean(0)
    v, V = np.linalg.eigh(A.T @ A)
    r = np.cumsum(v) / v.sum()
    q = np.argmax(r >= s)
    return (X @ V[:, :q], Q @ V[:, :q])


@wrong("project_both", "the test part is among it")
def jointmean(X, Q, s):
    m = np.vstack([X, Q]).mean(0)
    V = fit(X - m, s)
    return ((X - m) @ V, (Q - m) @ V)


@wrong("project_both", "the test part is among it")
def jointV_trainmean(X, Q, s):
    Y = np.vstack([X, Q])
    m = Y.mean(0)
    V = fit(Y - m, s)
    m = X.mean(0)
    return ((X - m) @ V, (Q - m) @ V)


@wrong("project_both", "the right components, the smallest of them first")
def last_q(X, Q, s):
    m = X.mean(0)
    A = X - m
    v, V = np.linalg.eigh(A.T @ A)
    q = np.argmax(np.cumsum(v[::-1]) / v.sum() >= s) + 1
    return (A @ V[:, -q:], (Q - m) @ V[:, -q:])


@wrong("project_both", "each component was divided by its deviation")
def white2(X, Q, s):
    m = X.mean(0)
    A = X - m
    v, V = np.linalg.eigh(np.cov(A.T))
    v, V = (v[::-1], V[:, ::-1])
    q = np.argmax(np.cumsum(v) / v.sum() >= s - 1e-12) + 1
    V = V[:, :q] / np.sqrt(v[:q])
    return (A @ V, (Q - m) @ V)


@wrong("project_both", "each column was divided by its deviation")
def std1(X, Q, s):
    m, d = (X.mean(0), X.std(0, ddof=1))
    V = fit((X - m) / d, s)
    return ((X - m) / d @ V, (Q - m) / d @ V)


@wrong("project_both", "the examples with their mean")
def nomean_fit(X, Q, s):
    m = X.mean(0)
    V = fit(X.astype(float), s)
    return ((X - m) @ V, (Q - m) @ V)


@wrong("project_both", "each example lost the mean of its own numbers")
def axis1(X, Q, s):
    V = fit(X - X.mean(1, keepdims=True), s)
    return ((X - X.mean(1, keepdims=True)) @ V, (Q - Q.mean(1, keepdims=True)) @ V)


@wrong("project_both", "columns that were divided by their deviations, as in a")
def corr(X, Q, s):
    m = X.mean(0)
    A = X - m
    v, V = np.linalg.eigh(np.corrcoef(A.T))
    v, V = (v[::-1], V[:, ::-1])
    q = np.argmax(np.cumsum(v) / v.sum() >= s - 1e-12) + 1
    return (A @ V[:, :q], (Q - m) @ V[:, :q])


@wrong("project_both", "These are the examples again, without their mean")
def restored0(X, Q, s):
    m = X.mean(0)
    V = fit(X - m, s)
    return ((X - m) @ V @ V.T, (Q - m) @ V @ V.T)


equal(
    "block_features",
    TYPE,
    "block_features: (angle * orientations // 180).astype(int) -> angle * orientations // 180",
    "by_bincount: hys(v).tolist() -> hys(v)",
)
equal(
    "block_features",
    "astype(int) takes the whole part",
    "block_features: angle * orientations // 180 -> angle * orientations / 180",
    "by_bincount: angle // (180 / orientations) -> angle / (180 / orientations)",
)
equal("block_features", SMALL, "block_features: 1e-10 -> 2e-10", "by_histogram: 1e-10 -> 2e-10")
equal("block_features", "no feature is below 0", "by_histogram: 0 -> -1")
equal(
    "block_features",
    SCALE,
    "means_not_sums: histograms(length, angle, orientations).ravel() / length.size -> "
    "histograms(length, angle, orientations).ravel()",
    "means_not_sums: histograms(length, angle, orientations).ravel() / length.size -> "
    "histograms(length, angle, orientations).ravel() * length.size",
    "by_reshaping: votes.sum(axis=(1, 3)) -> votes.mean(axis=(1, 3))",
)
equal(
    "oriented_gradients",
    AXIS,
    "oriented_gradients: np.take_along_axis(d, best, axis=2) -> np.take_along_axis(d, best)",
    "oriented_gradients: 0 -> -1",
    "with_complex_numbers: np.take_along_axis(g, abs(g).argmax(axis=2)[..., None], axis=2) -> "
    "np.take_along_axis(g, abs(g).argmax(axis=2)[..., None])",
    "with_complex_numbers: 0 -> -1",
)
equal(
    "oriented_gradients",
    "a channel of zeros is never the strongest, and angles of 180 and more lose 180 at the end",
    "by_padding_and_masks: 0 -> 1",
    "by_padding_and_masks: angle < 0 -> angle <= 0",
)
equal(
    "oriented_gradients",
    "a float and a byte make a float",
    "by_loops: float(image[i + 1, j, c]) -> image[i + 1, j, c]",
    "by_loops: float(image[i - 1, j, c]) -> image[i - 1, j, c]",
    "by_loops: float(image[i, j + 1, c]) -> image[i, j + 1, c]",
    "by_loops: float(image[i, j - 1, c]) -> image[i, j - 1, c]",
)
equal(
    "oriented_gradients",
    TIES,
    "by_loops: size > length[i, j] -> size >= length[i, j]",
    "channel_by_channel: size > length -> size >= length",
)
equal("oriented_gradients", "one zero is stretched to the whole image", "channel_by_channel: 2 -> 0")
equal(
    "project_both",
    EXACT,
    "project_both: reached >= share -> reached > share",
    "by_the_covariance: values[:q].sum() / values.sum() < share -> values[:q].sum() / values.sum() <= share",
)
equal(
    "project_both",
    SIGN,
    "by_svd: X_train - mu -> mu - X_train",
    "with_a_helper: X_train - m -> m - X_train",
    "with_a_helper: part - m -> m - part",
    "with_a_helper: -V -> V",
    "mean_taken_away_at_the_end: X_train - mean -> mean - X_train",
)
equal(
    "project_both",
    "the first rows of the last result are the same",
    "by_svd: np.linalg.svd(X_train - mu, full_matrices=False) -> np.linalg.svd(X_train - mu)",
    "by_svd: False -> True",
)
equal(
    "project_both",
    TYPE,
    "by_svd: int(np.searchsorted(part, share)) -> np.searchsorted(part, share)",
    "by_the_covariance: np.mean(X_train, axis=0, keepdims=True) -> np.mean(X_train, axis=0)",
    "by_the_covariance: True -> False",
    "with_a_helper: tuple(((part - m) @ -V for part in (X_train, X_test))) -> "
    "((part - m) @ -V for part in (X_train, X_test))",
)
equal("project_both", "no component holds a share of 0", "by_the_covariance: 1 -> 0")


# which_stays


@right("which_stays")
def which_stays():
    return "d"


@right("which_stays")
def which_stays_in_brackets():
    return "(D)"


@right("which_stays")
def which_stays_with_a_dot():
    return " d. "


@wrong("which_stays", "remember where")
def which_stays_a():
    return "a"


@wrong("which_stays", "keep their ratios")
def which_stays_b():
    return "b"


@wrong("which_stays", "change places")
def which_stays_c():
    return "c"


@wrong("which_stays", "one of the letters a, b, c, d")
def which_stays_two_of_them():
    return "a, b"


@wrong("which_stays", "one of the letters a, b, c, d")
def which_stays_not_returned():
    print("d")


@wrong("which_stays", "remember where")
def which_stays_in_capitals():
    return "A."


@wrong("oriented_gradients", "cut to whole numbers")
def into_whole_numbers(image):
    x = image.astype(float)
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[1:-1], across[:, 1:-1] = x[2:] - x[:-2], x[:, 2:] - x[:, :-2]
    sizes, best = np.hypot(down, across), np.hypot(down, across).argmax(axis=2)
    length, angle = np.zeros(best.shape, int), np.zeros(best.shape, int)
    for r, c in np.ndindex(*best.shape):
        length[r, c] = sizes[r, c, best[r, c]]
        angle[r, c] = np.rad2deg(np.arctan2(down[r, c, best[r, c]], across[r, c, best[r, c]])) % 180
    return length, angle
