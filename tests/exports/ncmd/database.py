"""A national database to send to: a real server on this machine that can refuse, dawdle, forget and change its mind."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "an-invented-token"


class Database(ThreadingHTTPServer):
    """`kept` is what it has, by key, each once; `heard` is every request that came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.heard: list[tuple[str, str, str]] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.status, self.body = 202, b'{"status": "received"}'
        self.drops, self.protocol = 0.0, "HTTP/1.0"
        self.hangs_up, self.headers = False, {"Content-Type": "application/json"}
        self.dawdles = threading.Event()
        self.dawdles.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def says(self, status: int, /, **body: Any) -> None:
        self.status, self.body = status, json.dumps(body).encode()


class Answering(BaseHTTPRequestHandler):
    server: Database

    @property
    def protocol_version(self) -> str:  # type: ignore[override]
        return self.server.protocol

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Idempotency-Key"] == body["key"]
        self._hear()
        if self.server.status < 300:
            self.server.kept.setdefault(body["key"], body)
        self._answer()

    def do_GET(self) -> None:
        self._hear()
        self._answer()

    def _hear(self) -> None:
        self.server.heard.append((self.command, self.path, self.headers["Authorization"]))

    def _answer(self) -> None:
        self.server.dawdles.wait(20)
        if self.server.hangs_up:
            self.connection.close()
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not self.server.drops:
            self.wfile.write(self.server.body)
            return
        for each in self.server.body:
            self.wfile.write(bytes([each]))
            time.sleep(self.server.drops)

    def handle(self) -> None:
        with suppress(OSError):  # whoever asked has gone
            super().handle()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def running() -> Iterator[Database]:
    server = Database()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.dawdles.set()
    server.shutdown()
    server.server_close()
    thread.join()
