"""What staff enter about whose work something is."""

from typing import Any

from django import forms as django_forms
from django.contrib.auth.models import User

from workflow.action_forms import DayField
from workflow.models import Case
from workflow.models.history import CONTACTS
from workflow.worklist.selectors import colleagues
from workflow.worklist.services import name_of


class Colleague(django_forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return name_of(obj)


class Colleagues(django_forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        box = django_forms.CheckboxSelectMultiple
        super().__init__(queryset=User.objects.none(), widget=box, to_field_name="username", **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return name_of(obj)


class AmongColleagues(django_forms.Form):
    """Offers those who work on cases, as they are now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Colleague | Colleagues):
                field.queryset = colleagues()


class CoordinatorForm(AmongColleagues):
    coordinator = Colleague(label="Coordinator", required=False, empty_label="Nobody")


class TaskForm(AmongColleagues):
    what = django_forms.CharField(
        label="What is to be done?", widget=django_forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    to = Colleague(label="By whom?", required=False, empty_label="Anybody who works on cases")
    due_on = DayField(label="By when?")


class NoteForm(AmongColleagues):
    contact = django_forms.ChoiceField(label="What is it?", choices=[("", "A note"), *CONTACTS], required=False)
    text = django_forms.CharField(
        label="In your words",
        widget=django_forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        help_text="Of a call, letter or email: with whom, when, and what was said.",
    )
    to = Colleagues(
        label="Lay it before", required=False, help_text="They find it under My work until they have read it."
    )


class GiveOutForm(AmongColleagues):
    cases = django_forms.ModelMultipleChoiceField(queryset=Case.objects.none(), to_field_name="reference")
    to = Colleague(label="Give the ticked cases to", empty_label="Choose a person")
