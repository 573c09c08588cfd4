"""How the limits of the indicators are set in the admin."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from exports.ncmd.dictionary import ncmd
from exports.ncmd.indicators.limits import COMPLETE
from exports.ncmd.states import Stage
from forms import dictionary


def _items() -> list[tuple[str, str]]:
    """What the notification says, without who notified, and what is asked of a birth."""
    notified = [item.name for item in ncmd().contents[Stage.NOTIFICATION].items if item.sensitivity != "P"]
    known = dictionary.items()
    return [(name, known[name].label) for name in dict.fromkeys([*COMPLETE, *notified])]


class LimitsForm(WagtailAdminModelForm):
    items = forms.MultipleChoiceField(
        choices=_items, widget=forms.CheckboxSelectMultiple, label="Items that are to be known"
    )
