"""`make run`: says plainly what is wrong before it does any work."""

import socket
import subprocess

import pytest

from tests.processes import ROOT, clean_environment, run


def test_a_taken_port_is_named_at_once_and_nothing_is_made(tmp_path):
    var = tmp_path / "var"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = run("manage.py", "start", "--port", str(port), CDOP_VAR=str(var))
    assert told.returncode != 0
    assert f"Port {port} cannot be used" in told.stderr
    assert f"make run PORT={port + 1}" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (var / "cdop.sqlite3").exists()


def test_a_database_that_does_not_answer_is_named(tmp_path):
    told = run(
        "manage.py",
        "start",
        "--port",
        "0",
        CDOP_VAR=str(tmp_path / "var"),
        DATABASE_URL="postgres://cdop:a-secret-word@127.0.0.1:1/cdop",
    )
    assert told.returncode != 0
    assert "DATABASE_URL" in told.stderr
    assert "a-secret-word" not in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ([], "http://localhost:8000"),
        (["PORT=8765"], "http://localhost:8765"),
        (["PORT=8765", "BASE_URL=https://cdop.invented.example"], "https://cdop.invented.example"),
    ],
)
def test_links_in_mails_lead_to_the_port_that_was_asked_for(given, address):
    told = subprocess.run(
        ["make", "-n", "run", *given], cwd=ROOT, env=clean_environment(), check=True, capture_output=True, text=True
    )
    assert f"BASE_URL={address} " in told.stdout
