"""Your exports: how far each is, and the file when it is ready."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.datasets import all_datasets
from exports.models import PreparedExport
from exports.permissions import user_can_open_exports
from exports.prepared import services
from exports.prepared.presenters import shown
from exports.prepared.selectors import prepared_for
from exports.prepared.services.working import extract_of
from exports.services import ExportRefused

SHOWN = 25


class OwnExports(View):
    """Another person's export does not exist for anybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_exports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def prepared(self) -> PreparedExport:
        return get_object_or_404(prepared_for(self.request.user), pk=self.kwargs["pk"])


class PreparedView(OwnExports, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_exports/prepared/list.html"
    page_title = "Your exports"
    header_icon = "download"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": "Home"}
        return [home, {"url": reverse("exports:datasets"), "label": "Datasets"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(prepared_for(self.request.user), SHOWN).get_page(self.request.GET.get("p"))
        titles = {name: dataset.title for name, dataset in all_datasets().items()}
        exports = [shown(prepared, titles) for prepared in page]
        at_work = any(each.is_being_made for each in exports)
        return super().get_context_data(exports=exports, page=page, at_work=at_work, **kwargs)


class FetchView(OwnExports):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        prepared = self.prepared
        try:
            file = services.fetch(prepared, cast(User, request.user))
        except ExportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("exports:prepared")
        extract = extract_of(prepared)
        name = extract.file_name(timezone.localdate(prepared.ready_at))
        return StreamingHttpResponse(
            file,
            content_type=extract.media_type,
            headers={
                "Content-Disposition": content_disposition_header(True, name) or "attachment",
                "Cache-Control": "no-store",
            },
        )


class GiveUpView(OwnExports):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if services.give_up(self.prepared):
            messages.success(request, "Given up. What was made of it is deleted.")
        return redirect("exports:prepared")
