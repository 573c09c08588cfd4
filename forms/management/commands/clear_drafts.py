"""Delete unfinished answers that nobody came back to."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from forms.services import clear_drafts


class Command(BaseCommand):
    help = "Delete unfinished answers that were not changed for DAYS days. `run_due` does the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=int, metavar="DAYS", help="instead of the setting DRAFT_DAYS")

    def handle(self, *args: Any, older_than: int | None, **options: Any) -> None:
        days = settings.DRAFT_DAYS if older_than is None else older_than
        cleared = clear_drafts(dt.timedelta(days=days))
        self.stdout.write(f"{cleared} unfinished forms deleted that were not changed for {days} days.")
