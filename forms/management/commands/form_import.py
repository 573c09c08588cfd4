"""Read a form from a file, say what was understood, and keep it as a draft."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.checks import problems
from forms.exchange.findings import Understood, Unreadable
from forms.exchange.formats import FORMATS
from forms.exchange.services import Locked, Taken, keep_draft, keep_new
from forms.exchange.sources import read
from forms.models import Form
from forms.schema import FormSchema


class Command(BaseCommand):
    help = "Read a form from a file and keep it as a new draft. Nothing is published, and no form is written over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path")
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--dry-run", action="store_true", help="say what would be kept, keep nothing")
        parser.add_argument("--slug", help="key of the new form, instead of the one in the file")
        parser.add_argument(
            "--draft-of-existing", action="store_true", help="if a form has this key, keep this as its newest draft"
        )

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        try:
            understood = read(options["format"], Path(path).read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except Unreadable as refused:
            lines = "\n".join(f"  {finding}" for finding in refused.findings)
            raise CommandError(f"{path} was not understood; nothing is kept.\n{lines}") from None
        schema = understood.schema
        if options["slug"]:
            schema = schema.model_copy(update={"slug": options["slug"]})
        asked = sum(1 for question in schema.questions() if question.kind != "information")
        self.stdout.write(f"{schema.title} ({schema.slug}): pages: {len(schema.pages)}, questions understood: {asked}")
        for language, words in understood.translations.items():
            self.stdout.write(f"  In another language: {language}, {len(words)} texts")
        for finding in understood.findings:
            self.stdout.write(f"  Not understood: {finding}")
        for problem in problems(schema):
            self.stdout.write(f"  To mend before publishing: {problem}")
        if not options["dry_run"]:
            self.keep(schema, understood, options["draft_of_existing"])

    def keep(self, schema: FormSchema, understood: Understood, onto: bool) -> None:
        form = Form.objects.filter(slug=schema.slug).first() if onto else None
        beside = (None, understood.translations, understood.editing)
        try:
            kept = keep_draft(form, schema, *beside) if form else keep_new(schema, *beside)
        except Taken:
            raise CommandError(
                f"A form with the key “{schema.slug}” is already there; nothing is kept. "
                "Give another --slug, or --draft-of-existing to keep this as its newest draft."
            ) from None
        except Locked:
            raise CommandError(f"The form “{schema.slug}” is locked by an editor; nothing is kept.") from None
        except ValidationError as error:
            raise CommandError(f"Nothing is kept: {' '.join(error.messages)}") from None
        self.stdout.write(f"Kept as a draft: {kept.title} ({kept.slug})")
