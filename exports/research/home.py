"""What researchers asked for, on the first screen of those who decide."""

from typing import Any

from wagtail.admin.ui.components import Component

from exports.models import ResearchProject


class ResearchPanel(Component):
    name = "research"
    template_name = "cdop_exports/research/home.html"
    order = 20

    def __init__(self, projects: list[ResearchProject]) -> None:
        self.projects = projects

    def get_context_data(self, parent_context: dict[str, Any] | None) -> dict[str, Any]:
        return {"projects": self.projects}
