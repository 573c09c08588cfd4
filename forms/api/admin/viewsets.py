"""API clients under Settings. A token is shown once, in the answer to the request that made it, and never again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from forms.api.admin.forms import ClientForm
from forms.api.tokens import issue, revoke
from forms.models import ApiClient


@never_cache
def show_token(request: HttpRequest, client: ApiClient) -> HttpResponse:
    """A page with a new token of the client. It is rendered at once: a redirect would have to keep the token."""
    context = {"client": client, "token": issue(client, request.user)}  # type: ignore[arg-type]
    return TemplateResponse(request, "cdop_forms/admin/token.html", context).render()


class ClientCreateView(CreateView):
    def save_action(self) -> HttpResponse:
        return show_token(self.request, self.object)


class ClientEditView(EditView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "new_token" in request.POST:
            return show_token(request, self.object)
        if "revoke" in request.POST:
            revoke(self.object, request.user)  # type: ignore[arg-type]
            messages.success(request, f"The token of {self.object} no longer works.")
            return redirect(self.get_edit_url())
        return super().post(request, *args, **kwargs)


class ApiClientViewSet(SnippetViewSet):
    model = ApiClient
    icon = "key"
    menu_label = "API clients"
    menu_name = "api-clients"
    add_to_settings_menu = True
    add_view_class = ClientCreateView
    edit_view_class = ClientEditView
    edit_template_name = "cdop_forms/admin/client.html"
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "contact", "scopes", "expires_at")], base_form_class=ClientForm
    )
    copy_view_enabled = False
    search_fields = ["name", "contact"]
    list_display = [
        "name",
        "contact",
        Column("scopes", label="May", accessor="scopes_in_words"),
        Column("standing", label="Token"),
        "expires_at",
        "last_used_at",
        "revoked_at",
    ]
