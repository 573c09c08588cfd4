"""Who may change which form: the groups that the form names or, when it names none, everybody with the right."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.permission_policies import ModelPermissionPolicy

from forms.models import Form

EVERY_FORM = "cdop_forms.change_every_form"
CHANGES_NO_FORM = {"add", "view"}


def is_editor(user: User | AnonymousUser, form: Form) -> bool:
    """Whether the form is open to this person. Makes no query for a form whose editors are prefetched."""
    return lets_in(form.editors.all(), user)


def lets_in(groups: Iterable[Group], user: User | AnonymousUser) -> bool:
    named = {group.pk for group in groups}
    if not named or user.has_perm(EVERY_FORM):
        return True
    if not user.is_authenticated:
        return False
    prefetch_related_objects([user], "groups")
    return any(group.pk in named for group in user.groups.all())


class EditorsPolicy(ModelPermissionPolicy):
    def user_has_permission_for_instance(self, user: Any, action: str, instance: Form) -> bool:
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return allowed and (action in CHANGES_NO_FORM or is_editor(user, instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Form]:
        actions = set(actions)
        found = super().instances_user_has_any_permission_for(user, actions)
        if self.user_has_any_permission(user, actions & CHANGES_NO_FORM) or user.has_perm(EVERY_FORM):
            return found
        return found.filter(Q(editors=None) | Q(editors__in=user.groups.all())).distinct()


def for_its_editors(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Close a screen about one form to others. Wagtail asks most of its own only for the right to change any form."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "pk" in kwargs and not is_editor(request.user, get_object_or_404(Form, pk=unquote(str(kwargs["pk"])))):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
