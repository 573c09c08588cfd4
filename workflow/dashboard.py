"""What a person who works on cases sees first after logging in."""

from typing import Any

from wagtail.admin.ui.components import Component

from workflow.permissions import Person, user_can_read_every_case
from workflow.selectors import how_many, needs_attention

SHOWN = 5
TITLES = {
    "safeguarding": ("Safeguarding referrals", ""),
    "new": ("New", "No notification waits to be read."),
    "overdue": ("Past a time limit", "Nothing is past a time limit."),
    "soon": ("Due soon", "Nothing is due soon."),
    "open": ("Before the panel", "No case is before the panel now."),
}


class CasesPanel(Component):
    """The first few of each kind of case that needs a person, with how many there are."""

    name = "cases"
    template_name = "cdop_workflow/dashboard.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any] | None) -> dict[str, Any]:
        user: Person = (parent_context or {})["request"].user
        counts = how_many(user)
        return {
            "sees_everything": user_can_read_every_case(user),
            "open": counts["open"],
            "lists": [
                {
                    "name": name,
                    "title": TITLES[name][0],
                    "nothing": TITLES[name][1],
                    "count": counts[name],
                    "cases": list(cases[:SHOWN]),
                    "query": "" if name == "open" else f"?need={name}",
                    "more": counts[name] > SHOWN,
                }
                for name, cases in needs_attention(user).items()
                if counts[name] or TITLES[name][1]
            ],
        }
