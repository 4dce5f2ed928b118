"""Give up what a run may not use, then become another program: its text is passed with ``python -I -S -c``.

``MEMORY CPU FILE PROCESSES STRICT COMMAND ...``: bytes, seconds, bytes, a number (0 for as many as there are), and 1 if
the filter must hold. It needs nothing but Python, and runs inside the box as well, where this package cannot be seen.
"""

import contextlib
import os
import struct
import sys

CALLS = {  # Linux numbers its calls by machine; those above 400 are the same everywhere
    "x86_64": {
        "clone": 56, "unshare": 272, "audit": 0xC000003E,
        "refused": (29, 68, 101, 155, 161, 165, 166, 248, 249, 250, 298, 304, 308, 310, 311, 319, 321, 323),
    },
    "aarch64": {
        "clone": 220, "unshare": 97, "audit": 0xC00000B7,
        "refused": (39, 40, 41, 51, 117, 186, 194, 217, 218, 219, 241, 265, 268, 270, 271, 279, 280, 282),
    },
}  # fmt: skip
# shmget, msgget, ptrace, pivot_root, chroot, mount, umount2, add_key, request_key, keyctl, perf_event_open,
# open_by_handle_at, setns, process_vm_readv, process_vm_writev, memfd_create, bpf, userfaultfd
EVERYWHERE = (
    425,
    426,
    427,
    428,
    429,
    430,
    431,
    432,
    433,
    442,
    447,
    467,
)  # io_uring, newer mount calls, secret memory
CLONE3 = 435  # its flags lie in memory, where a filter cannot look; the C library then takes clone
NAMESPACES = 0x7E020080  # CLONE_NEWUSER and its kin
EPERM, ENOSYS = 1, 38
LOAD, EQUAL, AT_LEAST, ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16  # where a call's facts lie


def program(machine):
    """Return the filter for a machine, each step as (code, if so, if not, value); None for an unknown machine."""
    calls = CALLS.get(machine)
    if calls is None:
        return None
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, calls["audit"]), (RETURN, 0, 0, REFUSE | EPERM), (LOAD, 0, 0, NUMBER)]
    steps += [(AT_LEAST, 0, 1, 0x40000000), (RETURN, 0, 0, REFUSE | ENOSYS)]  # x86's second set of numbers
    for number in (*calls["refused"], *EVERYWHERE):
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | EPERM)]
    steps += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, REFUSE | ENOSYS)]
    steps += [(EQUAL, 1, 0, calls["clone"]), (EQUAL, 0, 3, calls["unshare"]), (LOAD, 0, 0, FIRST_ARGUMENT)]
    steps += [(ANY, 0, 1, NAMESPACES), (RETURN, 0, 0, REFUSE | EPERM), (RETURN, 0, 0, ALLOW)]
    return steps


def give_up_calls():
    """Give up, for good, the calls of the system that make namespaces, mounts, and memory that nobody counts."""
    import ctypes

    steps = program(os.uname().machine)
    if sys.platform != "linux" or steps is None:
        raise OSError("no filter for this machine")
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    libc = ctypes.CDLL(None, use_errno=True)
    whole = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, whole, 0, 0):  # PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP
        raise OSError(ctypes.get_errno(), "the filter of calls was refused")


def limit(memory, cpu, file, processes):
    """Lower the limits of this process; never raise one; pass over those that the system does not know or refuses."""
    try:
        import resource
    except ImportError:
        return
    wanted = {"RLIMIT_AS": memory, "RLIMIT_CPU": cpu, "RLIMIT_FSIZE": file, "RLIMIT_CORE": 0, "RLIMIT_NOFILE": 256}
    for name, value in {**wanted, **({"RLIMIT_NPROC": processes} if processes else {})}.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            lower = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (lower, lower))


def main(memory, cpu, file, processes, strict, *command):
    """Give up all that, and become the command."""
    limit(int(memory), int(cpu), int(file), int(processes))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123 - as light as can be
        file.write("1000")  # a machine without memory ends a run before anything else
    try:
        give_up_calls()
    except (OSError, AttributeError, ImportError):
        if strict == "1":
            raise
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
