"""The datasets a person may export."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.datasets import datasets_for
from exports.permissions import user_can_open_exports
from exports.summary import summary


class DatasetListView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_exports/datasets.html"
    page_title = "Datasets"
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_exports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": "Datasets"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        datasets = [summary(dataset, user) for dataset in datasets_for(user).values()]
        return super().get_context_data(datasets=datasets, **kwargs)
