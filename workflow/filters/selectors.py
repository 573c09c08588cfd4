"""Which saved filters a person may use, and what can be kept of what a list was asked."""

from django.db.models import Q, QuerySet
from django.http import QueryDict

from workflow.models import SavedFilter
from workflow.models.filters import ADDRESSES
from workflow.permissions import Person, user_can_refer, user_can_work_cases
from workflow.states import State
from workflow.worklist.choosing import KINDS, WHENS
from workflow.worklist.selectors import NOBODY

NEED_OF_REFERRERS = "safeguarding"
NEEDS = (NEED_OF_REFERRERS, "new", "urgent", "overdue", "soon", "on_hold")


def filters_for(user: Person) -> list[SavedFilter]:
    """Their own, and what colleagues share; one of which this person may not ask is left out."""
    found: QuerySet[SavedFilter] = SavedFilter.objects.filter(Q(owner=user.pk) | Q(shared=True))
    if not user_can_work_cases(user):
        found = found.filter(screen="cases")
    may_refer = user_can_refer(user)
    return [
        each
        for each in found.select_related("owner")
        if may_refer or NEED_OF_REFERRERS not in each.asked.get("need", [])
    ]


def screen_in(sent: QueryDict) -> str:
    """Of which list a filter is to be saved; of that of cases unless the address says otherwise."""
    screen = sent.get("screen", "cases")
    return screen if screen in ADDRESSES else "cases"


def asked_in(sent: QueryDict, screen: str = "cases") -> dict[str, list[str]]:
    """What of an address is a filter: codes that are known, and no words that somebody looked for."""
    whose = [who for who in sent.getlist("coordinator")[:1] if who == NOBODY or who.isdecimal()]
    if screen == "cases":
        kept = {
            "need": [need for need in sent.getlist("need") if need in NEEDS],
            "state": [state for state in sent.getlist("state") if state in set(State)],
            "coordinator": whose,
        }
    else:
        kept = {
            "kind": [kind for kind in sent.getlist("kind")[:1] if kind in dict(KINDS)],
            "when": [when for when in sent.getlist("when")[:1] if when in dict(WHENS)],
            "coordinator": whose if screen == "everybody" else [],
        }
    return {name: values for name, values in kept.items() if values}
