"""Messages on their way: which have gone, which wait, which could not be sent or came back."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.asking import Asks
from workflow.models import OutboxMessage
from workflow.models.messages import CAME_BACK
from workflow.outbox.returning import came_back, deal_with
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
    page_title = "Outbox"
    header_icon = "mail"
    index_url_name = "cases:outbox"
    index_results_url_name = "cases:outbox_results"
    filterset_class = OutboxFilterSet
    default_ordering = ["-pk"]
    paginate_by = 50
    columns = [
        Column("about", label="Message"),
        Column("agency", label="To", accessor=lambda message: message.request.agency if message.request else ""),
        Column("told", label="State", sort_key="state"),
        AgainColumn("again", label=""),
        Column("case", label="Case", accessor=lambda message: message.case.reference if message.case else ""),
        Column("attempts", label="Tries"),
        DateColumn("made_at", label="Written"),
        DateColumn("sent_at", label="Sent"),
    ]

    def get_base_queryset(self) -> QuerySet[OutboxMessage]:
        return OutboxMessage.objects.select_related("case", "request__agency").defer("sealed", "request__sealed")


class ForMessages(View):
    """Finds one message, for those who work on cases."""

    def dispatch(self, request: HttpRequest, *args: Any, message_id: int, **kwargs: Any) -> HttpResponseBase:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        self.message = get_object_or_404(OutboxMessage.objects.select_related("case", "request"), pk=message_id)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back(self) -> str:
        """Where the message is read: with its request, or among all."""
        asked = self.message.request
        return reverse("cases:request", args=[asked.case.reference, asked.pk]) if asked else reverse("cases:outbox")


class TryAgainView(ForMessages):
    """Sends a message that failed or came back once more."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if try_again(self.message):
            messages.success(request, "The message has been sent.")
        else:
            messages.error(request, "The message could still not be sent. We will keep trying.")
        return redirect("cases:outbox")


class DealtWithView(ForMessages):
    """Takes a message that failed or came back from the work, and leaves what became of it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        deal_with(OutboxMessage.objects.filter(pk=self.message.pk))
        messages.success(request, "Nobody is asked to do anything about this message any more.")
        return redirect(self.back)


class CameBackForm(django_forms.Form):
    why = django_forms.ChoiceField(
        label="What happened", choices=[("", "Choose"), *CAME_BACK], widget=django_forms.Select
    )
    words = django_forms.CharField(
        label="What it says",
        help_text="Such as until when they are away, and whom to ask instead. Kept sealed, on the case’s timeline.",
        required=False,
        max_length=4000,
        widget=django_forms.Textarea(attrs={"rows": 4}),
    )


class CameBackView(ForMessages, Asks, WagtailAdminTemplateMixin, TemplateView):
    """Records what somebody read in the mailbox: a mail server tells only that it took a message."""

    template_name = "cdop_workflow/asks.html"
    header_icon = "mail"
    page_title = "It came back"
    done = "Recorded. It is on the list of work until somebody has dealt with it."

    def form(self, data: Any = None) -> django_forms.Form:
        form = CameBackForm(data)
        if self.message.case is None:
            del form.fields["words"]
        return form

    def act(self, data: dict[str, Any]) -> None:
        came_back(self.message, cast(User, self.request.user), data["why"], data.get("words", ""))

    def look_again(self) -> None:
        self.message.refresh_from_db()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = f"{self.message} to {self.message.request.agency}" if self.message.request else str(self.message)
        return super().get_context_data(explained=f"{about}. State: {self.message.told}.", **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        outbox = {"url": reverse("cases:outbox"), "label": "Outbox"}
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, outbox, {"url": "", "label": self.page_title}]
