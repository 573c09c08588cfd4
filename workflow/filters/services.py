"""The only place that writes saved filters."""

from django.contrib.auth.models import User
from django.db import transaction

from workflow.models import SavedFilter
from workflow.permissions import user_can_read_every_case, user_can_work_cases
from workflow.services import MoveRefused
from workflow.services.refusing import require


@transaction.atomic
def save_filter(
    by: User, name: str, asked: dict[str, list[str]], shared: bool = False, screen: str = "cases"
) -> SavedFilter:
    """Give what a list was asked a name. A name that the person has used before means this from now on."""
    require(user_can_read_every_case(by) and (screen == "cases" or user_can_work_cases(by)))
    if not name.strip():
        raise MoveRefused(["Give it a name."])
    if not asked:
        raise MoveRefused(["Choose something in the list first: nothing is filtered."])
    return SavedFilter.objects.update_or_create(
        owner=by, name=name.strip(), defaults={"asked": asked, "shared": shared, "screen": screen}
    )[0]


def delete_filter(saved: SavedFilter, by: User) -> None:
    """Forget a filter. Each person forgets their own."""
    require(saved.owner_id == by.pk)
    saved.delete()
