"""Abuse or neglect suspected in a case, and the referrals that follow from it."""

from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable

from forms.audit.lines import Line
from forms.sealing import SealedTextField
from workflow.models.append_only import WrittenBy
from workflow.models.case import Case
from workflow.models.letters import LetterTemplate
from workflow.models.moving import transition_of
from workflow.models.words import unsealed
from workflow.safeguarding.states import BY_NAME, LABELS, UNANSWERED, ReferralState
from workflow.states import MILESTONES


def milestones() -> list[tuple[str, str]]:
    """What a step of a referral can reach: it starts and meets the time limits that name it."""
    return [(each.name, each.label) for each in MILESTONES if each.by_hand and not each.jar]


class ReferralRecipient(ClusterableModel):
    """Who is told when abuse or neglect is suspected. Which they are differs between areas: a setting."""

    name = models.CharField(max_length=120, unique=True)
    reached_by = models.TextField("how they are reached", blank=True, help_text="Shown to whoever sends the referral.")
    letter = models.ForeignKey(
        LetterTemplate, on_delete=models.PROTECT, related_name="+", limit_choices_to={"about": "safeguarding"}
    )
    reaches = models.CharField(
        "when sent, has happened",
        max_length=30,
        choices=milestones,
        blank=True,
        help_text="Recorded on the case with the day of sending; runs the time limits that name it.",
    )
    active = models.BooleanField(default=True, help_text="A suspicion opens a referral to each active one.")
    position = models.PositiveSmallIntegerField(default=0)

    panels = [
        HelpPanel("What is changed here counts for suspicions that are recorded from now on."),
        FieldPanel("name"),
        FieldPanel("reached_by"),
        FieldPanel("letter"),
        FieldPanel("reaches"),
        InlinePanel("outcomes", label="Answer", heading="Answers they can give", min_num=1),
        FieldPanel("position"),
        FieldPanel("active"),
    ]

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "recipient of safeguarding referrals"
        verbose_name_plural = "recipients of safeguarding referrals"

    def __str__(self) -> str:
        return self.name


class ReferralOutcome(Orderable):
    """An answer that a recipient can give, and what it means for time limits."""

    recipient = ParentalKey(ReferralRecipient, on_delete=models.CASCADE, related_name="outcomes")
    label = models.CharField(max_length=120)
    reaches = models.CharField("then has happened", max_length=30, choices=milestones, blank=True)
    ends = models.CharField(
        "ends the time limits that began with",
        max_length=30,
        choices=milestones,
        blank=True,
        help_text="Such as: nothing will be notified, so that nothing can become late.",
    )

    panels = [FieldPanel("label"), FieldPanel("reaches"), FieldPanel("ends")]

    def __str__(self) -> str:
        return self.label


class Suspicion(WrittenBy):
    """Somebody suspects that abuse or neglect played a part."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suspicions")
    known_on = models.DateField()
    sealed_said_by = SealedTextField()
    said_by = unsealed("sealed_said_by")
    sealed_basis = SealedTextField()
    basis = unsealed("sealed_basis")
    decider_role = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Suspicion of {self.case_id}"

    def audited(self) -> Line:
        return Line("safeguarding.suspected", "case", self.case.reference, self.by)


class Referral(ConcurrentTransitionMixin, models.Model):
    """One recipient to be told. The state is only ever changed by `safeguarding.services.move`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    suspicion = models.ForeignKey(Suspicion, on_delete=models.PROTECT, related_name="referrals")
    recipient = models.ForeignKey(ReferralRecipient, on_delete=models.PROTECT, related_name="referrals")
    state = FSMField(
        default=str(ReferralState.TO_SEND),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    sealed_letter = SealedTextField(blank=True)
    letter = unsealed("sealed_letter")
    sent_at = models.DateTimeField(null=True, blank=True)
    sealed_how = SealedTextField(blank=True)
    how = unsealed("sealed_how")
    reference = models.CharField(max_length=120, blank=True, help_text="Theirs, such as of the serious incident.")
    outcome = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["recipient__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "recipient"],
                condition=Q(state="to_send"),
                name="one_referral_to_be_sent_to_each_recipient",
            )
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    @transition_of(BY_NAME["send"])
    def send(self) -> None:
        """The recipient was told."""

    @transition_of(BY_NAME["answer"])
    def answer(self) -> None:
        """The recipient said what it does."""

    @transition_of(BY_NAME["not_needed"])
    def not_needed(self) -> None:
        """This recipient need not be told."""

    @transition_of(BY_NAME["reopen"])
    def reopen(self) -> None:
        """It is to be sent after all, or again."""


class ReferralChange(WrittenBy):
    """What happened to a referral, by whom, and in which words."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    sealed_words = SealedTextField(blank=True)
    words = unsealed("sealed_words")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text

    def audited(self) -> Line:
        return Line(f"referral.{self.transition}", "referral", self.referral_id, self.by)
