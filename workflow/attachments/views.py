"""Screens on which files are put into a case, and withdrawn."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from workflow.attachments import services
from workflow.attachments.forms import AttachForm, WithdrawForm
from workflow.attachments.selectors import attachments_of, may_read
from workflow.views.actions.base import ActionView


class FilesView(ActionView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AttachView(FilesView):
    title = "Attach a file"
    button = "Attach it"
    done = "The file is in the case."

    def form(self, data: Any = None) -> django_forms.Form:
        return AttachForm(data, self.request.FILES if data is not None else None)

    def act(self, data: dict[str, Any]) -> None:
        services.attach(self.case, self.staff, **data)


class WithdrawAttachmentView(FilesView):
    form_class = WithdrawForm
    title = "Withdraw a file"
    button = "Withdraw it"
    done = "Withdrawn. It stays listed, and nobody can open it."

    def act(self, data: dict[str, Any]) -> None:
        found = get_object_or_404(attachments_of(self.case, self.staff), pk=self.kwargs["pk"])
        services.withdraw(found, self.staff, data["reason"])
