"""Who asks on behalf of researchers, who approves, and who makes extracts."""

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from exports.research.rules import rules
from workflow.permissions import RIGHTS, Person, user_can_export_data


def user_can_ask(user: Person) -> bool:
    """Asking, and making the extract once it is approved, is for those who may export data that identifies nobody."""
    return user_can_export_data(user)


def approving_rights(user: Person) -> list[str]:
    """By which of the two rights this person may approve."""
    return [right for right in rules().approve if user.has_perm(f"cdop_workflow.{right}")]


def user_can_approve(user: Person) -> bool:
    return bool(approving_rights(user))


def user_can_read_research(user: Person) -> bool:
    return user_can_ask(user) or user_can_approve(user)


def approvers_in_words() -> list[str]:
    """Of each of the two rights the roles that have it, or what it allows where none has."""
    return [" or ".join(_roles_with(right)) or dict(RIGHTS)[right] for right in rules().approve]


def _roles_with(right: str) -> QuerySet[Group, str]:
    held = Q(permissions__codename=right, permissions__content_type__app_label="cdop_workflow")
    return Group.objects.filter(held).distinct().order_by("name").values_list("name", flat=True)
