"""What staff enter about a file."""

from django import forms as django_forms
from django.utils import timezone

from workflow.action_forms import DayField
from workflow.attachments.services import FILE
from workflow.models.attachments import ATTACHMENT_KINDS


class AttachForm(django_forms.Form):
    file = django_forms.FileField(
        label="File",
        help_text=f"A PDF, picture or office document smaller than {FILE.max_megabytes} MB. It is checked for viruses "
        "and stored encrypted.",
    )
    kind = django_forms.ChoiceField(label="What is it?", choices=[("", "—"), *ATTACHMENT_KINDS])
    dated_on = DayField(label="Of which day is it?", initial=timezone.localdate, help_text="The day on the document.")
    description = django_forms.CharField(
        label="Description",
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Who wrote it, and what about. Found by the search in the timeline.",
    )


class WithdrawForm(django_forms.Form):
    reason = django_forms.CharField(
        label="Why does it count no more?", widget=django_forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
