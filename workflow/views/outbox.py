"""Messages on their way: which have gone, which wait, and which could not be sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from workflow.models import OutboxMessage
from workflow.outbox.services import try_again
from workflow.permissions import user_can_work_cases
from workflow.views.base import Listing


class OutboxFilterSet(WagtailFilterSet):
    class Meta:
        model = OutboxMessage
        fields = ["state"]


class AgainColumn(Column):
    cell_template_name = "cdop_workflow/again_cell.html"


class OutboxView(Listing):
    """Never shows to whom or in which words: only what staff need to see that nothing is lost."""

    may_open = staticmethod(user_can_work_cases)
    model = OutboxMessage
    page_title = "Messages"
    header_icon = "mail"
    index_url_name = index_results_url_name = "cases:outbox"
    filterset_class = OutboxFilterSet
    default_ordering = ["-pk"]
    paginate_by = 50
    columns = [
        Column("about", label="Message"),
        Column("case", label="Case", accessor=lambda message: message.case.reference if message.case else ""),
        Column("get_state_display", label="State", sort_key="state"),
        Column("attempts", label="Tries"),
        DateColumn("made_at", label="Written"),
        DateColumn("sent_at", label="Sent"),
        AgainColumn("again", label=""),
    ]

    def get_base_queryset(self) -> QuerySet[OutboxMessage]:
        return OutboxMessage.objects.select_related("case").defer("sealed")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        cases = {"url": reverse("cases:list"), "label": "Cases"}
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, cases, {"url": "", "label": "Messages"}]


class TryAgainView(View):
    """Sends a message that failed once more."""

    def post(self, request: HttpRequest, message_id: int) -> HttpResponse:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        if try_again(get_object_or_404(OutboxMessage, pk=message_id)):
            messages.success(request, "The message has been sent.")
        else:
            messages.error(request, "The message could still not be sent. We will keep trying.")
        return redirect("cases:outbox")
