"""Refusals shared by the numerical rooms: one clear sentence each, said before anything is computed."""

import numpy as np


def matrix(where, name, value, shape="(m, n)"):
    """Return ``value`` as a non-empty 2-d numeric array, or say what is wrong with it."""
    A = np.asarray(value)
    if A.dtype.kind not in "biuf":
        raise TypeError(f"{where}: {name} must hold numbers; got dtype {A.dtype}.")
    if A.ndim != 2:
        cure = " For images, pass X.reshape(len(X), -1)." if A.ndim > 2 else ""
        cure = " For one example, pass x[None, :]." if A.ndim == 1 else cure
        raise ValueError(f"{where}: {name} must be {shape}; got shape {A.shape}.{cure}")
    if A.size == 0:
        raise ValueError(f"{where}: {name} is empty: shape {A.shape}. Was every row filtered away?")
    return A


def labels(where, y, m=None, k=None):
    """Return ``y`` as an (m,) integer array with values in 0..k-1, or say what is wrong with it."""
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"{where}: y must be (m,), one label an example; got shape {y.shape}.{_flatten(y, m)}")
    if m is not None and len(y) != m:
        raise ValueError(f"{where}: X has m = {m} examples but y has {len(y)} labels. Were both filtered alike?")
    if len(y) == 0:
        raise ValueError(f"{where}: y is empty.")
    if y.dtype.kind not in "iu":
        raise TypeError(
            f"{where}: y must hold integer labels; got dtype {y.dtype}. If the values are whole, pass y.astype(int)."
        )
    if y.min() < 0 or (k is not None and y.max() >= k):
        top = "k-1" if k is None else k - 1
        start = " Labels start at 0: pass y - 1?" if y.min() == 1 and y.max() == k else ""
        raise ValueError(f"{where}: labels must lie in 0..{top}; got {y.min()}..{y.max()}.{start}")
    return y


def _flatten(y, m):
    """Say how to make a label vector of ``y``, where its shape tells."""
    if y.ndim != 2:
        return ""
    if y.size == m or (m is None and 1 in y.shape):
        return " Pass y.ravel()."
    axis = 1 if y.shape[0] == m or (m is None and y.shape[0] >= y.shape[1]) else 0
    return f" One-hot labels? Pass Y.argmax(axis={axis})."


def scores(where, Z):
    """Return ``Z`` as an (m, k) float array, and the largest score of each row, which must be finite."""
    Z = matrix(where, "Z", Z, "(m, k)")
    Z = Z if Z.dtype.kind == "f" else Z.astype(float)  # small integers would wrap around when shifted
    top = Z.max(axis=1)
    if not np.isfinite(top).all():
        i = int(np.argmin(np.isfinite(top)))
        raise ValueError(
            f"{where}: the largest score of row {i} is {top[i]}; it must be finite. Did a step with too high a "
            "learning rate blow the weights up?"
        )
    return Z, top


def strength(where, name, value):
    """Return a penalty's strength if it can be one."""
    if not 0 <= value < np.inf:
        raise ValueError(f"{where}: {name} must be a finite number, 0 or more; got {value}.")
    return value


def weights(where, W, n):
    """Return ``W`` as a non-empty (n, k) float array, or say what is wrong with it."""
    W = matrix(where, "W", W, "(n, k)")
    if len(W) != n:
        raise ValueError(f"{where}: X has n = {n} columns, so W must be ({n}, k); got {W.shape}.{_turned(W, n)}")
    return W if W.dtype.kind == "f" else W.astype(float)


def _turned(W, n):
    """Name the likely cause of a weight matrix of the wrong height."""
    if W.shape[1] == n:
        return "\nThis looks like the lab handout's theta (k, n); pass theta.T."
    if W.shape[0] == n + 1:
        return "\nW has one row more: a bias? Pass preprocessing.add_bias(X)."
    return ""


def problem(where, W, X, y):
    """Return ``W`` (n, k), ``X`` (m, n) and ``y`` (m,) if they fit each other; raise if not."""
    X = matrix(where, "X", X)
    if np.ndim(W) == 2 and np.shape(W)[1] == len(X) and X.shape[1] not in np.shape(W):
        raise ValueError(
            f"{where}: W {np.shape(W)} and X {X.shape} do not fit; the other way round they would. "
            "Parameters come first: (W, X, y)."
        )
    W = weights(where, W, X.shape[1])
    return W, X, labels(where, y, len(X), W.shape[1])


def finite(where, name, A, cure):
    """Return ``A`` if all its values are finite; otherwise say where the first bad one is."""
    if np.isfinite(A.min()) and np.isfinite(A.max()):  # a nan would be both; no array as large as A is made
        return A
    bad = ~np.isfinite(A)
    i, j = (int(v) for v in np.argwhere(bad)[0])
    count = np.count_nonzero(bad)
    raise ValueError(f"{where}: {name} holds {count} nan or infinite values, the first at [{i}, {j}]. {cure}")


def finite_loss(where, loss, W, X):
    """Return ``loss`` if it is finite; otherwise find the reason and name it."""
    if np.isfinite(loss):
        return loss
    finite(where, "X", X, "Replace or drop it.")
    finite(where, "W", W, "Did a step with too high a learning rate blow it up?")
    raise ValueError(
        f"{where}: the scores X @ W, or the squares of W, overflow {np.result_type(X, W)}. "
        "Scale X, or lower the learning rate."
    )


def gradient(where, dW, W):
    """Return the gradient as an array if its shape is that of ``W``; another would broadcast, or fail far from here."""
    dW = np.asarray(dW)
    if dW.shape != W.shape:
        turned = " It looks transposed." if dW.T.shape == W.shape else ""
        raise ValueError(f"{where}: the gradient must have W's shape {W.shape}; got {dW.shape}.{turned}")
    return dW


def one_number(where, value):
    """Return ``value`` as a float if it is one number, or say what it is."""
    if np.ndim(value) == 0 and np.asarray(value).dtype.kind in "biuf":
        return float(value)
    cause = " Make one node for each entry." if np.ndim(value) else ""
    raise TypeError(f"{where}: a node holds one number; got {type(value).__name__}.{cause}")


def positive(where, value):
    """Return ``value`` if it is above 0, as a logarithm needs it."""
    if value > 0:
        return value
    raise ValueError(f"{where}: the logarithm needs a number above 0; got {value:g}. Did a probability become 0?")


def power(where, base, p):
    """Raise unless ``base**p`` and its slope are real numbers: a base of 0 or less may lack them."""
    if not isinstance(p, (int, float)):
        raise TypeError(f"{where}: the exponent must be a number; got {type(p).__name__}. Write (p * x.log()).exp().")
    if base == 0 and p and p < 1:
        raise ZeroDivisionError(f"{where}: 0**{p:g} has no finite slope. Did you divide by a node that is 0?")
    if base < 0 and p != int(p):
        raise ValueError(f"{where}: {base:g}**{p:g} is not a real number. Raise a number above 0.")
