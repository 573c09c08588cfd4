"""Taking an invented case through its review, move by move."""

import datetime as dt
import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from forms.models import Upload
from forms.sealing import seal
from tests.notifying import days_ago
from workflow import services
from workflow.meetings import services as meetings
from workflow.meetings.selectors import item_of
from workflow.meetings.states import SEATS
from workflow.models import Attachment, Case, Meeting, Seat
from workflow.models.attachments import DRAFT_ANALYSIS
from workflow.packs import services as packs
from workflow.states import BY_NAME

TO_CLOSED = [
    ("accept", {}),
    ("information_complete", {"returns": "returned"}),
    ("schedule_cdrm", {"cdrm_on": days_ago(1).isoformat(), "cdrm_chair": "Consultant paediatrician"}),
    (
        "record_cdrm",
        {
            "cdrm_kind": "cdrm",
            "cdrm_held_on": days_ago(1).isoformat(),
            "cdrm_agencies": "Hospital, GP, police",
            "cdrm_minutes": "yes",
        },
    ),
    ("check_quality", {"draft_analysis_complete": "yes"}),
    ("quality_checked", {"family_informed": "yes"}),
    ("schedule_panel", {}),
    (
        "record_panel",
        {
            "category": "5",
            "factors_graded": "yes",
            "modifiability": "none_identified",
            "safeguarding_referral": "not_needed",
        },
    ),
    ("sign_off", {"chair_signed_off": "yes"}),
    ("finalise", {"ncmd_checks_passed": "yes"}),
    ("close", {"ncmd_receipt": "INVENTED-1"}),
]
ANSWERS = dict(TO_CLOSED)


def triage(case: Case, coordinator: User) -> None:
    services.decide_scope(case, coordinator, in_scope=True)
    services.decide_jar(case, coordinator, "no", [])


def mover(name: str, coordinator: User, chair: User) -> User:
    """Who makes a move: the coordinator wherever a coordinator may."""
    who = BY_NAME[name].who
    if "work_case" in who:
        return coordinator
    return chair if "sign_off_case" in who else somebody("Designated doctor")


def somebody(role: str) -> User:
    """The first person of a role: the same as `person(role)` makes."""
    user, _ = User.objects.get_or_create(
        username=f"{role.lower().replace(' ', '-')}-1", defaults={"first_name": role, "last_name": "No 1"}
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def panel(by: User, **facts: Any) -> Meeting:
    """A panel of today whose members have said that they come; the first panel member is one of them."""
    start = timezone.make_aware(dt.datetime.combine(days_ago(0), dt.time(9, 30)))
    facts = {"kind": "panel", "starts_at": start, "ends_at": start + dt.timedelta(hours=3)} | facts
    meeting = meetings.plan(by, chair_role="Consultant in public health", **facts)
    seats = [code for code, _ in SEATS if code != "coordinator"][:5]
    Seat.objects.bulk_create(
        Seat(meeting=meeting, seat=seat, email=f"{seat}@invented.example", answer="accepted") for seat in seats
    )
    Seat.objects.create(meeting=meeting, seat="other", user=somebody("Panel member"))
    return meeting


def hold_panel(case: Case, by: User) -> None:
    """The panel of a case was held, and everybody came."""
    meeting = item_of(case).meeting
    meetings.move(meeting, "hold", by, attended=meeting.seats.values_list("pk", flat=True))


def make_pack(case: Case, by: User) -> None:
    """A finished pack, without what anybody wrote in their own words."""
    for passage in packs.make_pack(case, by).passages.filter(decision="open"):
        packs.leave_out(passage, by)
    packs.finish(case, by)


def file_draft(case: Case, by: User, kind: str = DRAFT_ANALYSIS) -> Attachment:
    """The draft analysis of the CDRM is on file: a form that was filled in elsewhere."""
    upload = Upload.objects.create(
        question="attachment", stored_as=secrets.token_hex(16), content_type="application/pdf", size=4, sha256="0" * 64,
        scan="clean", sealed=seal({"name": "draft.pdf", "key": ""}),
    )  # fmt: skip
    return Attachment.objects.create(case=case, upload=upload, kind=kind, dated_on=days_ago(1), filed_by=by)


def prepared(name: str, case: Case, by: User) -> dict[str, str]:
    """What a move needs beside its own answers, made; what it then also answers."""
    if name == "schedule_panel":
        make_pack(case, by)
        return {"meeting": str(panel(by).pk)}
    if name == "record_cdrm":
        file_draft(case, by)
    if name == "record_panel":
        hold_panel(case, by)
    return {}


def review(case: Case, coordinator: User, chair: User, until: str) -> Case:
    """Move the case along the main road, up to and with the move `until`."""
    for name, details in TO_CLOSED:
        if name == "accept" and not case.scope_decisions.exists():
            triage(case, coordinator)
        details = details | prepared(name, case, coordinator)
        case = services.move(case, name, mover(name, coordinator, chair), details=details)
        if name == "schedule_panel":
            meetings.move(item_of(case).meeting, "share", coordinator)
        if name == until:
            return case
    raise KeyError(until)
