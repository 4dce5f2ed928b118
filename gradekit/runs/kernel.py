"""The kernel that runs students' code: jupyter_client starts it, in the box.

nbval asks jupyter_client for a kernel by name. The name leads to this provisioner, which puts the kernel's command into
the box and speaks with it through sockets in the run's own folder instead of the network.
"""

import asyncio
import ctypes
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import zmq
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from gradekit.runs import paths
from gradekit.runs.box import contained, environment, give_to_box
from gradekit.runs.messages import Job
from gradekit.runs.paths import isolated, source

NAME = "coursekit-contained"
JOB = "COURSEKIT_JOB"  # environment variable that tells this module how the next kernel is contained
PIPE = "{pipe}"  # stands in the kernel's command for a number
MESSAGE = 4 * 2**20  # bytes of one message from the kernel; a larger one ends the connection
QUEUE = 100  # messages that may wait


class ContainedProvisioner(LocalProvisioner):
    """Start a kernel in the box that the environment variable ``COURSEKIT_JOB`` describes.

    Parameters
    ----------
    **kwargs
        From jupyter_client.
    """

    pipe = None

    async def pre_launch(self, **kwargs):
        """Choose sockets in the run's folder, and wrap the command.

        Parameters
        ----------
        **kwargs
            From jupyter_client.

        Returns
        -------
        dict
            What the kernel is launched with.
        """
        job, manager = Job.from_json(os.environ[JOB]), self.parent
        folder, file = Path(job.folder), Path(job.folder, "c.json")
        if paths.POSIX:  # Windows has loopback instead; either way the connection file holds a key
            manager.transport, manager.ip = "ipc", str(folder / "k")
        manager.connection_file = str(file)
        manager.context.setsockopt(zmq.MAXMSGSIZE, MESSAGE)
        manager.context.setsockopt(zmq.RCVHWM, QUEUE)
        launch = await super().pre_launch(**kwargs)
        give_to_box(file, slot=job.slot)
        program = isolated(
            source("_kernel.py"), PIPE, ",".join(job.modules), "-f", str(file), "--IPKernelApp.log_level=50"
        )
        launch["cmd"] = contained(
            program, folder=folder, limits=job.limits, slot=job.slot, level=job.level, cover=job.cover
        )
        launch["env"], launch["cwd"] = environment(folder, folder), str(folder)
        if sys.platform == "linux":
            launch["preexec_fn"] = partial(ctypes.CDLL(None).prctl, 1, signal.SIGKILL)  # die with this process
        launch["stdout"] = launch["stderr"] = subprocess.DEVNULL  # none of our own files
        return launch

    async def launch_kernel(self, cmd, **kwargs):
        """Start the kernel with one end of a pipe, by which it sees whether this process was there to the end.

        Parameters
        ----------
        cmd : list of str
            Its command.
        **kwargs
            From :meth:`pre_launch`.

        Returns
        -------
        dict
            How to connect to it, from jupyter_client.
        """
        if not paths.POSIX:
            return await super().launch_kernel([part.replace(PIPE, "0") for part in cmd], **kwargs)
        reader, self.pipe = os.pipe()
        try:
            cmd = [str(reader) if part == PIPE else part for part in cmd]
            return await super().launch_kernel(cmd, pass_fds=[reader], **kwargs)
        finally:
            os.close(reader)

    async def wait(self):
        """Wait for the kernel's process to end, and notice it within a hundredth of a second, not a tenth.

        Returns
        -------
        int or None
            As from jupyter_client.
        """
        while await self.poll() is None:
            await asyncio.sleep(0.01)
        if self.pipe is not None:
            os.close(self.pipe)
            self.pipe = None
        return await super().wait()


def write_kernelspec(folder):
    """Write the kernelspec that leads to the provisioner.

    Parameters
    ----------
    folder : Path
        A folder for ``JUPYTER_PATH``.
    """
    spec = {
        "argv": [sys.executable],  # the provisioner has the whole command
        "display_name": NAME,
        "language": "python",
        "interrupt_mode": "message",
        "metadata": {"kernel_provisioner": {"provisioner_name": NAME}},
    }
    place = folder / "kernels" / NAME
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec))
