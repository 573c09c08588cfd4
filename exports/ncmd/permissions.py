"""Who may read returns to the national database, and who may send them."""

from workflow.permissions import Person, user_can_export_data, user_can_export_identity, user_can_work_cases


def user_can_read_returns(user: Person) -> bool:
    """Those who may take out data read what is due and what is missing; it names nobody."""
    return user_can_export_data(user)


def user_can_send_returns(user: Person) -> bool:
    """A return says who the child is: for those who may take out identity, and run reviews."""
    return user_can_export_identity(user) and user_can_work_cases(user)
