"""What others tell of themselves: our own written rows, Wagtail's history of pages and settings, and log-ins."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import post_save
from django.http import HttpRequest
from wagtail.models import ModelLogEntry, PageLogEntry

from forms.audit.lines import Line
from forms.audit.services import record, written
from forms.limits import Limit, address_of, exceeded
from forms.signals import written_once

# What is never changed cannot be cleared either: who tries passwords by the thousand must not fill the disk.
STRANGERS_NOTED = Limit("audit-strangers", 60, 60)


def begin() -> None:
    """Connect the signals; doing it twice connects them once."""
    written_once.connect(written, dispatch_uid="forms.audit.written")
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(edited, sender=model, dispatch_uid=f"forms.audit.{model.__name__}")
    user_logged_in.connect(logged_in, dispatch_uid="forms.audit.logged_in")
    user_logged_out.connect(logged_out, dispatch_uid="forms.audit.logged_out")
    user_login_failed.connect(login_failed, dispatch_uid="forms.audit.login_failed")


def stranger_is_noted(request: HttpRequest | None) -> bool:
    """Whether what somebody without a log-in was refused is written down: so many a minute from one address."""
    return request is None or not exceeded(STRANGERS_NOTED, address_of(request))


def edited(sender: type[Model], instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Wagtail wrote into its history that a page, a form, a setting, a user or a group was changed."""
    if not created or raw:
        return
    if isinstance(instance, PageLogEntry):
        about: tuple[str, object] = ("page", instance.page_id)
    else:
        kind = instance.content_type
        about = (f"{kind.app_label}.{kind.model}" if kind else "", instance.object_id)
    record(Line(instance.action, *about, by=instance.user))


def logged_in(sender: Any, user: Any, **kwargs: Any) -> None:
    record(Line("login", "user", user.pk, by=user))


def logged_out(sender: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record(Line("logout", "user", user.pk, by=user))


def login_failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """The account that was tried, if there is one. What was typed is not kept: people type passwords into any field."""
    if stranger_is_noted(request):
        model = get_user_model()
        name = credentials.get(model.USERNAME_FIELD) or ""
        found = model.objects.filter(**{model.USERNAME_FIELD: name}).values_list("pk", flat=True).first()
        record(Line("login", "user", found or "", via="anybody", refused=True))
