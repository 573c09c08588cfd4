from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from forms import admin_urls
from forms.api.admin.viewsets import ApiClientViewSet
from forms.editors import EditorsPolicy
from forms.exchange.admin import urls as exchange_urls
from forms.exchange.admin.buttons import listing_button
from forms.models import ApiClient, CodeList, Form
from forms.viewsets import CodeListViewSet, FormViewSet, KeptForEver

register_permission_policy(Form, EditorsPolicy(Form))
register_permission_policy(CodeList, KeptForEver(CodeList))
register_permission_policy(ApiClient, KeptForEver(ApiClient))
register_snippet(FormViewSet)
register_snippet(CodeListViewSet)
register_snippet(ApiClientViewSet)
hooks.register("register_snippet_listing_buttons", listing_button)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action("cdop_forms.translate")
    class Translated(LogFormatter):
        label = "Translate"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return f"{log_entry.data['language']}: {log_entry.data['what']}"

    @actions.register_action("cdop_forms.hold_back")
    class HeldBack(LogFormatter):
        label = "Not published on its day"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return f"Not published on its day. {log_entry.data['found']}"


@hooks.register("register_admin_urls")
def draft_and_exchange_urls() -> list[URLPattern | URLResolver]:
    return [path("forms/", include(admin_urls)), path("form-exchange/", include(exchange_urls))]
