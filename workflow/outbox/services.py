"""Putting messages in the outbox, and sending them until they have gone."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from forms.sealing import seal
from workflow.models import Case, InformationRequest, MessageTemplate, OutboxMessage
from workflow.models.previewed import area_words

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
FIRST_WAIT = dt.timedelta(minutes=2)


def write(
    template_code: str,
    to: str,
    words: dict[str, str],
    case: Case | None = None,
    calendar: str = "",
    channel: str = "email",
    request: InformationRequest | None = None,
) -> OutboxMessage:
    """Put a message in the outbox in the words of a template, and try to send it once everything is stored.

    `calendar` is the text of an iCalendar file that goes with it; `channel` is one of `MESSAGE_CHANNELS`.
    """
    template = MessageTemplate.objects.get(code=template_code)
    content = {"to": to, **template.parts_in_full(area_words() | words)}
    if calendar:
        content["calendar"] = calendar
    message = OutboxMessage.objects.create(
        case=case, request=request, about=template.title, channel=channel, sealed=seal(content)
    )
    transaction.on_commit(lambda: deliver(message))
    return message


def deliver(message: OutboxMessage) -> bool:
    """Try to send a message that waits; whether it has gone. Two workers never send the same one."""
    with transaction.atomic():
        held = OutboxMessage.objects.select_for_update().get(pk=message.pk)
        if held.state != "queued":
            return held.state != "failed"
        held.attempts += 1
        held.carried_as, problem = _send(held.channel, held.content)
        if not problem:
            held.state, held.sent_at, held.problem = "sent", timezone.now(), ""
        else:
            logger.warning("Message %s could not be sent: %s", held.pk, problem)
            held.problem = problem
            held.next_attempt_at = timezone.now() + FIRST_WAIT * 2 ** (held.attempts - 1)
            held.state = "failed" if held.attempts >= MOST_ATTEMPTS else "queued"
        held.save(update_fields=["state", "attempts", "next_attempt_at", "problem", "sent_at", "carried_as"])
    return held.state == "sent"


def _send(channel: str, content: dict[str, Any]) -> tuple[str, str]:
    """Under what its carrier knows a message, if it says so; and what kept the message from going.

    That is the kind of error, never its words, which may repeat an address.
    """
    try:
        return import_string(settings.MESSAGE_CHANNELS[channel])(**content) or "", ""
    except Exception as problem:
        return "", type(problem).__name__


def deliver_waiting() -> dict[str, int]:
    """Try everything whose time has come; how many have gone and how many still wait."""
    waiting = OutboxMessage.objects.filter(state="queued", next_attempt_at__lte=timezone.now()).order_by("pk")
    results = [deliver(message) for message in list(waiting[:1000])]
    return {"sent": sum(results), "waiting": len(results) - sum(results)}


def try_again(message: OutboxMessage) -> bool:
    """Send a message that failed or came back once more, because a person asked."""
    with transaction.atomic():
        held = OutboxMessage.objects.select_for_update().get(pk=message.pk)
        if held.can_go_again:
            OutboxMessage.objects.filter(pk=held.pk).update(
                state="queued", attempts=0, next_attempt_at=timezone.now(), why_back="", dealt_with_at=None
            )
    return deliver(message)
