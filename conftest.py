"""What every test run sets, also one of a single notebook."""

import os

import matplotlib

os.environ.setdefault("COURSEKIT_ITERS", "100")  # notebook 05 trains for 1500 iterations; its tests for fewer
matplotlib.use("agg")  # the package's tests draw without a display; the notebooks' kernels choose for themselves
