"""What is entered when a return is sent, and when NCMD has answered."""

from django import forms as django_forms

REFERENCE = "As the portal shows it. Never a child’s name or NHS number."


class SendForm(django_forms.Form):
    reference = django_forms.CharField(
        label="NCMD’s reference, if the portal gave one", max_length=120, required=False, help_text=REFERENCE
    )


class AcceptForm(django_forms.Form):
    reference = django_forms.CharField(label="NCMD’s reference or confirmation", max_length=120, help_text=REFERENCE)


class ReasonForm(django_forms.Form):
    words = django_forms.CharField(
        label="Reasons",
        widget=django_forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        help_text="Only those who may know who the child is can read this.",
    )
