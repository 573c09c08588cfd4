"""A server that speaks clamd's INSTREAM protocol on a real socket, and knows one signature: EICAR."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# The industry's harmless test file, written in two halves so that no scanner stops at this source file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Session(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        if self._read(10) != b"zINSTREAM\0":
            self.request.sendall(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while size := struct.unpack("!L", self._read(4))[0]:
            data += self._read(size)
        self.server.received.append(data)
        answer = b"Eicar-Signature FOUND" if EICAR in data else b"OK"
        self.request.sendall(self.server.answer or b"stream: " + answer + b"\0")

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self.request.recv(size - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data


@contextmanager
def clamd(answer: bytes = b"") -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it was sent. `answer` replaces what it would say."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads, server.received, server.answer = True, [], answer
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", server.received
        server.shutdown()
