"""What is asked while a pack is prepared."""

from django import forms as django_forms

LONGEST = 60_000


class PassageForm(django_forms.Form):
    """One passage: its text, whether what the scan still finds in it may stay, and which decision was seen on it."""

    text = django_forms.CharField(label="What the panel reads", required=False, max_length=LONGEST)
    seen = django_forms.CharField(required=False, max_length=40, widget=django_forms.HiddenInput)
    kept = django_forms.BooleanField(required=False)
    decision = django_forms.ChoiceField(choices=[("confirm", "Confirm"), ("leave_out", "Leave out")])


class FinishForm(django_forms.Form):
    as_pdf = django_forms.BooleanField(
        label="Those who may read it may also take it away as a PDF",
        required=False,
        help_text="Each copy carries the name and role of its reader on every page. Leave this empty to have it read "
        "on screen only.",
    )


class WithdrawForm(django_forms.Form):
    reason = django_forms.CharField(
        label="Why",
        widget=django_forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text="Kept on the timeline. Only those who may know who the child is can read it.",
    )
