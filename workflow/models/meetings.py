"""Meetings: CDRMs and panels, their members, their agenda, and who must not hear which case."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from forms.audit.lines import Line
from forms.sealing import SealedTextField
from workflow.meetings.quorum_form import QuorumForm
from workflow.meetings.states import ANSWERS, BY_NAME, COMING, INTERESTS, KINDS, LABELS, OUTCOMES, SEATS, MeetingState
from workflow.models.append_only import AppendOnly
from workflow.models.case import Case
from workflow.models.moving import transition_of
from workflow.models.words import unsealed


class Meeting(ConcurrentTransitionMixin, models.Model):
    """The state is only ever changed by `meetings.services.move`."""

    kind = models.CharField(max_length=10, choices=KINDS)
    theme = models.CharField(max_length=120, blank=True, help_text="Of a themed panel, such as: neonatal.")
    state = FSMField(
        default=str(MeetingState.PLANNED),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField("link to join", blank=True)
    chair_role = models.CharField("role of the chair", max_length=120)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed_minutes = SealedTextField(blank=True)
    minutes = unsealed("sealed_minutes")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, help_text="Grows with each invitation that replaces another.")

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later")
        ]

    def __str__(self) -> str:
        day = timezone.localdate(self.starts_at)
        return f"{self.title}, {day.day} {day:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def title(self) -> str:
        return f"{self.get_kind_display()}: {self.theme}" if self.theme else self.get_kind_display()

    @property
    def when(self) -> str:
        start = timezone.localtime(self.starts_at)
        return f"{start.day} {start:%B %Y, %H:%M}"

    @property
    def is_coming(self) -> bool:
        return self.state in COMING

    @transition_of(BY_NAME["share"])
    def share(self) -> None:
        """Its members may read what is on the agenda."""

    @transition_of(BY_NAME["take_back"])
    def take_back(self) -> None:
        """Something on the agenda was wrong."""

    @transition_of(BY_NAME["hold"])
    def hold(self) -> None:
        """It has been held."""

    @transition_of(BY_NAME["cancel"])
    def cancel(self) -> None:
        """It will not be held."""


class Seat(models.Model):
    """Somebody who is invited: with an account here, or by e-mail alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    seat = models.CharField("speaks for", max_length=30, choices=SEATS)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    email = models.EmailField(blank=True)
    answer = models.CharField(max_length=10, choices=ANSWERS, default="invited")
    invited_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=models.Q(user__isnull=False), name="one_seat_for_a_person"
            )
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> str:
        return (self.user.get_full_name() or self.user.username) if self.user else self.email

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.email


class AgendaItem(models.Model):
    """A case on the agenda of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField("minutes planned", default=30)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="chair of this case", help_text="Where the chair of the meeting must not hear it.",
    )  # fmt: skip

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="a_case_once_on_an_agenda")]

    def __str__(self) -> str:
        return f"{self.case_id} at {self.meeting_id}"

    @property
    def chaired_by(self) -> User | None:
        """Who chairs the meeting while this case is heard."""
        return self.chair or self.meeting.chair


class Interest(AppendOnly):
    """A member must not hear a case: it is hidden from them from then on."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="interests")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=10, choices=INTERESTS)
    sealed_note = SealedTextField(blank=True)
    note = unsealed("sealed_note")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="an_interest_declared_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_kind_display()}"

    def audited(self) -> Line:
        return Line("meeting.interest", "meeting", self.item.meeting_id, self.declared_by)


class MeetingChange(AppendOnly):
    """What happened to a meeting, by whom and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    text = models.CharField(max_length=200)
    sealed_reason = SealedTextField(blank=True)
    reason = unsealed("sealed_reason")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text

    def audited(self) -> Line:
        return Line("meeting.changed", "meeting", self.meeting_id, self.by)


@register_setting(icon="group")
class PanelSettings(BaseGenericSetting):
    """When a panel is quorate. Not confirmed nationally: each area sets its own rule."""

    quorum = models.PositiveSmallIntegerField("members needed", default=5)
    required_seats = models.JSONField("who must be there", default=list, blank=True)

    base_form_class = QuorumForm
    panels = [
        HelpPanel(
            "A panel is quorate with at least this many members, everyone who must be there among them. Coordinators "
            "and those who declared an interest in a case do not count. No national rule is confirmed: set your own."
        ),
        FieldPanel("quorum"),
        FieldPanel("required_seats"),
    ]

    class Meta:
        verbose_name = "panel quorum"

    def __str__(self) -> str:
        return "Panel quorum"
