"""Forms in the Wagtail admin."""

from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CopyView, EditView, IndexView, SnippetViewSet

from forms.exchange.admin.buttons import ExportButton, ImportButton
from forms.models import CodeList, Form


class FormIndexView(ImportButton, IndexView):
    pass


class FormEditView(ExportButton, EditView):
    pass


class FormCopyView(CopyView):
    """A copy is given a name of its own: two forms cannot share one. It is saved where new forms are."""

    http_method_names = ["get", "head", "options"]

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"slug": ""}


class FormViewSet(SnippetViewSet):
    model = Form
    icon = "form"
    menu_label = "Forms"
    menu_name = "cdop-forms"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "slug", "live", "last_published_at"]
    search_fields = ["title", "slug"]
    chooser_per_page = 100
    copy_view_enabled = True
    index_view_class = FormIndexView
    edit_view_class = FormEditView
    copy_view_class = FormCopyView


class KeptForEver(ModelPermissionPolicy):
    """Nobody deletes one: answers refer to it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class CodeListViewSet(SnippetViewSet):
    model = CodeList
    icon = "list-ul"
    menu_label = "Code lists"
    menu_name = "cdop-code-lists"
    menu_order = 251
    add_to_admin_menu = True
    list_display = ["title", "name", Column("offered", label="Answers offered", accessor="number_offered")]
    search_fields = ["title", "name"]
    copy_view_enabled = False
