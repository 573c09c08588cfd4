"""The only place that writes research projects. `move` is the one door for a change of state."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from exports.models import ResearchChange, ResearchExtract, ResearchProject, ResearchRequest
from exports.research.file import ProjectFile
from exports.research.keys import new_key
from exports.research.offered import offered
from exports.research.permissions import approving_rights, user_can_approve, user_can_ask
from exports.research.rules import rules
from exports.research.states import APPROVERS, BY_NAME, EXPORTERS, LABELS, OPEN, ProjectState
from exports.services import Download, export
from forms.sealing import seal
from workflow.services import MoveRefused
from workflow.services.refusing import require

Wish = dict[str, Any]


@transaction.atomic
def ask(by: User, *, researcher: str, **wish: Any) -> ResearchProject:
    """Ask for an extract on behalf of researchers.

    Raises:
        PermissionDenied: this person may not take out data.
        MoveRefused: what is asked can be given to nobody.
    """
    require(user_can_ask(by))
    if problems := _cannot_be_given(wish):
        raise MoveRefused(problems)
    request = ResearchRequest.objects.create(by=by, sealed_researcher=seal(researcher), **wish)
    project = ResearchProject.objects.create(request=request, sealed_key=seal(new_key()))
    ResearchChange.objects.create(project=project, transition="request", target=project.state, by=by, at=request.at)
    return project


def _cannot_be_given(wish: Wish) -> list[str]:
    names = {column.name for column in offered()}
    problems = []
    if not wish["columns"] or not names.issuperset(wish["columns"]):
        problems.append("Choose columns that can be given.")
    if wish["k"] < rules().least_k:
        problems.append(f"At least {rules().least_k} children must look alike.")
    if wish["expires_on"] <= timezone.localdate():
        problems.append("The last day must be in the future.")
    return problems


@transaction.atomic
def approve(project: ResearchProject, by: User, seen: int | None = None) -> ResearchProject:
    """Approve as the first or the second: never one’s own, never twice, never both by the same right.

    Raises:
        PermissionDenied: this person holds neither right.
        MoveRefused: somebody was there first, or this is not theirs to approve.
    """
    require(user_can_approve(by))
    current, rights = _locked(project), approving_rights(by)
    name = "approve_too" if current.state == ProjectState.APPROVED_ONCE else "approve"
    _check(current, name, by, seen=seen)
    if current.is_past():
        raise MoveRefused(["Its last day has passed. It has to be asked again."])
    first = current.changes.filter(transition="approve").first() if name == "approve_too" else None
    if first and first.by == by:
        raise MoveRefused(["You have approved this already. Somebody else has to be the second."])
    if first and not any(one != other for one in set(first.rights) & set(rules().approve) for other in rights):
        raise MoveRefused(["It was approved by this right already. The second approves by the other."])
    return _change(current, name, by, rights=rights)


@transaction.atomic
def move(project: ResearchProject, name: str, by: User, words: str = "", seen: int | None = None) -> ResearchProject:
    """Refuse, end, or record that what was given is deleted. `seen` is the newest change that was on the screen.

    Raises:
        PermissionDenied: this person may not do that.
        MoveRefused: somebody was there first, or something is not said.
    """
    chosen = BY_NAME[name]
    require(bool(chosen.asked) and (user_can_approve(by) or (user_can_ask(by) and chosen.who != APPROVERS)))
    current = _locked(project)
    _check(current, name, by, seen=seen)
    if not words.strip():
        raise MoveRefused([f"Say: {chosen.asked.lower()}."])
    return _change(current, name, by, words=words.strip())


@transaction.atomic
def extract(project: ResearchProject, by: User) -> Download:
    """The extract on its way out, written into the export log and the data-use record.

    Raises:
        PermissionDenied: this person may not take out data.
        MoveRefused: it is not approved, its last day has passed, or too few children could be told apart.
    """
    require(user_can_ask(by) and BY_NAME["extract"].who == EXPORTERS)
    current = _locked(project)
    _check(current, "extract", by)
    if current.is_past():
        raise MoveRefused(["Its last day has passed. Nothing can leave any more."])
    file = ProjectFile(current)
    if not file.made.table.rows:
        raise MoveRefused([f"There are fewer than {current.request.k} children: nothing can leave."])
    download = export(file, f"Research project {current.number}", by)
    ResearchExtract.objects.create(project=current, export=download.log, report=file.made.report)
    _change(current, "extract", by)
    return download


def expire_due() -> int:
    """End the projects whose last day has passed; how many."""
    past = ResearchProject.objects.filter(state__in=OPEN, request__expires_on__lt=timezone.localdate())
    return sum(_expired(project) for project in past)


@transaction.atomic
def _expired(project: ResearchProject) -> bool:
    current = _locked(project)
    if current.state not in OPEN:
        return False
    _change(current, "expire", None)
    return True


def _locked(project: ResearchProject) -> ResearchProject:
    return ResearchProject.objects.select_for_update(of=("self",)).select_related("request").get(pk=project.pk)


def _check(current: ResearchProject, name: str, by: User, seen: int | None = None) -> None:
    newest = current.changes.last()
    if current.state not in BY_NAME[name].sources or (seen is not None and newest and newest.pk != seen):
        raise MoveRefused([f"It is now “{LABELS[ProjectState(current.state)]}”. Look at it again."])
    if BY_NAME[name].who == APPROVERS and current.request.by_id == by.pk:
        raise MoveRefused(["You asked for this. Two others decide on it."])


def _change(
    current: ResearchProject, name: str, by: User | None, *, rights: list[str] | None = None, words: str = ""
) -> ResearchProject:
    source = current.state
    getattr(current, name)()
    current.changed_at = timezone.now()
    current.save()
    ResearchChange.objects.create(
        project=current,
        transition=name,
        source=source,
        target=current.state,
        by=by,
        at=current.changed_at,
        rights=rights or [],
        sealed_words=seal(words) if words else "",
    )
    return current
