"""Write a form as a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.exchange.editing import editing_of
from forms.exchange.formats import FORMATS
from forms.models import FormVersion
from forms.translations.selectors import words_of


class Command(BaseCommand):
    help = "Write a published version of a form as a file. docs/exchange.md says what each format loses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the form's key")
        parser.add_argument("--format", choices=sorted(FORMATS), default="json")
        parser.add_argument("--output", required=True, help="where to write; - is standard output")
        parser.add_argument("--version-number", type=int, help="a version other than the newest")

    def handle(self, *args: Any, slug: str, output: str, **options: Any) -> None:
        versions = FormVersion.objects.filter(form__slug=slug)
        if options["version_number"]:
            versions = versions.filter(number=options["version_number"])
        version = versions.order_by("-number").first()
        if version is None:
            raise CommandError(f"There is no published version of a form with the key “{slug}”.")
        way = FORMATS[options["format"]]
        translations = words_of(version.form, version.definition)
        editing = editing_of(version.form, version.definition)
        data = way.file(version.definition, version.number, translations, editing)
        if output == "-":
            sys.stdout.buffer.write(data)
            return
        try:
            Path(output).write_bytes(data)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{version.definition.title}, version {version.number}: written to {output}")
        for finding in way.losses(version.definition, translations, editing):
            self.stdout.write(f"  Left out: {finding}")
