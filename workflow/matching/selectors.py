"""Which cases may be about the same child. Only for those who may know who a child is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from forms.sealing import Unreadable
from workflow.matching.child import Child, child_of
from workflow.matching.keys import keys_of, number_key
from workflow.matching.scoring import Level, Match, compare
from workflow.models import Case, CaseIdentity, MatchDecision, MatchKey, MatchSettings
from workflow.permissions import Person, user_can_see_identity
from workflow.recognition import hashed
from workflow.states import State

MOST_OPENED = 60
MOST_SHOWN = 10


@dataclass(frozen=True)
class Alike:
    """Another case that may be about the same child, and why."""

    case: Case
    match: Match


def alike(case: Case) -> list[Alike]:
    """The cases that may be about the same child, the best first. A duplicate stands for the case that is kept."""
    child = _child(CaseIdentity.objects.filter(case=case).first(), case)
    return _best(child, _candidates(child, case), case)[:MOST_SHOWN] if child else []


def proposals(case: Case, user: Person) -> tuple[list[Alike], list[MatchDecision]]:
    """What a person who looks at a case is shown: `alike` while it is open, and what was set apart from it."""
    if not user_can_see_identity(user):
        return [], []
    decided = set_apart_from(case)
    apart = {decision.besides(case).pk for decision in decided}
    found = alike(case) if case.is_open else []
    return [each for each in found if each.case.pk not in apart], decided


def match_of(case: Case, other: Case) -> Match | None:
    """How alike two cases are, with what their duplicates tell; None when one of the two cannot be opened."""
    child = _child(CaseIdentity.objects.filter(case=case).first(), case)
    identities = CaseIdentity.objects.filter(Q(case=other) | Q(case__duplicate_of=other)).exclude(case=case)
    found = _best(child, identities.select_related("case__duplicate_of"), case, everything=True) if child else []
    return found[0].match if found else None


def newest_decision(case: Case, other: Case) -> MatchDecision | None:
    """What was last said about two cases."""
    one, two = sorted((case.pk, other.pk))
    return MatchDecision.objects.filter(one=one, other=two).select_related("by").last()


def set_apart_from(case: Case) -> list[MatchDecision]:
    """The decisions that stand by which other cases are not about the same child."""
    decided = MatchDecision.objects.filter(Q(one=case) | Q(other=case)).select_related("by", "one", "other")
    newest = {decision.besides(case).pk: decision for decision in decided}
    return [decision for decision in newest.values() if decision.apart]


def mergeable(case: Case, other: Case) -> tuple[Case, Case] | None:
    """Of two cases the one to merge, and the one to keep: the newer goes into the older where its state allows it."""
    for merged, kept in sorted(((case, other), (other, case)), key=lambda pair: pair[0].opened_at, reverse=True):
        if merged.state == State.NOTIFIED and kept.state != State.DUPLICATE:
            return merged, kept
    return None


def _candidates(child: Child, case: Case) -> QuerySet[CaseIdentity]:
    """Identities that share a key with the child: the same NHS number first, then those that share most. One query."""
    number = hashed([number_key(child.nhs_number)])  # nobody has the key of no number
    sharing = MatchKey.objects.filter(hashed__in=hashed(keys_of(child))).exclude(identity__case=case)
    ranked = (
        sharing.values("identity")
        .annotate(numbered=Count("pk", filter=Q(hashed__in=number)), shared=Count("pk"))
        .order_by("-numbered", "-shared", "-identity")
    )
    chosen = ranked.values("identity")[:MOST_OPENED]
    return CaseIdentity.objects.filter(pk__in=chosen).select_related("case__duplicate_of")


def _best(child: Child, identities: Iterable[CaseIdentity], case: Case, everything: bool = False) -> list[Alike]:
    levels = (MatchSettings.objects.first() or MatchSettings()).levels
    found: dict[int, Alike] = {}
    for identity in identities:
        other, kept = _child(identity, identity.case), _kept(identity.case)
        match = compare(child, other, levels) if other else None
        if match is None or kept.pk == case.pk or (match.level == Level.NONE and not everything):
            continue
        if kept.pk not in found or match.score > found[kept.pk].match.score:
            found[kept.pk] = Alike(kept, match)
    return sorted(found.values(), key=lambda each: (-each.match.score, each.case.reference))


def _child(identity: CaseIdentity | None, case: Case) -> Child | None:
    """Who the child is; None when nothing is known or no key opens it, which must never stop a notification."""
    try:
        return child_of(identity.details, case.record.get("sex", "")) if identity else None
    except Unreadable:
        return None


def _kept(case: Case) -> Case:
    while case.duplicate_of is not None:
        case = case.duplicate_of
    return case
