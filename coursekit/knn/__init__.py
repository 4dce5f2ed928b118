"""Nearest neighbours: distances between two sets of points, as loops and as matrix products, and what the nearest say.

Notation: ``A`` (m, n) and ``B`` (r, n) hold one point per row; ``D`` (m, r) the distance of each point of ``A`` from
each point of ``B``; ``k`` is a number of neighbours.
"""

from coursekit.knn._distances import distances, distances_l1, distances_one_loop, distances_two_loops
from coursekit.knn._search import neighbors, predict

__all__ = ["distances", "distances_l1", "distances_one_loop", "distances_two_loops", "neighbors", "predict"]
