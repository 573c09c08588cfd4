"""What staff are asked to do about a case."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.sealing import SealedTextField
from workflow.models.case import Case
from workflow.models.words import unsealed


class Task(models.Model):
    """`what` may name people, so it is sealed. Without a day it is a word to be read; without a person, anybody’s."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    sealed_what = SealedTextField()
    what = unsealed("sealed_what")
    due_on = models.DateField(null=True, blank=True)
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(done_at=None), name="tasks_to_do")]

    def __str__(self) -> str:
        return f"Task {self.pk} of {self.case_id}"
