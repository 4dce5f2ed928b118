"""Descent: one loop, ``train``, and the parts that plug into it; and ``lbfgs``, which chooses its steps by itself.

``descent``: the loop, its history, minibatches. ``parts``: schedules (``step_decay``, ``cosine_decay``), update rules
(``momentum``, ``adam``), the proximal step of the L1 penalty (``soft_threshold``). ``search``: ``lbfgs``.
"""

from coursekit.optim.descent import History, minibatches, train
from coursekit.optim.parts import adam, cosine_decay, l1_prox, momentum, soft_threshold, step_decay
from coursekit.optim.search import lbfgs

__all__ = [
    "History",
    "adam",
    "cosine_decay",
    "l1_prox",
    "lbfgs",
    "minibatches",
    "momentum",
    "soft_threshold",
    "step_decay",
    "train",
]
