"""Prepare everything that is not there yet, then serve: what `make run` does."""

import os
import shutil
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser

DEMO_CASES = 40
DEMO_SEED = 1


class Command(BaseCommand):
    help = "Migrate, load the pages and forms that ship with the product, make demo data, and serve with gunicorn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        self.step("Preparing the database", "migrate", verbosity=0, interactive=False)
        self.step("Loading roles and rules", "load_roles")
        self.step("Loading the public pages", "load_pages")
        self.step("Loading the statutory forms", "load_forms")
        self.step("Collecting static files", "collectstatic", verbosity=0, interactive=False)
        if settings.DEMO:
            self.step("Making invented demo data", "demo", cases=DEMO_CASES, seed=DEMO_SEED)
        self.stdout.write(
            f"\nReady: http://localhost:{port}/ (staff: http://localhost:{port}/admin/). Stop with Ctrl-C.\n"
        )
        self.stdout.flush()
        self.serve(port)

    def step(self, title: str, command: str, **options: Any) -> None:
        if command not in get_commands():
            return
        self.stdout.write(f"{title} ...")
        self.stdout.flush()
        call_command(command, stdout=self.stdout, **options)

    def serve(self, port: int) -> None:
        """Become gunicorn, so that Ctrl-C and a service manager's signals reach it."""
        gunicorn = shutil.which("gunicorn", path=os.path.dirname(sys.executable)) or "gunicorn"
        arguments = ["--bind", f"0.0.0.0:{port}", "--workers", "2", "--threads", "4", "--pythonpath", "site"]
        os.execv(gunicorn, [gunicorn, *arguments, "--access-logfile", "/dev/null", "cdop.wsgi"])  # noqa: S606
