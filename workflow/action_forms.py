"""The small forms on which staff decide, hold, note and move."""

from typing import Any

from django import forms as django_forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from workflow.models.decisions import BLOCKABLE, HOLD_KINDS, JAR_CRITERIA, SCOPE_REASONS
from workflow.states import Input, Move


class MoveForm(django_forms.Form):
    """Asks what a move asks. Whether the answers will do is decided by `services.move` alone."""

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts, self.initial = self.initial, {}
        for asked in move.inputs:
            self.fields[asked.name] = _field(asked)
            self.initial[asked.name] = facts.get(asked.prefill, "")
        explained = move.needs_reason or any(asked.reason_if for asked in move.inputs)
        if explained or move.name not in ("accept", "sign_off"):
            self.fields["reason"] = django_forms.CharField(
                label="Reason" if move.needs_reason else "Reason or note",
                required=move.needs_reason,
                widget=django_forms.Textarea(attrs={"rows": 3}),
                max_length=5000,
            )


def _field(asked: Input) -> django_forms.Field:
    common: dict[str, Any] = {"label": asked.label, "help_text": asked.help}
    if asked.kind == "yes":
        return django_forms.BooleanField(**common)
    if asked.kind == "choice":
        return django_forms.ChoiceField(choices=asked.choices, widget=django_forms.RadioSelect, **common)
    if asked.kind in ("date", "past_date"):
        return django_forms.DateField(widget=AdminDateInput, **common)
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
    kind = django_forms.ChoiceField(label="Waiting for", choices=HOLD_KINDS)
    blocks = django_forms.MultipleChoiceField(
        label="What waits",
        choices=BLOCKABLE,
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        help_text="A hold never stops notification, information gathering or urgent safeguarding action.",
    )
    started_on = django_forms.DateField(label="Since", widget=AdminDateInput, initial=timezone.localdate)
    expected_end = django_forms.DateField(label="Expected end", widget=AdminDateInput, required=False)
    review_on = django_forms.DateField(label="Look again on", widget=AdminDateInput, required=False)
    reason = django_forms.CharField(label="Note", required=False, widget=django_forms.Textarea(attrs={"rows": 3}))


class EndHoldForm(django_forms.Form):
    ended_on = django_forms.DateField(label="Ended on", widget=AdminDateInput, initial=timezone.localdate)


class ConfirmForm(django_forms.Form):
    """Nothing to fill in: the button is the answer."""


class NoteForm(django_forms.Form):
    text = django_forms.CharField(label="Note", widget=django_forms.Textarea(attrs={"rows": 5}), max_length=10_000)
