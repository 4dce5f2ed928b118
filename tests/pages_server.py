"""A folder of web pages, served on this machine to the browser of a test; a copy of Pyodide beside them."""

import functools
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def served(folder):
    """Serve a folder; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def mirrored():
    """Return a copy of Pyodide, each file verified, kept in build/ for the next time; skip the test without one."""
    folder = ROOT / "build" / "pyodide"
    if not shutil.which("npm") or subprocess.run([sys.executable, ROOT / "site/lite/mirror.py", folder]).returncode:
        pytest.skip("Pyodide cannot be fetched here")
    return folder
