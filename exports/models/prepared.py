"""Files that are made in the background, and kept encrypted until they are fetched."""

from django.db import models
from django.utils import timezone

from exports.models.log import ExportLog
from exports.prepared.states import LABELS, OPEN, PreparedState
from forms.sealing import SealedTextField


class PreparedExport(models.Model):
    """One export on its way to whoever asked for it. What was asked, by whom and why is in its log entry.

    Its state is only ever changed by `prepared.services`.
    """

    log = models.OneToOneField(ExportLog, on_delete=models.PROTECT, related_name="prepared")
    bom = models.BooleanField(default=False)
    version = models.CharField(max_length=12, help_text="Of the columns it was begun with.")
    state = models.CharField(
        max_length=20, choices=[(str(s), LABELS[s]) for s in PreparedState], default=str(PreparedState.WAITING)
    )
    rows = models.PositiveBigIntegerField(default=0, help_text="How many there were when it was asked for.")
    made = models.PositiveBigIntegerField(default=0, help_text="How many have been written.")
    stored_keys_as = models.CharField(max_length=100, blank=True, help_text="The file with the keys of its rows.")
    sealed_keys_key = SealedTextField(blank=True)
    holder = models.CharField(max_length=32, blank=True, help_text="The process at work on it.")
    held_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="That brought it no further.")
    problem = models.CharField(max_length=300, blank=True, help_text="Why it could not be made.")
    expires_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.log}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_held(self) -> bool:
        """Whether a process is at work on it, or somebody is fetching it."""
        return self.held_until is not None and self.held_until > timezone.now()


class PreparedPart(models.Model):
    """So many bytes of the file, encrypted. `upto` is how many keys it reaches; of a finished file, none."""

    prepared = models.ForeignKey(PreparedExport, on_delete=models.CASCADE, related_name="parts")
    finished = models.BooleanField(help_text="It is a part of the file as it leaves, and not of its data alone.")
    number = models.PositiveIntegerField()
    upto = models.PositiveBigIntegerField(default=0)
    stored_as = models.CharField(max_length=100)
    sealed_key = SealedTextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["prepared", "finished", "number"], name="one_part_at_a_place")]

    def __str__(self) -> str:
        return f"Part {self.number} of {self.prepared_id}"
