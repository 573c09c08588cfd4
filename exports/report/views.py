"""Annual reports in the admin: what each still needs, freezing, and what has changed since."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from exports.figures.files import pdf_file
from exports.figures.permissions import user_can_read_true_figures
from exports.models import AnnualReportPage, ReportPdf
from exports.report.checklist import problems
from exports.report.differences import differences
from exports.report.forms import FreezeForm
from exports.report.pdf import pdf_of
from exports.report.permissions import user_can_keep_reports
from exports.report.presenters import parts_of
from exports.report.services import FreezeRefused, freeze_figures
from forms.audit.lines import Line
from forms.audit.services import record


class ReportScreen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "doc-full"
    page_title = "Annual reports"
    may_open = staticmethod(user_can_keep_reports)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": self.get_page_title()}]


class ReportListView(ReportScreen):
    template_name = "cdop_exports/report/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        home = Site.find_for_request(self.request).root_page.specific
        may_add = home.permissions_for_user(self.request.user).can_add_subpage()
        reports = AnnualReportPage.objects.order_by("-report_year", "pk")
        return super().get_context_data(reports=reports, home=home if may_add else None, **kwargs)


class ReportView(ReportScreen):
    """Of the newest version, which an editor may still be writing."""

    template_name = "cdop_exports/report/report.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.report = get_object_or_404(AnnualReportPage, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return self.report.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home, last = super().get_breadcrumbs_items()
        return [home, {"url": reverse("exports:reports"), "label": "Annual reports"}, last]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FreezeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(freeze_form=form))
        try:
            freeze = freeze_figures(self.report, cast(User, request.user), form.cleaned_data["extract"])
            messages.success(request, f"The figures were frozen as known on {freeze.extract:%-d %B %Y}.")
        except FreezeRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("exports:report", self.report.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.report.get_latest_revision_as_object()
        return super().get_context_data(
            report=newest,
            problems=problems(newest),
            to_do="Published" if newest.live and not newest.has_unpublished_changes else "Before it can be approved",
            has_pdf=ReportPdf.objects.filter(report=newest.pk).exists(),
            differences=list(differences(newest)) if newest.freeze_id else [],
            **({"freeze_form": FreezeForm()} | kwargs),
        )


class PartnersView(ReportScreen):
    """The newest version as partners read it: every figure of it, with true numbers."""

    may_open = staticmethod(user_can_read_true_figures)
    template_name = "cdop_exports/report/partners.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.report = get_object_or_404(AnnualReportPage, pk=kwargs["pk"]).get_latest_revision_as_object()

    def get_page_title(self) -> str:
        return f"{self.report.title}, for partners"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(report=self.report, parts=parts_of(self.report, "partners"), **kwargs)


class PartnersPdfView(PartnersView):
    """The same as a PDF. That it was taken is in the audit log."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = cast(User, request.user)
        record(Line("report.taken_partners", "report", self.report.pk, user))
        data = pdf_of(self.report, "partners", user.get_full_name() or user.username)
        return pdf_file(data, f"annual-report-{self.report.report_year}-partners.pdf")
