"""Seal everything that identifies somebody with the newest key in SEALING_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.rotating import BATCH, rotate, sealed_columns


class Command(BaseCommand):
    help = (
        "Seal everything anew with the newest key in SEALING_KEYS. Can be stopped and started again, and run while "
        "people work. Afterwards the older keys can be taken away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="rows in one transaction (default: %(default)s)")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        unreadable = 0
        for model, column in sealed_columns():
            done = rotate(model, column, batch)
            unreadable += done["unreadable"]
            name = f"{model._meta.label}.{column}"
            self.stdout.write(f"{name}: {done['sealed']} sealed anew, {done['ready']} were already")
        if unreadable:
            raise CommandError(
                f"{unreadable} could not be opened with any key. Put the key that sealed them behind the others in "
                "SEALING_KEYS and run this again. Take no key away before it ends without this message."
            )
        self.stdout.write("Everything is sealed with the newest key. The older ones can be taken away.")
