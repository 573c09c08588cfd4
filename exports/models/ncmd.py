"""The stages of a case's return to the national database, and what happened to each."""

from typing import Any

from django.db import models
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField

from exports.models.moves import Moved
from exports.ncmd.states import BY_NAME, LABELS, STAGES, ReturnState
from forms.audit.lines import Line
from forms.sealing import SealedTextField, unseal
from workflow.models import Case
from workflow.models.moving import transition_of


class NcmdReturn(ConcurrentTransitionMixin, models.Model):
    """One stage of one case, once it is due. The state is only ever changed by `ncmd.services.move`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ncmd_returns")
    stage = models.CharField(max_length=20, choices=[(str(stage), label) for stage, label in STAGES.items()])
    state = FSMField(
        default=str(ReturnState.NOT_DUE),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    changed_at = models.DateTimeField(default=timezone.now)
    reference = models.CharField("NCMD’s reference", max_length=120, blank=True)

    class Meta:
        ordering = ["case__reference", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "stage"], name="one_return_of_each_stage")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} of {self.case_id}"

    @transition_of(BY_NAME["queue"])
    def queue(self) -> None:
        """The case has come to where this stage is due."""

    @transition_of(BY_NAME["send"])
    def send(self) -> None:
        """It was given to NCMD."""

    @transition_of(BY_NAME["accept"])
    def accept(self) -> None:
        """NCMD has it, and says so."""

    @transition_of(BY_NAME["reject"])
    def reject(self) -> None:
        """NCMD does not take it as it is."""

    @transition_of(BY_NAME["finalise"])
    def finalise(self) -> None:
        """The whole case is final at NCMD."""

    @transition_of(BY_NAME["amend"])
    def amend(self) -> None:
        """What NCMD has is not right any more."""

    @transition_of(BY_NAME["accept_after_all"])
    def accept_after_all(self) -> None:
        """NCMD changed its mind about what it rejected."""

    @transition_of(BY_NAME["reject_after_all"])
    def reject_after_all(self) -> None:
        """NCMD changed its mind about what it accepted."""


class NcmdReturnChange(Moved):
    """One move of a return; of a sending also what was sent, sealed."""

    ncmd_return = models.ForeignKey(NcmdReturn, on_delete=models.PROTECT, related_name="changes")
    source = models.CharField(max_length=20)
    reference = models.CharField(max_length=120, blank=True)
    sealed_sent = SealedTextField(blank=True)

    @property
    def label(self) -> str:
        return BY_NAME[self.transition].label

    @property
    def sent(self) -> dict[str, Any]:
        """`version` of the dictionary, and `values` in words by data item; empty where nothing was sent."""
        return unseal(self.sealed_sent) if self.sealed_sent else {}

    def audited(self) -> Line:
        one = self.ncmd_return
        return Line(f"ncmd.{self.transition}", "ncmd", f"{one.case.reference} {one.stage}", self.by)
