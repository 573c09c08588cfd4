"""Words that coordinators edit, shown beside the editor as they will be read."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.models import PreviewableMixin

from content.models import AreaSettings


def area_words() -> dict[str, str]:
    """The words in square brackets that every message and letter knows."""
    area = AreaSettings.in_force()
    return {"area": area.area_name, "mailbox": area.mailbox, "phone": area.phone}


class Previewed(PreviewableMixin):
    """`parts_in_full` puts words in the place of those in square brackets: here invented ones."""

    examples: Mapping[str, str] = {}
    parts_in_full: Callable[[Mapping[str, str]], dict[str, str]]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cdop_workflow/words_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"template": self, "parts": self.parts_in_full({**self.examples, **area_words()})}
