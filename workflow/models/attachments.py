"""Files that staff put into a case. Nothing is written over or deleted; what should not be there is withdrawn."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.audit.lines import Line
from forms.models import Upload
from forms.sealing import SealedTextField
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.words import unsealed

DRAFT_ANALYSIS, PMRT_REPORT, MORTALITY_RECORD = "draft_analysis", "pmrt_report", "mortality_record"
ATTACHMENT_KINDS = [
    ("letter", "Letter or email"),
    ("minutes", "Minutes"),
    (DRAFT_ANALYSIS, "Draft analysis form, filled in elsewhere"),
    (PMRT_REPORT, "Report of a perinatal mortality review (PMRT)"),
    (MORTALITY_RECORD, "Record of a hospital mortality and morbidity meeting"),
    ("post_mortem", "Post-mortem or toxicology report"),
    ("inquest", "Record or finding of an inquest"),
    ("investigation", "Report of another investigation"),
    ("other", "Another document"),
]


class Attachment(AppendOnly):
    """One file, what it is and when it was written."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="attachment")
    kind = models.CharField(max_length=30, choices=ATTACHMENT_KINDS)
    sealed_description = SealedTextField(blank=True)
    description = unsealed("sealed_description")
    dated_on = models.DateField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-dated_on", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def audited(self) -> Line:
        return Line("case.attached", "case", self.case.reference, self.filed_by)


class AttachmentWithdrawal(AppendOnly):
    """Why a file counts no more: from then on nobody opens it."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="withdrawal")
    sealed_reason = SealedTextField()
    reason = unsealed("sealed_reason")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.attachment} withdrawn"

    def audited(self) -> Line:
        return Line("case.attachment_withdrawn", "case", self.attachment.case.reference, self.by)
