"""How the quorum is set in the admin."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from workflow.meetings.states import SEATS


class QuorumForm(WagtailAdminModelForm):
    required_seats = forms.MultipleChoiceField(
        choices=[pair for pair in SEATS if pair[0] != "coordinator"],
        widget=forms.CheckboxSelectMultiple,
        label="Who must be there",
        required=False,
    )
