"""What happens to the data before the first product.

``tables``: labels to one-hot, pixels to numbers, rows to sets. ``images``: pictures to features.
"""

from coursekit.preprocessing.images import hog, hue_histogram
from coursekit.preprocessing.tables import add_bias, binarise, has_bias, one_hot, split

__all__ = ["add_bias", "binarise", "has_bias", "hog", "hue_histogram", "one_hot", "split"]
