"""Recommendations and actions of a review: what should be done, by whom, until when, and what came of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField

from forms.audit.lines import Line
from forms.sealing import SealedTextField
from workflow.actions.states import BY_NAME, KINDS, LABELS, LEVELS, OPEN, WITH_OWNER, ActionState
from workflow.models.agencies import Agency
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.moving import transition_of
from workflow.models.words import unsealed


class Action(ConcurrentTransitionMixin, models.Model):
    """`text` names nobody: it is read across cases. The state is only ever changed by `actions.services.move`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=20, choices=KINDS)
    text = models.TextField()
    level = models.CharField(max_length=10, choices=LEVELS, db_index=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    organisation = models.CharField(max_length=200, blank=True, help_text="One that is no agency here.")
    owner_role = models.CharField(max_length=120, blank=True)
    sealed_email = SealedTextField(blank=True)
    email = unsealed("sealed_email")
    due_on = models.DateField(db_index=True)
    state = FSMField(
        default=str(ActionState.AGREED),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    token_hash = models.CharField(max_length=64, blank=True, db_index=True, help_text="SHA-256 of the link’s token.")
    link_expires_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the organisation was last written to.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agency__isnull=True) ^ models.Q(organisation=""), name="an_action_has_one_owner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk} for {self.owner}"

    def get_absolute_url(self) -> str:
        return reverse("actions:action", args=[self.pk])

    @property
    def owner(self) -> str:
        return self.agency.name if self.agency else self.organisation

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_with_owner(self) -> bool:
        return self.state in WITH_OWNER

    @property
    def is_late(self) -> bool:
        return self.is_open and self.state != ActionState.DONE and self.due_on < timezone.localdate()

    @transition_of(BY_NAME["tell"])
    def tell(self) -> None:
        """The organisation is informed, with a link to report by."""

    @transition_of(BY_NAME["progress"])
    def progress(self) -> None:
        """Something is being done."""

    @transition_of(BY_NAME["report_done"])
    def report_done(self) -> None:
        """The organisation says that it is done, and how that shows."""

    @transition_of(BY_NAME["decline"])
    def decline(self) -> None:
        """The organisation will not do it, and says why."""

    @transition_of(BY_NAME["close"])
    def close(self) -> None:
        """The coordinator finds that it is done."""

    @transition_of(BY_NAME["stop"])
    def stop(self) -> None:
        """It is not needed any more."""

    @transition_of(BY_NAME["reopen"])
    def reopen(self) -> None:
        """It is not done after all; the organisation is told again."""


class ActionChange(AppendOnly):
    """What happened to an action. `by` is empty when the organisation reported by its link, or the system wrote."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="changes")
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    maker = models.CharField(max_length=12)
    text = models.CharField(max_length=200)
    sealed_words = SealedTextField(blank=True)
    words = unsealed("sealed_words")
    sealed_evidence = SealedTextField(blank=True)
    evidence = unsealed("sealed_evidence")
    names_child = models.BooleanField(
        default=False, help_text="The words name the child: only who may know it reads them."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text

    def audited(self) -> Line:
        via = "link" if self.maker == "owner" else ""
        return Line(f"action.{self.transition}", "action", self.action_id, self.by, via=via)
