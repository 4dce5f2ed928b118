"""A score function with weights of its own, trained by gradient descent."""

from itertools import repeat

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from coursekit import optim
from coursekit.penalty import l2_penalty
from coursekit.preprocessing import add_bias


class LinearClassifier(ClassifierMixin, BaseEstimator):
    """A score function with weights of its own, and gradient descent on a loss that a subclass gives.

    A subclass has one method, ``data_loss(W, X, y)``, which returns the mean loss and its gradient. The bias is the
    last row of the weights, for a column of ones that is added here; no penalty falls on it.

    Parameters
    ----------
    learning_rate : float or callable, default=0.1
        Step size, or a schedule ``step -> step size``, such as ``optim.cosine_decay(0.1, steps=500)``.
    l2 : float, default=0.0
        Penalty strength.
    steps : int, default=500
        Steps of one call of ``train`` or ``fit``.
    batch_size : int, optional
        Examples in each step; all of them if not given, or if there are not more.
    random_state : int or numpy.random.RandomState, optional
        Draws the batches.

    Attributes
    ----------
    W_ : ndarray of shape (n + 1, k)
        Weights; the last row is the bias.
    classes_ : ndarray of shape (k,)
        The labels, sorted: column c of the scores belongs to ``classes_[c]``.
    history_ : coursekit.optim.History
        Of the last call of ``train`` or ``fit``.
    n_features_in_ : int
        Number of features n.

    Examples
    --------
    >>> class MeanScore(LinearClassifier):  # raises the score of the true class, and nothing else
    ...     def data_loss(self, W, X, y):
    ...         Y = np.eye(W.shape[1])[y]
    ...         return -((X @ W) * Y).sum() / len(y), -X.T @ Y / len(y)
    >>> model = MeanScore(steps=1).fit([[-1.0], [1.0]], ["left", "right"])
    >>> model.predict([[-3.0], [2.0]])
    array(['left', 'right'], dtype='<U5')
    """

    def __init__(self, *, learning_rate=0.1, l2=0.0, steps=500, batch_size=None, random_state=None):
        self.learning_rate, self.l2, self.steps = learning_rate, l2, steps
        self.batch_size, self.random_state = batch_size, random_state

    def data_loss(self, W, X, y):
        """Return the mean loss of scores ``X @ W``, without a penalty, and its gradient.

        Parameters
        ----------
        W : ndarray of shape (n + 1, k)
            Weights.
        X : ndarray of shape (m, n + 1)
            Examples, with a column of ones.
        y : ndarray of int, shape (m,)
            Labels in ``0..k-1``.

        Returns
        -------
        loss, dW : float, ndarray of shape (n + 1, k)
            A subclass says which.
        """
        raise NotImplementedError(
            f"{type(self).__name__}: this class has no loss. Take LinearSVM or Softmax, or write data_loss(W, X, y)."
        )

    def train(self, X, y):
        """Go on from the present weights, or from zeros, and return what happened.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.
        y : array_like of shape (m,)
            Labels; any values, text too. A later call may not bring new ones.

        Returns
        -------
        coursekit.optim.History
            With the objective, loss plus penalty, before each step; under minibatches that of the step's batch.

        Raises
        ------
        ValueError
            If the shapes disagree, a value is not finite, or a later call brings labels or features that the first
            one had not.

        Examples
        --------
        >>> from coursekit.linear import LinearSVM
        >>> model = LinearSVM(steps=100)
        >>> history = model.train([[-1.0], [1.0]], [0, 1])
        >>> float(history.loss[0]), float(history.loss[-1])
        (1.0, 0.0)
        """
        first = not hasattr(self, "W_")
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32], reset=first)
        check_classification_targets(y)
        if first:
            self.classes_ = np.unique(y)
        X, y = add_bias(X), self._columns(y)
        W = np.zeros((X.shape[1], len(self.classes_)), X.dtype) if first else self.W_
        options = {"steps": self.steps, "learning_rate": self.learning_rate, "batches": self._batches(X, y)}
        self.history_ = optim.train(self._objective, W, **options)
        self.W_ = self.history_.W
        return self.history_

    def fit(self, X, y):
        """Forget the weights, train, and return the model: scikit-learn's door.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.
        y : array_like of shape (m,)
            Labels; any values, text too.

        Returns
        -------
        LinearClassifier
            The model itself.

        Examples
        --------
        >>> from coursekit.linear import Softmax
        >>> Softmax().fit([[-1.0], [1.0]], ["cat", "dog"]).score([[-2.0], [3.0]], ["cat", "dog"])
        1.0
        """
        vars(self).pop("W_", None)
        self.train(X, y)
        return self

    def loss(self, X, y):
        """Return the objective at the present weights, and its gradient.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.
        y : array_like of shape (m,)
            Labels among ``classes_``.

        Returns
        -------
        loss : float
            Mean loss plus penalty.
        dW : ndarray of shape (n + 1, k)
            Its gradient.

        Examples
        --------
        >>> from coursekit.linear import Softmax
        >>> model = Softmax(steps=0).fit([[-1.0], [1.0]], [0, 1])  # all weights are 0
        >>> loss, dW = model.loss([[3.0]], [0])
        >>> round(loss, 4), dW.tolist()
        (0.6931, [[-1.5, 1.5], [-0.5, 0.5]])
        """
        check_is_fitted(self)
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32], reset=False)
        return self._objective(self.W_, add_bias(X), self._columns(y))

    def scores(self, X):
        """Return the score of each class.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.

        Returns
        -------
        Z : ndarray of shape (m, k)
            Scores; column c belongs to ``classes_[c]``.
        """
        check_is_fitted(self)
        X = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        return add_bias(X) @ self.W_

    def decision_function(self, X):
        """Return the scores as scikit-learn has them: of two classes only how far the second lies above the first.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.

        Returns
        -------
        ndarray of shape (m, k), or (m,) for two classes
            Scores.

        Examples
        --------
        >>> from coursekit.linear import LinearSVM
        >>> LinearSVM(steps=1).fit([[-1.0], [1.0]], [0, 1]).decision_function([[2.0]])
        array([0.4])
        """
        Z = self.scores(X)
        return Z[:, 1] - Z[:, 0] if Z.shape[1] == 2 else Z

    def predict(self, X):
        """Return the label with the largest score for each example.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.

        Returns
        -------
        ndarray of shape (m,)
            Labels among ``classes_``.
        """
        Z = self.scores(X)
        return self.classes_[Z.argmax(axis=1)]

    def _batches(self, X, y):
        """Return the batches of a training: all examples again and again, or random parts of them."""
        if not self.batch_size or self.batch_size >= len(y):
            return repeat((X, y))
        seed = check_random_state(self.random_state).randint(2**31)
        return optim.minibatches(X, y, self.batch_size, np.random.default_rng(seed))

    def _objective(self, W, X, y):
        """Return loss plus penalty, and the gradient; the bias is free."""
        loss, dW = self.data_loss(W, X, y)
        penalty, slope = l2_penalty(W, self.l2, bias=True)
        return loss + float(penalty), dW + slope

    def _columns(self, y):
        """Return the column of each label."""
        if not (known := np.isin(y, self.classes_)).all():
            raise ValueError(
                f"{type(self).__name__}: label {y[~known].tolist()[0]!r} is none of those it was trained with: "
                f"{', '.join(map(repr, self.classes_[:10].tolist()))}. To start afresh with other labels, call fit."
            )
        return np.searchsorted(self.classes_, y)
