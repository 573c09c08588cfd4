"""A case: the review of one child's death. It identifies nobody; CaseIdentity does, sealed."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField

from forms.models import Submission
from forms.models.answers import SOURCES
from forms.sealing import SealedTextField, unseal
from workflow import guards
from workflow.models.moving import transition_of
from workflow.permissions import RIGHTS
from workflow.states import BY_NAME, ENDED, LABELS, State

HISTORY = ("history", "History of another system")


def _move(name: str) -> Any:
    """The transition that the table in `states.py` describes, with its guards."""
    return transition_of(BY_NAME[name], guards.conditions(name))


class CaseQuerySet(models.QuerySet):
    def update(self, **changes: Any) -> int:
        if "state" in changes:
            raise ValidationError("The state of a case is only changed by a move.")
        return super().update(**changes)


class Case(ConcurrentTransitionMixin, models.Model):
    """The state is only ever changed by `services.move`."""

    reference = models.CharField(max_length=12, unique=True)
    state = FSMField(
        default=str(State.NOTIFIED), protected=True, choices=[(str(s), LABELS[s]) for s in State], db_index=True
    )
    urgent = models.BooleanField(default=False)
    opened_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField(auto_now=True)
    died_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=[*SOURCES, HISTORY], default="web")
    record = models.JSONField(default=dict, help_text="Chosen values by data item; none of them identifies anyone.")
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        permissions = RIGHTS
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.reference

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError("A case is never deleted.")

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def is_corrected_here(self) -> bool:
        """Whether what is recorded can still be put right: also after closing, as NCMD may ask about it then."""
        return self.is_open or self.state == State.CLOSED

    @property
    def facts(self) -> dict[str, Any]:
        """The newest value of every fact recorded for this case."""
        return {fact.name: fact.value for fact in self.recorded_facts.order_by("pk")}

    @_move("mark_duplicate")
    def mark_duplicate(self) -> None:
        """The same child was notified before."""

    @_move("undo_duplicate")
    def undo_duplicate(self) -> None:
        """It was another child after all."""

    @_move("rule_out")
    def rule_out(self) -> None:
        """The death is not one that this process reviews."""

    @_move("offer_transfer")
    def offer_transfer(self) -> None:
        """Another panel should review this death."""

    @_move("transfer_accepted")
    def transfer_accepted(self) -> None:
        """They took it; a stub stays here."""

    @_move("transfer_declined")
    def transfer_declined(self) -> None:
        """They did not take it."""

    @_move("take_over")
    def take_over(self) -> None:
        """Another panel offered it, and this one reviews the death."""

    @_move("not_take_over")
    def not_take_over(self) -> None:
        """Another panel offered it and keeps it; a stub stays here."""

    @_move("accept")
    def accept(self) -> None:
        """This panel reviews the death; agencies are asked."""

    @_move("information_complete")
    def information_complete(self) -> None:
        """Enough is known for the meeting of those who cared for the child."""

    @_move("schedule_cdrm")
    def schedule_cdrm(self) -> None:
        """The meeting has a date and a chair."""

    @_move("reschedule_cdrm")
    def reschedule_cdrm(self) -> None:
        """The meeting has another date or another chair."""

    @_move("record_cdrm")
    def record_cdrm(self) -> None:
        """The meeting was held."""

    @_move("check_quality")
    def check_quality(self) -> None:
        """The designated doctor finds the draft analysis complete."""

    @_move("quality_checked")
    def quality_checked(self) -> None:
        """The panel can read it."""

    @_move("schedule_panel")
    def schedule_panel(self) -> None:
        """It is on an agenda."""

    @_move("defer")
    def defer(self) -> None:
        """The panel waits."""

    @_move("defer_for_chair")
    def defer_for_chair(self) -> None:
        """Its chair must not hear it, and nobody else chairs: whoever works on it says so."""

    @_move("record_panel")
    def record_panel(self) -> None:
        """The panel discussed it and agreed its findings."""

    @_move("sign_off")
    def sign_off(self) -> None:
        """The chair confirms the findings."""

    @_move("finalise")
    def finalise(self) -> None:
        """Locked and sent to the national database."""

    @_move("close")
    def close(self) -> None:
        """The national database has it."""

    @_move("reopen")
    def reopen(self) -> None:
        """Something new has come to light."""

    @_move("take_back")
    def take_back(self) -> None:
        """It was brought in with the history of another system, and that was undone."""


class CaseIdentity(models.Model):
    """Who the child is. Joined to nothing by default; opened only for those who may."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="identity")
    sealed = SealedTextField()
    nhs_number_hash = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"Identity of {self.case_id}"

    @property
    def details(self) -> dict[str, Any]:
        """first_names, family_name, nhs_number, date_of_birth, date_of_death, postcode."""
        return unseal(self.sealed)


class CaseSubmission(models.Model):
    """What was received for a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="in_case")
    kind = models.CharField(max_length=20, default="notification")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
