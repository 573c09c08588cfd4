"""Who may do what. Rights are permissions on Case; roles are groups that hold them (`roles.py`)."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from workflow.actions.states import KEEPERS, ActionMove
from workflow.analyses.states import WRITERS
from workflow.states import Move

Person = User | AnonymousUser

RIGHTS: list[tuple[str, Any]] = [
    ("work_case", "Can run reviews: triage, decide, move, hold, note"),
    ("oversee_case", "Can decide scope and JAR, oversee the CDRM and confirm its clinical quality"),
    ("read_panel_case", "Can read anonymised cases that are before a panel"),
    ("view_identity", "Can see who the child and family are"),
    ("sign_off_case", "Can record, sign off, defer and reopen for the panel"),
    ("export_data", "Can export data that identifies nobody"),
    ("export_identity", "Can export data that identifies people"),
    ("read_audit", "Can read the audit trail"),
]


def _has(user: Person, right: str) -> bool:
    return user.has_perm(f"cdop_workflow.{right}")


def user_can_read_every_case(user: Person) -> bool:
    return any(_has(user, right) for right in ("view_case", "work_case", "oversee_case", "read_audit"))


def user_can_read_cases(user: Person) -> bool:
    return user_can_read_every_case(user) or _has(user, "read_panel_case")


def user_can_work_cases(user: Person) -> bool:
    """Whether the person may decide, hold and note. Each move names its own rights."""
    return _has(user, "work_case") or _has(user, "oversee_case")


def user_can_see_identity(user: Person) -> bool:
    return _has(user, "view_identity")


def user_can_oversee_cases(user: Person) -> bool:
    return _has(user, "oversee_case")


def user_can_make(user: Person, move: Move) -> bool:
    """Whether the person holds one of the rights that a move names."""
    return any(_has(user, right) for right in move.who)


def user_can_run_meetings(user: Person) -> bool:
    return user_can_work_cases(user) or _has(user, "sign_off_case")


def user_can_refer(user: Person) -> bool:
    """Whether the person may read and act on safeguarding referrals: who runs, oversees or signs off reviews."""
    return user_can_work_cases(user) or _has(user, "sign_off_case")


def user_can_keep_actions(user: Person) -> bool:
    """Whether the person may agree actions and follow them up. Each move names its own rights."""
    return any(_has(user, right) for right in KEEPERS)


def user_can_move_action(user: Person, move: ActionMove) -> bool:
    return any(_has(user, right) for right in move.rights)


def user_can_write_analysis(user: Person, stage: str) -> bool:
    return any(_has(user, right) for right in WRITERS[stage])


def user_can_sign_off(user: Person) -> bool:
    """Whether the person chairs panels. Of which panel they sign the analyses, its meeting says."""
    return _has(user, "sign_off_case")


def user_can_export_data(user: Person) -> bool:
    return _has(user, "export_data")


def user_can_export_identity(user: Person) -> bool:
    return _has(user, "export_data") and _has(user, "export_identity")


def user_can_read_audit(user: Person) -> bool:
    return _has(user, "read_audit")
