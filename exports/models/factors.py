"""Factors of signed analyses, a row for each line."""

from django.db import models

from forms.sealing import SealedTextField, unseal
from workflow.models import Analysis
from workflow.models.append_only import AppendOnly


class FoundFactor(AppendOnly):
    """It counts while the analysis it stands in is the signed one of its case. `answers` identify nobody."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="found_factors")
    line = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    sealed = SealedTextField()

    class Meta:
        ordering = ["analysis", "line"]
        constraints = [models.UniqueConstraint(fields=["analysis", "line"], name="one_factor_on_a_line")]

    def __str__(self) -> str:
        return f"Factor {self.line} of {self.analysis_id}"

    def all_answers(self) -> dict[str, object]:
        return self.answers | unseal(self.sealed)

    def audited(self) -> None:
        """Signing the analysis is a line already."""
