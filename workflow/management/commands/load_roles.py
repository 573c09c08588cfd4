"""Load the roles and the time limits that ship with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from workflow.roles import load_clock_rules, load_roles


class Command(BaseCommand):
    help = "Make the groups and the time limits that are missing. What is there is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_roles()
        self.stdout.write(f"Roles made: {', '.join(made) or 'none, all are there'}")
        self.stdout.write(f"Time limits added: {load_clock_rules()}")
