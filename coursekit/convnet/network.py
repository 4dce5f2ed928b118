"""The network of lesson 13: two convolutions with their pools, a dense layer with dropout, and softmax."""

from dataclasses import dataclass
from math import prod

import numpy as np

from coursekit import _validate
from coursekit.convnet.convolution import output_size
from coursekit.convnet.layers import dense_gradients, dropout_mask, relu, relu_gradient
from coursekit.convnet.pooled import convolve_and_pool, convolve_and_pool_gradients
from coursekit.softmax import log_sum_exp, softmax

CHUNK = 500  # images that a prediction reads at once, so that its memory stays small


@dataclass(frozen=True)
class ConvNet:
    """A convolutional network for square grey images: what it is made of, and its loss.

    Convolution of 2 x 2, pool of 2 x 2, relu; convolution of 3 x 3 with stride 2, pool of 2 x 2, relu; a dense layer
    with relu and dropout; a dense layer to the scores. It holds sizes only. All weights are one vector ``w``, so that
    :func:`coursekit.optim.train`, :func:`coursekit.optim.adam` and :func:`coursekit.gradcheck.check_gradient` take the
    network as they take any other loss.

    Attributes
    ----------
    side : int
        Pixels down and across of an image.
    filters : tuple of int
        Filters of the two convolutions.
    hidden : int
        Units of the dense layer.
    k : int
        Classes.
    dropout : float
        Share of the hidden units that is lost in training.

    Examples
    --------
    >>> net = ConvNet()
    >>> net.size, net.shapes["K2"]
    (619754, (3, 3, 32, 64))
    """

    side: int = 28
    filters: tuple = (32, 64)
    hidden: int = 1024
    k: int = 10
    dropout: float = 0.6

    @property
    def sides(self):
        """Pixels down and across after each layer: image, convolution, pool, convolution, pool."""
        first = output_size(self.side, 2)
        second = output_size(output_size(first, 2, 2), 3, 2)
        return self.side, first, output_size(first, 2, 2), second, output_size(second, 2, 2)

    @property
    def shapes(self):
        """Shape of each array of weights, by its name; in the order in which they stand in ``w``."""
        (first, second), flat = self.filters, self.sides[-1] ** 2 * self.filters[1]
        kernels = {"K1": (2, 2, 1, first), "b1": (first,), "K2": (3, 3, first, second), "b2": (second,)}
        dense = {"W3": (flat, self.hidden), "b3": (self.hidden,), "W4": (self.hidden, self.k), "b4": (self.k,)}
        return kernels | dense

    @property
    def size(self):
        """Number of all weights."""
        return sum(map(prod, self.shapes.values()))

    def start(self, rng, dtype=np.float32):
        """Return weights to start from: normal, of variance 2 / (inputs of a unit), and biases of 0.

        Parameters
        ----------
        rng : numpy.random.Generator
            Draws them.
        dtype : dtype, default=float32
            Type of the numbers.

        Returns
        -------
        ndarray of shape (size,)
            So drawn, the values keep about the same size from layer to layer.

        References
        ----------
        .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015.

        Examples
        --------
        >>> ConvNet().start(np.random.default_rng(0)).shape
        (619754,)
        """
        drawn = (
            rng.normal(0, np.sqrt(2 / prod(shape[:-1])), shape) if len(shape) > 1 else np.zeros(shape)
            for shape in self.shapes.values()
        )
        return np.concatenate([part.ravel() for part in drawn]).astype(dtype)

    def parts(self, w):
        """Return the weights as arrays by their names.

        Parameters
        ----------
        w : ndarray of shape (size,)
            All weights.

        Returns
        -------
        dict of str to ndarray
            Views of ``w``: if you write into one, you write into ``w``.

        Raises
        ------
        ValueError
            If ``w`` has another shape.

        Examples
        --------
        >>> net = ConvNet(side=12, filters=(3, 5), hidden=4, k=2)
        >>> {name: part.size for name, part in net.parts(np.zeros(net.size)).items()}
        {'K1': 12, 'b1': 3, 'K2': 135, 'b2': 5, 'W3': 20, 'b3': 4, 'W4': 8, 'b4': 2}
        """
        w = np.asarray(w)
        if w.shape != (self.size,):
            raise ValueError(
                f"ConvNet: w must have the shape ({self.size},), as of start(); got {w.shape}. "
                "Are these the weights of another network?"
            )
        ends = np.cumsum([prod(shape) for shape in self.shapes.values()])[:-1]
        pieces = zip(self.shapes.items(), np.split(w, ends), strict=True)
        return {name: piece.reshape(shape) for (name, shape), piece in pieces}

    def scores(self, w, X):
        """Return the scores of images, without dropout.

        Parameters
        ----------
        w : ndarray of shape (size,)
            All weights.
        X : array_like of shape (m, n) or (m, side, side)
            Images, ``n = side * side``.

        Returns
        -------
        ndarray of shape (m, k)
            Scores before softmax.

        Raises
        ------
        ValueError
            If the shapes of ``w`` or ``X`` do not fit the network.

        Examples
        --------
        >>> net = ConvNet(side=12, filters=(3, 5), hidden=4, k=2)
        >>> net.scores(np.zeros(net.size), np.ones((7, 144))).shape
        (7, 2)
        """
        X, parts = self._images(X), self.parts(w)
        return np.concatenate([_forward(parts, X[i : i + CHUNK])[-1] for i in range(0, len(X), CHUNK)])

    def predict(self, w, X):
        """Return the class with the largest score for each image.

        Parameters
        ----------
        w, X : ndarray, array_like
            As of :meth:`scores`.

        Returns
        -------
        ndarray of int, shape (m,)
            Labels in ``0..k-1``.

        Examples
        --------
        >>> net = ConvNet(side=12, filters=(3, 5), hidden=4, k=2)
        >>> net.predict(np.zeros(net.size), np.ones((3, 12, 12)))
        array([0, 0, 0])
        """
        return self.scores(w, X).argmax(axis=1)

    def loss(self, w, X, y, *, rng=None):
        """Return the mean cross-entropy of some images and its gradient.

        Parameters
        ----------
        w : ndarray of shape (size,)
            All weights.
        X : array_like of shape (m, n) or (m, side, side)
            Images.
        y : array_like of int, shape (m,)
            Labels in ``0..k-1``.
        rng : numpy.random.Generator, optional
            Draws which hidden units are lost; nothing is lost if it is not given.

        Returns
        -------
        loss : float
            Mean over the m images, in nats.
        dw : ndarray of shape (size,)
            Its gradient.

        Raises
        ------
        ValueError
            If the shapes disagree or a label is out of range.
        TypeError
            If the labels are not integers.

        Examples
        --------
        >>> net = ConvNet(side=12, filters=(3, 5), hidden=4, k=2)
        >>> loss, dw = net.loss(np.zeros(net.size), np.ones((7, 144)), [0, 1, 0, 1, 0, 1, 1])
        >>> round(loss, 4), dw.shape
        (0.6931, (189,))
        """
        X, parts = self._images(X), self.parts(w)
        y = _validate.labels("ConvNet.loss", y, len(X), self.k)
        dtype = parts["W4"].dtype
        mask = 1 if rng is None else dropout_mask((len(X), self.hidden), self.dropout, rng, dtype)
        *kept, Z = _forward(parts, X, mask)
        rows = np.arange(len(y))
        dZ = softmax(Z)
        dZ[rows, y] -= 1
        grads = _backward(dZ / len(y), parts, X, kept, mask)
        loss = float((log_sum_exp(Z) - Z[rows, y]).mean())
        return loss, np.concatenate([grads[name].ravel() for name in parts], dtype=dtype)

    def _images(self, X):
        """Return images as (m, side, side, 1) floats."""
        X = np.asarray(X)
        if len(X) == 0 or X[0].size != self.side**2:
            raise ValueError(
                f"ConvNet: X must hold m images of {self.side} x {self.side} = {self.side**2} pixels; got {X.shape}."
                + (" For one image, pass X[None]." if X.size == self.side**2 else "")
            )
        X = X if X.dtype.kind == "f" else X.astype(np.float32)
        return X.reshape(len(X), self.side, self.side, 1)


