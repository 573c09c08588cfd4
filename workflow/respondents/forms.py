"""The small forms on which a person who was asked does something other than answer."""

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

EMAIL = {
    "required": _("Enter your colleague’s work email address"),
    "invalid": _("Enter an email address in the correct format, like name@example.nhs.uk"),
}


class PassOnForm(django_forms.Form):
    name = django_forms.CharField(
        label=_("Your colleague’s name"), max_length=120, error_messages={"required": _("Enter your colleague’s name")}
    )
    role = django_forms.CharField(label=_("Their role"), max_length=120, required=False)
    email = django_forms.EmailField(label=_("Their work email address"), max_length=254, error_messages=EMAIL)


class DeclineForm(django_forms.Form):
    reason = django_forms.CharField(
        label=_("Why can you not answer?"),
        max_length=2000,
        widget=django_forms.Textarea,
        error_messages={"required": _("Say why you cannot answer")},
    )


class AskForm(django_forms.Form):
    text = django_forms.CharField(
        label=_("Your question"),
        max_length=4000,
        widget=django_forms.Textarea,
        error_messages={"required": _("Enter your question")},
    )
