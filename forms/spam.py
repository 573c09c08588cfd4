"""Tells people from programs without asking people to prove it."""

import time

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from forms.limits import Limit, address_of, exceeded
from forms.models import Draft

# A box that people do not see. A program that fills in everything fills it in too.
TRAP = "leave_empty"
STARTED = "started"
SALT = "cdop.forms.started"
HOUR = 3600


def starts() -> Limit:
    return Limit("start", settings.FORM_STARTS_PER_HOUR, HOUR)


def sends() -> Limit:
    return Limit("send", settings.FORM_SENDS_PER_HOUR, HOUR)


def sends_of_form() -> Limit:
    return Limit("send-form", settings.FORM_SENDS_PER_HOUR_OF_ALL, HOUR)


def trapped(request: HttpRequest) -> bool:
    return bool(request.POST.get(TRAP))


def signed_start(draft: Draft) -> str:
    """When a form was begun, signed for that form alone, for its check page to say when it sends."""
    return signing.dumps([str(draft.pk), draft.started_at.timestamp()], salt=SALT)


def too_quick(request: HttpRequest, draft: Draft) -> bool:
    """Whether a form was answered faster than anybody can read it, or sent by who never saw its check page.

    Setting `FORM_QUICKEST_SECONDS` to 0 lets both pass.
    """
    if not settings.FORM_QUICKEST_SECONDS:
        return False
    try:
        form, started = signing.loads(request.POST.get(STARTED, ""), salt=SALT)
    except signing.BadSignature:
        return True
    return form != str(draft.pk) or time.time() - started < settings.FORM_QUICKEST_SECONDS


def one_too_many(request: HttpRequest, draft: Draft) -> Limit | None:
    """The limit that sending once more breaks: of this address, or of this form from everywhere."""
    if exceeded(sends(), address_of(request)):
        return sends()
    return sends_of_form() if exceeded(sends_of_form(), draft.definition.slug) else None
