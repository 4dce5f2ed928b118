"""The command line: what it prints, what it starts, what it says when something is wrong."""

import errno
import json
import os
import re
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest
from typer.testing import CliRunner

import coursekit
from coursekit import cli, datasets, doctor, findings, hiding, server
from gradekit import lesson as lesson_module
from gradekit import release as release_module
from gradekit.student import ReleaseError
from tests.lab_process import call, lab_process, stop
from tests.sample_lesson import write_course


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Let the course be two small lessons, and the current folder an empty one."""
    folder = write_course(tmp_path / "course")
    monkeypatch.setattr(lesson_module, "lessons_folder", lambda: folder)
    monkeypatch.setattr(release_module, "lessons_folder", lambda: folder)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    return folder


def run(*arguments):
    """Return what a command printed on stdout and on stderr, and its exit code."""
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    return SimpleNamespace(out=result.stdout, err=result.stderr, code=result.exit_code, error=result.exception)


def test_version():
    """Both ways to the command print the version."""
    assert run("--version").out == f"coursekit {coursekit.__version__}\n"
    module = subprocess.run([sys.executable, "-m", "coursekit", "--version"], capture_output=True, text=True)
    assert (module.stdout, module.returncode) == (f"coursekit {coursekit.__version__}\n", 0)


def test_starting_is_light():
    """To print a help page, neither numpy nor a notebook library is loaded."""
    code = "import sys, coursekit.cli; print({'numpy', 'nbformat', 'jupyterlab', 'pooch'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_release_then_again(course):
    """The first time all is new; the second time all is kept, and it says how to get a fresh copy."""
    first, second = run("release", "mine"), run("release", "mine")
    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("mine: 2 new, 0 kept") and "new   90_sample.ipynb" in first.out
    assert second.out.startswith("mine: 0 new, 2 kept") and "rename yours" in second.out


def test_release_of_named_lessons(course):
    """Only what is asked for is written."""
    run("release", "mine", "90")
    assert [path.name for path in Path("mine").glob("*.ipynb")] == ["90_sample.ipynb"]


def test_an_expected_error_is_one_message(course):
    """It goes to stderr, with exit code 1 and no traceback; --debug lets it through."""
    result = run("release", "mine", "77")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("coursekit: find_lessons: there is no lesson 77; the course has 00_start_here")
    assert "Traceback" not in result.err
    assert isinstance(run("--debug", "release", "mine", "77").error, ReleaseError)


def test_a_folder_that_cannot_be_is_one_message(course):
    """So are the errors of the operating system."""
    Path("file").write_text("")
    result = run("release", "file/mine")
    assert (result.code, result.out) == (1, "")
    assert "file" in result.err and "Traceback" not in result.err


def test_a_wrong_command_is_a_usage_error():
    """Exit code 2 is the shell's custom for this."""
    assert run("relase", "mine").code == 2
    assert run("data", "burn").code == 2


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("relase mine", "Did you mean 'release', 'reset'?"),
        ("data veryfy", "there is no 'veryfy'. Did you mean verify? There are: list, fetch, verify."),
        ("data Fetch mnist", "there is no 'Fetch'. Did you mean fetch?"),
        ("data list mnits", "there is no 'mnits'. Did you mean mnist?"),
        ("data burn", "there is no 'burn'. There are: list, fetch, verify."),
        ("lab --port x", "'--port': this must be a whole number from 0 to 65535; got 'x'."),
        ("lab --port 70000", "this must be a whole number from 0 to 65535; got '70000'."),
        ("grade x --to y --jobs 0", "'--jobs': this must be a whole number of at least 1; got '0'."),
        ("grade x --to y --jobs 1.5", "this must be a whole number of at least 1; got '1.5'."),
        ("grade x --to y --seconds nan", "this must be a number of at least 1; got 'nan'."),
        ("grade x --to y --isolation bx", "there is no 'bx'. Did you mean box? There are: box, limits."),
    ],
)
def test_usage_errors_are_in_our_words(command, said):
    """What was given, what is possible, what may have been meant; no validator speaks."""
    result = run(*command.split())
    assert result.code == 2
    assert said in result.err
    assert not re.search(r"(?i)valid integer|range|value error|input should", result.err)


