"""Two losses for a linear classifier: the hinge loss of the SVM, and the cross-entropy of softmax."""

from coursekit import softmax, svm
from coursekit.linear._classifier import LinearClassifier


class LinearSVM(LinearClassifier):
    """The linear classifier with the hinge loss; see :class:`LinearClassifier` for what it does.

    It has no probabilities: the hinge loss compares scores, and gives them no other meaning.

    Parameters
    ----------
    learning_rate, l2, steps, batch_size, random_state : float, float, int, int, int
        As of :class:`LinearClassifier`.
    margin : float, default=1.0
        How far the score of the true class must lie above each other one.

    See Also
    --------
    coursekit.svm.svm_loss : Its loss.

    Examples
    --------
    >>> model = LinearSVM(margin=2.0).fit([[-1.0], [1.0]], [0, 1])
    >>> model.loss([[-1.0], [1.0]], [0, 1])[0]
    0.0
    """

    def __init__(self, *, learning_rate=0.1, l2=0.0, steps=500, batch_size=None, random_state=None, margin=1.0):
        super().__init__(
            learning_rate=learning_rate, l2=l2, steps=steps, batch_size=batch_size, random_state=random_state
        )
        self.margin = margin

    def data_loss(self, W, X, y):
        """Return the mean hinge loss, in units of score, and its gradient: see :meth:`LinearClassifier.data_loss`."""
        return svm.svm_loss(W, X, y, margin=self.margin)


class Softmax(LinearClassifier):
    """The linear classifier with softmax and cross-entropy; see :class:`LinearClassifier` for what it does.

    Parameters
    ----------
    learning_rate, l2, steps, batch_size, random_state : float, float, int, int, int
        As of :class:`LinearClassifier`.

    See Also
    --------
    coursekit.softmax.softmax_loss : Its loss.
    coursekit.full_batch.fit : The weights with the least loss, found faster.

    Examples
    --------
    >>> model = Softmax().fit([[-1.0], [1.0]], ["cat", "dog"])
    >>> model.predict_proba([[0.0]])
    array([[0.5, 0.5]])
    """

    def data_loss(self, W, X, y):
        """Return the mean cross-entropy, in nats, and its gradient: see :meth:`LinearClassifier.data_loss`."""
        return softmax.softmax_loss(W, X, y)

    def predict_proba(self, X):
        """Return the probability of each class.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples, one row each.

        Returns
        -------
        P : ndarray of shape (m, k)
            Each row sums to 1; column c belongs to ``classes_[c]``.
        """
        return softmax.softmax(self.scores(X))
