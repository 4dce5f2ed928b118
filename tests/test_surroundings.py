"""What is at fault around the course is told as what it is: home, proxy, certificates, disk, permissions."""

import errno
import os
import socket
import threading
from pathlib import Path

import pytest
from requests import exceptions
from typer.testing import CliRunner

from coursekit import cli, datasets, doctor
from coursekit.datasets import _fetch
from coursekit.faults import explained
from gradekit import release as release_module
from tests.sample_lesson import write_course

NETWORK = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def plain_network(monkeypatch, tmp_path):
    """Start without proxies and certificates of the machine's own, and with an empty cache."""
    for name in NETWORK:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.delenv("COURSEKIT_DATA", raising=False)
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def answering():
    """Return a function that makes a server of one answer, whatever it is asked, and returns its port."""
    servers = []

    def serve(answer):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def loop():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(4096)
                    connection.sendall(answer)

        threading.Thread(target=loop, daemon=True).start()
        return server.getsockname()[1]

    yield serve
    for server in servers:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def why(url, tmp_path):
    """Return what is said of a download that fails."""
    with pytest.raises(_fetch._MirrorError) as error:
        _fetch._get(url, tmp_path / "file", progress=False)
    assert "secret" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (b"407 Proxy Authentication Required", "the proxy wants another user and password than HTTPS_PROXY has"),
        (b"403 Forbidden", "the proxy of HTTPS_PROXY does not let this address through"),
    ],
)
def test_a_proxy_that_refuses(answering, monkeypatch, tmp_path, status, said):
    """Wrong password and forbidden address are two things, and the password is not printed."""
    port = answering(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
    monkeypatch.setenv("HTTPS_PROXY", f"http://ann:secret@127.0.0.1:{port}")
    assert said in why("https://example.org/x.gz", tmp_path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9", "the proxy of HTTPS_PROXY cannot be reached. Correct it"),
        ("http://ann:sec@ret#x@127.0.0.1:9", "write %40 for @ and %23 for #"),
        ("http://ann:secret@127.0.0.1:99999", "HTTPS_PROXY is not the address of a proxy that can be used here"),
    ],
)
def test_a_proxy_that_is_not_there(monkeypatch, tmp_path, address, said):
    """Switched off, with signs in its password that end it too early, with an impossible port."""
    monkeypatch.setenv("HTTPS_PROXY", address)
    assert said in why("https://example.org/x.gz", tmp_path)


def test_certificates_that_are_none(answering, monkeypatch, tmp_path):
    """A file that is not there or holds none is the fault of the variable that names it, not of the disk."""
    port = answering(b"")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such.pem")
    assert "REQUESTS_CA_BUNDLE names /no/such.pem, which is not there" in why(f"https://127.0.0.1:{port}/x", tmp_path)
    (tmp_path / "empty.pem").write_text("nothing")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "empty.pem"))
    assert "empty.pem, which holds no certificate" in why(f"https://127.0.0.1:{port}/x", tmp_path)


def test_what_answers_may_speak_no_tls(answering, tmp_path):
    """A login page of the network, say."""
    port = answering(b"HTTP/1.1 302 Found\r\n\r\n")
    assert "speaks no TLS" in why(f"https://127.0.0.1:{port}/x", tmp_path)


@pytest.mark.parametrize(
    ("reason", "bundle", "said"),
    [
        ("self-signed certificate in certificate chain", "", "Set REQUESTS_CA_BUNDLE to the file (.pem)"),
        ("self-signed certificate", "/our.pem", "REQUESTS_CA_BUNDLE names /our.pem: set it to the file (.pem)"),
        ("certificate has expired", "", "Is the clock of this machine right?"),
    ],
)
def test_a_certificate_that_is_not_trusted(monkeypatch, reason, bundle, said):
    """A proxy that reads along has a certificate of its own; a wrong clock makes good ones bad."""
    if bundle:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
    text = (
        f"(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] verify failed: {reason}')))"
    )
    assert said in _fetch.answer(exceptions.SSLError(text))


def test_offline_is_told(tmp_path):
    """A name that nobody knows is not a mirror that is down."""
    assert "is this machine online?" in why("https://no.such.host.invalid/x", tmp_path)


def test_no_home(monkeypatch):
    """A user without a home folder gets the variable to set, from the doctor and from the data's commands."""

    def homeless(*_):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("COURSEKIT_CACHE")
    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setattr("platformdirs.user_cache_path", homeless)
    finding = doctor._home()
    assert (finding.ok, finding.blocks) == (False, True)
    assert "set HOME to a folder of yours" in finding.mend
    result = CliRunner().invoke(cli.app, ["data"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Set HOME, or COURSEKIT_CACHE, to a folder of yours" in result.stderr
    assert cli.learning._remembered() is None
    assert "no home folder" in doctor._data_sets().fact


def test_the_doctor_does_not_faint(monkeypatch, tmp_path):
    """What goes wrong while it looks is a finding, and the others come all the same."""

    def broken():
        raise ImportError("DLL load failed")

    monkeypatch.setattr(doctor, "_memory", broken)
    monkeypatch.setattr(doctor, "_kernel", lambda: doctor.Finding(True, "kernel"))
    facts = [finding.fact for finding in doctor.examine(tmp_path)]
    assert "ImportError: DLL load failed" in facts
    assert len(facts) == 11


def test_data_that_are_named_wrongly_are_a_finding(monkeypatch):
    """COURSEKIT_DATA names nothing: lessons would fail, and the doctor says it."""
    monkeypatch.setenv("COURSEKIT_DATA", "/no/such/folder")
    finding = doctor._data_sets()
    assert (finding.ok, finding.blocks) == (False, True)
    assert "COURSEKIT_DATA names '/no/such/folder'" in finding.fact


def test_a_full_disk_leaves_nothing_half_done(monkeypatch, tmp_path):
    """The file and the cause are named, what was whole before stays, and no part of a file is left."""
    course = write_course(tmp_path / "course")
    once = Path.write_bytes

    def write(path, content):
        once(path, content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(OSError, match="No space") as error:
        release_module.release(tmp_path / "mine", source=course)
    place = tmp_path / "mine" / "00_start_here.ipynb"
    said = explained(error.value)
    assert said == f"the disk of {place} is full. Free some space there, and run the same again."
    assert [*(tmp_path / "mine").iterdir()] == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "x/y cannot be read or written here (Permission denied). Look at the permissions"),
        (errno.EROFS, "x/y cannot be read or written here (Read-only file system)."),
        (errno.ENOTDIR, "x/y cannot be made: a file stands where a folder is needed."),
        (errno.ENOENT, "there is no x/y. Look at the name, and at the folder that you are in ("),
        (errno.EIO, "[Errno 5] Input/output error: 'x/y'"),
    ],
)
def test_errors_of_the_system_are_explained(number, said):
    """The place, the cause and the edit; an error that is not a common one keeps its words."""
    assert explained(OSError(number, os.strerror(number), "x/y")).startswith(said)


def test_data_sets_are_still_found_without_a_word(tmp_path):
    """A machine without any of these faults lists its data."""
    assert [row.place for row in datasets.available()] == ["embedded", "embedded", "absent", "absent", "absent"]
