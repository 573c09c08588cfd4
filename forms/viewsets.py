"""Forms in the Wagtail admin."""

from wagtail.snippets.views.snippets import SnippetViewSet

from forms.models import Form


class FormViewSet(SnippetViewSet):
    model = Form
    icon = "form"
    menu_label = "Forms"
    menu_name = "cdop-forms"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "slug", "live", "last_published_at"]
    search_fields = ["title", "slug"]
    copy_view_enabled = True
