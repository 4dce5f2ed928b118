"""Linear classifiers as objects: both doors, scikit-learn's own checks, the losses beneath, the refusals."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from coursekit import datasets, gradcheck, linear, optim, softmax, svm
from coursekit.penalty import l2_penalty
from coursekit.preprocessing import add_bias

MODELS = {"LinearSVM": linear.LinearSVM, "Softmax": linear.Softmax}
LOSSES = {"LinearSVM": svm.svm_loss, "Softmax": softmax.softmax_loss}


@pytest.fixture(params=MODELS)
def make(request):
    """Return each of the two classes in turn."""
    return MODELS[request.param]


@pytest.fixture
def problem():
    """Return examples and labels of three classes; all sizes differ."""
    rng = np.random.default_rng(8)
    y = np.arange(33) % 3
    return rng.normal(size=(33, 4)) + 2 * np.eye(3, 4)[y], y


# scikit-learn's door


@pytest.mark.parametrize("settings", [{}, {"batch_size": 7, "l2": 0.01}], ids=["all examples", "minibatches"])
def test_scikit_learn_finds_no_fault(make, settings):
    """Every check that it has for a classifier, with and without batches."""
    results = check_estimator(make(**settings), on_skip=None, on_fail=None)
    assert len(results) > 40
    assert [result["check_name"] for result in results if result["status"] == "failed"] == []


def test_labels_may_be_texts(make, problem):
    """They come back as texts, sorted in classes_, in the order of the scores' columns."""
    X, y = problem
    names = np.array(["cat", "ant", "bee"])[y]
    model = make().fit(X, names)
    assert model.classes_.tolist() == ["ant", "bee", "cat"]
    assert (model.predict(X) == model.classes_[model.scores(X).argmax(axis=1)]).all()
    assert model.score(X, names) == make().fit(X, y).score(X, y) > 0.7


def test_it_works_in_a_pipeline_and_a_grid_search(make):
    """Settings are found by name."""
    iris = datasets.load("iris")
    pipeline = make_pipeline(StandardScaler(), make(steps=1000))
    grid = {f"{make.__name__.lower()}__l2": [0.0, 5.0]}
    search = GridSearchCV(pipeline, grid, cv=3).fit(iris.X_train, iris.y_train)
    assert search.best_params_ == {next(iter(grid)): 0.0}
    assert search.score(iris.X_test, iris.y_test) > 0.85


def test_probabilities_are_softmaxes_alone(problem):
    """They are those of the scores; the SVM has none."""
    X, y = problem
    model = linear.Softmax().fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), softmax.softmax(add_bias(X) @ model.W_))
    assert not hasattr(linear.LinearSVM(), "predict_proba")


def test_softmax_finds_what_scikit_learn_finds(problem):
    """The oracle has the sum of the losses plus |W|^2 / (2 C), without the bias: C = 1 / (m l2)."""
    X, y = problem
    model = linear.Softmax(l2=0.1, steps=3000, learning_rate=0.3).fit(X, y)
    oracle = LogisticRegression(C=1 / (len(y) * 0.1), tol=1e-10, max_iter=1000).fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), oracle.predict_proba(X), atol=1e-5)


def test_of_two_classes_the_decision_is_one_number(make, problem):
    """How far the second score lies above the first."""
    X, y = problem
    model = make().fit(X, y % 2)
    Z = model.scores(X)
    np.testing.assert_allclose(model.decision_function(X), Z[:, 1] - Z[:, 0])
    assert make().fit(X, y).decision_function(X).shape == (33, 3)


# the course's door


def test_the_loss_is_the_models_with_a_free_bias(make, problem):
    """Loss plus penalty on all rows but the last, and the gradient agrees with differences."""
    X, y = problem
    model = make(steps=20, l2=0.3).fit(X, y)
    loss, dW = model.loss(X, y)
    plain, slope = LOSSES[make.__name__](model.W_, add_bias(X), y)
    penalty, more = l2_penalty(model.W_, 0.3, bias=True)
    assert loss == pytest.approx(plain + penalty)
    np.testing.assert_allclose(dW, slope + more)
    assert gradcheck.check_gradient(lambda W: model._objective(W, add_bias(X), y), model.W_) < 1e-5


def test_train_goes_on_and_fit_begins_again(make, problem):
    """Twice twenty steps are forty; after fit they are twenty."""
    X, y = problem
    model = make(steps=20)
    first = model.train(X, y)
    second = model.train(X, y)
    whole = make(steps=40).train(X, y)
    np.testing.assert_allclose(np.concatenate([first.loss, second.loss]), whole.loss)
    np.testing.assert_array_equal(model.fit(X, y).W_, make(steps=20).fit(X, y).W_)


def test_the_first_loss_is_known(problem):
    """All weights are 0: k - 1 for the SVM, times its margin, and log k for softmax."""
    X, y = problem
    assert linear.LinearSVM(margin=2.5).train(X, y).loss[0] == pytest.approx(5)
    assert linear.Softmax().train(X, y).loss[0] == pytest.approx(np.log(3))


def test_batches_come_from_the_random_state(make, problem):
    """The same number, the same weights; another, others. A batch as large as the data is all of it."""
    X, y = problem
    weights = [make(batch_size=5, steps=9, random_state=s).fit(X, y).W_ for s in (1, 1, 2)]
    np.testing.assert_array_equal(weights[0], weights[1])
    assert not np.allclose(weights[0], weights[2])
    np.testing.assert_array_equal(make(batch_size=33).fit(X, y).W_, make().fit(X, y).W_)


def test_a_rate_may_be_a_schedule(make, problem):
    """As optim.train takes it, and a clone keeps it."""
    X, y = problem
    rate = optim.step_decay(0.5, factor=0.1, every=2)
    history = clone(make(learning_rate=rate, steps=4)).train(X, y)
    np.testing.assert_allclose(history.learning_rate, [0.5, 0.5, 0.05, 0.05])


def test_float32_stays_float32(make, problem):
    """Half the memory for images."""
    X, y = problem
    assert make(steps=2).fit(X.astype(np.float32), y).W_.dtype == np.float32
    assert make(steps=2).fit(np.round(X).astype(int), y).W_.dtype == np.float64


def test_inputs_stay(make, problem):
    """Neither examples nor labels are changed."""
    X, y = problem
    kept = X.copy(), y.copy()
    make(batch_size=4).fit(X, y).loss(X, y)
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(y, kept[1])


# refusals


def test_a_new_label_is_refused_and_the_way_out_named(make, problem):
    """By train, which goes on, and by loss."""
    X, y = problem
    model = make(steps=3).fit(X, y)
    for call in (model.train, model.loss):
        with pytest.raises(ValueError, match=r"label 7 is none of those it was trained with: 0, 1, 2.*call fit"):
            call(X[:2], [0, 7])


def test_without_a_loss_it_says_which_to_take(problem):
    """The base class alone cannot train, and keeps no half-made weights."""
    base = linear.LinearClassifier()
    with pytest.raises(NotImplementedError, match=r"has no loss\. Take LinearSVM or Softmax"):
        base.fit(*problem)
    assert not hasattr(base, "W_")


def test_too_high_a_rate_is_named(make, problem):
    """The loop's own words come through."""
    X, y = problem
    with pytest.raises((FloatingPointError, ValueError), match="learning rate"):
        make(learning_rate=1e200, l2=1e100).fit(X, y)
