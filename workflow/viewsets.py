"""Time limits in the Wagtail admin, under Settings."""

from wagtail.snippets.views.snippets import SnippetViewSet

from workflow.models import ClockRule


class ClockRuleViewSet(SnippetViewSet):
    model = ClockRule
    icon = "time"
    menu_label = "Time limits"
    menu_name = "clock-rules"
    add_to_settings_menu = True
    list_display = ["code", "label", "amount", "unit", "owner", "confirmed", "active"]
    ordering = ["code"]
