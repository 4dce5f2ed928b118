"""The kernel that runs students' code: jupyter_client starts it, in the box.

nbval asks jupyter_client for a kernel by name. The name leads to this provisioner, which puts the kernel's command into
the box and speaks with it through sockets in the run's own folder instead of the network.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import zmq
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from coursekit.grading.box import Limits, contained, environment, give_to_box

NAME = "coursekit-contained"
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


def write_kernelspec(folder):
    """Write the kernelspec that leads to the provisioner.

    Parameters
    ----------
    folder : Path
        A folder for ``JUPYTER_PATH``.
    """
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--IPKernelApp.log_level=50"],
        "display_name": NAME,
        "language": "python",
        "interrupt_mode": "message",
        "metadata": {"kernel_provisioner": {"provisioner_name": NAME}},
    }
    place = folder / "kernels" / NAME
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec))
