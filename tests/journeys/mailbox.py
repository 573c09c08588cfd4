"""What the server sent by e-mail."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path


def mail_to(server, address: str) -> str:
    """The newest message to somebody, as the server wrote it to its folder."""
    folder = Path(server.environment["CDOP_VAR"]) / "mail"
    written = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    found = [part for path in written for part in path.read_bytes().split(b"-" * 79 + b"\n")]
    messages = [message for part in found if (message := message_from_bytes(part, policy=default))["To"] == address]
    return messages[-1].get_content()
