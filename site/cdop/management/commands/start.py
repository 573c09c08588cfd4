"""Prepare everything that is not there yet, then serve: what `make run` does."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from cdop.settings import environment

DEMO_CASES = 40
DEMO_SEED = 1
WORKERS, THREADS = 2, 4


class Command(BaseCommand):
    help = "Prepare the database, make demo data, and serve with gunicorn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=environment.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=environment.number("PORT", 8000))

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        demand_free(host, port)
        try:
            call_command("prepare", stdout=self.stdout)
            if settings.DEMO:
                self.stdout.write("Loading invented demo data ...")
                call_command("demo", cases=DEMO_CASES, seed=DEMO_SEED, stdout=self.stdout)
        except OperationalError as error:
            raise CommandError(f"The database does not answer. Is DATABASE_URL right? ({error})") from None
        address = f"http://localhost:{port}/"
        self.stdout.write(f"\nReady: {address} (staff: {address}admin/). Stop with Ctrl-C.\n")
        self.stdout.flush()
        serve(host, port)


def demand_free(host: str, port: int) -> None:
    """Say so at once when the port is taken, not after a minute of preparation."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Try another: make run PORT={port + 1}"
            ) from None


def serve(host: str, port: int) -> None:
    """Become gunicorn, so that Ctrl-C and a service manager's signals reach it."""
    os.environ["PYTHONPATH"] = os.pathsep.join([str(settings.ROOT / "site"), str(settings.ROOT)])
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    workers = str(environment.number("WEB_CONCURRENCY", WORKERS))
    options = ["--bind", bind, "--workers", workers, "--threads", str(THREADS)]
    quiet = ["--log-level", "error", "--no-control-socket"]
    python = Path(sys.executable)
    os.execv(python, [str(python), "-m", "gunicorn", *options, *quiet, "cdop.wsgi"])  # noqa: S606
