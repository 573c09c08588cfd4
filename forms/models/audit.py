"""The audit log: who, what, about what and with which outcome; never a name, an answer or a word that was typed."""

from django.conf import settings
from django.db import models

from forms.audit import chain
from forms.models.append_only import AppendOnly

VIA = [
    ("staff", "A member of staff"),
    ("client", "Another system"),
    ("link", "Somebody with a link"),
    ("shell", "An operator at the server"),
    ("anybody", "Somebody who was not logged in"),
    ("system", "The product itself"),
]
OUTCOMES = [("done", "Done"), ("refused", "Refused")]


class AuditEntry(AppendOnly):
    """One thing that somebody did, looked at or was refused, signed as it was written.

    Who did it is kept as a number without a constraint: an account may go, what it did stays.
    """

    at = models.DateTimeField(db_index=True)
    via = models.CharField(max_length=10, choices=VIA)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="+"
    )
    client = models.ForeignKey(
        "cdop_forms.ApiClient", models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="+"
    )
    role = models.CharField(max_length=300, blank=True, help_text="The roles that the person had at that moment.")
    what = models.CharField(max_length=100, db_index=True)
    about_type = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=200, blank=True, db_index=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, default="done", db_index=True)
    mark = models.CharField(max_length=32, help_text="Random, so that no two entries are alike.")
    signature = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "entry of the audit log"
        verbose_name_plural = "entries of the audit log"

    def __str__(self) -> str:
        return f"{self.what} {self.about}".strip()

    def audited(self) -> None:
        """It is the log itself."""

    def parts(self) -> list[object]:
        """What the signature is of, in an order that never changes."""
        who = [self.at, self.via, self.by_id, self.client_id, self.role]
        return [self.mark, *who, self.what, self.about_type, self.about, self.outcome]

    def sign(self) -> None:
        self.signature = chain.signed(settings.AUDIT_KEYS[0], "entry", self.parts())

    @property
    def is_whole(self) -> bool:
        return chain.is_signed(settings.AUDIT_KEYS, "entry", self.parts(), self.signature)


class AuditLink(AppendOnly):
    """The place of an entry in the chain: numbered without a gap, each holding on to the one before."""

    position = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"

    def audited(self) -> None:
        """It is the log itself."""

    def parts(self, before: str) -> list[object]:
        return [before, self.position, self.entry_id, self.entry.signature]

    def fasten(self, before: str) -> None:
        """Hold on to the link whose hash is `before`."""
        self.hash = chain.signed(settings.AUDIT_KEYS[0], "link", self.parts(before))

    def holds(self, before: str) -> bool:
        return chain.is_signed(settings.AUDIT_KEYS, "link", self.parts(before), self.hash)
