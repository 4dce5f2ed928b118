"""The kernel's own start, passed with ``-c``: ``PIPE MODULES ARGUMENT ...``; it ends at once if who asked is gone.

Who asked holds the other end of the pipe. From here on Linux ends the kernel with it, but not while the box is built.
There is no debugger, whose import takes a third of a kernel's start, and the modules named are there already.
"""

import importlib
import os
import select
import sys


def main(pipe, modules):
    """Become a kernel, unless the pipe with this number (0 for none) has come to its end: nobody writes into it."""
    if pipe:
        if select.select([pipe], [], [], 0)[0]:
            sys.exit(1)
        os.close(pipe)
    sys.modules["debugpy"] = None
    for name in filter(None, modules.split(",")):
        importlib.import_module(name)
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main(int(sys.argv.pop(1)), sys.argv.pop(1))
