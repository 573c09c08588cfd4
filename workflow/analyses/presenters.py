"""Analyses in words for the screens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from workflow.analyses.findings import findings
from workflow.analyses.opening import why_not_begin
from workflow.analyses.selectors import analyses_to_read, panel_item
from workflow.analyses.states import IN_FORCE, STAGES, AnalysisState, Stage
from workflow.analyses.taking_over import to_take_over
from workflow.models import Analysis, Case
from workflow.permissions import (
    user_can_keep_actions,
    user_can_read_every_case,
    user_can_sign_off,
    user_can_write_analysis,
)
from workflow.states import BY_NAME

BUTTONS = {Stage.CDRM: "the draft analysis", Stage.PANEL: "the final analysis"}


@dataclass(frozen=True)
class OfStage:
    """The analyses of one stage on the page of a case, and what this person can do with them."""

    stage: str
    title: str
    versions: list[tuple[Analysis, bool]]  # with whether this person reads it
    in_hand: Analysis | None
    may_write: bool
    why_not: str
    button: str


def panel_of(case: Case, user: User) -> dict[str, object]:
    """What the page of a case says of its analyses; empty for those whom they do not concern."""
    readable = list(analyses_to_read(case, user))
    if not user_can_read_every_case(user):
        return {"readable": readable} if readable else {}
    everything = list(case.analyses.select_related("begun_by", "written_by", "signed_by"))
    stages = [_of_stage(case, stage, title, everything, readable, user) for stage, title in STAGES]
    shown = [each for each in stages if each.versions or each.in_hand or (each.may_write and not each.why_not)]
    if not shown:
        return {}
    return {
        "stages": shown,
        "compares": len(readable) > 1,
        "signs": _signs(case, everything, user),
        "to_take_over": len(to_take_over(case)) if user_can_keep_actions(user) else 0,
    }


def _of_stage(
    case: Case, stage: str, title: str, everything: list[Analysis], readable: list[Analysis], user: User
) -> OfStage:
    mine = [each for each in everything if each.stage == stage]
    sent = [each for each in mine if each.submission_id]
    may_write = user_can_write_analysis(user, stage)
    return OfStage(
        stage,
        title,
        [(each, each in readable) for each in reversed(sent)],
        next((each for each in mine if each.state == AnalysisState.BEGUN), None),
        may_write,
        why_not_begin(case, stage) if may_write else "",
        f"{'Change' if sent else 'Begin'} {BUTTONS[Stage(stage)]}",
    )


def _signs(case: Case, everything: list[Analysis], user: User) -> Analysis | None:
    """The final analysis that waits for the signature of this very person."""
    if not user_can_sign_off(user):
        return None
    item = panel_item(case)
    if item is None or item.meeting.chair_id != user.pk:
        return None
    return next((each for each in everything if each.is_final and each.state == AnalysisState.COMPLETE), None)


def two_to_compare(readable: Sequence[Analysis], before: str, after: str) -> tuple[Analysis, Analysis] | None:
    """The two that somebody asked for by number; otherwise the newest draft and the newest final analysis."""
    by_pk = {str(each.pk): each for each in readable}
    later = by_pk.get(after) or next((each for each in reversed(readable) if each.is_final), None)
    later = later or (readable[-1] if readable else None)
    others = [each for each in readable if each != later]
    drafts = [each for each in others if not each.is_final and each.state in IN_FORCE]
    earlier = by_pk.get(before) or next(reversed(drafts or others), None)
    return (earlier, later) if earlier and later and earlier != later else None


def findings_in_words(analysis: Analysis) -> list[tuple[str, str]]:
    """What would be recorded with the case, as label and words."""
    found = findings(analysis.says)
    asked = [each for each in BY_NAME["record_panel"].inputs if each.kind == "choice" and each.name in found]
    return [(each.label, dict(each.choices).get(found[each.name], found[each.name])) for each in asked]
