"""The editor of a report, which is not submitted while something that it must have is missing, and its freeze."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateInput

from exports.report.checklist import problems

ON_ITS_WAY_OUT = ("action-submit", "action-publish", "action-workflow-action", "action-restart-workflow")


class ReportForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if any(action in self.data for action in ON_ITS_WAY_OUT) and "body" in given:
            self.instance.body = given["body"]
            for sentence in problems(self.instance):
                self.add_error(None, sentence)
        return given


class FreezeForm(django_forms.Form):
    extract = django_forms.DateField(
        label="As known on", widget=AdminDateInput, initial=timezone.localdate, required=False,
        help_text="What was recorded after this day is left out.",
    )  # fmt: skip

    def clean_extract(self) -> dt.date:
        extract = self.cleaned_data["extract"] or timezone.localdate()
        if extract > timezone.localdate():
            raise django_forms.ValidationError("This day has not come yet.")
        return extract
