"""A dataset at a glance."""

from dataclasses import dataclass

from exports.datasets import Column, Dataset
from exports.datasets.declared import SENSITIVITIES
from workflow.permissions import Person


@dataclass(frozen=True)
class Summary:
    """How many rows a person may take out, and what the columns tell."""

    dataset: Dataset
    rows: int
    columns: list[Column]

    @property
    def identifying(self) -> int:
        return sum(column.identifying for column in self.columns)

    @property
    def most_sensitive(self) -> str:
        """What the most sensitive column may tell."""
        marks = {column.sensitivity for column in self.columns}
        return next(label for mark, label in SENSITIVITIES.items() if mark in marks)


def summary(dataset: Dataset, user: Person | None) -> Summary:
    return Summary(dataset, dataset.rows(user).count(), dataset.columns())
