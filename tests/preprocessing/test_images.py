"""Features of images: what changes them and what does not, oracles, memory, and what is refused."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage import feature
from skimage.color import rgb2hsv

from coursekit import preprocessing

seeds = st.integers(0, 999)
HOG = {"cell": 4, "block": 2}


@pytest.fixture
def rng():
    """Return a generator of the images."""
    return np.random.default_rng(5)


def peak_beside_the_result(f, *args, **options):
    """Return how many bytes a call needs at most beside what it is given and what it returns."""
    tracemalloc.start()
    try:
        result = f(*args, **options)
        return tracemalloc.get_traced_memory()[1] - result.nbytes
    finally:
        tracemalloc.stop()


# hog


def scikit_images(images, orientations, cell, block):
    """Return the oracle's features of each image."""
    sizes = {"pixels_per_cell": (cell, cell), "cells_per_block": (block, block)}
    axis = -1 if np.ndim(images) == 4 else None
    return np.array([feature.hog(image, orientations, channel_axis=axis, **sizes) for image in images])


def by_loops(image, orientations, cell, block):
    """Return the features of one gray image, pixel by pixel as the definition reads, all in float64."""
    h, w = image.shape
    H = np.zeros((h // cell, w // cell, orientations))
    for i in range(h // cell * cell):
        for j in range(w // cell * cell):
            down = image[i + 1, j] - image[i - 1, j] if 0 < i < h - 1 else 0.0
            across = image[i, j + 1] - image[i, j - 1] if 0 < j < w - 1 else 0.0
            angle = np.rad2deg(np.arctan2(down, across)) % 180
            H[i // cell, j // cell, int(angle / (180 / orientations))] += np.hypot(down, across) / cell**2
    features = []
    for i in range(len(H) - block + 1):
        for j in range(H.shape[1] - block + 1):
            v = H[i : i + block, j : j + block].ravel()
            v = np.minimum(v / np.sqrt(v @ v + 1e-10), 0.2)
            features.extend(v / np.sqrt(v @ v + 1e-10))
    return np.array(features)


@given(
    st.sampled_from([(), (1,), (3,), (4,)]), st.integers(1, 12), st.integers(1, 5), st.integers(1, 3),
    st.integers(0, 7), st.integers(0, 7), st.sampled_from(["f4", "f8", "u1"]), seeds,
)  # fmt: skip
def test_hog_is_scikit_images(channels, orientations, cell, block, more_rows, more_columns, dtype, seed):
    """The oracle agrees for all sizes; it adds its votes up in single precision, so not beyond 7 digits."""
    shape = (2, cell * block + more_rows, cell * block + more_columns, *channels)
    images = (255 * np.random.default_rng(seed).random(shape)).astype(dtype)
    ours = preprocessing.hog(images, orientations=orientations, cell=cell, block=block)
    assert ours.dtype == (np.float32 if dtype == "f4" else np.float64)
    np.testing.assert_allclose(ours, scikit_images(images, orientations, cell, block), rtol=0, atol=1e-6)


@given(st.integers(1, 12), st.integers(1, 4), st.integers(1, 3), seeds)
def test_hog_is_its_definition(orientations, cell, block, seed):
    """Plain loops in double precision agree to 12 digits."""
    image = np.random.default_rng(seed).random((cell * block + 1, cell * block + 5))
    sizes = {"orientations": orientations, "cell": cell, "block": block}
    np.testing.assert_allclose(preprocessing.hog([image], **sizes)[0], by_loops(image, **sizes), rtol=0, atol=1e-12)


@pytest.mark.parametrize("scale", [1, 1 / 255])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("orientations", [8, 9])
def test_channels_whose_gradients_are_equally_long(rng, scale, dtype, orientations):
    """Of few levels many tie, exactly or up to rounding; the first or the last digit decides as the oracle's does."""
    images = (rng.integers(0, 9, (20, 16, 16, 3)) * scale).astype(dtype)
    sizes = HOG | {"orientations": orientations}
    np.testing.assert_allclose(preprocessing.hog(images, **sizes), scikit_images(images, **sizes), rtol=0, atol=1e-6)


def test_many_images_are_one_and_one(rng):
    """Whatever batch an image falls into: its features are those it has alone."""
    images = rng.random((3 * 2**14 // (20 * 24), 20, 24))
    features = preprocessing.hog(images, **HOG)
    assert features.shape == (len(images), 4 * 5 * 2 * 2 * 9)
    for i in (0, 33, 34, 68, len(images) - 1):
        assert np.array_equal(features[i], preprocessing.hog(images[i : i + 1], **HOG)[0])


@given(seeds, st.integers(-200, 200), st.sampled_from([0.25, 2.0, 64.0]))
def test_hog_does_not_see_brightness_and_hardly_contrast(seed, constant, factor):
    """A constant changes no difference; a factor only weighs the eps differently."""
    images = np.random.default_rng(seed).integers(0, 256, (2, 12, 16))
    features = preprocessing.hog(images, **HOG)
    assert np.array_equal(preprocessing.hog(images + constant, **HOG), features)
    np.testing.assert_allclose(preprocessing.hog(images * factor, **HOG), features, atol=1e-9)


@given(seeds)
def test_a_mirror_mirrors_places_and_bins(seed):
    """Left and right or top and bottom change places, and an orientation becomes 180 degrees minus itself."""
    images = np.pad(np.random.default_rng(seed).random((2, 10, 14)), ((0, 0), (1, 1), (1, 1)))  # no pixel has exactly 0
    places = 2, 2, 3, 2, 2, 9  # images, blocks down and across, cells down and across, orientations
    F, across, down = (
        preprocessing.hog(x, **HOG).reshape(places) for x in (images, images[:, :, ::-1], images[:, ::-1])
    )
    np.testing.assert_allclose(across, F[:, :, ::-1, :, ::-1, ::-1], atol=1e-12)
    np.testing.assert_allclose(down, F[:, ::-1, :, ::-1, :, ::-1], atol=1e-12)


@pytest.mark.parametrize(("direction", "number"), [((0, 1), 0), ((1, 1), 1), ((1, 0), 2), ((1, -1), 3)])
def test_an_edge_is_counted_where_its_bin_begins(direction, number):
    """0, 45, 90 and 135 degrees are the first of four bins each, rising or falling."""
    i, j = np.indices((10, 10))
    ramp = direction[0] * i + direction[1] * j
    for image in (ramp, -ramp):
        inner = preprocessing.hog([image], orientations=4, cell=1, block=1).reshape(10, 10, 4)[1:-1, 1:-1]
        np.testing.assert_allclose(inner, np.broadcast_to(np.eye(4)[number], inner.shape), atol=1e-9)


def test_an_orientation_that_is_rounded_to_180_degrees_keeps_its_vote():
    """A fall of 1e-17 beside a step of 1; the oracle has no bin for it."""
    image = np.zeros((3, 3))
    image[1, 2], image[2, 1] = 1, -1e-17
    sizes = {"orientations": 9, "cell": 3, "block": 1}
    assert preprocessing.hog([image], **sizes)[0, 0] > 0.5
    assert scikit_images([image], **sizes)[0, 0] == 0


def test_flat_images_have_no_features():
    """Nothing is divided by 0."""
    assert (preprocessing.hog(np.full((2, 9, 8), 7.0), **HOG) == 0).all()


@pytest.mark.parametrize(
    ("f", "shape"),
    [
        (preprocessing.hog, (32, 32)),
        (preprocessing.hog, (32, 32, 3)),
        (preprocessing.hue_histogram, (32, 32, 3)),
    ],
    ids=["gray", "colour", "hue"],
)
def test_memory_does_not_grow_with_the_images(f, shape):
    """Ten times as many need no more beside the result, and less than they take in float64."""
    few, many = (np.zeros((m, *shape), np.uint8) for m in (50, 500))
    once = peak_beside_the_result(f, few)
    assert peak_beside_the_result(f, many) < 1.1 * once < 500 * 32 * 32 * 8


# hue_histogram


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 9), seeds)
def test_hues_are_scikit_images(bins, h, w, seed):
    """The oracle agrees on colours at random, none of which lies on an edge."""
    images = np.random.default_rng(seed).random((3, h, w, 3))
    hues = [np.histogram(rgb2hsv(image)[..., 0], bins, (0, 1))[0] for image in images]
    np.testing.assert_allclose(preprocessing.hue_histogram(images, bins=bins), np.array(hues) / (h * w), atol=1e-15)


def whole_hue(pixel, bins):
    """Return the bin of a pixel's hue in whole numbers, and whether it lies on the bin's edge."""
    red, green, blue = map(int, pixel)
    top, spread = max(red, green, blue), max(red, green, blue) - min(red, green, blue)
    if spread == 0:
        return 0, True
    if top == red:
        sixths = (green - blue) % (6 * spread)
    else:
        sixths = blue - red + 2 * spread if top == green else red - green + 4 * spread
    number, rest = divmod(bins * sixths, 6 * spread)
    return number, rest == 0


@pytest.mark.parametrize("bins", [1, 6, 10, 12])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64, np.float32, np.float64])
def test_whole_numbers_are_counted_exactly(rng, bins, dtype):
    """Python's integers are one oracle; scikit-image may put pixels on an edge elsewhere, and only those."""
    images = rng.integers(0, 12, (2, 40, 30, 3)).astype(dtype)
    for image, shares in zip(images, preprocessing.hue_histogram(images, bins=bins), strict=True):
        right, edge = np.array([whole_hue(pixel, bins) for pixel in image.reshape(-1, 3)]).T
        np.testing.assert_allclose(shares, np.bincount(right, minlength=bins) / 1200, rtol=1e-6)
        hues = rgb2hsv(image / 11)[..., 0].ravel()
        theirs = np.histogram(hues, bins, (0, 1))[0]
        assert np.abs(1200 * shares - theirs).sum() <= 2 * edge.sum() + 1e-3
        assert np.array_equal((hues[edge == 0] * bins).astype(int), right[edge == 0])


def test_the_six_pure_colours():
    """Red, yellow, green, cyan, blue and magenta each begin a sixth of the circle; black and white count as red."""
    colours = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (0, 0, 0), (1, 1, 1)]
    made = [preprocessing.hue_histogram([[[colour]]], bins=6)[0].argmax() for colour in colours]
    assert made == [0, 1, 2, 3, 4, 5, 0, 0]


@pytest.mark.parametrize("bins", [49, 98, 100, 103, 107, 200])
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_an_edge_belongs_to_the_bin_above(bins, dtype):
    """Between red and yellow, (s, g, 0) has hue g / (6 s): j / bins to the letter for s = bins and g = 6 j."""
    numbers = np.arange(bins // 6 + 1)
    pixels = np.array([(bins, 6 * j, 0) for j in numbers], dtype)
    shares = preprocessing.hue_histogram(pixels[:, None, None], bins=bins)
    assert shares.argmax(axis=1).tolist() == numbers.tolist()


def test_a_hue_that_is_rounded_to_1_stays_in_the_last_bin():
    """Red with a trace of blue lies just below the full circle."""
    assert preprocessing.hue_histogram([[[[1.0, 0.0, 1e-20]]]], bins=4).tolist() == [[0, 0, 0, 1]]


@given(seeds, st.integers(1, 12))
def test_shares_sum_to_1_and_do_not_depend_on_places_or_scale(seed, bins):
    """Pixels in another order, brighter, or of more contrast have the same hues."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 100, (3, 5, 4, 3), dtype=np.uint8)
    shares = preprocessing.hue_histogram(images, bins=bins)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-12)
    shuffled = rng.permutation(images.reshape(3, 20, 3), axis=1).reshape(3, 4, 5, 3)
    for same in (shuffled, images + 100, 2 * images, images.astype(float) / 4):
        assert np.array_equal(preprocessing.hue_histogram(same, bins=bins), shares)


def test_hues_in_single_precision(rng):
    """float32 gives float32; across a bin's edge at most a pixel or two are rounded."""
    images = rng.random((40, 32, 32, 3), dtype=np.float32)
    single, double = preprocessing.hue_histogram(images), preprocessing.hue_histogram(images.astype(float))
    assert single.dtype == np.float32 and double.dtype == np.float64
    assert np.abs(single - double).sum() * 1024 < 5


# both

BOTH = [preprocessing.hog, preprocessing.hue_histogram]


@pytest.mark.parametrize("f", BOTH)
@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int32, np.float16, np.float32, np.float64])
def test_inputs_are_unchanged_and_types_do_not_wrap_around(f, rng, dtype):
    """Of any type of numbers: the features are those of the same numbers as float64."""
    images = (2 * rng.random((2, 24, 25, 3))).astype(dtype)
    images.setflags(write=False)
    np.testing.assert_allclose(f(images), f(images.astype(float)), atol=2e-6)


@pytest.mark.parametrize("f", BOTH)
def test_memory_order_does_not_matter(f, rng):
    """Channels first that were turned round, every second image, Fortran's order."""
    images = rng.random((6, 3, 24, 26)).transpose(0, 2, 3, 1)[::2]
    right = f(np.ascontiguousarray(images))
    assert np.array_equal(f(images), right) and np.array_equal(f(np.asfortranarray(images)), right)


def spoiled(value):
    """Return 50 images (24, 25, 3) with one bad value in the last but one."""
    images = np.ones((50, 24, 25, 3))
    images[48, 23, 24, 2] = value
    return images


@pytest.mark.parametrize("f", BOTH)
@pytest.mark.parametrize(
    ("images", "error", "words"),
    [
        (np.ones((5, 600)), ValueError, "got shape (5, 600). Rows of pixels? Pass X.reshape(-1, *data.image_shape)."),
        (np.ones(5), ValueError, "got shape (5,)."),
        (np.ones((2, 2, 24, 24, 3)), ValueError, "got shape (2, 2, 24, 24, 3)."),
        (np.ones((0, 24, 25, 3)), ValueError, "images is empty: shape (0, 24, 25, 3). Was every image filtered away?"),
        (np.ones((4, 24, 0, 3)), ValueError, "images is empty: shape (4, 24, 0, 3)."),
        (spoiled(np.nan), ValueError, "images[48] holds a nan or infinite value. Replace it or drop the image."),
        (spoiled(-np.inf), ValueError, "images[48] holds a nan or infinite value."),
        (spoiled(-1e200), ValueError, "values as large as 1e+200, whose squares overflow float64. Scale them down"),
        (spoiled(1e30).astype("f4"), ValueError, "values as large as 1e+30, whose squares overflow float32."),
        (np.ones((4, 24, 25, 3), complex), TypeError, "images must hold numbers; got dtype complex128."),
        (np.full((4, 24, 25, 3), None), TypeError, "images must hold numbers; got dtype object."),
        ([[[["a"] * 3]]], TypeError, "images must hold numbers; got dtype <U1."),
    ],
)
def test_what_are_no_images(f, images, error, words):
    """Each says its own name, what came, and the edit."""
    with pytest.raises(error) as refused:
        f(images)
    assert str(refused.value).startswith(f"{f.__name__}: ") and words in str(refused.value)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((2, 24, 25), "images must be (m, h, w, 3); got shape (2, 24, 25). Gray images have no hue."),
        ((2, 24, 25, 1), "got shape (2, 24, 25, 1). Gray images have no hue."),
        ((24, 25, 3), "got shape (24, 25, 3). For one image, pass image[None]."),
        ((2, 3, 24, 25), "got shape (2, 3, 24, 25). Channels first? Pass images.transpose(0, 2, 3, 1)."),
    ],
)
def test_what_has_no_three_channels_has_no_hue(shape, words):
    """The likely cause is named."""
    with pytest.raises(ValueError) as refused:
        preprocessing.hue_histogram(np.ones(shape))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("f", "name"),
    [
        (preprocessing.hog, "orientations"),
        (preprocessing.hog, "cell"),
        (preprocessing.hog, "block"),
        (preprocessing.hue_histogram, "bins"),
    ],
)
def test_sizes_are_whole_numbers_of_at_least_1(f, name):
    """0, -1 and 2.5 are refused by name."""
    images = np.ones((2, 24, 25, 3))
    for size in (0, -1):
        with pytest.raises(ValueError, match=f"^{f.__name__}: {name} must be 1 or more; got {size}\\.$"):
            f(images, **{name: size})
    with pytest.raises(TypeError, match=f"^{f.__name__}: {name} must be an integer; got 2.5\\.$"):
        f(images, **{name: 2.5})


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((2, 24, 23), "needs images of at least 24 x 24; got 24 x 23. Lower cell or block."),
        ((24, 24, 3), "needs images of at least 24 x 24; got 24 x 3. One colour image? Pass image[None]."),
    ],
)
def test_images_smaller_than_a_block(shape, words):
    """The smallest size that would do is named."""
    with pytest.raises(ValueError) as refused:
        preprocessing.hog(np.ones(shape))
    assert str(refused.value) == f"hog: a block of 3 x 3 cells of 8 x 8 pixels {words}"


def test_importing_preprocessing_is_light():
    """NumPy and nothing heavier."""
    heavy = "{'matplotlib', 'sklearn', 'scipy', 'skimage'}"
    code = f"import sys, coursekit.preprocessing; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"
