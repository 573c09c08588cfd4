"""The forms on which staff choose whom to ask, and speak with those who were asked."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from forms.definitions import code_list
from workflow.models import Agency, AskingSettings
from workflow.requests.proposing import REPORTING, Suggestion
from workflow.requests.selectors import forms_to_ask, newest_versions
from workflow.requests.services import Asked


class AskedForm(django_forms.Form):
    """One person to ask. A line that is not ticked is left out, whatever stands in it."""

    include = django_forms.BooleanField(label="Ask", required=False)
    organisation = django_forms.CharField(label="Organisation or team", max_length=200, required=False)
    kind = django_forms.ChoiceField(label="Kind of agency", required=False)
    name = django_forms.CharField(label="Name", max_length=120, required=False)
    role = django_forms.CharField(label="Role", max_length=120, required=False)
    email = django_forms.EmailField(label="Work e-mail address", max_length=254, required=False)
    phone = django_forms.CharField(label="Phone", max_length=40, required=False)
    forms = django_forms.MultipleChoiceField(label="Forms", required=False, widget=django_forms.CheckboxSelectMultiple)
    stages = django_forms.MultipleChoiceField(
        label="Stages of care",
        help_text="For the form about care in the last illness, where other people know other stages: tick those that "
        "this person is asked about. None ticked asks about all.",
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
    )
    mandatory = django_forms.BooleanField(label="The review waits for this answer", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choose"), *code_list("agency_type").items()]  # type: ignore[attr-defined]
        self.fields["forms"].choices = forms_to_ask()  # type: ignore[attr-defined]
        self.fields["stages"].choices = list(code_list("care_stage").items())  # type: ignore[attr-defined]

    def chosen(self) -> list[str]:
        """The titles of the forms that are ticked."""
        ticked = self["forms"].value() or []
        offered = self.fields["forms"].choices  # type: ignore[attr-defined]
        return [title for slug, title in offered if slug in ticked]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("include"):
            self._errors.clear()  # type: ignore[attr-defined]
            return {}
        for name, message in (
            ("organisation", "Enter the organisation or team."),
            ("email", "Enter a work e-mail address: the link is sent there."),
            ("forms", "Choose at least one form."),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        return cleaned

    def asked(self) -> Asked | None:
        """What was entered, as something to ask; None for a line that is left out."""
        given = self.cleaned_data
        if not given.get("include"):
            return None
        return Asked(
            agency=_agency(given["organisation"], given["kind"]),
            name=given["name"],
            email=given["email"],
            role=given["role"],
            phone=given["phone"],
            forms=newest_versions(given["forms"]),
            mandatory=given["mandatory"],
            stages=tuple(given["stages"]),
        )


def _agency(name: str, kind: str) -> Agency:
    """The agency of that name, whatever its capitals; a new one when there is none."""
    tidy = " ".join(name.split())
    return Agency.objects.filter(name__iexact=tidy).first() or Agency.objects.create(name=tidy, kind=kind)


AskedFormSet = django_forms.formset_factory(AskedForm, extra=0)


def first_lines(suggestions: list[Suggestion], blank: int = 2) -> list[dict[str, Any]]:
    """What the list begins with: everybody the notifications name, and some blank lines."""
    offered = {slug for slug, _ in forms_to_ask()}
    lines = [
        {
            "include": suggestion.wanted and bool(suggestion.email),
            "organisation": suggestion.organisation,
            "kind": suggestion.kind,
            "name": suggestion.name,
            "role": suggestion.role,
            "email": suggestion.email,
            "phone": suggestion.phone,
            "forms": [slug for slug in suggestion.forms if slug in offered],
            "mandatory": True,
            "asked": suggestion.asked,
        }
        for suggestion in suggestions
    ]
    return lines + [{"forms": [REPORTING], "mandatory": True} for _ in range(blank)]


def _proposed() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=AskingSettings.load().answer_days)


class DueForm(django_forms.Form):
    due_on = django_forms.DateField(label="Answers are due on", widget=AdminDateInput, initial=_proposed)

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise django_forms.ValidationError("Choose a day that is not in the past.")
        return due_on


class ReasonForm(django_forms.Form):
    reason = django_forms.CharField(label="Reason", max_length=4000, widget=django_forms.Textarea(attrs={"rows": 3}))


class QueryForm(django_forms.Form):
    reason = django_forms.CharField(
        label="Your question",
        help_text="Shown to the person on the page of their request, never in an e-mail.",
        max_length=4000,
        widget=django_forms.Textarea(attrs={"rows": 4}),
    )


class WordForm(django_forms.Form):
    text = django_forms.CharField(
        label="Your answer",
        help_text="Shown to the person on the page of their request. They are told by e-mail that it is there.",
        max_length=4000,
        widget=django_forms.Textarea(attrs={"rows": 4}),
    )


class PersonForm(django_forms.Form):
    name = django_forms.CharField(label="Name", max_length=120)
    role = django_forms.CharField(label="Role", max_length=120, required=False)
    email = django_forms.EmailField(label="Work e-mail address", max_length=254)