def _forward(parts, X, mask=1):
    """Return what each layer gives, the scores last."""
    P1, at1 = convolve_and_pool(X, parts["K1"], parts["b1"])
    A1 = relu(P1)  # after the pool: relu keeps the order, so the largest stays the largest, and there are 4 times fewer
    P2, at2 = convolve_and_pool(A1, parts["K2"], parts["b2"], stride=2)
    A2 = relu(P2).reshape(len(X), -1)
    A3 = relu(A2 @ parts["W3"] + parts["b3"]) * mask
    return A1, at1, A2, at2, A3, A3 @ parts["W4"] + parts["b4"]


def _backward(dZ, parts, X, kept, mask):
    """Return the gradient in each array of weights, by its name: the layers in reverse."""
    A1, at1, A2, at2, A3 = kept
    dA3, dW4, db4 = dense_gradients(dZ, A3, parts["W4"])
    dA2, dW3, db3 = dense_gradients(relu_gradient(dA3 * mask, A3), A2, parts["W3"])
    dP2 = relu_gradient(dA2, A2).reshape(at2.shape)
    dA1, dK2, db2 = convolve_and_pool_gradients(dP2, at2, A1, parts["K2"], stride=2)
    _, dK1, db1 = convolve_and_pool_gradients(relu_gradient(dA1, A1), at1, X, parts["K1"], images=False)
    return {"K1": dK1, "b1": db1, "K2": dK2, "b2": db2, "W3": dW3, "b3": db3, "W4": dW4, "b4": db4}
