"""Which analyses a person reads, and which of a case count."""

from django.db.models import QuerySet

from workflow.analyses.findings import findings
from workflow.analyses.states import IN_FORCE, SENT, AnalysisState, Stage
from workflow.meetings.selectors import item_of
from workflow.models import AgendaItem, Analysis, Case
from workflow.permissions import Person, user_can_read_every_case, user_can_see_identity
from workflow.selectors import cases_for

WAITS = frozenset({AnalysisState.BEGUN, AnalysisState.COMPLETE})


def analyses_to_read(case: Case, user: Person) -> QuerySet[Analysis]:
    """What was sent, of a case that this person may see: members read only the final one that counts.

    One in which the child is named is for those who may know who the child is.
    """
    found = Analysis.objects.filter(case__in=cases_for(user).filter(pk=case.pk), state__in=SENT)
    if not user_can_see_identity(user):
        found = found.filter(names_child=False)
    if not user_can_read_every_case(user):
        found = found.filter(stage=Stage.PANEL, state__in=IN_FORCE)
    return found.select_related("case", "signed_by", "item__meeting")


def newest(case: Case, stage: str) -> Analysis | None:
    """The newest version of a stage that was sent."""
    sent = case.analyses.filter(stage=stage, state__in=SENT)
    return sent.select_related("submission__version").order_by("number").last()


def in_hand(case: Case, stage: str) -> Analysis | None:
    """The version of a stage that is being filled in."""
    return case.analyses.filter(stage=stage, state=AnalysisState.BEGUN).first()


def signed(case: Case) -> Analysis | None:
    return case.analyses.filter(state=AnalysisState.SIGNED).first()


def to_sign(case: Case) -> Analysis | None:
    """The final analysis that is not signed yet, whether it is still being filled in or not."""
    return case.analyses.filter(stage=Stage.PANEL, state__in=WAITS).order_by("number").last()


def signed_findings(case: Case) -> dict[str, str]:
    """What the signed final analysis says for the facts of its case; nothing where there is none."""
    found = signed(case)
    return findings(found.says) if found else {}


def panel_item(case: Case) -> AgendaItem | None:
    """The place on an agenda at which the panel discusses the case, or has discussed it; none while it is deferred."""
    item = item_of(case)
    return None if item is None or item.outcome == "deferred" else item
