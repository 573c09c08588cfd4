"""Files that belong to a draft, and then to the submission it became."""

import uuid
from typing import Any

from django.db import models

from forms.models.answers import Draft, Submission
from forms.sealing import SealedTextField, unseal
from forms.uploads.types import PICTURES, TYPES

SCANS = [
    ("waiting", "Not yet scanned"),
    ("clean", "Scanned, nothing found"),
    ("harmful", "Harmful: cannot be opened"),
]

HELD_BACK = {"waiting": "not scanned yet", "harmful": "held back: the scanner found something"}


class Upload(models.Model):
    """One file. Its name, which often names a person, and its key are sealed; its content is encrypted elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads")
    question = models.CharField(max_length=60)
    sealed = SealedTextField()
    stored_as = models.CharField(max_length=100, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=SCANS, default="waiting", db_index=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        return self.details["name"]

    @property
    def type_label(self) -> str:
        return TYPES[self.content_type].words

    @property
    def is_clean(self) -> bool:
        return self.scan == "clean"

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURES

    @property
    def held_back(self) -> str:
        """Why nobody may open it, in words; empty for a file that was scanned and found clean."""
        return "" if self.is_clean else HELD_BACK[self.scan]

    @property
    def details(self) -> dict[str, Any]:
        """name (as the sender called it) and key (of the stored file)."""
        return unseal(self.sealed)
