"""What every move of a return, or of a research project, writes down."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.sealing import SealedTextField
from workflow.models.append_only import AppendOnly
from workflow.models.words import unsealed


class Moved(AppendOnly):
    """One move from a state to another, by whom, when and in which words. `by` is empty where the system moved."""

    transition = models.CharField(max_length=20)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_words = SealedTextField(blank=True)
    words = unsealed("sealed_words")

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
