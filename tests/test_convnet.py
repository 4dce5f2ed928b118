"""The convolutional network: two forms agree, every gradient against differences and PyTorch, refusals, training."""

from functools import partial
from itertools import islice

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate

from coursekit import convnet, optim
from coursekit.gradcheck import check_gradient, relative_error

SHAPES = [  # images (m, h, w, c), kernel (kh, kw, c, d), stride; sizes differ, so that no transpose passes by luck
    ((2, 7, 6, 1), (2, 2, 1, 3), 1),
    ((2, 8, 9, 3), (3, 2, 3, 4), 2),
    ((1, 5, 7, 2), (1, 3, 2, 5), 3),
    ((3, 4, 5, 2), (4, 5, 2, 1), 1),
]
NET = convnet.ConvNet(side=13, filters=(3, 4), hidden=6, k=5, dropout=0.5)


def drawn(images, kernel, seed=0):
    """Return images, kernel and bias of some shapes, in float64."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=images), rng.normal(size=kernel), rng.normal(size=kernel[3])


def by_loops(X, K, b, stride):
    """Return the convolution as the formula is read: one number at a time."""
    kh, kw, _, d = K.shape
    p, q = (X.shape[1] - kh) // stride + 1, (X.shape[2] - kw) // stride + 1
    Y = np.zeros((len(X), p, q, d))
    for i, r, s, f in np.ndindex(Y.shape):
        Y[i, r, s, f] = b[f] + (X[i, r * stride : r * stride + kh, s * stride : s * stride + kw] * K[..., f]).sum()
    return Y


def weighed(f, G):
    """Return the loss sum(G * f(w)), whose gradient in the outputs is G."""
    return lambda w: float((G * f(w)).sum())


# convolution


@pytest.mark.parametrize(("images", "kernel", "stride"), SHAPES)
@pytest.mark.parametrize("form", [convnet.convolve, convnet.convolve_by_offsets])
def test_both_forms_are_the_formula(form, images, kernel, stride):
    """By windows and by offsets, for every stride: what three loops give."""
    X, K, b = drawn(images, kernel)
    assert_allclose(form(X, K, b, stride=stride), by_loops(X, K, b, stride), atol=1e-12)


def test_scipy_says_the_same():
    """One image, all channels, stride 1: scipy's correlation where the kernel lies inside."""
    X, K, b = drawn((1, 8, 9, 3), (3, 2, 3, 4))
    theirs = [correlate(X[0], K[..., f], mode="valid")[..., 0] + b[f] for f in range(4)]
    assert_allclose(convnet.convolve(X, K, b)[0], np.moveaxis(theirs, 0, -1), atol=1e-12)


@pytest.mark.parametrize(("images", "kernel", "stride"), SHAPES)
def test_gradients_of_a_convolution(images, kernel, stride):
    """In the images, in the kernel and in the bias: central differences."""
    X, K, b = drawn(images, kernel)
    G = np.random.default_rng(1).normal(size=convnet.convolve(X, K, b, stride=stride).shape)
    dX, dK, db = convnet.convolve_gradients(G, X, K, stride=stride)
    f = partial(convnet.convolve, stride=stride)
    check_gradient(lambda V: (weighed(lambda V: f(V, K, b), G)(V), dX), X)
    check_gradient(lambda V: (weighed(lambda V: f(X, V, b), G)(V), dK), K)
    check_gradient(lambda V: (weighed(lambda V: f(X, K, V), G)(V), db), b)


def test_windows_copy_nothing():
    """They are a read-only view of the images."""
    X = np.zeros((2, 28, 28, 3))
    seen = convnet.windows(X, (5, 4), 2)
    assert np.shares_memory(seen, X) and not seen.flags.writeable and seen.shape == (2, 12, 13, 5, 4, 3)


# pools, relu, dense, dropout


@pytest.mark.parametrize(
    ("shape", "size"), [((2, 6, 4, 3), 2), ((2, 7, 5, 3), 2), ((1, 3, 3, 1), 2), ((1, 7, 9, 2), 3)]
)
def test_a_pool_and_its_way_back(shape, size):
    """The largest of each block; what is left over is not read, and its gradient is 0."""
    X = np.random.default_rng(0).permutation(np.prod(shape)).reshape(shape).astype(float)
    Y, winner = convnet.max_pool(X, size)
    for i, r, s, c in np.ndindex(Y.shape):
        block = X[i, r * size : (r + 1) * size, s * size : (s + 1) * size, c]
        assert Y[i, r, s, c] == block.max() == block.ravel()[winner[i, r, s, c]]
    G = np.random.default_rng(1).normal(size=Y.shape)
    dX = convnet.max_pool_gradient(G, winner, shape, size)
    check_gradient(lambda V: (weighed(lambda V: convnet.max_pool(V, size)[0], G)(V), dX), X)


