"""What staff enter about an action, and what an organisation reports."""

from typing import Any

from django import forms as django_forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.action_forms import DayField
from workflow.actions.states import KINDS, LEVELS
from workflow.models import Action, Agency

FIELDS = ("kind", "text", "level", "agency", "organisation", "owner_role", "email", "due_on")
OUTCOMES = [
    ("progress", _("We are working on it")),
    ("report_done", _("It is done")),
    ("decline", _("We will not do it")),
]


class ActionForm(django_forms.Form):
    """Cleaned to what `services.agree` and `services.change` take."""

    kind = django_forms.ChoiceField(label="What is it?", choices=KINDS, widget=django_forms.RadioSelect)
    text = django_forms.CharField(
        label="What should be done?",
        widget=django_forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="Name nobody, and nothing by which a family could be known: it is read by the organisation and "
        "across cases.",
    )
    level = django_forms.ChoiceField(label="Level", choices=LEVELS, widget=django_forms.RadioSelect)
    agency = django_forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), required=False, empty_label="Another organisation"
    )
    organisation = django_forms.CharField(label="Or another organisation", max_length=200, required=False)
    owner_role = django_forms.CharField(
        label="Role of whoever is responsible there", max_length=120, required=False, help_text="A role, not a name."
    )
    email = django_forms.EmailField(
        label="Email address to tell",
        required=False,
        help_text="Left empty: that of the agency’s lead. They get a link on which they report, without an account.",
    )
    due_on = DayField(label="Due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.initial.get("agency")
        offered = Q(active=True) | Q(pk=present.pk if present else None)
        self.fields["agency"].queryset = Agency.objects.filter(offered)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agency = data.get("agency")
        if bool(agency) == bool(data.get("organisation")):
            self.add_error("agency", "Choose an agency, or enter another organisation; not both.")
        if agency and not data.get("email"):
            data["email"] = agency.lead_email
        return data


def as_entered(action: Action) -> dict[str, Any]:
    """The action as the form shows it."""
    return {name: getattr(action, name) for name in FIELDS}


class WordsForm(django_forms.Form):
    reason = django_forms.CharField(
        label="Reason or what was done", widget=django_forms.Textarea(attrs={"rows": 4}), max_length=5000
    )


class StaffReportForm(WordsForm):
    """What the organisation told us in another way than by its link."""

    evidence = django_forms.CharField(
        label="How does it show?",
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        help_text="Such as a new policy, an audit, or where it can be read.",
    )


class ReportForm(django_forms.Form):
    """What an organisation says by its link."""

    outcome = django_forms.ChoiceField(
        label=_("How far is it?"),
        choices=OUTCOMES,
        error_messages={"required": _("Choose how far it is"), "invalid_choice": _("Choose how far it is")},
    )
    reason = django_forms.CharField(
        label=_("What have you done, or why not?"),
        max_length=5000,
        error_messages={
            "required": _("Say what you have done, or why not"),
            "max_length": _("What you have done must be 5,000 characters or less"),
        },
    )
    evidence = django_forms.CharField(
        label=_("How does it show?"),
        required=False,
        max_length=5000,
        error_messages={"max_length": _("How it shows must be 5,000 characters or less")},
    )
