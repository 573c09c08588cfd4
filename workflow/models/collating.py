"""What was agreed of what agencies said."""

from typing import Any

from django.db import models

from forms.audit.lines import Line
from forms.models import Submission
from forms.sealing import SealedTextField, unseal
from workflow.models.append_only import WrittenBy
from workflow.models.case import Case


class AgreedValue(WrittenBy):
    """The value a person settled on for a data item, and why. The newest counts; the older ones stay.

    `seen` are the submissions whose answers were on the screen; `submission` the one whose answer was taken, if any.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreed_values")
    item = models.CharField(max_length=130)
    identifies = models.BooleanField()
    sealed = SealedTextField()
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seen = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "item"], name="agreed_value_of_item")]

    def __str__(self) -> str:
        return self.item

    def audited(self) -> Line:
        return Line("record.agreed", "case", self.case.reference, self.by)

    @property
    def details(self) -> dict[str, Any]:
        """value, reason; nothing once they were erased."""
        return unseal(self.sealed) if self.sealed else {}
