"""JupyterLab in a process of its own, for the tests that start the course for good."""

import json
import re
import signal
import subprocess
from contextlib import contextmanager
from urllib.request import Request, urlopen


@contextmanager
def lab_process(command, *, log, keep=None, **options):
    """Start a command that serves JupyterLab; give the process and the link that it prints, and end it.

    A list ``keep`` gets the lines that it prints before the link.
    """
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True, **options
        )
    try:
        printed = [] if keep is None else keep
        link = next((line.strip() for line in process.stdout if printed.append(line) or "token=" in line), None)
        assert link, log.read_text()
        yield process, link
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def call(link, path, *, token=True, **body):
    """Return the JSON that a server answers to a request, POST if there is a body."""
    base, key = re.match(r"(http://[^/]+)/.*\?token=(\w+)", link).groups()
    headers = {"Authorization": f"token {key}"} if token else {}
    request = Request(base + path, data=json.dumps(body).encode() if body else None, headers=headers)
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)


def end_kernels(link):
    """End all kernels that a server has started."""
    for kernel in call(link, "/api/kernels"):
        base, key = re.match(r"(http://[^/]+)/.*\?token=(\w+)", link).groups()
        headers = {"Authorization": f"token {key}"}
        urlopen(Request(f"{base}/api/kernels/{kernel['id']}", headers=headers, method="DELETE"), timeout=30).close()


def stop(process):
    """Press Ctrl-C, and return the exit code."""
    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=30)
    assert process.stdout.read().endswith("JupyterLab has stopped.\n")
    return code
