"""Analyses to read, and two side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from workflow.analyses.differences import compare
from workflow.analyses.presenters import two_to_compare
from workflow.analyses.reading import sections_of, still_says
from workflow.analyses.selectors import analyses_to_read
from workflow.permissions import user_can_read_every_case, user_can_see_identity
from workflow.services import record_view
from workflow.views.base import OneCaseView


class ReadAnalysisView(OneCaseView):
    """One version as it was sent. That it was opened is recorded."""

    template_name = "cdop_workflow/analysis/read.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.analysis = get_object_or_404(
            analyses_to_read(self.case, self.staff).select_related("submission__version"), pk=kwargs["pk"]
        )
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        identity, everything = user_can_see_identity(self.staff), user_can_read_every_case(self.staff)
        return super().get_context_data(
            analysis=self.analysis,
            sections=sections_of(self.analysis, roles=identity, dates=everything),
            still_says=still_says(self.analysis, self.case) if identity else [],
            sees_identity=identity,
            sees_everything=everything,
            **kwargs,
        )

    def get_page_title(self) -> str:
        return self.analysis.get_stage_display()

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.analysis)}]


class CompareAnalysesView(OneCaseView):
    """Two versions side by side: the draft and the final one, unless `?before=` and `?after=` say otherwise."""

    template_name = "cdop_workflow/analysis/compare.html"
    reads_it_whole = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readable = list(analyses_to_read(self.case, self.staff).select_related("submission__version"))
        two = two_to_compare(readable, self.request.GET.get("before", ""), self.request.GET.get("after", ""))
        sections = compare(*(sections_of(each, roles=False) for each in two)) if two else []
        return super().get_context_data(
            two=two,
            sections=sections,
            unchanged=[each.title for each in sections if not each.differences],
            differences=[line for each in sections for line in each.differences],
            versions=readable,
            **kwargs,
        )

    def get_page_title(self) -> str:
        return "Compare analyses"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Compare analyses"}]