def test_equal_values_have_one_winner():
    """A flat block sends its gradient to its first pixel only; the fast form does as well."""
    X = np.ones((1, 4, 4, 1))
    assert not convnet.max_pool(X)[1].any()
    assert not convnet.convolve_and_pool(X, np.ones((1, 1, 1, 2)), np.zeros(2))[1].any()


def test_gradients_of_relu_and_of_a_dense_layer():
    """Away from the kink: central differences; at 0 the slope 0 is taken."""
    rng = np.random.default_rng(0)
    A, W, b, G = rng.normal(size=(7, 4)), rng.normal(size=(4, 5)), rng.normal(size=5), rng.normal(size=(7, 5))
    dA, dW, db = convnet.dense_gradients(G, A, W)
    check_gradient(lambda V: (weighed(lambda V: V @ W + b, G)(V), dA), A)
    check_gradient(lambda V: (weighed(lambda V: A @ V + b, G)(V), dW), W)
    check_gradient(lambda V: (weighed(lambda V: A @ W + V, G)(V), db), b)
    check_gradient(lambda V: (weighed(convnet.relu, G)(V), convnet.relu_gradient(G, convnet.relu(A @ W))), A @ W)
    assert convnet.relu_gradient(np.ones(1), np.zeros(1)) == 0


def test_dropout_keeps_the_mean():
    """The share that is lost is 0 and the rest is scaled, so the mean stays 1; nothing is lost at rate 0."""
    mask = convnet.dropout_mask((400, 500), 0.6, np.random.default_rng(0))
    assert mask.dtype == np.float32 and (mask == 0).mean() == pytest.approx(0.6, abs=0.01)
    assert_allclose(mask[mask > 0], 2.5)
    assert (convnet.dropout_mask((4, 5), 0, np.random.default_rng(0)) == 1).all()


# the fast form


@pytest.mark.parametrize(("images", "kernel", "stride"), [*SHAPES[:2], ((2, 13, 13, 3), (3, 3, 3, 4), 2)])
@pytest.mark.parametrize("pool", [1, 2])
def test_the_fast_form_is_the_plain_one(images, kernel, stride, pool):
    """A convolution and its pool in one step: the same values, winners and gradients."""
    X, K, b = drawn(images, kernel)
    Z = convnet.convolve(X, K, b, stride=stride)
    Y, winner = convnet.max_pool(Z, pool)
    fast, at = convnet.convolve_and_pool(X, K, b, stride=stride, pool=pool)
    assert_allclose(fast, Y, atol=1e-12)
    assert_array_equal(at, winner)
    G = np.random.default_rng(1).normal(size=Y.shape)
    plain = convnet.convolve_gradients(convnet.max_pool_gradient(G, winner, Z.shape, pool), X, K, stride=stride)
    mine = convnet.convolve_and_pool_gradients(G, at, X, K, stride=stride, pool=pool)
    for a, c in zip(mine, plain, strict=True):
        assert_allclose(a, c, atol=1e-12)
    assert convnet.convolve_and_pool_gradients(G, at, X, K, stride=stride, pool=pool, images=False)[0] is None


# the network


def batch(net=NET, m=7, seed=2):
    """Return weights, images and labels in float64; biases are not 0, so that they count."""
    rng = np.random.default_rng(seed)
    w = net.start(rng, float)
    return w + 0.1 * rng.normal(size=w.shape), rng.normal(size=(m, net.side, net.side)), rng.integers(0, net.k, m)


def test_the_sizes_are_those_of_the_lesson():
    """27 x 27 x 32, 13 x 13 x 32, 6 x 6 x 64, 3 x 3 x 64."""
    net = convnet.ConvNet()
    assert net.sides == (28, 27, 13, 6, 3)
    assert net.shapes["W3"] == (576, 1024) and net.size == 619_754


@pytest.mark.parametrize("seed", [None, 3])
def test_gradient_of_the_whole_network(seed):
    """Without dropout and with one fixed draw of it: central differences in all weights."""
    w, X, y = batch()
    check_gradient(lambda v: NET.loss(v, X, y, rng=seed and np.random.default_rng(seed)), w)


