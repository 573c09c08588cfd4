"""What the editor of a report offers, and where it leads afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from exports.models import AnnualReportPage

NOT_YET = ("action-publish", "action-submit")


def a_new_report_is_a_draft(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Its figures cannot have been frozen, so it is neither published nor submitted from there."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    if context["view"] == "create" and asked.get("content_type_model_name") == "annualreportpage":
        items[:] = [item for item in items if item.name not in NOT_YET]


def who_sees_no_pages_goes_home(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The chair who approved a report would be led to a list of pages, and told that it is not for them."""
    if isinstance(page, AnnualReportPage) and not page_permission_policy.explorable_root_instance(request.user):
        return redirect("wagtailadmin_home")
    return None
