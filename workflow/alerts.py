"""The e-mail that tells the team that a notification has come. It holds no personal data."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from content.models import AreaSettings
from workflow.models import Case

logger = logging.getLogger(__name__)


def alert_coordinator(case: Case) -> None:
    """Write to the team's mailbox. A mail server that is down loses nothing: the case is on the dashboard."""
    area = AreaSettings.in_force()
    if not area.mailbox:
        return
    urgent = "URGENT: " if case.urgent else ""
    link = settings.WAGTAILADMIN_BASE_URL + reverse("cases:case", args=[case.reference])
    body = f"A notification has been received as case {case.reference}.\n\nRead it here, after logging in:\n{link}\n"
    try:
        send_mail(f"{urgent}New notification {case.reference}", body, None, [area.mailbox])
    except OSError:
        logger.warning("The alert for case %s could not be sent.", case.reference)
