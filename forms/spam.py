"""Tells people from programs without asking people to prove it."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from forms.limits import Limit, address_of, exceeded
from forms.models import Draft

# A box that people do not see. A program that fills in everything fills it in too.
TRAP = "leave_empty"
HOUR = 3600


def starts() -> Limit:
    return Limit("start", settings.FORM_STARTS_PER_HOUR, HOUR)


def sends() -> Limit:
    return Limit("send", settings.FORM_SENDS_PER_HOUR, HOUR)


def sends_of_form() -> Limit:
    return Limit("send-form", settings.FORM_SENDS_PER_HOUR_OF_ALL, HOUR)


def trapped(request: HttpRequest) -> bool:
    return bool(request.POST.get(TRAP))


def too_quick(draft: Draft) -> bool:
    """Whether a form was answered faster than anybody can read it. Its start is kept here, not told by the browser."""
    return timezone.now() - draft.started_at < dt.timedelta(seconds=settings.FORM_QUICKEST_SECONDS)


def one_too_many(request: HttpRequest, draft: Draft) -> Limit | None:
    """The limit that sending once more breaks: of this address, or of this form from everywhere."""
    if exceeded(sends(), address_of(request)):
        return sends()
    return sends_of_form() if exceeded(sends_of_form(), draft.definition.slug) else None
