"""What has left: written once, never changed."""

from django.conf import settings
from django.db import models

from exports.formats import FORMATS
from forms.audit.lines import Line
from workflow.models.append_only import AppendOnly

OUTCOMES = [("finished", "Finished"), ("broken_off", "Broken off")]


class ExportLog(AppendOnly):
    """Somebody began to take a dataset out. Written before the first byte leaves."""

    dataset = models.CharField(max_length=80)
    format = models.CharField(max_length=10)
    identity = models.BooleanField("with identifying columns", default=False)
    packaged = models.BooleanField("with its description", default=False)
    why = models.CharField("reason", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    operator = models.CharField(max_length=150, blank=True, help_text="Log-in name at the server’s shell.")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "export"

    def __str__(self) -> str:
        return f"{self.dataset} as {self.format}"

    def audited(self) -> Line:
        what = "export.begun_with_identity" if self.identity else "export.begun"
        return Line(what, "dataset", self.dataset, self.by, via="" if self.by else "shell")

    @property
    def format_label(self) -> str:
        label = FORMATS[self.format].label if self.format in FORMATS else self.format
        return f"{label} in a package" if self.packaged else label

    @property
    def who(self) -> str:
        if self.by:
            return self.by.get_full_name() or self.by.get_username()
        return f"{self.operator} (at the server’s shell)"


class ExportEnd(AppendOnly):
    """How an export ended. One that has no end is still running, or the server was stopped in the middle of it."""

    export = models.OneToOneField(ExportLog, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    rows = models.PositiveBigIntegerField(help_text="How many rows had been written.")
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    checksum = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file, when it was finished.")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.rows} rows"

    def audited(self) -> Line:
        log = self.export
        return Line(f"export.{self.outcome}", "dataset", log.dataset, log.by, via="" if log.by else "shell")
