"""The family of a child: who supports them, what they were told, what they ask and say, and what they were answered."""

from typing import Any

from django.db import models

from forms.audit.lines import Line
from forms.sealing import SealedTextField, unseal
from workflow.models.append_only import WrittenBy
from workflow.models.case import Case
from workflow.models.meetings import AgendaItem
from workflow.models.words import unsealed

WORDS_KINDS = [("question", "Question"), ("view", "View")]


class Family(models.Model):
    """What counts now for the family of one case; what counted before stays in the case's story. Names are sealed."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="family")
    sealed_key_worker = SealedTextField(blank=True)
    told_on = models.DateField(null=True, blank=True)
    guide_on = models.DateField(null=True, blank=True)
    no_contact = models.BooleanField(default=False)
    interpreter = models.BooleanField(default=False)
    sealed_language = SealedTextField(blank=True)
    language = unsealed("sealed_language")
    sealed_wishes = SealedTextField(blank=True)
    wishes = unsealed("sealed_wishes")
    revision = models.PositiveIntegerField(default=0, help_text="Grows with each change, so that a stale screen loses.")

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return f"Family of {self.case_id}"

    @property
    def key_worker(self) -> dict[str, str]:
        """name, role, contact; empty while nobody is named."""
        return unseal(self.sealed_key_worker) if self.sealed_key_worker else {}


class FamilyWords(WrittenBy):
    """A question that a family asks, or what they want the review to know, in their own words."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_words")
    kind = models.CharField(max_length=10, choices=WORDS_KINDS)
    sealed_text = SealedTextField()
    text = unsealed("sealed_text")
    sealed_given_by = SealedTextField(help_text="who: in which relation to the child; name.")
    given_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def audited(self) -> Line:
        return Line("family.said", "case", self.case.reference, self.by)

    @property
    def given_by(self) -> dict[str, Any]:
        """who, in which relation to the child, and name."""
        return unseal(self.sealed_given_by) if self.sealed_given_by else {}


class FamilyBrought(WrittenBy):
    """What a family asked or said was before a meeting."""

    words = models.ForeignKey(FamilyWords, on_delete=models.PROTECT, related_name="brought")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="family_words")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["words", "item"], name="family_words_once_before_a_meeting")]

    def __str__(self) -> str:
        return f"{self.words_id} at {self.item_id}"

    def audited(self) -> Line:
        return Line("family.brought", "case", self.item.case.reference, self.by)


class FamilyAnswer(WrittenBy):
    """What is answered to a question or view. Several may follow each other."""

    words = models.ForeignKey(FamilyWords, on_delete=models.PROTECT, related_name="answers")
    sealed_text = SealedTextField()
    text = unsealed("sealed_text")
    answered_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Answer to {self.words_id}"

    def audited(self) -> Line:
        return Line("family.answered", "case", self.words.case.reference, self.by)


class FamilyFeedback(WrittenBy):
    """What the family was told of the review: when, by whom and what."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_feedback")
    given_on = models.DateField()
    sealed_given_by = SealedTextField()
    given_by = unsealed("sealed_given_by")
    sealed_text = SealedTextField()
    text = unsealed("sealed_text")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Feedback on {self.case_id}"

    def audited(self) -> Line:
        return Line("family.feedback", "case", self.case.reference, self.by)
