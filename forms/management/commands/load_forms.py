"""Load the statutory forms that ship with the product, publish them, and make their start pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.definitions import names, unconfirmed, unconfirmed_codes
from forms.shipping import load, load_lists


class Command(BaseCommand):
    help = "Load and publish the statutory forms. A form that is already there is left alone unless --replace is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="form", help="only these forms (all of them unless named)")
        parser.add_argument("--replace", action="store_true", help="publish the shipped form over an editor's changes")
        parser.add_argument(
            "--unconfirmed", action="store_true", help="list questions and answers to check against the national forms"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["names"] or names()
        if strangers := sorted(set(wanted) - set(names())):
            raise CommandError(f"No such form: {', '.join(strangers)}. Forms that ship: {', '.join(names())}.")
        if options["unconfirmed"]:
            self.unconfirmed(wanted, with_lists=not options["names"])
            return
        if made := load_lists(replace=options["replace"]):
            self.stdout.write(f"Code lists made: {len(made)}")
        for name in wanted:
            form, done = load(name, replace=options["replace"])
            self.stdout.write(f"{form.title}: {done}")

    def unconfirmed(self, wanted: list[str], with_lists: bool) -> None:
        lines = [f"{name}: {key}" for name in wanted for key in unconfirmed(name)]
        lines += [f"code list: {name}" for name in unconfirmed_codes() if with_lists]
        self.stdout.write("\n".join(lines))
