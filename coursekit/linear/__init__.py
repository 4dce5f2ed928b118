"""Linear classifiers that keep their weights: ``LinearClassifier``, and ``LinearSVM`` and ``Softmax`` on it.

There are two doors. The course's: ``train``, ``predict``, ``loss``. scikit-learn's: ``fit``, ``predict``, ``score``, so
that pipelines and grid searches take them. The losses are in :mod:`coursekit.svm` and :mod:`coursekit.softmax`.
"""

from coursekit.linear._classifier import LinearClassifier
from coursekit.linear._losses import LinearSVM, Softmax

__all__ = ["LinearClassifier", "LinearSVM", "Softmax"]