def test_a_planted_mistake_is_caught(monkeypatch):
    """Routing the gradient of a pool to the wrong pixel shows in the check."""
    w, X, y = batch()
    true = convnet.network.convolve_and_pool_gradients
    wrong = lambda dY, winner, *rest, **more: true(dY, 3 - winner, *rest, **more)  # noqa: E731
    monkeypatch.setattr(convnet.network, "convolve_and_pool_gradients", wrong)
    with pytest.raises(AssertionError):
        check_gradient(lambda v: NET.loss(v, X, y), w)


def test_an_even_guess_costs_log_k_and_inputs_stay():
    """Weights of 0 give every class the same score; nothing that was passed in is changed; rows are images as well."""
    w, X, y = batch()
    before = w.copy(), X.copy()
    assert NET.loss(np.zeros(NET.size), X, y)[0] == pytest.approx(np.log(5))
    assert_allclose(NET.scores(w, X), NET.scores(w, X.reshape(len(X), -1)))
    NET.loss(w, X, y, rng=np.random.default_rng(0))
    assert_array_equal(w, before[0])
    assert_array_equal(X, before[1])


def test_float32_stays_float32_and_huge_scores_stay_finite():
    """Loss and gradient keep the type of the weights; weights of a thousand give no nan."""
    w, X, y = batch()
    loss, dw = NET.loss(w.astype(np.float32), X.astype(np.float32), y, rng=np.random.default_rng(0))
    assert dw.dtype == np.float32 and np.isfinite(loss)
    loss, dw = NET.loss(1000 * w, X, y)
    assert np.isfinite(loss) and np.isfinite(dw).all()


def test_a_prediction_reads_its_images_in_chunks(monkeypatch):
    """Chunks of three and all at once give the same scores."""
    w, X, _ = batch()
    whole = NET.scores(w, X)
    monkeypatch.setattr(convnet.network, "CHUNK", 3)
    assert_allclose(NET.scores(w, X), whole, atol=1e-12)
    assert_array_equal(NET.predict(w, X), whole.argmax(axis=1))


