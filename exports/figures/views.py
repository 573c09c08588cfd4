"""The figures, live: the list of them, one with its tables, and a table as a file."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.figures.asking import FigureForm
from exports.figures.drawn import DrawnTable, drawn
from exports.figures.files import csv_file
from exports.figures.permissions import user_can_read_figures, user_can_read_true_figures
from exports.figures.published import for_the_public
from exports.figures.registry import DECLARED, FIGURES
from exports.figures.settings import rule_in_force
from exports.figures.showing import Shown, shown
from exports.figures.tables import Figure
from forms.audit.lines import Line
from forms.audit.services import record


class FigureScreen(WagtailAdminTemplateMixin, TemplateView):
    """Those who may not read figures are refused before anything is counted."""

    header_icon = "decimal"
    page_title = "Figures"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_figures(request.user):
            raise PermissionDenied
        self.form = FigureForm(request.GET, true_figures=user_can_read_true_figures(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home, figures = reverse("wagtailadmin_home"), reverse("exports:figures")
        above = [{"url": home, "label": "Home"}, {"url": figures, "label": "Figures"}]
        titled = {"url": "", "label": self.get_page_title()}
        return [*above[: 1 if self.page_title == titled["label"] else 2], titled]

    @property
    def query(self) -> str:
        """What was chosen, to be kept from one figure to the next."""
        return self.request.GET.urlencode()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, query=self.query, **kwargs)


class FigureListView(FigureScreen):
    template_name = "cdop_exports/figures/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(figures=DECLARED, **kwargs)


def _seen(figure: Figure, form: FigureForm) -> Shown:
    """As whoever was chosen reads it. The form is valid."""
    asked, audience, rule = form.asked, form.audience_chosen, rule_in_force()
    result = figure.result(asked)
    if audience != "public":
        return shown(result, audience, rule)
    public, before = for_the_public(figure.number, result, asked, rule)
    return shown(public, audience, rule, before)


def _drawn(figure: Figure, seen: Shown) -> list[DrawnTable]:
    return [drawn(figure, table) for table in seen.tables]


class FiguresTogetherView(FigureScreen):
    """The dashboard: all twenty, one below the other."""

    template_name = "cdop_exports/figures/all.html"

    def get_page_title(self) -> str:
        return "All figures"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.form.asked if self.form.is_valid() else None
        every = [(figure, _seen(figure, self.form)) for figure in DECLARED] if asked else []
        figures = [(figure, seen, _drawn(figure, seen)) for figure, seen in every]
        return super().get_context_data(figures=figures, asked=asked, **kwargs)


class FigureView(FigureScreen):
    template_name = "cdop_exports/figures/figure.html"

    @property
    def figure(self) -> Figure:
        if figure := FIGURES.get(self.kwargs["number"]):
            return figure
        raise Http404

    def get_page_title(self) -> str:
        return f"{self.figure.number}. {self.figure.title}"

    def seen(self) -> Shown | None:
        """None while what was chosen makes no sense."""
        return _seen(self.figure, self.form) if self.form.is_valid() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = self.seen()
        tables = _drawn(self.figure, seen) if seen else []
        number = self.figure.number
        return super().get_context_data(
            figure=self.figure,
            seen=seen,
            tables=tables,
            asked=self.form.asked if seen else None,
            before=FIGURES.get(number - 1),
            after=FIGURES.get(number + 1),
            **kwargs,
        )


class FigureTableView(FigureView):
    """One table as a file. That it was taken is in the audit log."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen, place = self.seen(), self.kwargs["table"]
        if seen is None or not 1 <= place <= len(seen.tables):
            raise Http404
        audience = self.form.audience_chosen
        record(Line(f"figure.taken_{audience}", "figure", self.figure.number, cast(User, request.user)))
        asked = self.form.asked
        name = f"figure-{self.figure.number}-{place}-{asked.first}-{asked.last}-{audience}.csv"
        return csv_file(seen.tables[place - 1], name)
