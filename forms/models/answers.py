"""What people have answered: unfinished (Draft) and sent (Submission)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info

from forms.models.definition import FormVersion, definition_of
from forms.models.translations import definition_in
from forms.schema import Answers, FormSchema
from forms.sealing import SealedTextField, seal, unseal

SOURCES = [
    ("web", "Web form"),
    ("cascade_mbrrace", "MBRRACE-UK cascade"),
    ("registrar", "Registrar"),
    ("coroner", "Coroner"),
    ("other_cdop", "Another CDOP"),
    ("phone", "Phone"),
    ("api", "Another system"),
]


class Submission(models.Model):
    """Answers as they were sent, to the version that asked. `answers` identify nobody; the rest is sealed."""

    reference = models.CharField(max_length=14, unique=True)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="submissions")
    submitted_at = models.DateTimeField(default=timezone.now, db_index=True)
    source = models.CharField(max_length=20, choices=SOURCES, default="web")
    language = models.CharField(max_length=10, blank=True, help_text="In which the form was read; empty for English.")
    answers = models.JSONField(default=dict)
    sealed = SealedTextField()

    class Meta:
        ordering = ["-submitted_at"]

    def __str__(self) -> str:
        return self.reference

    @property
    def definition(self) -> FormSchema:
        return definition_of(self.version_id)

    def get_language_display(self) -> str:
        """The language in English, for instance "Polish"; empty for English."""
        return str(get_language_info(self.language)["name"]) if self.language else ""

    def sealed_answers(self) -> Answers:
        """The answers that identify someone, by question key."""
        return unseal(self.sealed)

    def all_answers(self) -> Answers:
        return self.answers | self.sealed_answers()


class Draft(models.Model):
    """Answers on their way. Becomes one submission at most; what was answered is then forgotten here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="drafts")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=20, choices=SOURCES, default="web")
    fixed = models.JSONField(default=list, help_text="Keys of answers that were known before and may not be changed.")
    language = models.CharField(max_length=10, blank=True, help_text="In which the form is read; empty for English.")
    sealed = SealedTextField()
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)
    warned_at = models.DateTimeField(null=True, blank=True, help_text="When we last wrote that it will be deleted.")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="draft")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def definition(self) -> FormSchema:
        return definition_of(self.version_id)

    @property
    def in_its_language(self) -> FormSchema:
        return definition_in(self.version_id, self.language)

    @property
    def answers(self) -> Answers:
        return unseal(self.sealed) if self.sealed else {}

    @answers.setter
    def answers(self, answers: Answers) -> None:
        self.sealed = seal(answers)
