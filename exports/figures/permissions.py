"""Who may read the figures, and who reads true numbers."""

from workflow.permissions import Person, user_can_export_data, user_can_read_cases, user_can_read_every_case


def user_can_read_figures(user: Person) -> bool:
    """The panel, those who run reviews, and those who may take out data."""
    return user_can_read_cases(user) or user_can_export_data(user)


def user_can_read_true_figures(user: Person) -> bool:
    """Panel members see single cases only when they are before them, so they read what the public may."""
    return user_can_read_every_case(user) or user_can_export_data(user)
