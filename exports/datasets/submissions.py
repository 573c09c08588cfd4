"""Submissions of one form as they were sent: one row for each."""

from typing import Any

from django.db.models import QuerySet

from exports.datasets.answers import answer_columns, asked_in
from exports.datasets.declared import Column, Dataset, attribute
from forms.models import Submission
from forms.models.answers import SOURCES

ABOUT = [
    Column("reference", "Reference", "text", "The reference that the sender was given."),
    Column(
        "submitted_month",
        "Month received",
        "month",
        "The month in which it was sent.",
        make=attribute("submitted_at", "month"),
    ),
    Column(
        "submitted_at",
        "Received",
        "moment",
        "When exactly it was sent: often close to the death, so it counts as identifying.",
        sensitivity="I",
    ),
    Column("source", "Source", "code", "How it reached us.", tuple(SOURCES)),
    Column(
        "version",
        "Form version",
        "whole",
        "Which version of the form was answered.",
        make=attribute("version__number", "whole"),
    ),
]


class Submissions(Dataset):
    """What was sent on the form with this slug."""

    def __init__(self, slug: str, title: str) -> None:
        self.slug = slug
        self.name = f"form:{slug}"
        self.title = title
        self.purpose = f"One row for each time “{title}” was sent, as it was answered."

    def columns(self) -> list[Column]:
        return [*ABOUT, *answer_columns(asked_in(self.slug), taken=[column.name for column in ABOUT])]

    def all_rows(self) -> QuerySet[Any]:
        return Submission.objects.filter(version__form__slug=self.slug).order_by("submitted_at", "pk")


class Notifications(Submissions):
    """Every notification. Those about the same child stay apart here; `cases` has one row for each child."""

    def __init__(self) -> None:
        super().__init__("notification", "Notifications")
        self.name = "notifications"
        self.purpose = "One row for each notification of a death, as it was answered. Repeated ones stay apart."
