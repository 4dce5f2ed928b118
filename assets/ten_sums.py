"""Draw the README's figure from a fresh fit to MNIST. A few seconds.

python assets/ten_sums.py
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from coursekit import datasets, metrics, optim, plots, preprocessing, softmax
from coursekit.plots.boxes import as_text, image_boxes

OUT = Path(__file__).with_suffix(".png")


def main():
    """Fit ten templates by minibatches, and draw them beside what they read and how the loss fell."""
    data = datasets.load("mnist")
    X = preprocessing.add_bias(data.X_train.astype(np.float32) / 255)
    X_test = preprocessing.add_bias(data.X_test.astype(np.float32) / 255)
    batches = optim.minibatches(X, data.y_train, 256, np.random.default_rng(0))
    W = np.zeros((X.shape[1], 10), np.float32)
    rate = optim.cosine_decay(0.5, steps=2000)
    history = optim.train(softmax.softmax_loss, W, batches=batches, steps=2000, learning_rate=rate)
    accuracy = metrics.accuracy(softmax.predict(history.W, X_test), data.y_test)
    plots.use_style()
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3), width_ratios=[1, 2.1])
    plots.loss_curve(history.loss, ax=left, title="2000 minibatches of MNIST", linewidth=0.8)
    look = {"ax": right, "title": f"Ten weighted sums of pixels read {accuracy:.1%} of the test digits"}
    plots.weights(history.W[:-1], data.image_shape, data.class_names, **look)
    fig.set_dpi(110)
    fig.draw_without_rendering()
    fig.savefig(OUT, metadata=as_text(image_boxes(fig)))  # at night the site turns the lines light, and not the images
    print(f"{OUT.name}: test accuracy {accuracy:.2%}")


if __name__ == "__main__":
    main()
