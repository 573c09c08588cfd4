"""Finding a child by NHS number. The number is posted, so that it stays out of addresses and logs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.audit.lines import Line
from forms.audit.services import record
from workflow.action_forms import FindForm
from workflow.permissions import user_can_see_identity
from workflow.presenters import case_url
from workflow.selectors import with_nhs_number


class FindChildView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_workflow/find.html"
    page_title = "Find by NHS number"
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_see_identity(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=FindForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One case: straight to it. Several (the same child notified twice): the list of them."""
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        record(Line("case.find_by_number", by=request.user))
        found = list(with_nhs_number(request.user, form.cleaned_data["nhs_number"])[:20])
        if len(found) == 1:
            return redirect(case_url(found[0]))
        return self.render_to_response(self.get_context_data(form=form, searched=True, found=found))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("cases:list"), "label": "Cases"},
            {"url": "", "label": "Find by NHS number"},
        ]
