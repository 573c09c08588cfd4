"""The page on which an organisation reports what became of an action: by its link, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.generic import View

from forms.limits import Limit, limited
from workflow.actions import services
from workflow.actions.forms import ReportForm
from workflow.actions.selectors import of_link
from workflow.services import MoveRefused

REPORTS = Limit("action-report", 20, 3600)


@method_decorator(never_cache, name="dispatch")
class ReportView(View):
    """Shows what is recommended, to whom and until when, and nothing of any review."""

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        found = of_link(token)
        if found is None:
            return render(request, "cdop_workflow/respond/nothing.html", status=404)
        self.action = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(ReportForm())

    @limited(REPORTS)
    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReportForm(request.POST)
        if not self.action.is_with_owner or not form.is_valid():
            return self.page(form)
        said = form.cleaned_data
        try:
            services.move(self.action, said["outcome"], "owner", reason=said["reason"], evidence=said["evidence"])
        except MoveRefused:  # somebody else was quicker
            return render(request, "cdop_workflow/respond/nothing.html", status=404)
        text = gettext("We have told the child death review team. They may contact you.")
        return render(request, "cdop_workflow/respond/done.html", {"title": gettext("Thank you"), "text": text})

    def page(self, form: ReportForm) -> HttpResponse:
        return render(self.request, "cdop_workflow/respond/action.html", {"action": self.action, "form": form})
