"""Tell whether the audit log is still as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.audit.verifying import verify


class Command(BaseCommand):
    help = (
        "Walk the whole audit log and say the first row that was changed, taken away, put in or moved. Prints the head "
        "of the chain: keep it elsewhere, and give it back with --head, to tell whether the end was cut off since. "
        "Exit code 0: the log is whole; 1: it is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", metavar="NUMBER:HASH", help="a head that was printed earlier")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        place, _, fingerprint = head.partition(":")
        if head and not (place.isdecimal() and len(fingerprint) == 64):
            raise CommandError("--head is a number, a colon and 64 letters and digits, as this command prints it.")
        found = verify(head)
        if found.problem:
            self.stderr.write(f"Row {found.at} of the audit log {found.problem}.")
            self.stderr.write(f"Sound up to: {found.head or 'nothing'}")
            raise SystemExit(1)
        self.stdout.write(f"The audit log is whole: {found.length} rows.")
        self.stdout.write(f"Head: {found.head or 'none yet'}")
