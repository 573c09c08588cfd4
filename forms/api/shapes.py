"""What the API takes and gives."""

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field

from forms.schema import FormSchema


class FormItem(Schema):
    slug: str
    title: str
    version: int
    published_at: dt.datetime


class FormList(Schema):
    items: list[FormItem]
    count: int


class PublishedForm(FormSchema):
    """A published form: everything a front end needs to ask it."""

    version: int
    published_at: dt.datetime
    checksum: str = Field(description="SHA-256 of the version.")
    languages: list[str] = Field(description="Codes of the other languages in which it can be read.")


class SubmissionIn(Schema):
    """Answers by question key, in the form in which they are stored."""

    answers: dict[str, Any] = Field(examples=[{"sex": "female", "date_of_birth": "2026-03-01"}])
    declaration: bool = Field(False, description="True when the sender has confirmed the form’s declaration.")
    version: int | None = Field(
        None,
        ge=1,
        le=2_000_000_000,
        description="The version you asked: 409 when it is no longer the newest.",
    )


class FileOut(Schema):
    """A file that was sent ahead. Its id is named in the answers to the question, in a list."""

    id: str
    question: str
    name: str
    size: int = Field(description="In bytes.")
    type: str
    expires_at: dt.datetime = Field(description="When it is deleted if no answers have named it.")


class Receipt(Schema):
    reference: str
    received_at: dt.datetime
    form: str
    title: str
    version: int
    confirmation: str = Field(description="What happens next, as HTML.")
    not_asked: list[str] = Field(description="Answers that were left out: other answers mean that these are not asked.")
