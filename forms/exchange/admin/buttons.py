"""Where the list of forms and a form lead to the exchange screens: mixins for the snippet’s views, and a row button."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from forms.models import Form


def may_import(user: User) -> bool:
    return user.has_perm("cdop_forms.add_form") or user.has_perm("cdop_forms.change_form")


def may_change(user: User | AnonymousUser, form: Form) -> bool:
    return policy_registry.get_by_type(Form).user_has_permission_for_instance(user, "change", form)


class ImportButton:
    """For the index view."""

    request: Any

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)  # type: ignore[misc]
        if may_import(self.request.user):
            buttons.append(HeaderButton("Import a form", url=reverse("form_exchange:import"), icon_name="upload"))
        return buttons


class ExportButton:
    """For the edit view."""

    request: Any
    object: Form

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)  # type: ignore[misc]
        if may_change(self.request.user, self.object):
            address = reverse("form_exchange:export", args=[self.object.pk])
            buttons.append(Button("Export", url=address, icon_name="download", priority=15))
        return buttons


def listing_button(snippet: Any, user: User, next_url: str | None = None) -> list[Button]:
    """“Export” in a form’s row."""
    if not isinstance(snippet, Form) or not may_change(user, snippet):
        return []
    address = reverse("form_exchange:export", args=[snippet.pk])
    return [Button("Export", url=address, icon_name="download", priority=25)]
