"""What was learned from a death, kept apart from the case so that it can be found across all of them."""

from django.db import models

from workflow.models.analyses import Analysis
from workflow.models.append_only import AppendOnly

KINDS = [("learned", "Learning point"), ("good", "Good practice")]


class LearningPoint(AppendOnly):
    """One thing a panel learned. It counts while the analysis it stands in is the signed one of its case."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="learning")
    kind = models.CharField(max_length=10, choices=KINDS)
    text = models.TextField()
    category = models.CharField(max_length=80, blank=True, help_text="Code of the category of death.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text

    def audited(self) -> None:
        """Signing the analysis is a line already."""
