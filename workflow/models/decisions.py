"""Decisions at triage, and what makes a case wait."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forms.audit.lines import Line
from forms.sealing import SealedTextField
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.words import unsealed

SCOPE_REASONS = [
    ("stillbirth_attended", "Stillbirth attended by a health professional"),
    ("stillbirth_confirmed", "Unattended stillbirth, since confirmed as stillbirth"),
    ("late_fetal_loss", "Late fetal loss, with no sign of life"),
    ("termination", "Live birth after a lawful planned termination"),
    ("adult", "Aged 18 or over"),
    ("not_resident", "Not normally resident here, and not reviewed by agreement"),
]
JAR_CRITERIA = [
    ("external_causes", "The death is, or could be, due to external causes"),
    ("sudden_no_cause", "Sudden with no immediately apparent cause"),
    ("custody_or_detained", "In custody or detained under the Mental Health Act"),
    ("suspicion_not_natural", "First circumstances raise a suspicion that it may not be natural"),
    ("unattended_stillbirth", "Stillbirth with no healthcare professional present"),
]
HOLD_KINDS = [
    ("coroner", "Coroner’s investigation or inquest"),
    ("criminal", "Criminal investigation or proceedings"),
    ("cspr", "Safeguarding rapid review or practice review"),
    ("pmrt", "Perinatal mortality review (PMRT)"),
    ("mnsi", "MNSI investigation"),
    ("patient_safety", "Patient safety incident response"),
    ("ledr", "LeDeR"),
    ("post_mortem", "Post-mortem or toxicology awaited"),
    ("domestic_homicide", "Domestic abuse related death review"),
    ("mental_health_homicide", "Mental health homicide review"),
    ("custody", "Investigation of a death in prison or police custody (PPO, IOPC)"),
    ("safety_investigation", "Safety investigation (HSE, RAIB)"),
    ("other", "Another process"),
]
BLOCKABLE = [("cdrm", "CDRM"), ("panel", "Panel"), ("finalise", "Finalising")]


class ScopeDecision(AppendOnly):
    """Whether the death is reviewed. Out of scope counts only once a second person confirms it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scope_decisions")
    in_scope = models.BooleanField()
    reason_code = models.CharField(max_length=30, choices=SCOPE_REASONS, blank=True)
    sealed_note = SealedTextField(blank=True)
    note = unsealed("sealed_note")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirms = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="confirmed")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "In scope" if self.in_scope else f"Out of scope: {self.get_reason_code_display()}"

    def audited(self) -> Line:
        return Line("case.scope", "case", self.case.reference, self.decided_by)


class JarDecision(AppendOnly):
    """Whether a Joint Agency Response is needed, by which criteria, and why if they were overridden."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="jar_decisions")
    required = models.CharField(max_length=10, choices=[("yes", "Yes"), ("no", "No"), ("pending", "Not yet decided")])
    criteria = models.JSONField(default=list, blank=True)
    sealed_override_reason = SealedTextField(blank=True)
    override_reason = unsealed("sealed_override_reason")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decider_role = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_required_display()

    def audited(self) -> Line:
        return Line("case.jar", "case", self.case.reference, self.decided_by)


class Hold(models.Model):
    """A parallel process that makes some later stage wait. It never stops information gathering or safeguarding."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=30, choices=HOLD_KINDS)
    blocks = models.JSONField(default=list, help_text="Any of cdrm, panel, finalise; none for information only.")
    sealed_reason = SealedTextField(blank=True)
    reason = unsealed("sealed_reason")
    started_on = models.DateField()
    expected_end = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="hold_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def stages(self) -> str:
        """What waits, in words; empty when nothing does."""
        waiting = ", ".join(label for code, label in BLOCKABLE if code in self.blocks)
        return f"Waits: {waiting}" if waiting else ""
