"""Who may bring in what another system kept, and the lists to look things up in."""

from workflow.permissions import Person, user_can_export_identity, user_can_see_identity, user_can_work_cases


def user_can_bring_in(user: Person) -> bool:
    """History says who children were: for those who run reviews and handle identity in and out."""
    return user_can_work_cases(user) and user_can_see_identity(user) and user_can_export_identity(user)
