"""What the coordinator is asked when an item is settled."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.utils import timezone
from django.utils.formats import date_format

from forms.kinds.choices import YES_NO_NOT_KNOWN
from forms.kinds.editing import UNKNOWN_LABELS
from forms.schema import Question
from workflow.action_forms import DayField
from workflow.collating.engine import Item, Told, alike
from workflow.presenters import DAY_MONTH_YEAR

OWN = "own"
CODED = ("radios", "select", "lookup")
# Made of several parts: one of the answers is taken as it stands.
TAKEN_WHOLE = ("address", "calculated", "date_time", "declaration", "grid", "hidden", "repeat", "upload")


class AgreeForm(django_forms.Form):
    """One of the answers, or another; and why."""

    seen = django_forms.CharField(widget=django_forms.HiddenInput)
    answer = django_forms.ChoiceField(label="The answer to go by", widget=django_forms.RadioSelect, required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = [told for told in item.told if told.value is not None]
        choices = [(_name_of(told), _in_a_line(told, item)) for told in answers]
        if item.question.kind not in TAKEN_WHOLE:
            choices.append((OWN, "Another answer"))
            self.fields["own"] = own_field(item.question)
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]
        if not answers and "own" in self.fields:
            del self.fields["answer"]
            self.fields["own"].label, self.fields["own"].required = "The answer", True
        self.fields["reason"] = django_forms.CharField(
            label="Why",
            required=False,
            widget=django_forms.Textarea(attrs={"rows": 3}),
            max_length=5000,
            help_text="Kept on the timeline. Only those who may know who the child is can read it.",
        )
        agreed = item.agreed
        self.initial = {
            "answer": _chosen_before(item),
            "own": agreed.value if agreed and not agreed.submission else "",
        }

    def clean_seen(self) -> set[int]:
        return {int(each) for each in self.cleaned_data["seen"].split(",") if each.isdecimal()}

    def clean(self) -> dict[str, Any]:
        """With `chosen`: the answer as `services.agree` takes it. Whoever typed one of their own has chosen it."""
        cleaned = super().clean() or {}
        own = cleaned.get("own")
        own = own.isoformat() if isinstance(own, dt.date) else own
        answer = cleaned.get("answer") or (OWN if own else "")
        if not answer and not self.errors:
            self.add_error("answer", "Choose the answer to go by.")
        submission, _, question = answer.partition(":")
        chosen = {"submission": int(submission), "question": question} if submission.isdecimal() else {"value": own}
        return cleaned | {"chosen": chosen}


def _name_of(told: Told) -> str:
    return f"{told.submission}:{told.question.key}"


def _in_a_line(told: Told, item: Item) -> str:
    """With the question itself, where one form asked for the item twice."""
    question = f", “{told.question.label}”" if told.submission in item.asked_twice else ""
    return f"{told.words} – {told.source}{question}, {date_format(timezone.localdate(told.at), DAY_MONTH_YEAR)}"


def _chosen_before(item: Item) -> str:
    agreed = item.agreed
    if agreed is None:
        return ""
    of_it = [told for told in item.told if told.submission == agreed.submission]
    return next((_name_of(told) for told in of_it if alike(told.value) == alike(agreed.value)), OWN)


def own_field(question: Question) -> django_forms.Field:
    """A field for an answer of one’s own. Whether it will do is decided by the kind of the question."""
    common: dict[str, Any] = {"label": "The other answer", "required": False}
    choices = [(choice.code, choice.label) for choice in question.choices]
    if question.kind == "checkboxes":
        return django_forms.MultipleChoiceField(choices=choices, widget=django_forms.CheckboxSelectMultiple, **common)
    if question.kind in CODED or question.kind == "yes_no":
        offered = choices or [(code, str(label)) for code, label in YES_NO_NOT_KNOWN]
        unknown = [(code, str(UNKNOWN_LABELS[code])) for code in question.unknown]
        return django_forms.ChoiceField(choices=[("", "Choose one"), *offered, *unknown], **common)
    if question.kind == "date":
        return DayField(**common)
    if question.kind == "long_text":
        return django_forms.CharField(widget=django_forms.Textarea(attrs={"rows": 4}), **common)
    return django_forms.CharField(**common)
