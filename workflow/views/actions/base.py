"""What every screen on which something is done to a case shares."""

from workflow.asking import Asks
from workflow.views.base import OneCaseView


class ActionView(Asks, OneCaseView):
    template_name = "cdop_workflow/action.html"
    works_on_it = True
    title = ""

    @property
    def back(self) -> str:
        return self.case_url

    def look_again(self) -> None:
        self.case = self.find(self.case.reference)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.title}]

    def get_page_title(self) -> str:
        return self.title
