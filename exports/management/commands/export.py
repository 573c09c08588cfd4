"""Datasets from the shell: `manage.py export DATASET --format csv --output PATH`."""

import getpass
import os
import sys
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exports.datasets import all_datasets
from exports.extract import Extract
from exports.formats import FORMATS
from exports.services import Download, ExportRefused, export
from exports.summary import summary

NO_REASON = "Not said."


class Command(BaseCommand):
    help = "Write a dataset to a file. Every export is kept in the export log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", nargs="?", help="its name, as --list shows it")
        parser.add_argument("--list", action="store_true", help="show every dataset and what it holds")
        parser.add_argument("--format", choices=[*FORMATS], default="csv")
        parser.add_argument("--output", default="-", help="a path, or - for standard output")
        parser.add_argument("--identity", action="store_true", help="with the columns that identify people")
        parser.add_argument("--why", default="", help="the reason, kept in the export log; needed with --identity")
        parser.add_argument("--package", action="store_true", help="a ZIP file with the codebook and a Data Package")
        parser.add_argument("--bom", action="store_true", help="begin a CSV file with a byte order mark")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            return self.show_datasets()
        dataset = all_datasets().get(options["dataset"] or "")
        if dataset is None:
            raise CommandError(f"Name one of these datasets: {', '.join(all_datasets())}")
        if options["identity"] and not options["why"].strip():
            raise CommandError("Say --why the columns that identify people are needed.")
        kind = FORMATS[options["format"]]
        extract = Extract(dataset, kind, options["identity"], options["bom"], options["package"])
        try:
            download = export(extract, options["why"] or NO_REASON, operator=_operator())
        except ExportRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.write(download, options["output"])

    def show_datasets(self) -> None:
        self.stdout.write(f"{'name':30} {'rows':>9} {'columns':>8} {'identifying':>12}  most sensitive")
        for name, dataset in all_datasets().items():
            found = summary(dataset, None)
            self.stdout.write(
                f"{name:30} {found.rows:9} {len(found.columns):8} {found.identifying:12}  {found.most_sensitive}"
            )

    def write(self, download: Download, path: str) -> None:
        """Write the file whole or not at all; to standard output as it comes."""
        try:
            if path == "-":
                _pour(download, sys.stdout.buffer)
            else:
                self.write_file(download, Path(path))
        except BrokenPipeError:
            raise CommandError("Nobody read to the end.") from None
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem.strerror}.") from None
        finally:
            download.close()
        end = download.log.end
        self.stderr.write(f"{end.rows:,} rows, {end.size:,} bytes, SHA-256 {end.checksum}")

    def write_file(self, download: Download, path: Path) -> None:
        unfinished = path.with_name(f"{path.name}.unfinished")
        try:
            with unfinished.open("wb") as file:
                _pour(download, file)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


def _pour(download: Download, output: IO[bytes]) -> None:
    for block in download:
        output.write(block)
    output.flush()


def _operator() -> str:
    """Who is at the shell, as well as the system knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry for this user, as in many containers
        return f"user {os.getuid()}"
