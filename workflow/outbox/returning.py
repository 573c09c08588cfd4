"""What became of messages after they had gone: what their carrier tells, and what people found in the mailbox."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from forms.audit.lines import Line
from forms.audit.services import record
from workflow.models import OutboxMessage
from workflow.models.messages import CAME_BACK, STUCK
from workflow.permissions import user_can_work_cases
from workflow.services import MoveRefused, note
from workflow.services.refusing import require

ENOUGH_PROBLEMS = 3


def read_back() -> dict[str, int]:
    """Ask the carrier about every message it still remembers and has not told the end of.

    Raises:
        Exception: the carrier's own, when it did not answer about a message; the others were asked about before, until
            it was too many.
    """
    told = {"delivered": 0, "came_back": 0}
    if not settings.MESSAGE_END:
        return told
    end_of = import_string(settings.MESSAGE_END)
    since = timezone.now() - dt.timedelta(days=settings.NOTIFY_KEEPS_DAYS)
    waiting = OutboxMessage.objects.filter(state="sent", sent_at__gte=since).exclude(carried_as="")
    problems: list[Exception] = []
    for pk, carried_as in list(waiting.order_by("pk").values_list("pk", "carried_as")):
        try:
            end = end_of(carried_as)
        except Exception as problem:
            problems.append(problem)
            if len(problems) == ENOUGH_PROBLEMS:
                break
            continue
        if end:
            told["delivered" if end == "delivered" else "came_back"] += _ended(pk, end)
    if problems:
        raise problems[0]
    return told


@transaction.atomic
def _ended(pk: int, end: str) -> int:
    """Write how a message ended; 0 when somebody was quicker."""
    message = _held(pk)
    if message.state != "sent":
        return 0
    if end == "delivered":
        return OutboxMessage.objects.filter(pk=pk).update(state="delivered")
    _back(message, end, None)
    return 1


@transaction.atomic
def came_back(message: OutboxMessage, by: User, why: str, words: str = "") -> None:
    """Record that a message came back, as somebody read in the mailbox or heard.

    Raises:
        MoveRefused: it has not gone, or that is recorded already.
    """
    require(user_can_work_cases(by))
    held = _held(message.pk)
    if not held.has_gone:
        raise MoveRefused([f"The message is “{held.told}”."])
    if why not in dict(CAME_BACK):
        raise MoveRefused(["Choose why it came back."])
    _back(held, why, by, words)


def _held(pk: int) -> OutboxMessage:
    messages = OutboxMessage.objects.select_for_update(of=("self",))
    return messages.select_related("case", "request__agency").get(pk=pk)


def _back(message: OutboxMessage, why: str, by: User | None, words: str = "") -> None:
    message.state, message.why_back, message.dealt_with_at = "came_back", why, None
    message.save(update_fields=["state", "why_back", "dealt_with_at"])
    record(Line("message.came_back", "message", message.pk, by))
    if message.case:
        whose = f"{message.request.agency}: " if message.request else ""
        note(message.case, by, "asked", f"{whose}{message}. {message.told}.", words)


def deal_with(messages: QuerySet[OutboxMessage]) -> int:
    """Take from the work what failed or came back; how many."""
    return messages.filter(state__in=STUCK, dealt_with_at=None).update(dealt_with_at=timezone.now())
