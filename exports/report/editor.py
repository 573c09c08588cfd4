"""What the editor of a new report offers."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.action_menu import ActionMenuItem

NOT_YET = ("action-publish", "action-submit")


def a_new_report_is_a_draft(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Its figures cannot have been frozen, so it is neither published nor submitted from there."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    if context["view"] == "create" and asked.get("content_type_model_name") == "annualreportpage":
        items[:] = [item for item in items if item.name not in NOT_YET]
