"""Ways to reach a person. Each takes an address, a subject and a body, and raises when the message has not gone.

One whose carrier tells later what became of a message returns under what the carrier knows it; a mail server does not.
A `calendar` is an iCalendar file that goes with it, where the channel can carry one.
"""

from django.core.mail import EmailMessage


def email(to: str, subject: str, body: str, calendar: str = "") -> None:
    message = EmailMessage(" ".join(subject.split()), body, None, [to])
    if calendar:
        message.attach("meeting.ics", calendar, "text/calendar")
    message.send()
