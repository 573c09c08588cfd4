"""Time limits: the rules are editable, the clocks run for each case."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from workflow.models.case import Case
from workflow.states import MILESTONES, MOVES

UNITS = [
    ("hours", "hours"),
    ("days_counted", "days, the first one counted"),
    ("days", "days"),
    ("working_days", "working days"),
    ("weeks", "weeks"),
    ("months", "months"),
    ("year_ends", "ends of the year (31 March)"),
]


def events() -> list[tuple[str, str]]:
    """What can start or meet a time limit: the death, the notification, decisions, milestones and every move."""
    return [
        ("death", "The death"),
        ("notified", "The notification"),
        ("jar_required", "A Joint Agency Response is needed (counted from the death)"),
        *((milestone.name, milestone.label) for milestone in MILESTONES),
        *((move.name, move.label) for move in MOVES),
    ]


class ClockRule(models.Model):
    """One time limit. Values that are not confirmed are settings: change them here."""

    code = models.CharField(max_length=10, unique=True)
    label = models.CharField(max_length=120)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=UNITS)
    starts_at = models.CharField("starts at", max_length=30, choices=events)
    met_by = models.CharField("met by", max_length=30, choices=events)
    warn_days = models.PositiveIntegerField("warn this many days before", default=0)
    escalate_days = models.PositiveIntegerField(
        "escalate so many days after",
        default=7,
        null=True,
        blank=True,
        help_text="From then on it is work for the designated doctor too. Empty: it never is.",
    )
    owner = models.CharField(max_length=120, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Checked against the current guidance or local protocol.")
    active = models.BooleanField(default=True)

    panels = [
        HelpPanel(
            "A change counts for time limits that start from now on. Those that already run keep the limit they "
            "started with, so that nobody becomes late overnight. Working days leave out weekends and the bank "
            "holidays of England."
        ),
        FieldRowPanel([FieldPanel("code"), FieldPanel("label")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("met_by")]),
        FieldRowPanel([FieldPanel("warn_days"), FieldPanel("escalate_days")]),
        FieldPanel("owner"),
        FieldRowPanel([FieldPanel("confirmed"), FieldPanel("active")]),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = "time limit"

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    def clean(self) -> None:
        if self.amount == 0:
            raise ValidationError({"amount": "Enter 1 or more. To switch a time limit off, untick “Active”."})


class Clock(models.Model):
    """A time limit that runs for one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    rule = models.ForeignKey(ClockRule, on_delete=models.PROTECT, related_name="clocks")
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="one_clock_per_rule_and_case")]

    def __str__(self) -> str:
        return f"{self.rule.code} of {self.case_id}"


@register_setting(icon="time")
class AskingSettings(BaseGenericSetting):
    """How long those outside are given. Not confirmed nationally: each area sets its own."""

    answer_days = models.PositiveSmallIntegerField(
        "days for an answer",
        default=21,
        validators=[MinValueValidator(1)],
        help_text="The due date that is proposed when agencies are asked. It can be changed each time.",
    )
    follow_up_days = models.PositiveSmallIntegerField(
        "days between follow-ups",
        default=365,
        validators=[MinValueValidator(1)],
        help_text="How long after it was last written to an organisation is asked again what became of an action.",
    )

    panels = [
        HelpPanel(
            "How long agencies have to answer, and how often organisations are asked about actions. When the reminders "
            "go out is under Settings, Reminders; the limits of the review itself are under Settings, Time limits."
        ),
        FieldRowPanel([FieldPanel("answer_days"), FieldPanel("follow_up_days")]),
    ]

    class Meta:
        verbose_name = "answers and follow-up"

    def __str__(self) -> str:
        return "Answers and follow-up"

    def clean(self) -> None:
        super().clean()
        if self.follow_up_days and self.follow_up_days >= settings.ACTION_LINK_DAYS:
            most = settings.ACTION_LINK_DAYS - 1
            raise ValidationError({"follow_up_days": f"Enter {most} or fewer: the link in the last message ends then."})
