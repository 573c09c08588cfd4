"""Which actions a person sees, and which link opens one."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from workflow.actions.states import LINKED, WITH_OWNER, ActionState
from workflow.models import Action
from workflow.permissions import Person, user_can_read_every_case
from workflow.requests.services import hashed
from workflow.selectors import cases_for

LATE = frozenset({ActionState.AGREED}) | WITH_OWNER


def actions_for(user: Person) -> QuerySet[Action]:
    """The actions of every case that this person may see, for those who read every case; of none for others."""
    if not user_can_read_every_case(user):
        return Action.objects.none()
    return Action.objects.filter(case__in=cases_for(user)).select_related("agency")


def late(actions: QuerySet[Action]) -> QuerySet[Action]:
    return actions.filter(state__in=LATE, due_on__lt=timezone.localdate())


def about(actions: QuerySet[Action], words: str) -> QuerySet[Action]:
    """Those in whose text or owner each of the words stands."""
    for word in words.split():
        here = Q(text__icontains=word) | Q(organisation__icontains=word) | Q(agency__name__icontains=word)
        actions = actions.filter(here)
    return actions


def of_link(token: str) -> Action | None:
    """The action of a link that still works."""
    linked = Action.objects.filter(token_hash=hashed(token), state__in=LINKED, link_expires_at__gt=timezone.now())
    return linked.select_related("agency").first()
