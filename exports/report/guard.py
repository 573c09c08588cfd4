"""A report goes out by no way round its checklist: publishing, approval, a day set for it, or the admin API."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from exports.report.checklist import problems
from forms.audit.refusals import Refused

if TYPE_CHECKING:
    from exports.models import AnnualReportPage

log = logging.getLogger(__name__)


class NotReady(Refused, ValidationError):
    """In sentences that the person reads. Wagtail's API answers a validation error as one."""

    def __init__(self, page: "AnnualReportPage", found: list[str]) -> None:
        super().__init__({NON_FIELD_ERRORS: [f"“{page.title}” cannot be published yet.", *found]})
        self.page = page


def check_ready(page: "AnnualReportPage") -> None:
    """
    Raises:
        NotReady: the checklist still finds something.
    """
    if found := problems(page):
        raise NotReady(page, found)


class ReportsNotReady:
    """Says in the editor of the report why it was not published, whichever screen was used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotReady):
            return None
        for sentence in exception.messages:
            messages.error(request, sentence)
        # A copy that was to be public at once has no editor yet.
        at = exception.page.pk
        address = reverse("wagtailadmin_pages:edit", args=[at]) if at else reverse("exports:reports")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's window for approving follows this, and nothing else.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
