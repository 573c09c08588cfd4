"""Requests for information: who was asked for which forms, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField

from forms.audit.lines import Line
from forms.definitions import code_list
from forms.models import Draft, FormVersion, Submission
from forms.sealing import SealedTextField, unseal
from workflow.models.agencies import Agency
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.moving import transition_of
from workflow.models.words import unsealed
from workflow.requests.states import BY_NAME, LABELS, OUTSTANDING, RequestState


class InformationRequest(ConcurrentTransitionMixin, models.Model):
    """What one person is asked about one death. The state is only ever changed by `requests.services.move`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests")
    state = FSMField(
        default=str(RequestState.DRAFTED),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    sealed = SealedTextField()
    mandatory = models.BooleanField(default=True, help_text="The review waits for an answer, or for it to be waived.")
    due_on = models.DateField(db_index=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True, help_text="SHA-256 of the link’s token.")
    link_expires_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    passed_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_to"
    )

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"Request {self.pk} to {self.agency}"

    @property
    def recipient(self) -> dict[str, Any]:
        """name, role, email, phone, stages of care of the person asked; token of the link, once sent."""
        return unseal(self.sealed)

    @property
    def stages(self) -> list[str]:
        """The stages of care this person is asked about, in words; none where they are asked about all."""
        stages = code_list("care_stage")
        return [stages[code] for code in self.recipient.get("stages", []) if code in stages]

    @property
    def outstanding(self) -> bool:
        return self.state in OUTSTANDING

    @transition_of(BY_NAME["send"])
    def send(self) -> None:
        """The link goes out."""

    @transition_of(BY_NAME["open"])
    def open(self) -> None:
        """The person asked has opened it."""

    @transition_of(BY_NAME["answer_part"])
    def answer_part(self) -> None:
        """A form is answered, others are not."""

    @transition_of(BY_NAME["give_back"])
    def give_back(self) -> None:
        """Everything asked for is answered."""

    @transition_of(BY_NAME["query"])
    def query(self) -> None:
        """Something in the answer is unclear."""

    @transition_of(BY_NAME["accept"])
    def accept(self) -> None:
        """The coordinator has read it."""

    @transition_of(BY_NAME["decline"])
    def decline(self) -> None:
        """The person asked will not answer, and says why."""

    @transition_of(BY_NAME["reassign"])
    def reassign(self) -> None:
        """Somebody else answers."""

    @transition_of(BY_NAME["expire"])
    def expire(self) -> None:
        """The link works no longer."""

    @transition_of(BY_NAME["renew"])
    def renew(self) -> None:
        """A new link goes out; the old one works no longer."""

    @transition_of(BY_NAME["waive"])
    def waive(self) -> None:
        """The review goes on without it."""

    @transition_of(BY_NAME["cancel"])
    def cancel(self) -> None:
        """It should not have been asked."""


class RequestedForm(models.Model):
    """One form of a request. Its newest return counts; earlier ones stay."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="forms")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    draft = models.OneToOneField(Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="requested_form")
    nothing_held = models.BooleanField(default=False, help_text="The person asked says that they hold nothing.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "version"], name="one_form_once_in_a_request")]

    def __str__(self) -> str:
        return f"{self.version.definition.title} in request {self.request_id}"

    @property
    def title(self) -> str:
        return self.version.definition.title


class FormReturn(AppendOnly):
    """A form that came back."""

    requested = models.ForeignKey(RequestedForm, on_delete=models.PROTECT, related_name="returns")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="form_return")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Return of form {self.requested_id}"

    def audited(self) -> Line:
        return Line("request.form_returned", "request", self.requested.request_id, via="link")


class RequestChange(AppendOnly):
    """One move of a request. `by` is empty when the person asked, or the system, made it."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="changes")
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    maker = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sealed_reason = SealedTextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def audited(self) -> Line:
        via = "link" if self.maker == "respondent" else ""
        return Line(f"request.{self.transition}", "request", self.request_id, self.by, via=via)

    @property
    def target_label(self) -> str:
        return LABELS[RequestState(self.target)]

    reason = unsealed("sealed_reason")


class RequestWord(AppendOnly):
    """A question from the person asked, or an answer to it."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="words")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sealed = SealedTextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Word on request {self.request_id}"

    def audited(self) -> Line:
        return Line("request.word", "request", self.request_id, self.by, via="" if self.by else "link")

    text = unsealed("sealed")


class OneTimeCode(models.Model):
    """A code that was sent to the address of a request's link. The newest one counts, for a short while, once."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Code for request {self.request_id}"


class Reminded(models.Model):
    """That a reminder rule has done its work for a request."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="reminded")
    rule = models.ForeignKey("cdop_workflow.ReminderRule", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "rule"], name="reminded_once_by_each_rule")]

    def __str__(self) -> str:
        return f"Rule {self.rule_id} for request {self.request_id}"
