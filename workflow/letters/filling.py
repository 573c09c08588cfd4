"""What every letter knows: the area and the day."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format

from forms.models.translations import speaking
from workflow.models import LetterTemplate
from workflow.models.previewed import area_words


def in_full(day: dt.date | None) -> str:
    """A day as letters write it, whatever language the reader of the admin has chosen; empty without one."""
    with speaking(""):
        return date_format(day, "j F Y") if day else ""


def letter(template: LetterTemplate, words: Mapping[str, str]) -> str:
    """The text of a template with its words put in, those of the area and today's date among them."""
    common = area_words() | {"today": in_full(timezone.localdate())}
    return template.parts_in_full(common | dict(words))["body"]