@pytest.mark.parametrize(
    "command", ["", "lab", "check", "reset", "update", "data", "doctor", "release", "author", "grade"]
)
def test_help_is_one_letter_away(command):
    """`-h` and `--help` are the same for the course and for every command of it; no type of Python's is shown."""
    short, long = run(*command.split(), "-h"), run(*command.split(), "--help")
    assert (short.code, short.out) == (0, long.out)
    assert "-h, --help" in short.out
    assert not re.search(r"<\w|bool|\bstr\b", short.out)
    assert command or "..." not in short.out.split("Commands:")[1]  # a summary that was cut


def test_a_shell_can_complete(monkeypatch):
    """Commands and the words that they take; without the shell's question nothing of it is printed."""
    asked = {"_COURSEKIT_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    for words, completed in [("coursekit gr", "grade"), ("coursekit data ver", "verify")]:
        asked |= {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        result = CliRunner().invoke(cli.app, [], env=asked, prog_name="coursekit")
        assert result.stdout.split() == [completed]
    assert "--install-completion" in run("-h").out


@pytest.mark.parametrize("encoding", ["cp1252", "gbk", "ascii"])
def test_no_sign_ends_a_command(encoding, course):
    """A terminal whose code page lacks a sign gets another in its place."""
    Path("mine é 好 ✓").mkdir()
    code = "from coursekit.cli import app; app(['check', 'mine é 好 ✓'])"
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert done.returncode == 2
    assert b"there is no lesson in mine" in done.stderr and b"Traceback" not in done.stderr
    printed = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from gradekit.terminal import *; print_anything(sys.stdout); print('✓ a ✗ b')",
        ],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert printed.stdout.strip() in (b"+ a x b", "√ a".encode("gbk"))


def test_an_error_of_the_system_is_explained(course, monkeypatch):
    """Disk full, no permission, a file in the way: the place, the cause, the edit."""
    for number, said in [
        (errno.ENOSPC, "coursekit: the disk of mine is full. Free some space there, and run the same again.\n"),
        (
            errno.EROFS,
            "coursekit: mine cannot be read or written here (Read-only file system). Look at the permissions",
        ),
        (errno.EACCES, "coursekit: mine cannot be read or written here (Permission denied)."),
    ]:

        def fail(*_, number=number, **__):
            raise OSError(number, os.strerror(number), "mine")

        monkeypatch.setattr(release_module, "release", fail)
        result = run("release", "mine")
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith(said)


def test_data_lists_every_set(monkeypatch):
    """`coursekit data` alone lists each set: where it would come from, how large it is, and where was looked."""
    rows = [
        datasets.Availability("mnist", "cache", "MNIST", 2**20),
        datasets.Availability("iris", "embedded", "Iris", 0),
    ]
    monkeypatch.setattr(datasets, "available", lambda: rows)
    monkeypatch.setenv("COURSEKIT_CACHE", "/my/cache")
    monkeypatch.setenv("COURSEKIT_DATA", "/my/data")
    head, first, second, _, named, cache = run("data").out.splitlines()
    assert head.split() == ["name", "where", "size", "what"]
    assert first.split() == ["mnist", "cache", "1.0", "MB", "MNIST"]
    assert second.split() == ["iris", "embedded", "-", "Iris"]
    assert (named.split(), cache.split()) == (["COURSEKIT_DATA", "/my/data"], ["cache", "/my/cache"])
    monkeypatch.delenv("COURSEKIT_DATA")
    assert "COURSEKIT_DATA  not set" in run("data").out
    assert "iris" not in run("data", "list", "mnist").out


def test_data_fetch_passes_each_name_on(monkeypatch):
    """Named sets are fetched in order, and only those."""
    monkeypatch.setattr(datasets, "fetch", "{} is here now.".format)
    assert run("data", "fetch", "mnist", "cifar10").out == "mnist is here now.\ncifar10 is here now.\n"


def test_data_fetch_of_an_unknown_set():
    """The error of the data sets' own room is shown as it is."""
    result = run("data", "fetch", "nmist")
    assert result.code == 1
    assert 'Did you mean "mnist"?' in result.err


@pytest.mark.parametrize(("status", "code"), [("ok", 0), ("differs", 0), ("absent", 0), ("damaged", 1)])
def test_data_verify_fails_for_a_damaged_file(monkeypatch, status, code):
    """A file that was never fetched is no failure; a damaged one is."""
    monkeypatch.setattr(datasets, "verify", lambda name: [datasets.FileStatus("images.gz", status)])
    result = run("data", "verify", "mnist")
    assert result.code == code
    assert result.out.split() == ["mnist", status, "images.gz"]


def test_lab_hands_over_to_the_server(course, monkeypatch):
    """The copy is made first, in softmax-course; then the server gets folder, port and browser."""
    calls = []
    monkeypatch.setattr(server, "serve", lambda folder, **options: calls.append((folder, options)))
    result = run("lab", "--no-browser", "--port", "0")
    assert result.code == 0 and "new   00_start_here.ipynb" in result.out
    [(folder, options)] = calls
    assert (folder / "90_sample.ipynb").exists()
    assert (str(folder), options["port"], options["browser"]) == ("softmax-course", 0, False)


def test_lab_options_are_quiet_and_local(tmp_path):
    """The server listens on this machine only, shows no news, and opens the first lesson where there is one."""
    write_course(tmp_path / "course")
    options = server.lab_options(tmp_path / "course", tmp_path, token="t", browser=False)
    assert "--ServerApp.ip=127.0.0.1" in options and "--LabApp.news_url=None" in options
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in options
    assert not any("ServerApp.port" in option for option in options)
    assert "--LabApp.default_url=/lab" in server.lab_options(tmp_path, tmp_path, port=8)
    assert "--ServerApp.port=8" in server.lab_options(tmp_path, tmp_path, port=8)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there is no root user here")
@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_lab_runs_as_root_too(tmp_path, monkeypatch, user, allowed):
    """In a container one often is root; JupyterLab has to be told."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert f"--ServerApp.allow_root={allowed}" in server.lab_options(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("platform", "variable", "found", "can"),
    [
        ("linux", None, True, False),
        ("linux", "DISPLAY", True, True),
        ("linux", "WAYLAND_DISPLAY", True, True),
        ("linux", "BROWSER", True, True),
        ("linux", "DISPLAY", False, False),
        ("darwin", None, True, True),
        ("win32", None, False, False),
    ],
)
def test_a_browser_needs_a_display(monkeypatch, platform, variable, found, can):
    """On Linux a display or BROWSER must be there, and everywhere a browser."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, ":0")

    def get():
        if not found:
            raise server.webbrowser.Error("none")

    monkeypatch.setattr(server.sys, "platform", platform)
    monkeypatch.setattr(server.webbrowser, "get", get)
    assert server.can_open_browser() is can


LAB = """
import sys
from pathlib import Path
from coursekit import cli
from gradekit import lesson, release
lesson.lessons_folder = release.lessons_folder = lambda: Path(sys.argv[1])
cli.app(["lab", sys.argv[2], "--no-browser", "--port", "0"])
"""


@pytest.fixture
def running_lab(tmp_path):
    """Start `coursekit lab` on a small course in a process of its own; yield the process and its link."""
    command = [sys.executable, "-c", LAB, write_course(tmp_path / "course"), tmp_path / "mine"]
    with lab_process(command, log=tmp_path / "stderr") as running:
        yield running


def run_in_kernel(link, kernel, code):
    """Return what a kernel of the server prints, as a notebook in the browser would see it."""
    import websocket
    from jupyter_client.session import Session

    host, key = re.match(r"http://([^/]+)/.*token=(\w+)", link).groups()
    message = Session(key=b"").msg("execute_request", {"code": code, "silent": False})
    message |= {"channel": "shell", "header": message["header"] | {"date": None}, "parent_header": {}}
    socket = websocket.create_connection(f"ws://{host}/api/kernels/{kernel}/channels?token={key}", timeout=60)
    try:
        socket.send(json.dumps(message))
        while (answer := json.loads(socket.recv()))["msg_type"] != "stream":
            assert answer["msg_type"] != "error", answer
        return answer["content"]["text"]
    finally:
        socket.close()


def test_lab_serves_the_course_and_stops_without_a_trace(running_lab):
    """The link opens the first lesson, nobody gets in without the token, the kernel is this Python, Ctrl-C ends all."""
    process, link = running_lab
    assert link.startswith("http://127.0.0.1:") and "/lab/tree/00_start_here.ipynb?token=" in link
    with urlopen(link, timeout=30) as page:
        assert page.status == 200
    names = {entry["name"] for entry in call(link, "/api/contents")["content"]}
    assert names == {"00_start_here.ipynb", "90_sample.ipynb", "results"}
    with pytest.raises(HTTPError, match="403") as refused:
        call(link, "/api/contents", token=False)
    refused.value.close()
    settings = call(link, "/lab/api/settings/@jupyterlab/apputils-extension:notification")["schema"]["properties"]
    assert (settings["fetchNews"]["default"], settings["checkForUpdates"]["default"]) == ("false", False)
    kernel = call(link, "/api/kernels", name="python3")["id"]
    assert run_in_kernel(link, kernel, "import sys; print(sys.prefix, end='')") == sys.prefix
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    assert len(family) > 1
    assert stop(process) == 0
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


def test_lab_says_when_a_port_is_taken(tmp_path):
    """JupyterLab takes the next one, silently; the course says it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [
            sys.executable,
            "-c",
            LAB.replace('"0"', f'"{port}"'),
            write_course(tmp_path / "c"),
            tmp_path / "mine",
        ]
        with lab_process(command, log=tmp_path / "stderr", keep=(printed := [])) as (process, link):
            used = int(re.search(r":(\d+)/", link)[1])
            assert used != port
            assert f"Port {port} is taken by another program" in "".join(printed)
            assert f"using {used}." in "".join(printed)
            assert stop(process) == 0


# The doctor


def test_doctor_prints_one_finding_a_subject(monkeypatch, tmp_path):
    """All well: exit code 0, at most twelve findings, each beginning with ok or !!, and a verdict in the end."""
    result = run("doctor", tmp_path)
    *lines, gap, verdict = [line for line in result.out.splitlines() if not line.startswith("    -> ")]
    assert result.code == 0, result.out
    assert len(lines) <= 12
    assert {line[:4] for line in lines} <= {"ok  ", "!!  "}
    assert gap == "" and verdict.startswith("The course can run here")


def test_doctor_fails_when_the_course_cannot_run(monkeypatch, tmp_path):
    """One blocking finding is exit code 1, and its fix is printed below it."""
    bad = doctor.Finding(False, "no kernel starts", "fix it so")
    monkeypatch.setattr(doctor, "examine", lambda folder, **how: [doctor.Finding(True, "Python"), bad])
    result = run("doctor", tmp_path)
    verdict = "The course cannot run here yet. To fix first: 1 of the lines that start with !! above."
    assert (result.code, result.out) == (1, f"ok  Python\n!!  no kernel starts\n    -> fix it so\n\n{verdict}\n")


def test_the_verdict_counts():
    """What only asks for a look does not keep the course from running."""
    small, bad = doctor.Finding(False, "no browser", blocks=False), doctor.Finding(False, "no kernel")
    assert findings.verdict([small, small]) == "The course can run here. Worth a look: 2 of the lines above, with !!."
    assert findings.verdict([small, bad, bad]).startswith(
        "The course cannot run here yet. To fix first: 2 of the lines"
    )


@pytest.mark.parametrize(
    ("name", "hides"),
    [
        ("random.py", True),
        ("numpy.py", True),
        ("numpy/__init__.py", True),
        ("coursekit/__init__.py", True),
        ("token.cpython-311.so", True),
        ("helper.py", False),
        ("test.py", False),
        ("random.txt", False),
        ("random/notes.txt", False),
        ("05_mnist_lab.ipynb", False),
        ("my-numbers.py", False),
    ],
)
def test_a_file_with_the_name_of_a_module_is_named(tmp_path, name, hides):
    """One of Python's or of an installed package; a notebook beside it would import the file instead."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    finding = hiding.hiding(tmp_path)
    assert (finding.ok, finding.blocks) == (not hides, False)
    assert not hides or (name.split("/")[0] in finding.fact and "Rename it" in finding.mend)


def test_the_package_itself_hides_nothing():
    """A checkout in which somebody works holds coursekit/, and that is the one that is imported."""
    assert hiding.hiding(Path(coursekit.__file__).parent.parent).ok
    assert hiding.hiding("no/such/folder").ok


def installed(monkeypatch, versions, python=">=3.11"):
    """Let the installed distributions be these, and coursekit need numpy>=2.0 and, for tests, ruff."""

    def version(name):
        if name not in versions:
            raise PackageNotFoundError(name)
        return versions[name]

    needed = ["numpy>=2.0", 'ruff==0.17.5; extra == "test"']
    metadata = SimpleNamespace(
        version=version,
        requires=lambda name: needed,
        metadata=lambda name: {"Requires-Python": python, "Version": version(name)},
        PackageNotFoundError=PackageNotFoundError,
    )
    monkeypatch.setattr(doctor.importlib, "metadata", metadata)


def test_python_too_old(monkeypatch):
    """The version is held against the one that the package asks for."""
    installed(monkeypatch, {"coursekit": "1"}, python=">=3.99")
    finding = doctor._python_version()
    assert not finding.ok and finding.blocks
    assert finding.mend == "The course needs Python >=3.99; install one and make a new environment with it."


@pytest.mark.parametrize(
    ("versions", "fact", "mend"),
    [
        ({}, "coursekit is not installed", "-m pip install coursekit"),
        ({"coursekit": "1"}, "packages: numpy is missing", '-m pip install "numpy>=2.0"'),
        ({"coursekit": "1", "numpy": "1.26.4"}, "packages: numpy is 1.26.4, not >=2.0", '-m pip install "numpy>=2.0"'),
    ],
)
def test_packages_missing_or_too_old(monkeypatch, versions, fact, mend):
    """The fault is named with its versions, and the mend is a command to paste."""
    installed(monkeypatch, versions)
    finding = doctor._packages()
    assert (finding.ok, finding.blocks, finding.fact) == (False, True, fact)
    assert finding.mend == f"{sys.executable} {mend}"


def test_packages_of_other_extras_are_not_asked_for(monkeypatch):
    """A student needs no linter."""
    installed(monkeypatch, {"coursekit": "1", "numpy": "2.4"})
    assert doctor._packages() == doctor.Finding(True, "1 packages, all new enough")


def test_no_kernelspec(monkeypatch):
    """Without a kernel called python3 nothing runs; the mend installs one into this environment."""
    from jupyter_client.kernelspec import NoSuchKernel

    def no_kernel(code):
        raise NoSuchKernel("python3")

    monkeypatch.setattr(doctor, "_ask_kernel", no_kernel)
    finding = doctor._kernel()
    assert not finding.ok and finding.fact.startswith("no kernel starts: NoSuchKernel")
    assert finding.mend == f"{sys.executable} -m ipykernel install --sys-prefix"


def test_a_kernel_that_dies(monkeypatch, tmp_path):
    """A kernelspec of this environment whose command fails is reported, not waited for until doomsday."""
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    command = [sys.executable, "-c", "raise SystemExit(3)", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    finding = doctor._kernel()
    assert not finding.ok and finding.blocks
    assert "no kernel starts: RuntimeError: Kernel died" in finding.fact
    assert finding.mend == f"{sys.executable} -m pip install --force-reinstall ipykernel"


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (RuntimeError("Kernel didn't respond in 60 seconds"), "The machine is too busy: close other programs"),
        (RuntimeError("Could not determine home directory."), "Set HOME first"),
        (TimeoutError("Timeout waiting for output"), "The machine is too busy"),
    ],
)
def test_a_kernel_is_not_installed_anew_where_something_else_is_at_fault(monkeypatch, error, mend):
    """A busy machine and a missing home are told as what they are."""

    def fail(code):
        raise error

    monkeypatch.setattr(doctor, "_ask_kernel", fail)
    assert doctor._kernel().mend.startswith(mend)


