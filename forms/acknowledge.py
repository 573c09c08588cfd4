"""The e-mail that tells a sender we have their answers. It holds no personal data."""

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext

from content.models import AreaSettings
from forms.models import Submission
from forms.models.translations import definition_in, speaking

logger = logging.getLogger(__name__)


def acknowledge(submission: Submission) -> None:
    """Write to the address the sender gave, if the form asks for one. A mail server that is down loses nothing."""
    schema = definition_in(submission.version_id, submission.language)
    address = submission.all_answers().get(schema.acknowledge) if schema.acknowledge else None
    if address and "@" in address:
        with speaking(submission.language):
            _write(submission, schema.title, address)


def _write(submission: Submission, title: str, address: str) -> None:
    context = {"form": title, "reference": submission.reference, "area": AreaSettings.in_force()}
    subject = gettext("Received: %(reference)s") % {"reference": submission.reference}
    body = render_to_string("cdop_forms/acknowledgement.txt", context)
    try:
        send_mail(subject, body, None, [address])
    except OSError:
        # SMTPException is an OSError. The address stays out of the log.
        logger.warning("The acknowledgement for %s could not be sent.", submission.reference)
