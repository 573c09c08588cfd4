"""Taking an invented case through its review, move by move."""

from django.contrib.auth.models import User

from tests.notifying import days_ago
from workflow import services
from workflow.models import Case

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
    ("quality_checked", {"draft_analysis_complete": "yes", "family_informed": "yes"}),
    (
        "schedule_panel",
        {"panel_on": days_ago(-7).isoformat(), "quorum_planned": "yes", "anonymised_pack": "yes"},
    ),
    (
        "record_panel",
        {
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
BY_CHAIR = {"record_panel", "sign_off", "defer", "reopen"}


def triage(case: Case, coordinator: User) -> None:
    services.decide_scope(case, coordinator, in_scope=True)
    services.decide_jar(case, coordinator, "no", [])


def review(case: Case, coordinator: User, chair: User, until: str) -> Case:
    """Move the case along the main road, up to and with the move `until`."""
    for name, details in TO_CLOSED:
        if name == "accept" and not case.scope_decisions.exists():
            triage(case, coordinator)
        case = services.move(case, name, chair if name in BY_CHAIR else coordinator, details=details)
        if name == until:
            return case
    raise KeyError(until)
