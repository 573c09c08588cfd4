"""Who freezes the figures of a report."""

from typing import Any

from workflow.permissions import Person, user_can_export_data, user_can_work_cases


def user_can_keep_reports(user: Person) -> bool:
    return user_can_export_data(user) and user_can_work_cases(user)


def user_can_freeze(user: Person, page: Any) -> bool:
    return user_can_keep_reports(user) and page.permissions_for_user(user).can_edit()
