"""Start JupyterLab on the student's folder: quiet, on this machine only, with this Python as its kernel."""

import json
import os
import secrets
import shutil
import signal
import sys
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

DARK = Path(__file__).parent / "sliders" / "front_end" / "dark.css"  # figures at night, before any slider has come
FIRST = "00_start_here.ipynb"
NO_NEWS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def can_open_browser():
    """Return whether a browser window can open here.

    Returns
    -------
    bool
        False on Linux without a display, unless ``BROWSER`` names a program.

    Examples
    --------
    >>> can_open_browser() in (True, False)
    True
    """
    windows = sys.platform in ("win32", "darwin")
    if not (windows or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def prefer_this_environment():
    """Make Jupyter look for kernels in this Python's environment before the user's own folders.

    Notes
    -----
    A kernel called ``python3`` that another project left in the home folder would otherwise run the course with that
    project's packages.
    """
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"


def lab_options(folder, settings, *, port=None, browser=True, token=""):
    """Return JupyterLab's command line for a course folder.

    Parameters
    ----------
    folder : path-like
        What the server shows.
    settings : path-like
        A folder with ``overrides.json`` and ``custom.css``, for this server only.
    port : int, optional
        JupyterLab's own choice (8888 or the next free one) by default; 0 is any free one.
    browser : bool, default=True
        Whether to open one.
    token : str
        What the browser must show to get in.

    Returns
    -------
    list of str
        Options of ``jupyter lab``.

    Examples
    --------
    >>> [option for option in lab_options(".", "settings", port=0) if "ip" in option]
    ['--ServerApp.ip=127.0.0.1']
    """
    import zmq

    folder = Path(folder).resolve()
    start = f"/tree/{FIRST}" if (folder / FIRST).exists() else ""
    options = {
        "ServerApp.root_dir": folder,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.open_browser": browser,
        "ServerApp.allow_root": hasattr(os, "geteuid") and os.geteuid() == 0,
        "ServerApp.log_level": "ERROR",
        "IdentityProvider.token": token,
        "KernelManager.transport_encryption": "auto" if zmq.has("curve") else "disabled",
        "LabApp.log_level": "ERROR",
        "LabApp.default_url": f"/lab{start}",
        "LabApp.app_settings_dir": Path(settings).resolve(),
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "LabApp.custom_css": True,
    }
    options |= {} if port is None else {"ServerApp.port": port}
    return [f"--{name}={value}" for name, value in options.items()]


def serve(folder, *, port=None, browser=True, tell=print):
    """Run JupyterLab on a folder until Ctrl-C, and leave nothing running.

    Parameters
    ----------
    folder : path-like
        What the server shows.
    port : int, optional
        As in :func:`lab_options`.
    browser : bool, default=True
        Whether to open one, where one can open.
    tell : callable, default=print
        Gets the lines for the person at the terminal.

    Raises
    ------
    SystemExit
        If no port is free.
    """
    from jupyterlab.labapp import LabApp

    prefer_this_environment()
    browser = browser and can_open_browser()
    with TemporaryDirectory(prefix="coursekit-") as settings:
        Path(settings, "overrides.json").write_text(json.dumps(NO_NEWS))
        options = lab_options(folder, settings, port=port, browser=browser, token=secrets.token_hex(24))
        shutil.copy(DARK, Path(settings, "custom.css"))
        server = LabApp.initialize_server(argv=options)
        server.static_custom_path.insert(0, settings)  # it is no option; each request looks there anew
        _stop_on_signals(server)
        if port and server.port != port:
            tell(
                f"Port {port} is taken by another program, such as a course that is open already; using {server.port}."
            )
        server.io_loop.add_callback(tell, _greeting(_address(server), folder, browser))  # once it listens
        server.start()
    tell("JupyterLab has stopped.")


def _address(server):
    """Return the link that opens a running server, with its token."""
    path = server.default_url.removeprefix(server.base_url)
    return f"{server.connection_url}{path}?token={server.identity_provider.token}"


def _stop_on_signals(server):
    """Let Ctrl-C, a closed terminal and a kill stop the server and its kernels, without a question."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: server.stop(from_signal=True))


def _greeting(link, folder, browser):
    """Return what the person at the terminal must know."""
    return (
        f"\nJupyterLab is running. {'Your browser opens' if browser else 'Open this in your browser'}:\n\n"
        f"    {link}\n\n"
        f"Your work is in {Path(folder).resolve()}. Stop the server here with Ctrl-C."
    )
