"""What every test run sets, also one of a single notebook."""

import os

os.environ.setdefault("COURSEKIT_ITERS", "100")  # notebook 05 trains for 1500 iterations; its tests for fewer
os.environ.setdefault("MPLBACKEND", "agg")  # the package's tests draw without a display; kernels choose their own
