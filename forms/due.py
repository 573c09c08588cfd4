"""A form whose day has come although it can no longer be published."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Revision

from forms.checking import check
from forms.checks import Finding
from forms.models.definition import Form

logger = logging.getLogger(__name__)


def against(revision: Revision) -> list[Finding]:
    """What stops a draft from being published today; the day it was given its date, nothing did."""
    return [finding for finding in check(revision.as_object()) if finding.blocks]


def hold_back(form: Form, revision: Revision, found: Iterable[Finding]) -> None:
    """Leave what is published as it is, take the date away, and tell whoever set it. The form's history says why."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(instance=form, action="cdop_forms.hold_back", revision=revision, data={"found": " ".join(map(str, found))})
    logger.error("The form %s could not be published on its day.", form.slug)
    if revision.user and revision.user.is_active and revision.user.email:
        link = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailsnippets_cdop_forms_form:edit", args=[form.pk])
        body = render_to_string("cdop_forms/held_back.txt", {"form": form, "link": link})
        try:
            send_mail(f"Not published: {form.title}", body, None, [revision.user.email])
        except OSError:
            logger.warning("Whoever set the day of the form %s could not be told.", form.slug)
