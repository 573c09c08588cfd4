"""One dataset: what is in it, and the file on its way out."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.codebook import codebook_csv
from exports.datasets import Dataset, datasets_for
from exports.export_form import ExportForm
from exports.permissions import user_can_open_exports
from exports.prepared.services import ask_for
from exports.prepared.states import AT_ONCE
from exports.selectors import examples
from exports.services import ExportRefused, export
from exports.summary import summary
from workflow.permissions import user_can_export_identity


class OneDatasetMixin(View):
    """Finds the dataset among those this person may export: another does not exist for them."""

    dataset: Dataset

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_exports(request.user):
            raise PermissionDenied
        try:
            self.dataset = datasets_for(request.user)[kwargs["name"]]
        except KeyError:
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)


class DatasetView(OneDatasetMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_exports/dataset.html"
    header_icon = "table"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.ask(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            return self.prepare(form) if self.takes_long else self.download(form)
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
            return self.ask(form)

    @cached_property
    def takes_long(self) -> bool:
        """Whether a person would have to wait for the file."""
        return self.dataset.rows(self.request.user).count() > AT_ONCE

    def prepare(self, form: ExportForm) -> HttpResponse:
        ask_for(form.extract(), form.cleaned_data["why"], cast(User, self.request.user))
        messages.success(self.request, "The file is being made. You can download it here when it is ready.")
        return redirect("exports:prepared")

    def form(self, data: Any = None) -> ExportForm:
        return ExportForm(data, dataset=self.dataset, may_identify=user_can_export_identity(self.request.user))

    def download(self, form: ExportForm) -> StreamingHttpResponse:
        extract = form.extract()
        name = extract.file_name(timezone.localdate())
        return StreamingHttpResponse(
            export(extract, form.cleaned_data["why"], cast(User, self.request.user)),
            content_type=extract.media_type,
            headers={
                "Content-Disposition": content_disposition_header(True, name) or "attachment",
                "Cache-Control": "no-store",
            },
        )

    def ask(self, form: ExportForm) -> HttpResponse:
        shown = summary(self.dataset, self.request.user)
        found = examples(self.dataset, self.request.user)
        columns = [(column, found.get(column.name, [])) for column in shown.columns]
        return self.render_to_response(
            self.get_context_data(form=form, summary=shown, columns=columns, takes_long=shown.rows > AT_ONCE)
        )

    def get_page_title(self) -> str:
        return self.dataset.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("exports:datasets"), "label": "Datasets"},
            {"url": "", "label": self.dataset.title},
        ]


class CodebookView(OneDatasetMixin):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"{self.dataset.file_stem}-codebook.csv"
        return HttpResponse(
            codebook_csv(self.dataset.columns()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
        )
