"""Analyses of a death: each version as it was sent, who signed it, and what was taken over from it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField

from forms.audit.lines import Line
from forms.models import Draft, Submission
from forms.schema import Answers
from forms.sealing import SealedTextField
from workflow.analyses.states import BY_NAME, LABELS, SHORT, STAGES, TO_SIGN, AnalysisState, Stage
from workflow.models.actions import Action
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.meetings import AgendaItem
from workflow.models.moving import transition_of
from workflow.models.words import unsealed


class Analysis(ConcurrentTransitionMixin, models.Model):
    """One version. What it says is its submission; the state is only ever changed by `analyses.services.move`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="analyses")
    stage = models.CharField(max_length=10, choices=STAGES)
    number = models.PositiveSmallIntegerField()
    state = FSMField(
        default=str(AnalysisState.BEGUN),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    draft = models.OneToOneField(Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="analysis")
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="analysis"
    )
    begun_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="analyses", verbose_name="at a panel"
    )
    names_child = models.BooleanField(default=False, help_text="The child is named: only who may know it reads this.")
    sealed_reason = SealedTextField(blank=True)
    reason = unsealed("sealed_reason")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="last filled in by"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "stage", "number"], name="analysis_number_of_a_stage"),
            models.UniqueConstraint(
                fields=["case", "stage"], condition=Q(state="begun"), name="one_analysis_of_a_stage_being_filled_in"
            ),
            models.UniqueConstraint(
                fields=["case", "stage"], condition=Q(state="complete"), name="one_complete_analysis_of_a_stage"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="signed"), name="one_signed_analysis_of_a_case"),
            models.CheckConstraint(
                condition=Q(state__in=["begun", "given_up"]) | Q(submission__isnull=False),
                name="an_analysis_was_sent_before_it_counts",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(stage="panel", signed_by__isnull=False, signed_at__isnull=False),
                name="somebody_signed_a_final_analysis",
            ),
        ]

    def __str__(self) -> str:
        return f"{SHORT[Stage(self.stage)]} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("cases:analysis", args=[self.case.reference, self.pk])

    @property
    def is_final(self) -> bool:
        return self.stage == Stage.PANEL

    @property
    def says(self) -> Answers:
        """Everything that was answered; nothing while it has not been sent."""
        return self.submission.all_answers() if self.submission else {}

    @property
    def status(self) -> str:
        """The state in words; a final analysis that is complete waits for something."""
        waits = self.is_final and self.state == AnalysisState.COMPLETE
        return TO_SIGN if waits else LABELS[AnalysisState(self.state)]

    @transition_of(BY_NAME["complete"])
    def complete(self) -> None:
        """Its answers were sent."""

    @transition_of(BY_NAME["sign"])
    def sign(self) -> None:
        """The chair of the panel says: this is what we found."""

    @transition_of(BY_NAME["replace"])
    def replace(self) -> None:
        """A newer version was sent, or signed."""

    @transition_of(BY_NAME["give_up"])
    def give_up(self) -> None:
        """It was begun by mistake, or is not needed."""


class AnalysisChange(AppendOnly):
    """One move of an analysis."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="changes")
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def audited(self) -> Line:
        return Line(f"analysis.{self.transition}", "analysis", self.analysis_id, self.by)


class TakenOver(AppendOnly):
    """A recommendation or action of an analysis that is followed as an action: each once for a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="taken_over")
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="taken_over")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="taken_from")
    words_hash = models.CharField(max_length=64, help_text="SHA-256 of what is asked of whom.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "words_hash"], name="taken_over_once")]

    def __str__(self) -> str:
        return f"{self.action_id} from {self.analysis_id}"

    def audited(self) -> None:
        """The action that it became is a line."""
