"""What every test run sets, also one of a single notebook."""

import os

import matplotlib
import nbval.kernel

os.environ.setdefault("COURSEKIT_ITERS", "100")  # notebook 05 trains for 1500 iterations; its tests for fewer
matplotlib.use("agg")  # the package's tests draw without a display; the notebooks' kernels choose for themselves


def start_kernel(*args, once=nbval.kernel.start_new_kernel, **kwargs):
    """Start a kernel for nbval; if it dies, since the port that was free has meanwhile been taken, start another."""
    try:
        return once(*args, **kwargs)
    except RuntimeError as error:
        print(f"A second try to start a kernel: {error}")
        return once(*args, **kwargs)


nbval.kernel.start_new_kernel = start_kernel
