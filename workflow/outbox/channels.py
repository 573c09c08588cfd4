"""Ways to reach a person. Each takes an address, a subject and a body, and raises when the message has not gone."""

from django.core.mail import send_mail


def email(to: str, subject: str, body: str) -> None:
    send_mail(" ".join(subject.split()), body, None, [to])
