"""GOV.UK Notify in the place of a mail server, and for text messages.

Each takes a template made there whose whole subject is ((subject)) and whole body ((body)): the words are kept here.
A `calendar` does not go with it: Notify carries no attachment, and the words of an invitation name the time and place.
"""

from django.conf import settings
from notifications_python_client import NotificationsAPIClient


def email(to: str, subject: str, body: str, calendar: str = "") -> None:
    words = {"subject": " ".join(subject.split()), "body": body}
    _client().send_email_notification(to, settings.NOTIFY_EMAIL_TEMPLATE, personalisation=words)


def text_message(to: str, subject: str, body: str, calendar: str = "") -> None:
    _client().send_sms_notification(to, settings.NOTIFY_SMS_TEMPLATE, personalisation={"body": body})


def _client() -> NotificationsAPIClient:
    return NotificationsAPIClient(settings.NOTIFY_API_KEY, settings.NOTIFY_URL, timeout=settings.EMAIL_TIMEOUT)
