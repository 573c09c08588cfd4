"""What an administrator says of a client."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from forms.models import SCOPES


class ClientForm(WagtailAdminModelForm):
    scopes = forms.MultipleChoiceField(
        choices=SCOPES,
        widget=forms.CheckboxSelectMultiple,
        label="May",
        error_messages={"required": "Choose what it may do."},
    )
