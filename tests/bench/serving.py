"""Requests through the whole of Django, every middleware included, without a network between."""

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.bench.measure import Measured, memory_mb

WARM_UP = 10


@dataclass
class Browser:
    """Calls a WSGI application as a server would for one visitor, and keeps their cookies."""

    application: Callable[..., Iterable[bytes]]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[str, dict[str, str], bytes]:
        return self._call("GET", path, b"")

    def post(self, path: str, data: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self._call("POST", path, urlencode(data | token, doseq=True).encode())

    def _call(self, method: str, path: str, body: bytes) -> tuple[str, dict[str, str], bytes]:
        answered: list[Any] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "HTTP_HOST": "localhost",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        answer = self.application(environ, lambda status, headers: answered.extend((status, headers)))
        content = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        status, headers = answered
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return status, dict(headers), content


def measure_each(calls: list[Callable[[], Any]]) -> Measured:
    """Make the calls one after another, some first to warm up; the mean seconds of one of the rest."""
    idle = memory_mb("VmRSS")
    for call in calls[:WARM_UP]:
        call()
    started = time.perf_counter()
    for call in calls[WARM_UP:]:
        call()
    seconds = (time.perf_counter() - started) / len(calls[WARM_UP:])
    return Measured(seconds, idle, memory_mb("VmHWM"))
