"""Links by which somebody comes back to an unfinished form: which there are, and stopping one."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.models import Form, ReturnPass
from forms.returning import expires_at, live_links, stop
from workflow.permissions import user_can_work_cases
from workflow.views.answers import ForThoseWhoWorkOnCases
from workflow.views.base import Listing


def _forms(request: HttpRequest) -> QuerySet[Form]:
    return Form.objects.filter(pk__in=live_links().values("draft__version__form"))


class SavedLinksFilterSet(WagtailFilterSet):
    form = django_filters.ModelChoiceFilter(queryset=_forms, field_name="draft__version__form", label="Form")

    class Meta:
        model = ReturnPass
        fields: list[str] = []


class SavedLinksView(Listing):
    """Never shows what was answered, and of an address only as much as it takes to know it again."""

    may_open = staticmethod(user_can_work_cases)
    model = ReturnPass
    page_title = "Links to unfinished forms"
    header_icon = "link"
    index_url_name = "answers:links"
    index_results_url_name = "answers:links_results"
    results_template_name = "cdop_workflow/saved_links_results.html"
    filterset_class = SavedLinksFilterSet
    default_ordering = "-made_at"
    columns = [
        TitleColumn(
            "form",
            label="Form",
            accessor=lambda held: held.draft.version.form.title,
            get_url=lambda held: reverse("answers:stop_link", args=[held.draft_id]),
        ),
        Column("whose", label="Sent to"),
        DateColumn("made_at", label="Sent", sort_key="made_at"),
        DateColumn("changed_at", label="Last answer", accessor="draft.changed_at", sort_key="draft__changed_at"),
        Column("ends", label="Answers kept until", accessor=lambda held: date_format(expires_at(held.draft), "j F Y")),
    ]

    def get_base_queryset(self) -> QuerySet[ReturnPass]:
        return live_links().select_related("draft__version__form").defer("draft__sealed", "draft__version__schema")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("answers:list"), "label": "Answers"},
            {"url": "", "label": self.page_title},
        ]


class StopLinkView(ForThoseWhoWorkOnCases, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_workflow/stop_link.html"
    page_title = "Stop this link"
    header_icon = "link"

    def held(self) -> ReturnPass:
        return get_object_or_404(live_links().select_related("draft__version__form"), draft=self.kwargs["draft_id"])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("answers:links"), "label": SavedLinksView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.held()
        return super().get_context_data(held=held, until=expires_at(held.draft), **kwargs)

    def post(self, request: HttpRequest, draft_id: Any) -> HttpResponse:
        if stop(self.held(), request.user):
            messages.success(request, "The link opens nothing any more.")
        else:
            messages.info(request, "A colleague has just stopped this link.")
        return redirect("answers:links")
