"""Bring a database up to this version of the product: for a first installation and for every upgrade."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("Preparing the database", "migrate", {"verbosity": 0, "interactive": False, "skip_checks": False}),
    ("Making what children are found by", "rehash", {"missing": True}),
    ("Loading roles and rules", "load_roles", {}),
    ("Loading the public pages", "load_pages", {}),
    ("Loading the approval of reports", "load_reports", {}),
    ("Loading the statutory forms", "load_forms", {}),
    ("Collecting static files", "collectstatic", {"verbosity": 0, "interactive": False}),
]


class Command(BaseCommand):
    help = "Migrate, and load the roles, pages and forms that ship with the product. What an editor changed is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        for title, command, details in STEPS:
            if command in get_commands():
                self.stdout.write(f"{title} ...")
                self.stdout.flush()
                call_command(command, stdout=self.stdout, **details)
