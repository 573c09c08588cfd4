"""The annual report: a page, and the figures that were frozen for it."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, Revision, Workflow
from wagtail.search import index

from content.models import BasePage
from exports.figures.files import csv_file, pdf_file
from exports.figures.showing import AUDIENCES, Shown
from exports.figures.years import EARLIEST, ReportYear
from exports.report.blocks import ReportBody, last_year
from exports.report.forms import ReportForm
from exports.report.guard import NotReady, check_ready, log
from forms.audit.lines import Line
from workflow.models.append_only import AppendOnly, WrittenBy

APPROVAL = "Approval of an annual report"


class Freeze(WrittenBy):
    """The figures of a report as they were on one day. A report that was published keeps its own for ever."""

    report = models.ForeignKey(Page, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    extract = models.DateField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Figures of report {self.report_id}, {self.extract}"

    def audited(self) -> Line:
        return Line("report.frozen", "report", self.report_id, self.by)


class FrozenFigure(AppendOnly):
    """One figure block.

    `shown` is what its audience reads, `partners` the same figure with true numbers, `counts` what differences are
    found by, `basis` what `shown` was worked out from where that is not what was known (`figures/republishing.py`).
    `pictures` are of `shown`, one for each table: {spec, svg, words}, or null where there is nothing to draw.
    """

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="figures")
    block = models.CharField(max_length=36)
    number = models.PositiveSmallIntegerField()
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=AUDIENCES)
    title = models.CharField(max_length=120)
    meaning = models.TextField()
    years = models.CharField(max_length=40)
    shown = models.JSONField()
    counts = models.JSONField()
    partners = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)
    pictures = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["freeze", "block"], name="a_block_is_frozen_once")]

    def __str__(self) -> str:
        return self.title

    def audited(self) -> None:
        """The freeze is a line."""

    @property
    def reading(self) -> Shown:
        return Shown.read(self.shown)

    @property
    def reading_of_partners(self) -> Shown:
        return Shown.read(self.partners or self.shown)

    @property
    def reading_of_basis(self) -> Shown:
        return Shown.read(self.basis) if self.basis else self.reading_of_partners

    def picture(self, table: int) -> dict[str, Any] | None:
        """Of a table, counted from 1."""
        return self.pictures[table - 1] if 1 <= table <= len(self.pictures) else None


class ReportPdf(models.Model):
    """The report as it was last published, for the public, as a tagged PDF."""

    report = models.OneToOneField("AnnualReportPage", on_delete=models.CASCADE, related_name="pdf")
    made_at = models.DateTimeField(auto_now=True)
    size = models.PositiveIntegerField(help_text="In bytes.")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"PDF of report {self.report_id}"


class ReportPermissions(PagePermissionTester):
    """Only who signs off for the panel publishes a report: others submit it for approval."""

    def can_publish(self) -> bool:
        return bool(self.user.is_active and self.user.has_perm("cdop_workflow.sign_off_case"))


class AnnualReportPage(RoutablePageMixin, BasePage):
    """Narrative by editors, figures frozen on one day, published by approval alone."""

    report_year = models.PositiveSmallIntegerField(
        "report year begins in",
        default=last_year,
        validators=[MinValueValidator(EARLIEST)],
        help_text="2025 is April 2025 to March 2026.",
    )
    body = StreamField(ReportBody(), blank=True)
    freeze = models.ForeignKey(
        Freeze, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    content_panels = [
        *Page.content_panels,
        HelpPanel(
            "Write “children who died”, never “cases”. Figures are counted when you freeze them: Exports → Annual "
            "reports. The report is submitted for approval once the checklist there is complete."
        ),
        FieldPanel("report_year"),
        FieldPanel("summary"),
        FieldPanel("body"),
        BasePage.review_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    base_form_class = ReportForm
    exclude_fields_in_copy = ["freeze"]
    template = "cdop_exports/report/page.html"

    class Meta:
        verbose_name = "annual report"

    def permissions_for_user(self, user: Any) -> ReportPermissions:
        return ReportPermissions(user, self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.live and "update_fields" not in kwargs:
            check_ready(self)
        return super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        try:
            check_ready(revision.as_object())
        except NotReady:
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            # Nobody reads this, and other pages wait behind it: it is no longer due, and stays a draft.
            self.revisions.update(approved_go_live_at=None)
            log.exception("Annual report %s was due but is not ready; it was not published.", self.pk)
            return None
        from exports.report.services import keep_pdf

        published = super().publish(revision, *args, **kwargs)
        keep_pdf(AnnualReportPage.objects.get(pk=self.pk))
        return published

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        return Workflow.objects.filter(name=APPROVAL, active=True).first()

    @property
    def year(self) -> ReportYear:
        return ReportYear(self.report_year)

    def frozen(self) -> dict[str, FrozenFigure]:
        """By block, what was frozen for this version of the page."""
        return {each.block: each for each in FrozenFigure.objects.filter(freeze=self.freeze_id)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from exports.report.presenters import parts_of

        pdf = ReportPdf.objects.filter(report=self.pk).defer("data").first() if self.live else None
        return super().get_context(request, *args, **kwargs) | {"parts": parts_of(self), "pdf": pdf}

    @path("pdf/", name="pdf")
    def as_pdf(self, request: HttpRequest) -> HttpResponse:
        """The whole report, as it was last published."""
        found = ReportPdf.objects.filter(report=self.pk).first()
        if not found or not self.live:
            raise Http404
        return pdf_file(bytes(found.data), f"annual-report-{self.report_year}.pdf")

    def _public(self, figure: int) -> FrozenFigure | None:
        return FrozenFigure.objects.filter(freeze=self.freeze_id, audience="public", pk=figure).first()

    @path("tables/<int:figure>-<int:table>/", name="table")
    def table(self, request: HttpRequest, figure: int, table: int) -> HttpResponse:
        """A table that the public reads on the page, as a file."""
        found = self._public(figure)
        tables = found.reading.tables if found else ()
        if not found or not 1 <= table <= len(tables):
            raise Http404
        return csv_file(tables[table - 1], f"annual-report-{self.report_year}-figure-{found.number}-{table}.csv")
