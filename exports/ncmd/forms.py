"""What is entered when a return is sent, and when NCMD has answered."""

from django import forms as django_forms

from exports.ncmd.states import STAGES

LARGEST = 5_000_000
REFERENCE = "As the portal shows it. Never a child’s name or NHS number."


class SendForm(django_forms.Form):
    reference = django_forms.CharField(
        label="NCMD’s reference, if the portal gave one", max_length=120, required=False, help_text=REFERENCE
    )


class StagesForm(django_forms.Form):
    stages = django_forms.MultipleChoiceField(
        choices=[(str(stage), label) for stage, label in STAGES.items()],
        error_messages={"required": "Choose at least one stage."},
    )


class AnswersForm(django_forms.Form):
    file = django_forms.FileField(
        label="NCMD’s answers",
        help_text="A CSV file with the columns key, outcome (accepted or rejected), reference and reasons.",
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise django_forms.ValidationError("The file is larger than 5 MB.")
        return file.read()


class AcceptForm(django_forms.Form):
    reference = django_forms.CharField(label="NCMD’s reference or confirmation", max_length=120, help_text=REFERENCE)


class ReasonForm(django_forms.Form):
    words = django_forms.CharField(
        label="Reasons",
        widget=django_forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        help_text="Only those who may know who the child is can read this.",
    )
