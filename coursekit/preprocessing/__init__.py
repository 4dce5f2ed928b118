"""What happens to the data before the first product.

``tables``: labels to one-hot, pixels to numbers, rows to sets. ``images``: pictures to features. ``components``: many
features to the few directions in which they differ most.
"""

from coursekit.preprocessing.components import Components, pca
from coursekit.preprocessing.images import hog, hue_histogram
from coursekit.preprocessing.tables import add_bias, binarise, has_bias, one_hot, split

__all__ = ["Components", "add_bias", "binarise", "has_bias", "hog", "hue_histogram", "one_hot", "pca", "split"]
