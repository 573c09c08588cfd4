"""Forms in the Wagtail admin."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    WorkflowActionView,
)

from forms.checking import check
from forms.editors import for_its_editors, is_editor
from forms.exchange.admin.buttons import ExportButton, ImportButton
from forms.exchange.services import free_slug
from forms.models import Code, CodeList, Form


class FormIndexView(ImportButton, IndexView):
    def get_base_queryset(self) -> QuerySet[Form]:
        return super().get_base_queryset().prefetch_related("editors")

    def get_edit_url(self, instance: Form) -> str | None:
        return super().get_edit_url(instance) if is_editor(self.request.user, instance) else None

    def get_delete_url(self, instance: Form) -> str | None:
        return super().get_delete_url(instance) if is_editor(self.request.user, instance) else None


class KeepsEditors:
    """Who may change a form is no part of a draft: it holds at once, and no earlier version brings it back."""

    produced_error_code = ""

    def form_valid(self, form: Any) -> HttpResponseBase:
        response = super().form_valid(form)  # type: ignore[misc]
        if "editors" in form.cleaned_data and not self.produced_error_code:
            form.instance.editors.set(form.cleaned_data["editors"])
        return response


class FormAddView(KeepsEditors, CreateView):
    pass


class FormEditView(KeepsEditors, ExportButton, EditView):
    pass


class FormCopyView(CopyView):
    """A copy is given a name of its own: two forms cannot share one. It is saved where new forms are."""

    http_method_names = ["get", "head", "options"]

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"slug": free_slug(self.get_object().slug)}


class FormWorkflowActionView(WorkflowActionView):
    """Approving from the list of what waits publishes the newest draft, whoever saved it since: it is checked here."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        draft = self.object.get_latest_revision_as_object()
        if self.action_name.startswith("approve") and (found := [each for each in check(draft) if each.blocks]):
            words = " ".join(finding.message for finding in found)
            messages.error(request, f"“{draft.title}” cannot be published yet. {words}")
            return self.turned_back(request)
        return super().post(request, *args, **kwargs)

    def turned_back(self, request: HttpRequest) -> HttpResponseBase:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


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
    add_view_class = FormAddView
    edit_view_class = FormEditView
    copy_view_class = FormCopyView
    workflow_action_view_class = FormWorkflowActionView

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        view = super().construct_view(view_class, **kwargs)
        return view if view_class is self.copy_view_class else for_its_editors(view)


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
    list_display = ["title", "name", Column("offered", label="Answers offered")]
    search_fields = ["title", "name"]
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[CodeList]:
        offered = Count("codes", filter=Code.offered_on(timezone.localdate(), "codes__"))
        return CodeList.objects.annotate(offered=offered)
