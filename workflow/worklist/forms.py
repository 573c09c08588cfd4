"""What staff enter about whose work something is."""

from typing import Any

from django import forms as django_forms
from django.contrib.auth.models import User

from workflow.action_forms import DayField
from workflow.models import Case
from workflow.models.history import CONTACTS
from workflow.worklist.choosing import KINDS, WHENS
from workflow.worklist.selectors import NOBODY, colleagues
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


class WorkFilterForm(django_forms.Form):
    """What a list of work is asked, in its address. What it does not know asks for nothing."""

    kind = django_forms.ChoiceField(label="Kind of work", choices=[("", "Every kind"), *KINDS], required=False)
    when = django_forms.ChoiceField(label="When", choices=[("", "Up to seven days ahead"), *WHENS], required=False)
    coordinator = django_forms.ChoiceField(label="Whose", required=False)

    def __init__(self, *args: Any, everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if everybody:
            people = [(str(each.pk), name_of(each)) for each in colleagues()]
            self.fields["coordinator"].choices = [("", "Everybody’s"), (NOBODY, "Nobody’s"), *people]  # type: ignore[attr-defined]
        else:
            del self.fields["coordinator"]

    @property
    def chosen(self) -> dict[str, str]:
        """Only what was asked, by the name of the question."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


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
