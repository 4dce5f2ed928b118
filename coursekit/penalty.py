"""What large weights cost: the L2 penalty, with the bias free of it."""

import numpy as np


def l2_penalty(W, l2, *, bias=False):
    r"""Return :math:`\frac{\lambda}{2} \lVert W \rVert_F^2` and its gradient, without the bias where there is one.

    A bias only shifts the scores: shrinking it would draw the model to classes of equal size, and prevent no
    overfitting.

    Parameters
    ----------
    W : array_like of shape (n, k), or (s, n, k) for s models
        Weights.
    l2 : float or array_like of shape (s,)
        Strength, or one for each model.
    bias : bool, default=False
        Whether the last row of ``W`` is the bias, as of :func:`coursekit.preprocessing.add_bias`.

    Returns
    -------
    penalty : float or ndarray of shape (s,)
        To be added to the loss.
    dW : ndarray
        Its gradient, of the shape of ``W``.

    References
    ----------
    .. [1] T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, Springer, 2009,
       section 3.4.1.

    Examples
    --------
    >>> penalty, dW = l2_penalty([[3.0], [7.0]], 2.0, bias=True)
    >>> float(penalty), dW.tolist()
    (9.0, [[6.0], [0.0]])
    """
    W, l2 = np.asarray(W), np.asarray(l2, float)
    R = W.astype(W.dtype if W.dtype.kind == "f" else float)  # a copy
    if bias:
        R[..., -1, :] = 0
    return 0.5 * l2 * (R * R).sum(axis=(-2, -1)), l2.astype(R.dtype)[..., None, None] * R
