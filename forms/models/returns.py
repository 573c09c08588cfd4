"""How a person comes back to answers they saved."""

from typing import Any

from django.db import models
from django.utils import timezone

from forms.models.answers import Draft
from forms.sealing import SealedTextField, unseal


class ReturnPass(models.Model):
    """A link that was e-mailed, and a short code that was shown once. Neither is of use without the other."""

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="return_pass")
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token in the link.")
    code_hash = models.CharField(max_length=200)
    sealed = SealedTextField()
    made_at = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "link to an unfinished form"
        verbose_name_plural = "links to unfinished forms"

    def __str__(self) -> str:
        return f"Return to {self.draft_id}"

    @property
    def details(self) -> dict[str, Any]:
        """email (where the link went) and token (what the link holds), for the reminder before the end."""
        return unseal(self.sealed)

    @property
    def whose(self) -> str:
        """Where the link went, as far as a colleague needs to know it again: "n…@invented.example"."""
        name, _, host = self.details["email"].partition("@")
        return f"{name[:1]}…@{host}"

    @property
    def locked(self) -> bool:
        return self.locked_until is not None and self.locked_until > timezone.now()
