"""The only place that writes analyses. `move` is the one door for a change of state."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from forms.models import Draft, FormVersion, Submission
from forms.sealing import seal
from forms.selectors import live_version
from forms.services import begin as begin_draft
from forms.services import discard
from workflow.actions.services import named
from workflow.analyses.findings import texts
from workflow.analyses.opening import why_not_begin
from workflow.analyses.selectors import in_hand, newest, panel_item, signed
from workflow.analyses.starting import begins_with
from workflow.analyses.states import BY_NAME, STAGES, AnalysisState, Stage
from workflow.models import Analysis, AnalysisChange, Case
from workflow.permissions import user_can_write_analysis
from workflow.services import note
from workflow.services.refusing import MoveRefused, locked, require

FORM = "analysis"
TITLES = dict(STAGES)


@transaction.atomic
def begin(case: Case, stage: str, by: User, reason: str = "", at: dt.datetime | None = None) -> Analysis:
    """A new version of an analysis, with the answers of the newest one; the one that is being filled in if there is.

    A final analysis begins with what the draft says. To change a signed one, say why: both stay.
    """
    require(user_can_write_analysis(by, stage))
    current = locked(case)
    if problem := why_not_begin(current, stage):
        raise MoveRefused([problem])
    if found := in_hand(current, stage):
        return found
    reason = reason.strip()
    if stage == Stage.PANEL and signed(current) and not reason:
        raise MoveRefused(["The final analysis is signed. Say why it must be changed."])
    old = newest(current, stage) or newest(current, Stage.CDRM)
    analysis = Analysis(
        case=current,
        stage=stage,
        number=(current.analyses.filter(stage=stage).aggregate(last=Max("number"))["last"] or 0) + 1,
        begun_from=old,
        begun_by=by,
        begun_at=at or timezone.now(),
        written_by=by,
        sealed_reason=seal(reason) if reason else "",
    )
    analysis.draft = _draft(analysis, by)
    analysis.save()
    _record(analysis, "begin", "", by)
    begun = "began" if analysis.number == 1 else f"began version {analysis.number}"
    note(current, by, "analysis", f"{TITLES[stage]}: {begun}.", reason, at)
    return analysis


def _draft(analysis: Analysis, by: User) -> Draft:
    version, case = _version(), analysis.case
    item = panel_item(case) if analysis.is_final else None
    answers = begins_with(version, case, analysis.stage, item, analysis.begun_from)
    return begin_draft(version, by, answers=answers, known=answers)


def _version() -> FormVersion:
    version = live_version(FORM)
    if version is None:
        raise MoveRefused(["The analysis form is not published, so nothing can be begun."])
    return version


@transaction.atomic
def go_on(analysis: Analysis, by: User) -> Draft:
    """The answers to go on with. Those that lay untouched for so long that they were deleted begin anew."""
    require(user_can_write_analysis(by, analysis.stage))
    locked(analysis.case)
    current = _locked(analysis)
    if current.state != AnalysisState.BEGUN:
        raise MoveRefused([f"{current} is now “{current.status}”."])
    current.draft, current.written_by = current.draft or _draft(current, by), by
    current.save(update_fields=["draft", "written_by"])
    return current.draft


def _locked(analysis: Analysis) -> Analysis:
    return Analysis.objects.select_for_update(of=("self",)).select_related("case").get(pk=analysis.pk)


def move(analysis: Analysis, name: str, by: User | None, **facts: Any) -> Analysis:
    """Change the state of an analysis that is locked, with the facts that belong to it, and write its history.

    Raises:
        MoveRefused: somebody was there first.
    """
    if analysis.state not in BY_NAME[name].sources:
        raise MoveRefused([f"{analysis} is now “{analysis.status}”."])
    source = analysis.state
    for field, value in facts.items():
        setattr(analysis, field, value)
    getattr(analysis, name)()
    analysis.save()
    _record(analysis, name, source, by)
    return analysis


def _record(analysis: Analysis, name: str, source: str, by: User | None) -> None:
    AnalysisChange.objects.create(analysis=analysis, transition=name, source=source, target=analysis.state, by=by)


@transaction.atomic
def complete(analysis: Analysis, submission: Submission) -> Analysis:
    """What was filled in has been sent: it takes the place of an earlier version that nobody has signed."""
    case = locked(analysis.case)
    current = _locked(analysis)
    for older in case.analyses.select_for_update().filter(stage=current.stage, state=AnalysisState.COMPLETE):
        move(older, "replace", None)
    by, at = current.written_by, submission.submitted_at
    item = panel_item(case) if current.is_final else None
    names_child = bool(named(case, " \n".join(texts(submission.all_answers()))))
    move(current, "complete", by, submission=submission, completed_at=at, item=item, names_child=names_child)
    note(case, by, "analysis", f"{TITLES[current.stage]}, version {current.number}: {current.status.lower()}.", at=at)
    if names_child:
        note(case, by, "warned", f"{TITLES[current.stage]}: the child is named in it. Change it.", at=at)
    return current


@transaction.atomic
def give_up(analysis: Analysis, by: User) -> Analysis:
    """Leave an analysis that was only begun; its answers are forgotten."""
    require(user_can_write_analysis(by, analysis.stage))
    draft = (
        Draft.objects.select_for_update(of=("self",)).filter(analysis=analysis).first()
    )  # first, as whoever sends it does
    case = locked(analysis.case)
    current = move(_locked(analysis), "give_up", by)
    if draft:
        discard(draft)
    note(case, by, "analysis", f"{TITLES[current.stage]}, version {current.number}: given up.")
    return current
