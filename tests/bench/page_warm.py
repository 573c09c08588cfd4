"""A warm public page against a view that returns a static string of the same length, both through every middleware."""

import io
import os
import sys
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.bench.measure import Measured, Row, in_fresh_process, measure, report

BLOCK, BLOCKS = 200, 25
ROUNDS = 3
PAGE, STATIC = "/families/what-happens/", "/static-string/"
STRING = "x" * int(os.environ.get("BENCH_BYTES", "0"))


def static_string(request: HttpRequest) -> HttpResponse:
    return HttpResponse(STRING)


def application() -> Callable[[str], bytes]:
    """What gunicorn would call, as a function from an address to the body of the answer."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    class Addresses:
        """The peer's address comes first and is found at once; the page's is the last of all."""

        urlpatterns = [path(STATIC.lstrip("/"), static_string), path("", include("cdop.urls"))]

    settings.ROOT_URLCONF = Addresses
    # As in production: static files are looked up once, not for each request.
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    handler = get_wsgi_application()

    def ask(address: str) -> bytes:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        statuses: list[str] = []
        response = handler(environ, lambda status, headers: statuses.append(status))
        body = b"".join(response)
        response.close()
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{address}: {statuses}")
        return body

    return ask


def row() -> Row:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_pages", stdout=io.StringIO())
    size = len(application()(PAGE))
    ways = {"ours": PAGE, "peer": STATIC}
    # By turns, and the best block of each: another job on the machine slows a block, not one side.
    rounds = [
        {way: in_fresh_process(__name__, address, BENCH_BYTES=str(size)) for way, address in ways.items()}
        for _ in range(ROUNDS)
    ]
    speed = {way: BLOCK / min(measured[way].seconds for measured in rounds) for way in ways}
    peak = max(measured["ours"].added_mb for measured in rounds)
    return Row("page_warm", **speed, peak_mb=peak, unit="pages/s", note=f"{size:,} bytes, one process")


def best_block(work: Callable[[], Any]) -> Measured:
    """The fastest of several runs, and the memory that all of them added."""
    runs = [measure(work) for _ in range(BLOCKS)]
    return Measured(min(run.seconds for run in runs), runs[0].idle_mb, runs[-1].peak_mb)


def main(address: str) -> None:
    import django

    django.setup()
    ask = application()
    ask(address), ask(address)
    report(best_block(lambda: [ask(address) for _ in range(BLOCK)]))


if __name__ == "__main__":
    main(sys.argv[1])
