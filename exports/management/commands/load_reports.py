"""Load what annual reports need: their approval."""

from typing import Any

from django.core.management.base import BaseCommand

from exports.report.approval import load_approval


class Command(BaseCommand):
    help = "Make the workflow by which annual reports are approved. One that is there is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("1 loaded" if load_approval() else "1 kept")
