"""Which saved filters a person may use, and what can be kept of what a list was asked."""

from django.db.models import Q, QuerySet
from django.http import QueryDict

from workflow.models import SavedFilter
from workflow.permissions import Person, user_can_refer
from workflow.states import State

NEED_OF_REFERRERS = "safeguarding"
NEEDS = (NEED_OF_REFERRERS, "new", "urgent", "overdue", "soon", "on_hold")


def filters_for(user: Person) -> list[SavedFilter]:
    """Their own, and what colleagues share; one that asks what this person may not ask is left out."""
    found: QuerySet[SavedFilter] = SavedFilter.objects.filter(Q(owner=user.pk) | Q(shared=True))
    may_refer = user_can_refer(user)
    return [
        each
        for each in found.select_related("owner")
        if may_refer or NEED_OF_REFERRERS not in each.asked.get("need", [])
    ]


def asked_in(sent: QueryDict) -> dict[str, list[str]]:
    """What of an address is a filter: codes that are known, and no words that somebody looked for."""
    kept = {
        "need": [need for need in sent.getlist("need") if need in NEEDS],
        "state": [state for state in sent.getlist("state") if state in set(State)],
        "coordinator": [who for who in sent.getlist("coordinator")[:1] if who == "null" or who.isdecimal()],
    }
    return {name: values for name, values in kept.items() if values}
