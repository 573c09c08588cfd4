"""What time alone brings about: organisations are asked what became of actions, once late and ever again."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from workflow.actions.services import ask_again
from workflow.actions.states import WITH_OWNER
from workflow.models import Action, AskingSettings


def follow_up() -> int:
    """Write to every organisation whose action has come due or that was not written to for long; how many."""
    waiting = _waiting().values_list("pk", flat=True)
    return sum(_ask(pk) for pk in list(waiting))


def _waiting() -> QuerySet[Action]:
    today = timezone.localdate()
    came_due = Q(due_on__lt=today, asked_at__date__lte=F("due_on"))
    since = timezone.now() - dt.timedelta(days=AskingSettings.load().follow_up_days)
    return Action.objects.filter(came_due | Q(asked_at__lt=since), state__in=WITH_OWNER)


@transaction.atomic
def _ask(pk: int) -> int:
    action = _waiting().select_for_update().filter(pk=pk).exclude(sealed_email="").first()
    if action:
        ask_again(action, None)
    return int(action is not None)
