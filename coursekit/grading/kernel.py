"""The kernel that runs students' code: jupyter_client starts it, in the box.

nbval asks jupyter_client for a kernel by name. The name leads to this provisioner, which puts the kernel's command into
the box and speaks with it through sockets in the run's own folder instead of the network.
"""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import zmq
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from coursekit.grading.box import Limits, contained, environment, give_to_box

NAME = "coursekit-contained"
LAUNCHER = (  # a kernel without its debugger, whose import takes a third of the start
    "import runpy, sys; sys.modules['debugpy'] = None; runpy.run_module('ipykernel_launcher', run_name='__main__')"
)
MESSAGE = 4 * 2**20  # bytes of one message from the kernel; a larger one ends the connection
QUEUE = 100  # messages that may wait


class ContainedProvisioner(LocalProvisioner):
    """Start a kernel in the box that the environment variable ``COURSEKIT_RUN`` describes.

    Parameters
    ----------
    **kwargs
        From jupyter_client.
    """

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
        run = json.loads(os.environ["COURSEKIT_RUN"])
        folder, manager = Path(run["folder"]), self.parent
        manager.transport, manager.ip = "ipc", str(folder / "k")
        manager.connection_file = str(folder / "c.json")
        manager.context.setsockopt(zmq.MAXMSGSIZE, MESSAGE)
        manager.context.setsockopt(zmq.RCVHWM, QUEUE)
        launch = await super().pre_launch(**kwargs)
        give_to_box(folder / "c.json", slot=run["slot"])
        launch["cmd"] = contained(
            launch["cmd"], folder=folder, limits=Limits(**run["limits"]), slot=run["slot"], level=run["level"]
        )
        launch["env"], launch["cwd"] = environment(folder, folder), str(folder)
        launch["stdout"] = launch["stderr"] = subprocess.DEVNULL  # none of our own files
        return launch

    async def wait(self):
        """Wait for the kernel's process to end, and notice it within a hundredth of a second, not a tenth.

        Returns
        -------
        int or None
            As from jupyter_client.
        """
        while await self.poll() is None:
            await asyncio.sleep(0.01)
        return await super().wait()


def write_kernelspec(folder):
    """Write the kernelspec that leads to the provisioner.

    Parameters
    ----------
    folder : Path
        A folder for ``JUPYTER_PATH``.
    """
    spec = {
        "argv": [sys.executable, "-c", LAUNCHER, "-f", "{connection_file}", "--IPKernelApp.log_level=50"],
        "display_name": NAME,
        "language": "python",
        "interrupt_mode": "message",
        "metadata": {"kernel_provisioner": {"provisioner_name": NAME}},
    }
    place = folder / "kernels" / NAME
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec))
