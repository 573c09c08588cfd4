"""`make run`: says plainly what is wrong before it does any work."""

import socket

from tests.processes import run


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
