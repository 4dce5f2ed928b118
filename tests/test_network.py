"""The network of two layers: by hand, the graph and scikit-learn as oracles, differences, training, refusals."""

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from coursekit import gradcheck, network
from coursekit.graph import Node

SIZES = {"m": 7, "n": 4, "hidden": 6, "k": 5}
ACTIVATIONS = list(network.ACTIVATIONS)


@pytest.fixture
def problem():
    """Return parameters with biases, examples and labels whose sizes all differ."""
    rng = np.random.default_rng(12)
    params = network.init_params(4, 6, 5, rng)
    params |= {name: rng.normal(size=params[name].shape) for name in ("b1", "b2")}
    return params, rng.normal(size=(7, 4)), np.array([3, 0, 4, 4, 1, 3, 0])


def loss_by_the_graph(params, X, y, activation):
    """Return the mean loss and the leaves, with every number a node of its own."""
    leaves = {name: np.vectorize(Node, otypes=[object])(value) for name, value in params.items()}
    losses = []
    for x, label in zip(X, y, strict=True):
        hidden = [
            getattr(sum((Node(v) * w for v, w in zip(x, column, strict=True)), b), activation)()
            for column, b in zip(leaves["W1"].T, leaves["b1"], strict=True)
        ]
        scores = [
            sum((a * w for a, w in zip(hidden, column, strict=True)), b)
            for column, b in zip(leaves["W2"].T, leaves["b2"], strict=True)
        ]
        losses.append(sum(z.exp() for z in scores).log() - scores[label])
    return sum(losses) * (1 / len(y)), leaves


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_loss_and_gradients_are_those_of_the_graph(problem, activation):
    """Matrix by matrix and number by number."""
    params, X, y = problem
    loss, grads = network.two_layer_loss(params, X, y, activation=activation)
    node, leaves = loss_by_the_graph(params, X, y, activation)
    node.backward()
    assert loss == pytest.approx(node.value, rel=1e-12)
    for name, leaf in leaves.items():
        np.testing.assert_allclose(grads[name], np.vectorize(lambda v: v.grad)(leaf), rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_gradients_are_those_of_differences(problem, activation, name):
    """With a penalty, which leaves the biases alone."""
    params, X, y = problem

    def loss(V):
        value, grads = network.two_layer_loss(params | {name: V}, X, y, activation=activation, l2=0.3)
        return value, grads[name]

    gradcheck.check_gradient(loss, params[name])


@pytest.mark.parametrize(("activation", "theirs"), [("relu", "relu"), ("sigmoid", "logistic"), ("tanh", "tanh")])
def test_the_probabilities_are_those_of_scikit_learn(problem, activation, theirs):
    """A fitted network of theirs, with our parameters put in."""
    params, X, y = problem
    theirs = MLPClassifier(6, activation=theirs, max_iter=1, solver="sgd", random_state=0)
    with pytest.warns(UserWarning, match="iterations"):
        theirs.fit(np.vstack([X, X]), [*y[:5], 2, *y[5:], *y[:6]])
    theirs.coefs_, theirs.intercepts_ = [params["W1"], params["W2"]], [params["b1"], params["b2"]]
    ours = network.forward(params, X, activation=activation).Z2
    np.testing.assert_allclose(
        np.log(theirs.predict_proba(X)) - ours, np.ones((7, 5)) * (np.log(theirs.predict_proba(X)) - ours)[:, :1]
    )
    assert (network.predict(params, X, activation=activation) == theirs.predict(X)).all()


def test_by_hand():
    """One example, one hidden unit: relu cuts the gradient where it gave 0, and only there."""
    params = {"W1": [[1.0]], "b1": [0.0], "W2": [[0.0, 2.0]], "b2": [0.0, 0.0]}
    loss, grads = network.two_layer_loss(params, [[-3.0]], [0])
    assert loss == pytest.approx(np.log(2)) and grads["b2"].tolist() == [-0.5, 0.5]
    assert not grads["W1"].any() and not grads["W2"].any() and not grads["b1"].any()
    _, grads = network.two_layer_loss(params | {"b1": [4.0]}, [[-3.0]], [0])
    p = 1 / (1 + np.exp(-2))
    np.testing.assert_allclose([grads["b1"][0], grads["W1"][0, 0]], [2 * p, -6 * p])


def test_large_scores_stay_finite(problem):
    """Hidden values and scores of 10000 and more."""
    params, X, y = problem
    for activation in ACTIVATIONS:
        loss, grads = network.two_layer_loss({k: 1e4 * v for k, v in params.items()}, X, y, activation=activation)
        assert np.isfinite(loss) and all(np.isfinite(g).all() for g in grads.values())


def test_arguments_stay_as_they_are_and_float32_stays_float32(problem):
    """Neither the loss nor a training writes into what it was given."""
    params, X, y = problem
    params, X = {name: value.astype(np.float32) for name, value in params.items()}, X.astype(np.float32)
    before = [value.copy() for value in (*params.values(), X, y)]
    _, grads = network.two_layer_loss(params, X, y, l2=0.1)
    after, _ = network.train(params, X, y, steps=3, learning_rate=0.1, batch_size=2, rng=np.random.default_rng(0))
    assert {value.dtype for value in (*grads.values(), *after.values())} == {np.dtype(np.float32)}
    for old, new in zip(before, (*params.values(), X, y), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_training_learns_exclusive_or(activation):
    """A line cannot separate these classes; two layers do, with all examples in a step or with two."""
    X, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    start = network.init_params(2, 8, 2, np.random.default_rng(0), activation=activation)
    run = {"steps": 4000, "learning_rate": 0.5, "watch": lambda p: p["b2"].sum(), "every": 1000}
    for batches in ({}, {"batch_size": 2, "rng": np.random.default_rng(0)}):
        params, history = network.train(start, X, y, activation=activation, **run, **batches)
        assert (network.predict(params, X, activation=activation) == y).all()
        assert history.watched.shape == (5,) and len(history.loss) == 4000
        np.testing.assert_allclose(history.watched, 0, atol=1e-9)  # each row of dZ2 adds up to 0


def test_one_step_is_one_update(problem):
    """Each parameter moves against its own gradient."""
    params, X, y = problem
    after, history = network.train(params, X, y, activation="tanh", l2=0.2, steps=1, learning_rate=0.5)
    loss, grads = network.two_layer_loss(params, X, y, activation="tanh", l2=0.2)
    assert history.loss.tolist() == [loss]
    for name, value in params.items():
        np.testing.assert_allclose(after[name], value - 0.5 * grads[name], rtol=1e-12)


def test_the_first_layer_keeps_the_size_of_numbers():
    """Normal inputs of variance 1 leave hidden values of mean square 1, under relu too."""
    X = np.random.default_rng(1).normal(size=(500, 300))
    for activation, gain in (("relu", 2), ("tanh", 1)):
        params = network.init_params(300, 200, 3, np.random.default_rng(2), activation=activation)
        assert (X @ params["W1"]).var() == pytest.approx(gain, rel=0.05)
    hidden = network.forward(network.init_params(300, 200, 3, np.random.default_rng(2)), X).A1
    assert (hidden**2).mean() == pytest.approx(1, rel=0.05)


def test_a_training_in_view_is_the_training_in_pieces():
    """The same losses as in one go, and the probabilities of the points that are shown."""
    rng = np.random.default_rng(3)
    X, y, seen = rng.normal(size=(20, 2)), rng.integers(0, 3, 20), rng.normal(size=(5, 2))
    settings = {"activation": "tanh", "learning_rate": 0.3}
    looks = list(network.train_in_view(X, y, seen, hidden=4, steps=25, every=10, seed=7, **settings))
    start = network.init_params(2, 4, 3, np.random.default_rng(7), activation="tanh")
    _, history = network.train(start, X, y, steps=25, **settings)
    assert [look[0] for look in looks] == [0, 10, 20]
    np.testing.assert_allclose([look[1] for look in looks[:3]], history.loss[::10], rtol=1e-12)
    assert looks[0][3].shape == (5, 3)


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"W1": np.zeros((6, 4))}, ValueError, r"so W1 must be \(4, 6\); got \(6, 4\). It looks transposed: pass W1.T"),
        ({"W2": np.zeros((5, 6))}, ValueError, r"so W2 must be \(6, 5\); got \(5, 6\). It looks transposed"),
        ({"b1": np.zeros((1, 6))}, ValueError, r"b1 must be \(6,\); got \(1, 6\)"),
        ({"X": np.zeros(4)}, ValueError, r"X must be \(m, n\); got shape \(4,\)"),
        ({"y": np.array([5, 0, 0, 0, 0, 0, 0])}, ValueError, r"labels must lie in 0..4; got 0..5"),
        ({"activation": "Relu"}, ValueError, "activation must be one of 'relu', 'sigmoid', 'tanh'; got 'Relu'"),
        ({"l2": -1}, ValueError, "l2 must be a finite number"),
    ],
)
def test_refusals(problem, change, error, text):
    """Each names the shape that is needed, and what came."""
    params, X, y = problem
    given = {"X": X, "y": y, "activation": "relu", "l2": 0.0} | {k: v for k, v in change.items() if k not in params}
    params = params | {k: v for k, v in change.items() if k in params}
    with pytest.raises(error, match=text):
        network.two_layer_loss(params, given["X"], given["y"], activation=given["activation"], l2=given["l2"])


def test_more_refusals(problem):
    """A missing parameter, batches that nobody draws, sizes below 1."""
    params, X, y = problem
    with pytest.raises(KeyError, match="params lacks b2; it needs W1, b1, W2 and b2"):
        network.forward({name: params[name] for name in ("W1", "b1", "W2")}, X)
    with pytest.raises(ValueError, match="batch_size needs rng"):
        network.train(params, X, y, batch_size=2, steps=1, learning_rate=0.1)
    with pytest.raises(ValueError, match="must be 1 or more; got 4, 0, 3"):
        network.init_params(4, 0, 3, np.random.default_rng(0))


@pytest.mark.parametrize("rate", [1e3, 1e6, 1e200])
def test_a_rate_that_blows_the_parameters_up_is_named(problem, rate):
    """One sentence, and no warning of NumPy before it."""
    params, X, y = problem
    with pytest.raises((FloatingPointError, ValueError), match="learning rate"):
        network.train(params, 1e3 * X, y, steps=2000, learning_rate=rate, l2=1.0)
