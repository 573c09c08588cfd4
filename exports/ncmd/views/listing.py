"""What is due to the national database, what is missing in it, and which agencies it waits for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.ncmd.permissions import user_can_read_returns, user_can_send_returns
from exports.ncmd.presenters import to_mend
from exports.ncmd.selectors import GROUPS, agencies_awaited, how_many, how_many_failed, in_group, rows

HOME = [("wagtailadmin_home", "Home"), ("exports:ncmd", "NCMD returns")]


class NcmdScreen(WagtailAdminTemplateMixin, TemplateView):
    """Those who may not read returns are refused before anything is looked up."""

    header_icon = "upload"
    page_title = "NCMD returns"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_returns(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = [{"url": reverse(name), "label": label} for name, label in HOME if label != self.get_page_title()]
        return [*above, {"url": "", "label": self.get_page_title()}]


class ReturnsView(NcmdScreen):
    template_name = "cdop_exports/ncmd/returns.html"
    PER_PAGE = 30

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, group = self.request.user, self.request.GET.get("show", "")
        group = group if group in GROUPS else "to_send"
        page = Paginator(in_group(user, group), self.PER_PAGE).get_page(self.request.GET.get("p"))
        counts = how_many(user)
        return super().get_context_data(
            chosen=group,
            groups=[(name, label, counts[name]) for name, (label, _) in GROUPS.items()],
            page=page,
            may_send=user_can_send_returns(user),
            failed=how_many_failed(user),
            rows=[
                (row.one, to_mend(row.missing, row.one.case, user), row.said)
                for row in rows(user, list(page.object_list))
            ],
            **kwargs,
        )


class AgenciesView(NcmdScreen):
    template_name = "cdop_exports/ncmd/agencies.html"
    page_title = "Waiting for agencies"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(agencies=agencies_awaited(self.request.user), **kwargs)
