"""Whether an analysis can be begun or signed now; if not, the sentences that say why."""

from django.contrib.auth.models import User
from django.utils import timezone

from forms.conditions import as_date
from workflow.analyses.selectors import in_hand, panel_item
from workflow.analyses.states import AnalysisState, Stage
from workflow.guards import PANEL_HELD
from workflow.meetings.selectors import must_not_hear
from workflow.models import Analysis, Case
from workflow.states import State

# A draft is written in these; while the CDRM is only scheduled from its day on.
AFTER_THE_CDRM = frozenset({State.CDRM_HELD, State.READY_FOR_PANEL, State.PANEL_SCHEDULED})
AT_THE_PANEL = frozenset({State.PANEL_SCHEDULED, State.PANEL_REVIEWED})


def why_not_begin(case: Case, stage: str) -> str:
    """Why an analysis of this stage cannot be begun now; empty when it can."""
    return _why_no_draft(case) if stage == Stage.CDRM else _why_no_final(case)


def _why_no_draft(case: Case) -> str:
    if case.state == State.CDRM_SCHEDULED:
        day = as_date(case.facts.get("cdrm_on"))
        return "" if day and day <= timezone.localdate() else "The CDRM has not been held yet."
    if case.state not in AFTER_THE_CDRM:
        return "The draft analysis is written after the CDRM and before the panel."
    if case.analyses.filter(stage=Stage.PANEL).exclude(state=AnalysisState.GIVEN_UP).exists():
        return "The panel has begun its final analysis. Change that one."
    item = panel_item(case)
    return "The panel has been held. Begin its final analysis." if item and item.meeting.state == "held" else ""


def _why_no_final(case: Case) -> str:
    if case.state not in AT_THE_PANEL:
        return "The final analysis is written once the case is before its panel."
    item = panel_item(case)
    if item is None:
        return "The case is on no agenda of a panel."
    if timezone.localdate(item.meeting.starts_at) > timezone.localdate():
        return f"The panel has not met yet: {item.meeting}."
    if item.meeting.state == "held" and (problem := PANEL_HELD.check(case)):
        return problem
    if in_hand(case, Stage.CDRM):
        return "The draft analysis is still being filled in. Send it, or give it up, first."
    return ""


def why_not_sign(analysis: Analysis, by: User) -> list[str]:
    """Everything that stands between this person and signing this analysis; empty when nothing does."""
    case = analysis.case
    if not analysis.is_final:
        return ["Only a final analysis is signed."]
    if analysis.state != AnalysisState.COMPLETE:
        return [f"{analysis} is now “{analysis.status}”."]
    if case.state not in AT_THE_PANEL:
        return [f"The case is now “{case.get_state_display()}”. Its findings are signed while it is before the panel."]
    item = panel_item(case)
    if item is None:
        return ["The case is on no agenda of a panel."]
    if item.pk != analysis.item_id:
        return ["The case is on the agenda of another panel now. Change the analysis for that one."]
    if problem := PANEL_HELD.check(case):
        return [problem]
    chair = item.chaired_by
    if chair is None:
        return ["No account here is named for the chair of this panel, so nobody can sign. Name the chair first."]
    return _why_not_by(analysis, by, chair)


def _why_not_by(analysis: Analysis, by: User, chair: User) -> list[str]:
    if chair.pk != by.pk:
        return [f"Only the chair of that panel signs: {chair.get_full_name() or chair.username}."]
    if must_not_hear(by, analysis.case):
        return ["You declared an interest in this case. A panel that somebody else chairs must review it."]
    if analysis.names_child:
        return ["The child is named in it. Change it so that it names nobody."]
    return []
