"""The anonymised pack that a panel reads, passage by passage, and who opened it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forms.audit.lines import Line
from forms.models import Submission
from forms.sealing import SealedTextField, unseal
from workflow.models.append_only import WrittenBy
from workflow.models.case import Case
from workflow.models.words import unsealed


class Pack(models.Model):
    """One of a case’s packs. The state is only ever changed by `packs.services`; a finished pack is never changed."""

    class State(models.TextChoices):
        PREPARING = "preparing", "Being prepared"
        FINISHED = "finished", "Ready to read"
        REPLACED = "replaced", "Replaced by a newer one"
        WITHDRAWN = "withdrawn", "Withdrawn"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARING, db_index=True)
    sealed_heading = SealedTextField()
    as_pdf = models.BooleanField(default=False, help_text="Those who may read it may also take it away as a PDF.")
    submissions = models.JSONField(default=list, help_text="Those whose answers were in the record when it was made.")
    newest_agreed = models.PositiveBigIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="pack_number_of_a_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="finished"), name="one_finished_pack_of_a_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="preparing"), name="one_pack_being_prepared"),
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "replaced", "withdrawn"])
                | Q(finished_by__isnull=False, finished_at__isnull=False),
                name="somebody_finished_a_pack",
            ),
        ]

    def __str__(self) -> str:
        return f"Pack {self.number}"

    @property
    def heading(self) -> dict[str, Any]:
        """age, sex: who the child was, as far as a panel is told."""
        return unseal(self.sealed_heading)


class PackPassage(models.Model):
    """One answer in a pack. One in a person’s own words goes in only when somebody has confirmed it."""

    class Decision(models.TextChoices):
        CODED = "coded", "Goes in as it is"
        OPEN = "open", "Not looked at yet"
        CONFIRMED = "confirmed", "Confirmed"
        LEFT_OUT = "left_out", "Left out"

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="passages")
    place = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=300)
    label = models.CharField(max_length=700)
    source = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=200)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sealed_original = SealedTextField()
    sealed_shown = SealedTextField()
    decision = models.CharField(max_length=12, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "place"], name="place_of_a_passage"),
            models.CheckConstraint(
                condition=Q(decision__in=["coded", "open"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="somebody_decided_on_a_passage",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    original = unsealed("sealed_original")
    shown = unsealed("sealed_shown")

    @property
    def is_open(self) -> bool:
        return self.decision == self.Decision.OPEN

    @property
    def goes_in(self) -> bool:
        return self.decision in (self.Decision.CODED, self.Decision.CONFIRMED)


class PackOpening(WrittenBy):
    """Somebody read a pack."""

    class How(models.TextChoices):
        SCREEN = "screen", "On screen"
        PDF = "pdf", "As a PDF"

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="openings")
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pack_id} by {self.by_id}"

    def audited(self) -> Line:
        return Line(f"pack.{self.how}", "case", self.pack.case.reference, self.by)
