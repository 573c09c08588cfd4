"""Load the public pages that ship with the product."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from content.shipping import load_pages


class Command(BaseCommand):
    help = "Load and publish the public pages. What an editor changed or removed is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--replace", action="store_true", help="put the shipped pages over editors' changes")

    def handle(self, *args: Any, replace: bool = False, **options: Any) -> None:
        counted = Counter(done for _, done in load_pages(replace))
        self.stdout.write(", ".join(f"{number} {done}" for done, number in counted.items()) or "There is no site.")
