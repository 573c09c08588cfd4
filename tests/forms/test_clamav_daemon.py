"""Debian's clamav-daemon, where it is installed, finds in our files what it should."""

import hashlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.uploads.scanner import NoAnswer, harm_in
from tests.forms.clamd import EICAR

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SECONDS_TO_START = 60

pytestmark = pytest.mark.skipif(CLAMD is None, reason="clamav-daemon is not installed (apt-get install clamav-daemon)")


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(address))
        except OSError:
            return False
    return True


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a clamd of our own, which knows one signature instead of the millions that are downloaded."""
    folder = tmp_path_factory.mktemp("clamav")
    signature = f"{hashlib.md5(EICAR, usedforsecurity=False).hexdigest()}:{len(EICAR)}:Invented.Eicar\n"
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.hdb").write_text(signature)
    found = folder / "clamd.sock"
    settings = {"LocalSocket": found, "DatabaseDirectory": folder / "signatures", "TemporaryDirectory": folder}
    lines = [f"{name} {value}" for name, value in settings.items()]
    (folder / "clamd.conf").write_text("\n".join([*lines, "Foreground yes", "StreamMaxLength 2M", ""]))
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen([CLAMD, "-c", folder / "clamd.conf"], stdout=output, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + SECONDS_TO_START
        while not _answers(found):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield f"unix:{found}"
    finally:
        process.terminate()
        process.wait(30)


def test_a_harmless_file_is_clean(address):
    assert harm_in(b"%PDF-1.7 invented", address) == ""


def test_the_test_virus_is_found_and_named(address):
    assert harm_in(EICAR, address).startswith("Invented.Eicar")


def test_a_file_of_many_pieces_is_read_whole(address):
    assert harm_in(b"invented " * 100_000, address) == ""


def test_of_a_file_that_clamd_finds_too_long_nothing_is_known(address):
    with pytest.raises(NoAnswer):
        harm_in(b"invented " * 400_000, address)
