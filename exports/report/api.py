"""Annual reports over the API: what is public of those that are published."""

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from ninja import Path, Router
from pydantic import BaseModel

from exports.models import AnnualReportPage, FrozenFigure
from forms.api.audit import audited
from forms.api.problems import documented
from forms.api.router import OPEN, READ

router = Router(tags=["Annual reports"])
router.add_decorator(audited, mode="view")
Year = Annotated[int, Path(ge=2000, le=9999, description="In which the report year begins.")]
Number = Annotated[int, Path(ge=1, le=99, description="Of the figure.")]
Which = Annotated[int, Path(ge=1, le=99, description="Of the tables of the figure, counted from 1.")]


class ReportFigure(BaseModel):
    """`charts` are the numbers of the tables that are drawn."""

    number: int
    title: str
    meaning: str
    years: str
    charts: list[int]


class ReportOut(BaseModel):
    year: int
    title: str
    url: str
    extract: str
    figures: list[ReportFigure]


class ReportList(BaseModel):
    items: list[ReportOut]
    count: int


def _published() -> Any:
    live = AnnualReportPage.objects.live().public().exclude(freeze=None)
    return live.select_related("freeze").order_by("-report_year", "-pk")


@router.get(
    "/reports", auth=READ, response=ReportList, summary="Published annual reports", openapi_extra=OPEN | {
        "responses": documented(401, 403, 429)
    },
)  # fmt: skip
def list_reports(request: HttpRequest) -> ReportList:
    """Each with its public figures, the newest first."""
    items = [_told(page) for page in _published()]
    return ReportList(items=items, count=len(items))


def _told(page: AnnualReportPage) -> ReportOut:
    figures = [figure for figure in page.frozen().values() if figure.audience == "public"]
    *_, path = page.get_url_parts() or ("",)
    return ReportOut(
        year=page.report_year, title=page.title, url=f"{settings.WAGTAILADMIN_BASE_URL}{path}",
        extract=str(page.freeze and page.freeze.extract),
        figures=[
            ReportFigure(
                number=figure.number, title=figure.title, meaning=figure.meaning, years=figure.years,
                charts=[place for place, picture in enumerate(figure.pictures, 1) if picture],
            )
            for figure in figures
        ],
    )  # fmt: skip


@router.get(
    "/reports/{year}/figures/{number}/charts/{table}", auth=READ, summary="A figure as Vega-Lite",
    openapi_extra=OPEN | {
        "responses": documented(401, 403, 404, 422, 429)
        | {200: {"content": {"application/json": {"schema": {"type": "object", "title": "Vega-Lite"}}}}}
    },
)  # fmt: skip
def chart(request: HttpRequest, year: Year, number: Number, table: Which) -> JsonResponse:
    """The specification of a chart as it stands in the published report, with its data inside."""
    for page in _published().filter(report_year=year):
        found = FrozenFigure.objects.filter(freeze=page.freeze_id, audience="public", number=number).first()
        if found and (picture := found.picture(table)):
            return JsonResponse(picture["spec"])
    raise Http404
