"""Windows of images as rows and back, and the refusals that all convolutions share."""

import numpy as np


def images(where, X):
    """Return ``X`` if it can be images (m, h, w, c), or say what is missing."""
    X = np.asarray(X)
    if X.ndim != 4:
        cure = {2: " For one grey image, pass x[None, :, :, None].", 3: " For grey images, pass X[..., None]."}
        raise ValueError(f"{where}: X must be (m, h, w, c); got shape {X.shape}.{cure.get(X.ndim, '')}")
    return X


def fit_each_other(where, X, K):
    """Refuse a kernel whose channels are not those of the images."""
    X = images(where, X)
    if np.ndim(K) != 4 or K.shape[2] != X.shape[3]:
        theirs = " This looks like PyTorch's (d, c, kh, kw); pass K.transpose(2, 3, 1, 0)."
        turned = theirs if np.ndim(K) == 4 and K.shape[1] == X.shape[3] else ""
        raise ValueError(
            f"{where}: X has c = {X.shape[3]} channels, so K must be (kh, kw, {X.shape[3]}, d); "
            f"got {np.shape(K)}.{turned}"
        )


def as_rows(seen):
    """Return windows (m, p, q, kh, kw, c) as a matrix (m p q, kh kw c), one row for each window; a copy."""
    return seen.reshape(seen.shape[0] * seen.shape[1] * seen.shape[2], -1)


def at(u, v, p, q, stride):
    """Return the slices that read pixel (u, v) of each of p x q windows, out of images (m, h, w, c)."""
    return np.s_[:, u : u + (p - 1) * stride + 1 : stride, v : v + (q - 1) * stride + 1 : stride]


def spread(dX, dR, stride=1):
    """Add the gradient in the windows (m, p, q, kh, kw, c) to that in the images, in place: the way back of windows."""
    for u, v in np.ndindex(dR.shape[3:5]):  # in one of these steps no pixel comes twice, so += adds them all
        dX[at(u, v, *dR.shape[1:3], stride)] += dR[:, :, :, u, v]
