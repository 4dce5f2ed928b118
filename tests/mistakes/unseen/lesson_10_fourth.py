"""Answers to lesson 10 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import wrong


def _differences(image):
    x = image.astype(float)
    down, across = np.zeros(x.shape), np.zeros(x.shape)
    down[1:-1] = x[2:] - x[:-2]
    across[:, 1:-1] = x[:, 2:] - x[:, :-2]
    return down, across


def _pick(down, across):
    best = (down**2 + across**2).argmax(axis=2)[..., None]
    return (np.take_along_axis(d, best, axis=2)[..., 0] for d in (down, across))


@wrong("oriented_gradients", "arctan2 with the arguments exchanged")
def arctan_exchanged(image):
    down, across = _pick(*_differences(image))
    return np.hypot(down, across), np.rad2deg(np.arctan2(across, down)) % 180


@wrong("oriented_gradients", "angle up to 360")
def full_circle(image):
    down, across = _pick(*_differences(image))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 360


@wrong("oriented_gradients", "each difference from its own strongest channel")
def channels_mixed(image):
    down, across = _differences(image)
    d, a = np.abs(down).max(axis=2), np.abs(across).max(axis=2)
    return np.hypot(d, a), np.rad2deg(np.arctan2(d, a)) % 180


@wrong("oriented_gradients", "of the grey image, the mean of the channels")
def grey_image(image):
    down, across = _pick(*_differences(image.mean(axis=2, keepdims=True)))
    return np.hypot(down, across), np.rad2deg(np.arctan2(down, across)) % 180


@wrong("oriented_gradients", "halved differences")
def halved(image):
    down, across = _pick(*_differences(image))
    return np.hypot(down, across) / 2, np.rad2deg(np.arctan2(down, across)) % 180


def _histograms(length, angle, orientations, order=((0, 0), (0, 1), (1, 0), (1, 1))):
    h = len(length) // 2
    bins = (angle * orientations // 180).astype(int)
    v = []
    for i, j in order:
        part = np.s_[i * h : i * h + h, j * h : j * h + h]
        v += [length[part][bins[part] == o].sum() for o in range(orientations)]
    return np.array(v)


@wrong("block_features", "the cells column by column")
def cells_by_column(length, angle, orientations):
    v = _histograms(length, angle, orientations, ((0, 0), (1, 0), (0, 1), (1, 1)))
    v = np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)
    return v / np.sqrt((v**2).sum() + 1e-10)


@wrong("block_features", "the second normalisation is forgotten")
def no_second_norm(length, angle, orientations):
    v = _histograms(length, angle, orientations)
    return np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)


@wrong("block_features", "counts pixels, without their lengths")
def counts_pixels(length, angle, orientations):
    v = _histograms(np.ones_like(length), angle, orientations)
    v = np.minimum(v / np.sqrt((v**2).sum() + 1e-10), 0.2)
    return v / np.sqrt((v**2).sum() + 1e-10)


@wrong("block_features", "L1 norm")
def sum_for_norm(length, angle, orientations):
    v = _histograms(length, angle, orientations)
    v = np.minimum(v / (v.sum() + 1e-5), 0.2)
    return v / (v.sum() + 1e-5)


@wrong("project_both", "the test part is centred by its own mean")
def test_by_own_mean(X_train, X_test, share):
    A, Q = X_train - X_train.mean(axis=0), X_test - X_test.mean(axis=0)
    variances, V = np.linalg.eigh(A.T @ A)
    V, variances = V[:, ::-1], variances[::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share) + 1
    return A @ V[:, :q], Q @ V[:, :q]


@wrong("project_both", "one component too few")
def one_too_few(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    variances, V = np.linalg.eigh((X_train - mean).T @ (X_train - mean))
    V, variances = V[:, ::-1], variances[::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share)
    return (X_train - mean) @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong("project_both", "rows of eigenvectors are turned round, not columns")
def rows_turned_round(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    variances, V = np.linalg.eigh(np.cov(X_train.T))
    V, variances = V[::-1], variances[::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share) + 1
    return (X_train - mean) @ V[:, :q], (X_test - mean) @ V[:, :q]


@wrong("project_both", "shares of singular values, not of their squares")
def singular_values_not_squared(X_train, X_test, share):
    mean = X_train.mean(axis=0)
    _, s, Vt = np.linalg.svd(X_train - mean, full_matrices=False)
    q = np.argmax(np.cumsum(s) / s.sum() >= share) + 1
    return (X_train - mean) @ Vt[:q].T, (X_test - mean) @ Vt[:q].T