def test_a_kernel_of_another_python(monkeypatch):
    """A kernel that answers from elsewhere would miss the course's packages."""
    monkeypatch.setattr(doctor, "_ask_kernel", lambda code: "/elsewhere")
    finding = doctor._kernel()
    assert not finding.ok
    assert finding.fact == f"notebooks would run in /elsewhere, not in {sys.prefix}"


def test_absent_data_is_no_obstacle(monkeypatch):
    """Lessons have stand-ins; the line names what is absent and how to get it."""
    rows = [datasets.Availability(name, place, "", 0) for name, place in [("mnist", "cache"), ("cifar10", "absent")]]
    monkeypatch.setattr(datasets, "available", lambda: rows)
    finding = doctor._data_sets()
    assert (finding.ok, finding.fact) == (True, "data: mnist (cache), cifar10 (absent)")
    assert finding.mend.endswith("coursekit data fetch cifar10")


def test_little_memory(monkeypatch):
    """Half a GiB is too little."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=2**29))
    finding = doctor._memory()
    assert (finding.ok, finding.fact) == (False, "0.5 GiB of memory free")
    assert finding.mend.startswith("Close other programs")


def test_a_full_disk(monkeypatch, tmp_path):
    """A tenth of a GiB does not hold the data; the folder need not exist yet."""
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: SimpleNamespace(free=2**30 // 10))
    finding = doctor._disk(tmp_path / "not" / "yet")
    assert not finding.ok and finding.blocks
    assert finding.fact.startswith("0.1 GiB of disk free") and "Free some space" in finding.mend


def test_more_threads_than_cores(monkeypatch):
    """Slow, but no obstacle; the mend names the variable and the number."""
    import threadpoolctl

    pools = [{"user_api": "blas", "num_threads": 64, "internal_api": "openblas"}]
    monkeypatch.setattr(threadpoolctl, "threadpool_info", lambda: pools)
    finding = doctor._threads()
    assert not finding.ok and not finding.blocks
    assert re.search(r"OMP_NUM_THREADS=\d+$", finding.mend)


def test_no_browser_is_no_obstacle(monkeypatch):
    """The link is printed anyway."""
    monkeypatch.setattr(server, "can_open_browser", lambda: False)
    finding = doctor._browser()
    assert not finding.ok and not finding.blocks and "link" in finding.mend


def test_a_folder_that_is_not_writable(monkeypatch, tmp_path):
    """Read-only folders and files in the way are reported, with the mend."""
    assert doctor._writable(tmp_path / "not" / "yet").ok
    (tmp_path / "file").write_text("")
    assert not doctor._writable(tmp_path / "file").ok
    monkeypatch.setattr(os, "access", lambda *_: False)
    finding = doctor._writable(tmp_path)
    assert not finding.ok and finding.blocks
    assert finding.mend == "Give a folder that is yours: coursekit lab FOLDER."
