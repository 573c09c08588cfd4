"""The small forms on which staff decide, hold, note and move."""

import re
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from forms.conditions import as_date
from forms.kinds.text import is_nhs_number
from forms.models.answers import SOURCES
from workflow.meetings.selectors import panels_to_come
from workflow.models.decisions import BLOCKABLE, HOLD_KINDS, JAR_CRITERIA, SCOPE_REASONS
from workflow.models.transfers import NCMD_TOLD
from workflow.services.identifying import MISSING_REASONS
from workflow.states import MILESTONES, Input, Move

# What staff enter themselves; the others arrive by themselves.
OTHER_SOURCES = [(code, label) for code, label in SOURCES if code not in ("web", "api")]
NOTHING = "nothing"


TRANSFER_IN = "transfer_in"


class DayField(django_forms.DateField):
    """A day, shown in words and read as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d"]
        super().__init__(widget=AdminDateInput(format=formats[0]), input_formats=formats, **kwargs)


class MoveForm(django_forms.Form):
    """Asks what a move asks. Whether the answers will do is decided by `services.move` alone."""

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts, self.initial = self.initial, {}
        for asked in move.inputs:
            self.fields[asked.name] = input_field(asked)
            value = facts.get(asked.prefill, "")
            self.initial[asked.name] = as_date(value) if asked.kind in ("date", "past_date") else value
        self.fields["reason"] = django_forms.CharField(
            label="Reason" if move.needs_reason else "Reason or note",
            required=move.needs_reason,
            widget=django_forms.Textarea(attrs={"rows": 3}),
            max_length=5000,
            help_text="Only those who may know who the child is can read this.",
        )


def input_field(asked: Input) -> django_forms.Field:
    """The field that asks one thing of a move."""
    common: dict[str, Any] = {"label": asked.label, "help_text": asked.help}
    if asked.kind == "yes":
        return django_forms.BooleanField(**common)
    if asked.kind == "meeting":
        panels = [(str(meeting.pk), str(meeting)) for meeting in panels_to_come()]
        common |= {} if panels else {"help_text": "No panel is planned. Plan one under Meetings first."}
        return django_forms.ChoiceField(choices=panels, widget=django_forms.RadioSelect, **common)
    if asked.kind == "choice":
        return django_forms.ChoiceField(choices=asked.choices, widget=django_forms.RadioSelect, **common)
    if asked.kind in ("date", "past_date"):
        return DayField(**common)
    if asked.kind == "long_text":
        return django_forms.CharField(widget=django_forms.Textarea(attrs={"rows": 4}), max_length=5000, **common)
    return django_forms.CharField(max_length=300, **common)


class ScopeForm(django_forms.Form):
    in_scope = django_forms.ChoiceField(
        label="Is this death reviewed by this process?",
        choices=[("yes", "Yes, in scope"), ("no", "No, out of scope")],
        widget=django_forms.RadioSelect,
        help_text="In scope: every child born alive who died before their 18th birthday, whatever the cause.",
    )
    reason_code = django_forms.ChoiceField(label="If not, why?", choices=[("", "—"), *SCOPE_REASONS], required=False)
    text = django_forms.CharField(label="Note", required=False, widget=django_forms.Textarea(attrs={"rows": 3}))


class JarForm(django_forms.Form):
    required = django_forms.ChoiceField(
        label="Is a Joint Agency Response needed?",
        choices=[("yes", "Yes"), ("no", "No"), ("pending", "Not yet decided")],
        widget=django_forms.RadioSelect,
    )
    criteria = django_forms.MultipleChoiceField(
        label="Which of these are true?",
        choices=JAR_CRITERIA,
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        help_text="Needed if any is true.",
    )
    decider_role = django_forms.CharField(label="Role of the person who decided", max_length=120)
    override_reason = django_forms.CharField(
        label="If a criterion is true and it is not needed, why?",
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 3}),
    )


class HoldForm(django_forms.Form):
    kind = django_forms.ChoiceField(label="Waiting for", choices=[("", "Choose"), *HOLD_KINDS])
    blocks = django_forms.MultipleChoiceField(
        label="What waits",
        choices=[*BLOCKABLE, (NOTHING, "Nothing: it is only noted")],
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what waits, or that nothing does."},
        help_text="A hold never stops notification, information gathering or urgent safeguarding action.",
    )
    started_on = DayField(label="Since", initial=timezone.localdate)
    expected_end = DayField(label="Expected end", required=False)
    review_on = DayField(label="Look again on", required=False)
    reason = django_forms.CharField(label="Note", required=False, widget=django_forms.Textarea(attrs={"rows": 3}))

    def clean_blocks(self) -> list[str]:
        chosen = [stage for stage in self.cleaned_data["blocks"] if stage != NOTHING]
        if chosen and NOTHING in self.cleaned_data["blocks"]:
            raise ValidationError("Choose what waits, or that nothing does; not both.")
        return chosen


class EndHoldForm(django_forms.Form):
    ended_on = DayField(label="Ended on", initial=timezone.localdate)


class ConfirmForm(django_forms.Form):
    """Nothing to fill in: the button is the answer."""


class SameChildForm(django_forms.Form):
    """Whether two cases are about the same child: the button that is pressed is the answer."""

    answer = django_forms.ChoiceField(
        choices=[("same", "same"), ("apart", "apart"), ("open", "open")], widget=django_forms.HiddenInput
    )
    reason = django_forms.CharField(
        label="Note",
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text="Only those who may know who the child is can read this.",
    )


class NotificationForm(django_forms.Form):
    source = django_forms.ChoiceField(
        label="How did the notification reach us?",
        choices=[*OTHER_SOURCES, (TRANSFER_IN, "Another CDOP, which offers us its review")],
        widget=django_forms.RadioSelect,
        help_text="You then fill in the notification form for whoever told us. It opens a case when you send it.",
    )


class TransferInForm(django_forms.Form):
    from_area = django_forms.CharField(label="Which panel offers it?", max_length=200)
    offered_on = DayField(label="When did they offer it?", initial=timezone.localdate)
    their_reference = django_forms.CharField(
        label="Their reference, if they gave one",
        required=False,
        max_length=60,
        help_text="A number or code, never a name.",
    )
    notified_on = DayField(
        label="When were they notified of the death, if you know it?",
        required=False,
        help_text="If you accept, the time limit for the notification counts as met on this day.",
    )
    ncmd_told = django_forms.ChoiceField(
        label="Have they told the national database (NCMD)?",
        choices=NCMD_TOLD,
        widget=django_forms.RadioSelect,
        help_text="If they have, this area does not notify the death again: it must count once.",
    )


class NhsNumberField(django_forms.CharField):
    """Ten digits, however they are spaced; cleaned to the digits alone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = django_forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(label="NHS number", max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[\s-]", "", super().clean(value))
        if digits and not is_nhs_number(digits):
            raise django_forms.ValidationError("That is not an NHS number: check the ten digits.")
        return digits


class NhsNumberForm(django_forms.Form):
    nhs_number = NhsNumberField(required=False)
    missing_reason = django_forms.ChoiceField(
        label="If there is none, why?",
        choices=[("", "—"), *MISSING_REASONS],
        required=False,
    )


class FindForm(django_forms.Form):
    nhs_number = NhsNumberField(help_text="The whole number. It is looked up without being written into any address.")


class UrgencyForm(django_forms.Form):
    urgent = django_forms.BooleanField(required=False, widget=django_forms.HiddenInput)
    text = django_forms.CharField(label="Why", widget=django_forms.Textarea(attrs={"rows": 3}), max_length=5000)


class MilestoneForm(django_forms.Form):
    name = django_forms.ChoiceField(label="What happened", widget=django_forms.RadioSelect)
    on = DayField(label="On which day", initial=timezone.localdate)
    time = django_forms.TimeField(label="At what time, if you know it", required=False, widget=AdminTimeInput)

    def __init__(self, *args: Any, jar: bool, **kwargs: Any) -> None:
        """What belongs to a Joint Agency Response is offered where there is one (`jar`)."""
        super().__init__(*args, **kwargs)
        offered = [(each.name, each.label) for each in MILESTONES if each.by_hand and (jar or not each.jar)]
        self.fields["name"].choices = offered  # type: ignore[attr-defined]
