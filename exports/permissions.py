"""Who may open the screens of this room. What they may take out there is for each dataset to say."""

from workflow.permissions import Person, user_can_export_data, user_can_read_audit


def user_can_open_exports(user: Person) -> bool:
    """Those who may take out something: data, or the audit trail."""
    return user_can_export_data(user) or user_can_read_audit(user)
