"""How complete and how timely the returns are, with the trend."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from exports.figures.settings import rule_in_force
from exports.models import NcmdFigure
from exports.ncmd.indicators.figures import SPANS, YEAR
from exports.ncmd.indicators.presenters import AUDIENCES, PARTNERS, PUBLIC, report
from exports.ncmd.indicators.selectors import changed_since
from exports.ncmd.indicators.services import work_out
from exports.ncmd.views.listing import NcmdScreen


class IndicatorsView(NcmdScreen):
    template_name = "cdop_exports/ncmd/indicators.html"
    page_title = "NCMD indicators"
    header_icon = "tasks"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        work_out(cast(User, request.user))
        messages.success(request, "Worked out anew.")
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        span, audience = self.request.GET.get("by", YEAR), self.request.GET.get("for", PARTNERS)
        span, audience = span if span in SPANS else YEAR, audience if audience in AUDIENCES else PARTNERS
        figures = list(NcmdFigure.objects.all())
        worked_out_at = max((each.worked_out_at for each in figures), default=None)
        return super().get_context_data(
            report=report(figures, span, audience, rule_in_force()),
            worked_out_at=worked_out_at,
            stale=bool(worked_out_at and changed_since(worked_out_at)),
            choices=[(YEAR, PARTNERS, "Years"), ("quarter", PARTNERS, "Quarters"), (YEAR, PUBLIC, "For the public")],
            chosen=(YEAR if audience == PUBLIC else span, audience),
            public=audience == PUBLIC,
            **kwargs,
        )
