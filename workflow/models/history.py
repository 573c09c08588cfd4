"""What happened to a case: written once, never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.audit.lines import Line
from forms.models import Submission, Upload
from forms.sealing import SealedTextField
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.words import unsealed

KINDS = [
    ("received", "Received"),
    ("moved", "Moved"),
    ("decided", "Decision"),
    ("held", "Hold"),
    ("noted", "Note"),
    ("contact", "Correspondence"),
    ("warned", "Warning"),
    ("asked", "Request"),
    ("action", "Action"),
    ("analysis", "Analysis"),
    ("filed", "File"),
    ("erased", "Erased"),
]
# How something was said to us or by us, where it was not by a form.
CONTACTS = [("phone", "Phone call"), ("letter", "Letter"), ("email", "Email"), ("talk", "Conversation")]


class StateChange(AppendOnly):
    """One move: from where, to where, by whom, when and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="state_changes")
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_reason = SealedTextField(blank=True)
    reason = unsealed("sealed_reason")
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def audited(self) -> Line:
        return Line(f"case.move.{self.transition}", "case", self.case.reference, self.by)


class TimelineEntry(AppendOnly):
    """One line of the case's story, for people to read. `text` names nobody; `words` are what a person wrote."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    text = models.TextField()
    sealed_words = SealedTextField(blank=True)
    words = unsealed("sealed_words")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text

    def audited(self) -> Line | None:
        told_by_the_move = self.kind == "moved"
        return None if told_by_the_move else Line(f"case.{self.kind}", "case", self.case.reference, self.by)


class CaseFact(AppendOnly):
    """Something a person recorded about a case. The newest of a name counts; the older ones stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recorded_facts")
    name = models.CharField(max_length=60)
    value = models.JSONField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def audited(self) -> Line:
        return Line(f"case.fact.{self.name}", "case", self.case.reference, self.recorded_by)


class CaseView(AppendOnly):
    """Somebody opened a case, or answers that are about none (`submission`), or downloaded a file of them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="views")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    with_identity = models.BooleanField()
    file = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=True) ^ models.Q(submission__isnull=True), name="a_view_is_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id or self.submission_id} by {self.by_id}"

    def audited(self) -> None:
        """This is one line an hour; the audit log has every time (`services.telling`)."""
