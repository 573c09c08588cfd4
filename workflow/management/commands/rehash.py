"""After LOOKUP_KEY has changed: find children again under the new key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflow.recognition import rehash


class Command(BaseCommand):
    help = "Make the hashes under which a child is found again under the present LOOKUP_KEY."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only for children who have none yet")

    def handle(self, *args: Any, missing: bool, **options: Any) -> None:
        self.stdout.write(f"{rehash(missing)} identities hashed again.")
