"""Asks clamd whether a file is harmful, through its INSTREAM command (clamd manual, "INSTREAM")."""

import socket
import struct

PIECE = 64 * 1024
PATIENCE = 30


class NoAnswer(Exception):
    """clamd could not be reached or did not understand: nothing is known about the file."""


def _connect(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _ask(connection: socket.socket, data: bytes) -> str:
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        connection.sendall(struct.pack("!L", len(piece)) + piece)
    connection.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and (more := connection.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def harm_in(data: bytes, address: str) -> str:
    """The name of what clamd found, or an empty string for a clean file.

    `address` is "host:port" or "unix:/path/to/socket".

    Raises:
        NoAnswer: nothing is known about the file.
    """
    try:
        with _connect(address) as connection:
            answer = _ask(connection, data)
    except (OSError, ValueError) as problem:
        raise NoAnswer(str(problem)) from problem
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise NoAnswer(answer or "no answer")
