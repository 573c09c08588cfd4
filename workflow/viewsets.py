"""What coordinators keep in the Wagtail admin: agencies, and under Settings time limits, messages and reminders."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from workflow.models import Agency, ClockRule, LetterTemplate, MessageTemplate, ReferralRecipient, ReminderRule
from workflow.requests.selectors import agencies_with_figures, requests_of, return_rate


class ClockRuleViewSet(SnippetViewSet):
    model = ClockRule
    icon = "time"
    menu_label = "Time limits"
    menu_name = "clock-rules"
    add_to_settings_menu = True
    list_display = ["code", "label", "amount", "unit", "owner", "confirmed", "active"]
    ordering = ["code"]


def requests_url(agency: Agency) -> str:
    return reverse("wagtailsnippets_cdop_workflow_agency:inspect", args=[agency.pk])


class AgencyView(InspectView):
    """One agency: its figures, and what it was asked, what still waits first."""

    template_name = "cdop_workflow/agency.html"
    page_title = "Requests to an agency"

    def get_object(self, queryset: Any = None) -> Agency:
        return get_object_or_404(agencies_with_figures(Agency.objects.all()), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = requests_of(self.object)
        return super().get_context_data(
            agency=self.object, asked=asked, rate=return_rate(self.object), today=timezone.localdate(), **kwargs
        )


class AgencyViewSet(SnippetViewSet):
    """Who is asked, what is open and late, and how much came back."""

    model = Agency
    icon = "group"
    menu_label = "Agencies"
    menu_name = "agencies"
    menu_order = 60
    add_to_admin_menu = True
    ordering = ["name"]
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_class = AgencyView
    inspect_template_name = AgencyView.template_name
    list_display = [
        "name",
        Column("kind_label", label="Kind"),
        TitleColumn("asked", label="Asked", get_url=requests_url),
        Column("open", label="Open"),
        Column("late", label="Late"),
        Column("returned", label="Returned"),
        Column("return_rate", label="Return rate", accessor=return_rate),
        Column("on_time", label="Returned in time"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        return agencies_with_figures(Agency.objects.all())


class MessageTemplateViewSet(SnippetViewSet):
    model = MessageTemplate
    icon = "mail"
    menu_label = "Messages"
    menu_name = "message-templates"
    add_to_settings_menu = True
    list_display = ["title", "subject"]


class LetterTemplateViewSet(SnippetViewSet):
    model = LetterTemplate
    icon = "doc-full"
    menu_label = "Letters"
    menu_name = "letter-templates"
    add_to_settings_menu = True
    list_display = ["title"]


class ReferralRecipientViewSet(SnippetViewSet):
    model = ReferralRecipient
    icon = "warning"
    menu_label = "Safeguarding referrals"
    menu_name = "referral-recipients"
    add_to_settings_menu = True
    list_display = ["name", "active"]


class ReminderRuleViewSet(SnippetViewSet):
    model = ReminderRule
    icon = "calendar-alt"
    menu_label = "Reminders"
    menu_name = "reminder-rules"
    add_to_settings_menu = True
    list_display = ["__str__", "to", "active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReminderRule]:
        return ReminderRule.objects.select_related("template")
