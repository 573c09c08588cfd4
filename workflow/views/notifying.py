"""Staff enter a notification that reached them in another way."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.access import remember
from forms.selectors import live_version
from forms.services import begin
from workflow.action_forms import NotificationForm
from workflow.intake import NOTIFICATION
from workflow.permissions import user_can_work_cases


class NewNotificationView(WagtailAdminTemplateMixin, FormView):
    """Asks how it reached us, and begins the same form that a notifier fills in."""

    template_name = "cdop_workflow/new_notification.html"
    page_title = "New notification"
    header_icon = "form"
    form_class = NotificationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NotificationForm) -> HttpResponseBase:  # type: ignore[override]
        version = live_version(NOTIFICATION)
        if version is None:
            messages.error(self.request, "The notification form is not published, so nothing can be entered.")
            return redirect("cases:list")
        draft = begin(version, cast(User, self.request.user), source=form.cleaned_data["source"])
        remember(self.request, draft, back=reverse("cases:list"))
        return redirect("forms:page", draft.pk, version.definition.pages[0].key)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("cases:list"), "label": "Cases"},
            {"url": "", "label": "New notification"},
        ]
