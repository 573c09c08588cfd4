"""What staff enter about an analysis, beside the analysis form itself."""

from typing import Any

from django import forms as django_forms

from workflow.action_forms import DayField, input_field
from workflow.states import BY_NAME


class ReasonForm(django_forms.Form):
    """Why a signed analysis must be changed."""

    reason = django_forms.CharField(
        label="Why must it be changed?",
        widget=django_forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text="Only those who may know who the child is can read this.",
    )


class SignForm(django_forms.Form):
    """Asks only what the analysis form did not: whoever changes that form may take a question out of it."""

    def __init__(self, *args: Any, found: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in BY_NAME["record_panel"].inputs:
            if asked.name not in found:
                self.fields[asked.name] = input_field(asked)
        self.fields["agreed"] = django_forms.BooleanField(label="These are the findings of the panel that I chaired")


class TakeOverForm(django_forms.Form):
    """Asks for a day only if the analysis leaves one open."""

    due_on = DayField(label="Due, where the analysis says no day")

    def __init__(self, *args: Any, open_days: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not open_days:
            del self.fields["due_on"]
