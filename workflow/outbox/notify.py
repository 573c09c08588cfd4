"""GOV.UK Notify in the place of a mail server, and for text messages. It tells later what became of each.

Each takes a template made there whose whole subject is ((subject)) and whole body ((body)): the words are kept here.
A `calendar` does not go with it: Notify carries no attachment, and the words of an invitation name the time and place.
"""

from django.conf import settings
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import HTTPError

# What Notify calls the ends of a message, and what we call them. Anything else is still on its way.
ENDS = {
    "delivered": "delivered",
    "permanent-failure": "no_address",
    "temporary-failure": "not_now",
    "technical-failure": "technical",
}
UNKNOWN_THERE = (400, 404)


def email(to: str, subject: str, body: str, calendar: str = "") -> str:
    words = {"subject": " ".join(subject.split()), "body": body}
    return _client().send_email_notification(to, settings.NOTIFY_EMAIL_TEMPLATE, personalisation=words).get("id", "")


def text_message(to: str, subject: str, body: str, calendar: str = "") -> str:
    words = {"body": body}
    return _client().send_sms_notification(to, settings.NOTIFY_SMS_TEMPLATE, personalisation=words).get("id", "")


def end_of(carried_as: str) -> str:
    """How a message ended; "" while it is on its way, and for one that Notify no longer knows.

    Raises:
        HTTPError: Notify does not answer as it should.
    """
    try:
        return ENDS.get(_client().get_notification_by_id(carried_as)["status"], "")
    except HTTPError as problem:
        if problem.status_code in UNKNOWN_THERE:
            return ""
        raise


def _client() -> NotificationsAPIClient:
    return NotificationsAPIClient(settings.NOTIFY_API_KEY, settings.NOTIFY_URL, timeout=settings.EMAIL_TIMEOUT)
