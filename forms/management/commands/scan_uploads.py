"""Scan attached files that could not be scanned when they came."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forms.uploads.services import scan_waiting


class Command(BaseCommand):
    help = "Scan attached files that still wait, through clamd. Run it every few minutes from cron or a systemd timer."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CLAMD_ADDRESS:
            raise CommandError("Set CLAMD_ADDRESS to where clamd listens, as host:port or unix:/path.")
        counts = scan_waiting()
        self.stdout.write(f"{counts['clean']} clean, {counts['harmful']} harmful, {counts['waiting']} still waiting.")
