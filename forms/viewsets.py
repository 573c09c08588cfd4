"""Forms in the Wagtail admin."""

from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from forms.exchange.admin.buttons import ExportButton, ImportButton
from forms.models import Form


class FormIndexView(ImportButton, IndexView):
    pass


class FormEditView(ExportButton, EditView):
    pass


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
    index_view_class = FormIndexView
    edit_view_class = FormEditView
