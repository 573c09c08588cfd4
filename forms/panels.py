"""Parts of the form editor's page that are ours."""

from typing import Any

from wagtail.admin.panels import Panel

from forms.checking import shown


class ChecksPanel(Panel):
    """What must be mended, and what should be looked at, before this draft is published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cdop_forms/admin/checks.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            found = shown(self.instance)
            return super().get_context_data(parent_context) | {
                "errors": [each for each in found if each.blocks],
                "warnings": [each for each in found if not each.blocks],
            }
