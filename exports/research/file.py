"""A project's extract as a file: data, codebook, description and the k-anonymity report in one ZIP."""

import csv
import io
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from exports.cells import safe
from exports.codebook import codebook_csv
from exports.datasets import Column, Dataset
from exports.description import data_package
from exports.extract import Extract
from exports.formats import FORMATS
from exports.models import ResearchProject
from exports.package import package_blocks
from exports.plan import BATCH
from exports.research.making import Made, make, rows_of
from exports.research.permissions import user_can_ask
from exports.research.report import in_words
from exports.writers import Tally
from workflow.permissions import Person

REPORT = "k-anonymity.txt"


class ProjectDataset(Dataset):
    """What one project was allowed."""

    purpose = "Children who died, without anything that names them, for one research project."

    def __init__(self, project: ResearchProject) -> None:
        self.project = project
        self.name = f"research:{project.number}"
        self.title = f"Research extract {project.number}"
        last = f"{project.request.expires_on:%d/%m/%Y}"
        self.retention = f"Delete every copy by {last} at the latest, prove it, and try to identify nobody."

    @cached_property
    def made(self) -> Made:
        return make(self.project)

    def columns(self) -> list[Column]:
        return self.made.columns

    def all_rows(self) -> QuerySet[Any]:
        return rows_of(self.project)

    def open_to(self, user: Person) -> bool:
        return user_can_ask(user) and self.project.is_open


class ProjectFile(Extract):
    """Always a package with its description, and never with identity."""

    dataset: ProjectDataset

    def __init__(self, project: ResearchProject) -> None:
        super().__init__(ProjectDataset(project), FORMATS["csv"], packaged=True)

    @property
    def made(self) -> Made:
        return self.dataset.made

    def blocks(self, user: Person | None, tally: Tally) -> Iterator[bytes]:
        made_at = timezone.localtime()

        def describe(file: dict[str, Any]) -> dict[str, Any]:
            return data_package(self.dataset, self.made.columns, self.format, made_at, file | {"rows": tally.rows})

        codebook, report = codebook_csv(self.made.columns), in_words(self.made)
        return package_blocks("data.csv", self._lines(tally), codebook, describe, {REPORT: report})

    def _lines(self, tally: Tally) -> Iterator[bytes]:
        names = [column.name for column in self.made.columns]
        rows = zip(*(self.made.table.columns[name] for name in names), strict=True)
        yield _csv([names])
        while batch := list(islice(rows, BATCH)):
            tally.rows += len(batch)
            yield _csv(batch)


def _csv(rows: list[Any]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([safe(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode()
