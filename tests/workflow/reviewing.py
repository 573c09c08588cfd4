"""Taking an invented case through its review, move by move."""

from django.contrib.auth.models import Group, User

from tests.notifying import days_ago
from workflow import services
from workflow.models import Case
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
            "draft_analysis_received": "yes",
        },
    ),
    ("check_quality", {"draft_analysis_complete": "yes"}),
    ("quality_checked", {"family_informed": "yes"}),
    (
        "schedule_panel",
        {"panel_on": days_ago(0).isoformat(), "quorum_planned": "yes", "anonymised_pack": "yes"},
    ),
    (
        "record_panel",
        {
            "panel_held_on": days_ago(0).isoformat(),
            "quorum_met": "yes",
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
    return chair if "sign_off_case" in who else doctor()


def doctor() -> User:
    user, _ = User.objects.get_or_create(username="designated-doctor-1", defaults={"first_name": "Designated doctor"})
    user.groups.add(Group.objects.get(name="Designated doctor"))
    return user


def review(case: Case, coordinator: User, chair: User, until: str) -> Case:
    """Move the case along the main road, up to and with the move `until`."""
    for name, details in TO_CLOSED:
        if name == "accept" and not case.scope_decisions.exists():
            triage(case, coordinator)
        case = services.move(case, name, mover(name, coordinator, chair), details=details)
        if name == until:
            return case
    raise KeyError(until)
