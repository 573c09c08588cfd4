"""What a person who works on cases sees first after logging in."""

from typing import Any

from wagtail.admin.ui.components import Component

from workflow.permissions import user_can_work_cases
from workflow.selectors import needs_attention

SHOWN = 5


class CasesPanel(Component):
    name = "cases"
    template_name = "cdop_workflow/dashboard.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any] | None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        waiting = needs_attention(user) if user_can_work_cases(user) else {}
        lists = [
            {"title": title, "cases": list(waiting[name][: SHOWN + 1]), "filter": where}
            for name, title, where in (
                ("new", "New notifications", "state=notified"),
                ("overdue", "Past a time limit", "attention=overdue"),
            )
            if name in waiting
        ]
        return {"lists": lists, "shown": SHOWN}
