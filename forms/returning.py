"""Save and come back later: a link by e-mail and a short code on the screen, or the account of who is logged in."""

import datetime as dt
import hashlib
import logging
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from content.models import AreaSettings
from forms.audit.lines import Line
from forms.audit.services import record
from forms.models import Draft, ReturnPass
from forms.models.translations import speaking
from forms.sealing import seal
from forms.services import REFERENCE_LETTERS

logger = logging.getLogger(__name__)
CODE_LENGTH = 6
MOST_FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=30)
SUBJECTS = {
    "return_link": gettext_noop("Your saved form"),
    "return_warning": gettext_noop("Your saved form will be deleted soon"),
    "owner_warning": gettext_noop("Your saved form will be deleted soon"),
}


class NoWayBack(Exception):
    """The link and the code do not open anything. `reason`: "gone", "locked" or "wrong"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def expires_at(draft: Draft) -> dt.datetime:
    """When unfinished answers are deleted: so many days after they were last changed."""
    return draft.changed_at + dt.timedelta(days=settings.DRAFT_DAYS)


def save_for_later(draft: Draft, email: str) -> str:
    """Make a way back and e-mail the link; the code to show, once. An earlier link and code stop working."""
    token, code = secrets.token_urlsafe(32), "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(CODE_LENGTH))
    made = {
        "token_hash": _hashed(token),
        "code_hash": make_password(code),
        "sealed": seal({"email": email, "token": token}),
        "failures": 0,
        "locked_until": None,
    }
    ReturnPass.objects.update_or_create(draft=draft, defaults=made)
    transaction.on_commit(lambda: _write(draft, email, _address(token), "return_link"))
    return code


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address(token: str) -> str:
    return reverse("forms:return", args=[token])


def _write(draft: Draft, email: str, path: str, template: str) -> None:
    """Tell the person how to come back. The message names the form and nothing that was answered."""
    context: dict[str, Any] = {
        "form": draft.in_its_language.title,
        "link": settings.WAGTAILADMIN_BASE_URL + path,
        "until": timezone.localtime(expires_at(draft)),
        "area": AreaSettings.in_force(),
    }
    with speaking(draft.language):
        subject, body = gettext(SUBJECTS[template]), render_to_string(f"cdop_forms/{template}.txt", context)
    try:
        send_mail(subject, body, None, [email])
    except OSError:
        logger.warning("A link to a saved form could not be sent.")


def language_of(token: str) -> str:
    """The language in which the answers behind a link are given; "" for English, and when there are none."""
    return ReturnPass.objects.filter(token_hash=_hashed(token)).values_list("draft__language", flat=True).first() or ""


def find(token: str) -> ReturnPass:
    """The pass of a link.

    Raises:
        NoWayBack: there is none, or its answers were sent or deleted.
    """
    found = ReturnPass.objects.select_related("draft").filter(token_hash=_hashed(token)).first()
    if found is None or found.draft.submission_id or expires_at(found.draft) < timezone.now():
        raise NoWayBack("gone")
    return found


def open_with(token: str, code: str) -> Draft:
    """The draft behind a link, for a person who knows its code.

    Raises:
        NoWayBack: too many wrong codes lock the link for half an hour.
    """
    found = find(token)
    tidied = "".join(letter for letter in code.upper() if letter.isalnum())
    with transaction.atomic():
        held = ReturnPass.objects.select_for_update().get(pk=found.pk)
        if held.locked:
            raise NoWayBack("locked")
        if check_password(tidied, held.code_hash):
            ReturnPass.objects.filter(pk=held.pk).update(failures=0, locked_until=None)
            return found.draft
        failures = held.failures + 1
        locked_until = timezone.now() + LOCKED_FOR if failures % MOST_FAILURES == 0 else None
        ReturnPass.objects.filter(pk=held.pk).update(failures=failures, locked_until=locked_until)
    raise NoWayBack("locked" if locked_until else "wrong")


def has_link(draft: Draft) -> bool:
    return ReturnPass.objects.filter(draft=draft).exists()


def revoke(draft: Draft) -> None:
    """Make the link and its code useless. The answers stay where they are."""
    ReturnPass.objects.filter(draft=draft).delete()


def stop(held: ReturnPass, by: Any) -> bool:
    """As `revoke`, by somebody else than who answers; whether the link was still there. The audit log says who did."""
    with transaction.atomic():
        stopped = ReturnPass.objects.filter(pk=held.pk).delete()[0] > 0
        if stopped:
            record(Line("return_link.stop", "draft", held.draft_id, by=by))
    return stopped


def live_links() -> QuerySet[ReturnPass]:
    """The links by which somebody may still come back to answers that are neither sent nor due to be deleted."""
    since = timezone.now() - dt.timedelta(days=settings.DRAFT_DAYS)
    return ReturnPass.objects.filter(draft__submission=None, draft__changed_at__gte=since)


def warn_before_the_end() -> int:
    """E-mail everybody whose saved answers will soon be deleted, once after each time they changed them; how many."""
    now = timezone.now()
    until = now - dt.timedelta(days=settings.DRAFT_DAYS - settings.DRAFT_WARN_DAYS)
    unwarned = Q(warned_at__isnull=True) | Q(warned_at__lt=F("changed_at"))
    reached = Q(return_pass__isnull=False) | Q(owner__is_active=True) & ~Q(owner__email="")
    soon = Draft.objects.filter(unwarned, reached, submission__isnull=True, changed_at__lt=until)
    warned = 0
    for draft in soon.select_related("return_pass", "owner").iterator():
        _warn(draft)
        warned += Draft.objects.filter(pk=draft.pk).update(warned_at=now)
    return warned


def _warn(draft: Draft) -> None:
    """By the link of who has one, otherwise to the account that owns the draft."""
    held = getattr(draft, "return_pass", None)
    if held:
        _write(draft, held.details["email"], _address(held.details["token"]), "return_warning")
    elif draft.owner:
        _write(draft, draft.owner.email, reverse("forms:mine"), "owner_warning")
