"""Measure the features of images beside scikit-image in a loop over the images, and components beside scikit-learn.

    python -m benchmarks.features

Data are drawn by a seeded generator; both must give the same before the clock starts. Two minutes.
"""

from functools import partial

import numpy as np
from skimage import feature
from skimage.color import rgb2hsv
from sklearn.decomposition import PCA

from benchmarks.race import race, table
from coursekit import preprocessing

LOOP = "scikit-image, image by image"
M = 500  # images
HOG = {  # shape and type of the images, and what is asked for
    "gray, 28 x 28": ((28, 28), np.float64, 14),
    "gray, 32 x 32": ((32, 32), np.float64, 14),
    "gray, 32 x 32, float32": ((32, 32), np.float32, 14),
    "colour, 32 x 32": ((32, 32, 3), np.float64, 8),
    "colour, 32 x 32, float32": ((32, 32, 3), np.float32, 8),
}


def drawn(shape, dtype):
    """Return images whose pixels, from 0 to 1, are drawn at random in steps of 1/255."""
    return (np.random.default_rng(0).integers(0, 256, (M, *shape)) / 255).astype(dtype)


def their_hog(images):
    """Return the histograms of oriented gradients of each image by scikit-image."""
    axis = -1 if images.ndim == 4 else None
    sizes = {"pixels_per_cell": (4, 4), "cells_per_block": (2, 2)}
    return np.array([feature.hog(image, 9, channel_axis=axis, **sizes) for image in images])


def their_hues(images):
    """Return the shares of ten hues in each image by scikit-image and NumPy."""
    counts = [np.histogram(rgb2hsv(image)[..., 0], 10, (0, 1))[0] for image in images]
    return np.array(counts) / images[0, ..., 0].size


def duel(work, ours, theirs, images, *, target=None, **options):
    """Return the lines of a race of two functions of images, once they are seen to give the same."""
    difference = np.abs(ours(images, **options) - theirs(images)).max()
    if difference > 1e-6:
        raise AssertionError(f"{work}: the results differ by {difference:.2g}")
    contenders = {f"preprocessing.{ours.__name__}": partial(ours, images, **options), LOOP: partial(theirs, images)}
    return race(work, contenders, targets={LOOP: target}, remarks={LOOP: f"{M} images"})


def components(m, n, dtype, share=0.95):
    """Return the lines of a race to the components of drawn data: scikit-learn's own choice, and its fastest way."""
    rng = np.random.default_rng(2)
    X = (rng.normal(size=(m, n)) * 1.01 ** -np.arange(n) + rng.random(n)).astype(dtype)
    found, solvers = preprocessing.pca(X, share=share), ("auto", "covariance_eigh")
    for solver in solvers:
        theirs = PCA(share, svd_solver=solver).fit(X)
        if theirs.n_components_ != len(found.variances) or not np.allclose(
            theirs.explained_variance_ * (m - 1) / m, found.variances, rtol=1e-3
        ):
            raise AssertionError(f"PCA, {m} x {n}: scikit-learn ({solver}) finds other components")
    contenders = {"preprocessing.pca": partial(preprocessing.pca, X, share=share)}
    contenders |= {f"scikit-learn, {solver}": PCA(share, svd_solver=solver).fit for solver in solvers}
    contenders = {name: run if name == "preprocessing.pca" else partial(run, X) for name, run in contenders.items()}
    work = f"PCA, {m} x {n}, {np.dtype(dtype).name}"
    return race(work, contenders, targets={"scikit-learn, auto": 1}, rounds=5)


def lines():
    """Measure and return the lines of the table.

    Returns
    -------
    list of benchmarks.race.Line
        HOG of gray and of coloured images, histograms of hues, and principal components.
    """
    made = []
    for name, (shape, dtype, target) in HOG.items():
        made += duel(f"HOG, {name}", preprocessing.hog, their_hog, drawn(shape, dtype), target=target, cell=4, block=2)
    colours = np.random.default_rng(1).random((M, 32, 32, 3))  # none lies on the edge of two bins
    made += duel("hues, 32 x 32", preprocessing.hue_histogram, their_hues, colours)
    for dtype in (np.float64, np.float32):  # where scikit-learn takes products by itself, and where it does not
        made += components(10_000, 800, dtype) + components(2000, 1764, dtype)
    return made


def main():
    """Print the table."""
    print(table(lines()))


if __name__ == "__main__":
    main()
