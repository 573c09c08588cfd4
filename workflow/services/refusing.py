"""How a service says no."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from forms.audit.refusals import Refused
from workflow.models import Case


class MoveRefused(Refused):
    """Something that cannot be done now; `reasons` are sentences for the person who tried."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def require(allowed: bool) -> None:
    """Raises PermissionDenied unless allowed."""
    if not allowed:
        raise PermissionDenied("Your role cannot do this.")


def locked(case: Case, other: str = "") -> Case:
    """The case as it is in the database, kept from everybody else until the transaction ends.

    The case with the reference `other`, or of which it is a duplicate, is kept too, always in the same order, so that
    two who merge the same two cases the other way round never wait for each other.
    """
    duplicated = Case.objects.filter(pk=case.pk, duplicate_of__isnull=False).values("duplicate_of")
    wanted = Q(pk=case.pk) | Q(reference=other) | Q(pk__in=duplicated)
    rows = Case.objects.select_for_update().filter(wanted).order_by("pk")
    return next(row for row in rows if row.pk == case.pk)


def locked_open(case: Case) -> Case:
    """`locked`, for what can only be done while a review is open."""
    current = locked(case)
    return current if current.is_open else _refuse(current)


def locked_correctable(case: Case) -> Case:
    """`locked`, for what can be put right after closing too."""
    current = locked(case)
    return current if current.is_corrected_here else _refuse(current)


def _refuse(current: Case) -> NoReturn:
    raise MoveRefused([f"This case is “{current.get_state_display()}”. Nothing more can be decided on it."])
