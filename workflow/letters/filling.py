"""What every letter knows: the area and the day."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format

from content.models import AreaSettings
from forms.models.translations import speaking
from workflow.letters.words import WORDS
from workflow.models import LetterTemplate
from workflow.outbox.words import filled


def in_full(day: dt.date | None) -> str:
    """A day as letters write it, whatever language the reader of the admin has chosen; empty without one."""
    with speaking(""):
        return date_format(day, "j F Y") if day else ""


def letter(template: LetterTemplate, words: Mapping[str, str]) -> str:
    """The text of a template with its words put in, those of the area and today's date among them."""
    area = AreaSettings.in_force()
    common = {
        "area": area.area_name,
        "mailbox": area.mailbox,
        "phone": area.phone,
        "today": in_full(timezone.localdate()),
    }
    text = filled(template.body, common | dict(words), WORDS[template.about])
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
