"""Set limits, then become another program: ``_limited.py MEMORY CPU FILE COMMAND ...``. Needs nothing but Python."""

import os
import resource
import sys


def main(memory, cpu, file, *command):
    """Lower the limits of this process, never raise one, and run the command in its place."""
    wanted = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_FSIZE, file))
    for kind, value in (*wanted, (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        lower = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        resource.setrlimit(kind, (lower, lower))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
