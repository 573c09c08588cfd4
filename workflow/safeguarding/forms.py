"""What staff enter when abuse or neglect is suspected, and about each referral."""

from typing import Any

from django import forms as django_forms
from django.utils import timezone
from wagtail.admin.widgets import AdminTimeInput

from workflow.action_forms import DayField
from workflow.models import Referral, ReferralOutcome

ONLY_SOME_READ = "Only those who may know who the child is can read this."


def words(label: str, rows: int = 3, required: bool = True, help_text: str = ONLY_SOME_READ) -> django_forms.CharField:
    """A box for a person's own words, which are sealed."""
    widget = django_forms.Textarea(attrs={"rows": rows})
    return django_forms.CharField(label=label, widget=widget, required=required, max_length=10_000, help_text=help_text)


class SuspicionForm(django_forms.Form):
    """Cleaned to what `services.suspect` takes."""

    known_on = DayField(label="On which day did we learn of it?", initial=timezone.localdate)
    said_by = words("Who says so?", rows=2, help_text="Name, role and organisation. It stands in the letters.")
    basis = words(
        "Why is abuse or neglect suspected?",
        rows=6,
        help_text=f"What was seen, said or found, and by whom. It stands in the letters. {ONLY_SOME_READ}",
    )
    decider_role = django_forms.CharField(
        label="Role of the person who decided to refer", max_length=120, help_text="The letters are signed with it."
    )


class SendForm(django_forms.Form):
    """That a referral was sent."""

    on = DayField(label="On which day was it sent?", initial=timezone.localdate)
    time = django_forms.TimeField(label="At what time, if you know it", required=False, widget=AdminTimeInput)
    how = django_forms.CharField(
        label="How, and to whom?", max_length=300, help_text="Such as: by secure e-mail to the duty team."
    )
    reference = django_forms.CharField(label="Their reference, if they gave one", max_length=120, required=False)


class AnswerForm(django_forms.Form):
    """What the recipient answered."""

    outcome = django_forms.ModelChoiceField(
        label="What did they answer?",
        queryset=ReferralOutcome.objects.none(),
        widget=django_forms.RadioSelect,
        empty_label=None,
        help_text="The list is under Settings, Safeguarding referrals.",
    )
    on = DayField(
        label="On which day?", initial=timezone.localdate, help_text="The day on which they did what they tell you of."
    )
    reference = django_forms.CharField(
        label="Their reference", max_length=120, required=False, help_text="Such as that of the serious incident."
    )
    words = words("What else they said", required=False)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = referral.recipient.outcomes.all()  # type: ignore[attr-defined]


class ReasonForm(django_forms.Form):
    words = words("Reason")


class LetterForm(django_forms.Form):
    text = django_forms.CharField(
        label="The letter",
        widget=django_forms.Textarea(attrs={"rows": 28}),
        max_length=50_000,
        help_text="It is kept with the referral, and not changed any more once that is sent.",
    )