def test_pytorch_says_the_same():
    """The network of the lesson in PyTorch, with the same weights: scores, loss and every gradient to 1e-6."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    from torch.nn import functional as F  # noqa: N812

    net = convnet.ConvNet(dropout=0.0)
    w, X, y = batch(net, m=5)
    their = {name: torch.from_numpy(part.copy()) for name, part in net.parts(w).items()}
    # theirs are (d, c, kh, kw), and they flatten channels first
    their["K1"], their["K2"] = (their[name].permute(3, 2, 0, 1).contiguous() for name in ("K1", "K2"))
    for part in their.values():
        part.requires_grad_()
    A = torch.from_numpy(X)[:, None]
    A = F.max_pool2d(F.relu(F.conv2d(A, their["K1"], their["b1"])), 2)
    A = F.max_pool2d(F.relu(F.conv2d(A, their["K2"], their["b2"], stride=2)), 2)
    A = F.relu(A.permute(0, 2, 3, 1).flatten(1) @ their["W3"] + their["b3"])
    Z = A @ their["W4"] + their["b4"]
    value = F.cross_entropy(Z, torch.from_numpy(y))
    value.backward()
    loss, dw = net.loss(w, X, y)
    assert relative_error(net.scores(w, X), Z.detach().numpy()) < 1e-6
    assert loss == pytest.approx(value.item(), rel=1e-6)
    for name, mine in net.parts(dw).items():
        grad = their[name].grad
        grad = grad.permute(2, 3, 1, 0) if name.startswith("K") else grad
        assert relative_error(mine, grad.numpy()) < 1e-6, name


# training


def test_images_move_and_the_edge_is_dark():
    """Each way by hand; no pixel comes back on the other side; what was passed in stays."""
    X = np.arange(1, 10).reshape(1, 3, 3)
    assert convnet.moved(X, 1, 0)[0].tolist() == [[0, 0, 0], [1, 2, 3], [4, 5, 6]]
    assert convnet.moved(X, -1, 0)[0].tolist() == [[4, 5, 6], [7, 8, 9], [0, 0, 0]]
    assert convnet.moved(X, 0, 2)[0].tolist() == [[0, 0, 1], [0, 0, 4], [0, 0, 7]]
    assert convnet.moved(X, 1, -1)[0].tolist() == [[0, 0, 0], [2, 3, 0], [5, 6, 0]]
    assert_array_equal(convnet.moved(X, 0, 0), X)
    assert X.ravel().tolist() == list(range(1, 10))


def test_moved_batches_move_within_their_bounds():
    """A point in the middle is found at all nine places for most=1, and at no other; at most=0 it stays."""
    X = np.zeros((4, 7, 7))
    X[:, 3, 3] = 1
    found = set()
    for seen, y in islice(convnet.moved_batches(X, np.arange(4), 4, np.random.default_rng(0), most=1), 200):
        found |= {tuple(place) for place in np.argwhere(seen.sum(axis=0))}
        assert seen.sum() == 4 and sorted(y) == [0, 1, 2, 3]
    assert found == {(i, j) for i in (2, 3, 4) for j in (2, 3, 4)}
    still, _ = next(convnet.moved_batches(X, np.arange(4), 4, np.random.default_rng(0)))
    assert_array_equal(still, X)


def bars(m=60, seed=4):
    """Return images of a bar that lies or stands, which is what their label says."""
    rng = np.random.default_rng(seed)
    X, y = 0.1 * rng.random((m, 13, 13), np.float32), rng.integers(0, 2, m)
    for image, turned in zip(X, y, strict=True):
        place = rng.integers(3, 10)
        image[(slice(2, 11), place) if turned else (place, slice(2, 11))] = 1
    return X, y


def test_it_learns_what_it_has_not_seen():
    """Bars that lie or stand, at places of their own: new ones are read without a mistake, by a vote as well."""
    net = convnet.ConvNet(side=13, filters=(4, 8), hidden=16, k=2, dropout=0.2)
    (X, y), (X_new, y_new) = bars(), bars(seed=5)
    history = convnet.fit(net, X, y, epochs=40, rate=5e-3, batch_size=16, most=1)
    assert history.loss[-20:].mean() < history.loss[:20].mean() / 4
    assert_array_equal(net.predict(history.W, X_new), y_new)
    assert_array_equal(convnet.vote(net, history.W, X_new), y_new)


def test_a_run_is_its_seed_and_its_rate_falls_to_the_end():
    """Twice the same; another seed is another run; steps stop it early on the same course."""
    X, y = bars(20)
    run = partial(convnet.fit, NET, X, y, epochs=3, rate=1e-3, batch_size=8, most=1)
    whole = run()
    assert_array_equal(run().W, whole.W)
    assert (run(seed=1).loss != whole.loss).any()
    assert_array_equal(run(steps=4).loss, whole.loss[:4])
    assert_allclose(whole.learning_rate, [optim.cosine_decay(1e-3, steps=9)(step) for step in range(9)])
    assert (run(decay=False).learning_rate == 1e-3).all()


# refusals


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: convnet.output_size(3, 4), "does not fit into 3"),
        (lambda: convnet.output_size(3, 2, 0), "stride must be 1 or more"),
        (lambda: convnet.windows(np.zeros((4, 5)), (2, 2)), r"pass x\[None, :, :, None\]"),
        (lambda: convnet.max_pool(np.zeros((2, 4, 5))), r"pass X\[..., None\]"),
        (
            lambda: convnet.convolve(np.zeros((2, 6, 6, 3)), np.zeros((5, 3, 2, 2)), 0),
            r"PyTorch's \(d, c, kh, kw\); pass K.transpose\(2, 3, 1, 0\)",
        ),
        (lambda: convnet.convolve(np.zeros((2, 6, 6, 3)), np.zeros((2, 2, 1, 5)), 0), r"c = 3 .*\(kh, kw, 3, d\)"),
        (
            lambda: convnet.convolve_gradients(
                np.zeros((2, 5, 5, 4)), np.zeros((2, 6, 6, 1)), np.zeros((2, 2, 1, 4)), stride=2
            ),
            "Is the stride the one of the way forward",
        ),
        (lambda: convnet.dropout_mask((2,), 60, np.random.default_rng(0)), "Pass 0.6"),
        (lambda: convnet.dropout_mask((2,), 1, np.random.default_rng(0)), "less than 1; got 1.$"),
        (lambda: convnet.moved(np.zeros((5, 784)), 1, 1), r"X.reshape\(-1, 28, 28\)"),
        (lambda: NET.parts(np.zeros(5)), "weights of another network"),
        (lambda: NET.scores(np.zeros(NET.size), np.zeros((3, 28, 28))), "13 x 13 = 169"),
        (lambda: NET.scores(np.zeros(NET.size), np.zeros((13, 13))), r"pass X\[None\]"),
        (lambda: NET.loss(np.zeros(NET.size), np.zeros((2, 13, 13)), [0, 5]), r"must lie in 0..4"),
        (lambda: convnet.ConvNet(side=6).sides, "Is the image already too small"),
    ],
)
def test_refusals_name_the_fix(call, text):
    """Shapes of another library, images without an axis, a percentage, weights of another network."""
    with pytest.raises(ValueError, match=text):
        call()
