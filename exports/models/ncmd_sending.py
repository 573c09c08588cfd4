"""What is on its way to the national database, or went there: kept, sealed, from before the first try."""

import base64
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exports.models.ncmd import NcmdReturn
from exports.ncmd.gateways import GATEWAYS, Outcome, Parcel
from exports.ncmd.states import ON_ITS_WAY, SENDING_LABELS, SendingState
from forms.sealing import SealedTextField, unseal

OUTCOMES = [(str(outcome), str(outcome).capitalize()) for outcome in Outcome]


class NcmdBatch(models.Model):
    """A file of many returns. What is in it does not change any more, so that its checksum holds."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file.")
    sealed = SealedTextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"ncmd-{self.pk:05d}"

    @property
    def content(self) -> bytes:
        return base64.b64decode(unseal(self.sealed))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be recorded what became of the file."""
        return self.sent_at is None and self.withdrawn_at is None

    @property
    def label(self) -> str:
        if self.withdrawn_at:
            return "Taken back"
        return "Sent" if self.sent_at else "Made, not sent"


class NcmdSending(models.Model):
    """One return as it is, or was, sent by one gateway: each time a new revision.

    While a worker carries it, `held_until` keeps others away; `next_try_at` is when it is tried again, or, once it
    is sent, when NCMD is asked what it makes of it.
    """

    ncmd_return = models.ForeignKey(NcmdReturn, on_delete=models.PROTECT, related_name="sendings")
    revision = models.PositiveSmallIntegerField()
    gateway = models.CharField(max_length=10, choices=[(name, each.label) for name, each in GATEWAYS.items()])
    batch = models.ForeignKey(NcmdBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="sendings")
    state = models.CharField(
        max_length=10,
        choices=[(str(state), label) for state, label in SENDING_LABELS.items()],
        default=str(SendingState.WAITING),
    )
    sealed = SealedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["gateway", "state", "next_try_at"], name="ncmd_sending_due")]
        constraints = [
            models.UniqueConstraint(fields=["ncmd_return", "revision"], name="one_sending_of_each_revision"),
            models.UniqueConstraint(
                fields=["ncmd_return"],
                condition=Q(state__in=sorted(map(str, ON_ITS_WAY))),
                name="one_sending_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ncmd_return}, revision {self.revision}"

    @property
    def content(self) -> dict[str, Any]:
        return unseal(self.sealed)

    @property
    def parcel(self) -> Parcel:
        return Parcel(**self.content)

    @property
    def key(self) -> str:
        """By which NCMD knows the same sending again. It names nobody."""
        one = self.ncmd_return
        return f"{one.case.reference}-{one.stage}-{self.revision}"
