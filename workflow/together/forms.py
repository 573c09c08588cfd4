"""What is asked once for several cases."""

from typing import Any

from django import forms as django_forms

from workflow.action_forms import DayField
from workflow.meetings.selectors import panels_to_come
from workflow.worklist.forms import AmongColleagues, Colleague


class NoteToAllForm(django_forms.Form):
    text = django_forms.CharField(
        label="Note",
        widget=django_forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        help_text="It goes to every case: say nothing in it that is about one child.",
    )


class TaskToAllForm(AmongColleagues):
    what = django_forms.CharField(
        label="What is to be done?", widget=django_forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    to = Colleague(label="By whom?", required=False, empty_label="Anybody who works on cases")
    due_on = DayField(label="By when?")


class ReviewForm(django_forms.Form):
    on = DayField(label="Look again on")


class ReminderForm(django_forms.Form):
    """Nothing to fill in: the words are those of the messages under Settings."""


class AgendaForm(django_forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        panels = [(str(meeting.pk), str(meeting)) for meeting in panels_to_come()]
        self.fields["meeting"] = django_forms.ChoiceField(
            label="Which panel?",
            choices=panels,
            widget=django_forms.RadioSelect,
            help_text="" if panels else "No panel is planned. Plan one under Meetings first.",
        )
