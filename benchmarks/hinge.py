"""Seconds to the least hinge loss on MNIST, beside scikit-learn's LinearSVC. A minute.

    python -m benchmarks.hinge

Both minimise the same objective over 60000 x 785 (pixels / 255 and a column of ones): ten machines, each one class
against all others, the mean of the hinge losses plus l2/2 times the sum of the squared weights, the bias among them.
LinearSVC runs to its own tolerance; L-BFGS over ``svm.one_against_all_loss``, in float32, is stopped as soon as one of
its evaluations is within a thousandth of what LinearSVC has found, its preconditioner inside the clock. The hinge has
corners, and L-BFGS assumes none; the preconditioner, made for softmax regression, serves it all the same.
"""

import numpy as np
from sklearn.svm import LinearSVC

from benchmarks.convergence import to_goal, until
from benchmarks.inputs import has_mnist
from benchmarks.race import race, table
from coursekit import datasets, full_batch, optim, preprocessing, svm

STRENGTHS, NEAR = (1e-2, 1e-3), 1 + 1e-3
PEER = "scikit-learn, LinearSVC(loss='hinge')"


def theirs(X, y, l2):
    """Return the weights (n, k) that LinearSVC finds."""
    model = LinearSVC(loss="hinge", C=1 / (l2 * len(X)), fit_intercept=False, tol=1e-3, max_iter=1000, random_state=0)
    return model.fit(X, y).coef_.T


def ours(X, y, l2, goal):
    """Minimise with L-BFGS until the objective is at the goal."""

    def loss(W):
        return svm.one_against_all_loss(W, X, y, l2=l2)

    start = np.zeros((X.shape[1], 10), X.dtype)
    preconditioner = full_batch.FullBatchLoss(X, y, l2=l2).preconditioner()
    to_goal(lambda: optim.lbfgs(until(loss, goal), start, steps=5000, tolerance=0, preconditioner=preconditioner))


def lines():
    """Measure and return the lines of the table; none without the real MNIST.

    Returns
    -------
    list of benchmarks.race.Line
        One line for each strength of the penalty.
    """
    if not has_mnist():
        print("MNIST is not at hand: the hinge loss was not raced.")
        return []
    mnist, found = datasets.load("mnist"), []
    X, y = preprocessing.add_bias(mnist.X_train.astype(np.float32) / 255), mnist.y_train
    wide = X.astype(float)  # LinearSVC would copy it so in each run
    for l2 in STRENGTHS:
        goal = NEAR * svm.one_against_all_loss(theirs(wide, y, l2), wide, y, l2=l2)[0]
        contenders = {
            "lbfgs, preconditioned, over svm.one_against_all_loss": lambda l2=l2, goal=goal: ours(X, y, l2, goal),
            PEER: lambda l2=l2: theirs(wide, y, l2),
        }
        found += race(f"hinge loss {goal:.4f}, l2 = {l2:g}", contenders, targets={PEER: 1.0}, rounds=3)
    return found


if __name__ == "__main__":
    print(table(lines()))
