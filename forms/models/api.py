"""Other systems that use the API: who they are, what they sent, and what they did."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.audit.lines import Line
from forms.models.answers import Submission
from forms.models.append_only import AppendOnly
from forms.models.definition import Form
from forms.models.uploads import Upload

SCOPES = [
    ("read", "Read published forms"),
    ("submit", "Send answers"),
]
DAYS = 365


def in_a_year() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=DAYS)


class ApiClient(models.Model):
    """A system with a token. Only the token’s hash is kept: a token is 256 random bits, so it needs no salt."""

    name = models.CharField(max_length=100, unique=True, help_text="The system, and who runs it.")
    contact = models.EmailField(blank=True, help_text="Whom to write to about it.")
    scopes = models.JSONField(default=list, verbose_name="may")
    expires_at = models.DateTimeField(default=in_a_year, help_text="After this its token no longer works.")
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    token_ending = models.CharField(max_length=4, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "API client"
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~models.Q(token_hash=""), name="one_client_per_token"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scopes_in_words(self) -> str:
        return ", ".join(label for scope, label in SCOPES if scope in self.scopes)

    @property
    def standing(self) -> str:
        """What its token is worth just now, in words."""
        if self.revoked_at:
            return "Revoked"
        if not self.token_hash:
            return "No token yet"
        return "Expired" if self.expires_at <= timezone.now() else "Active"


class ApiSubmission(models.Model):
    """What a client sent under which Idempotency-Key, so that sending again gives the same receipt."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="submissions")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="A keyed hash of the body: it tells two bodies apart, no more.")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, null=True, related_name="sent_by_client")
    not_asked = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_submission_per_key")]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.submission_id}"


class ApiFile(models.Model):
    """A file that a client sent ahead of answers to a form: until they name it, or nobody did for too long."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="sent_ahead")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="files")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="A keyed hash of what was sent, as for a submission.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_file_per_key")]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.upload_id}"


class ApiUse(AppendOnly):
    """Something a client did or was refused, or something done to a client.

    `by` is a member of staff, empty for the client. `client` is empty where a refused request did not say who asked.
    `path` is the address with its variable parts unfilled.
    """

    DID = [
        ("submitted", "Sent answers"),
        ("sent_file", "Sent a file"),
        ("read", "Read"),
        ("refused", "Refused"),
        ("token_made", "Token made"),
        ("revoked", "Token revoked"),
    ]

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="uses")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    did = models.CharField(max_length=20, choices=DID)
    form = models.CharField(max_length=50, blank=True)
    reference = models.CharField(max_length=14, blank=True)
    method = models.CharField(max_length=10, blank=True)
    path = models.CharField(max_length=100, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.client_id} {self.did}"

    def audited(self) -> Line:
        about = ("answers", self.reference) if self.reference else ("address", self.path)
        return Line(
            f"api.{self.did}",
            *about,
            by=self.by,
            client=None if self.by else self.client,
            via="" if self.by or self.client else "anybody",
            refused=self.did == "refused",
        )
