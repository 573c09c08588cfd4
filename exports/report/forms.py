"""The editor of a report: it is not submitted while something that it must have is missing."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

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
