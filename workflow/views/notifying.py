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
from forms.models import Draft, FormVersion
from forms.selectors import live_version
from forms.services import begin
from workflow.action_forms import TRANSFER_IN, NotificationForm, TransferInForm
from workflow.intake import NOTIFICATION
from workflow.permissions import user_can_work_cases
from workflow.services import MoveRefused, offer_received


class EntersNotifications(WagtailAdminTemplateMixin, FormView):
    """Begins the same form that a notifier fills in, for those who work on cases."""

    header_icon = "form"
    version: FormVersion

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        version = live_version(NOTIFICATION)
        if version is None and request.method == "POST":
            messages.error(request, "The notification form is not published, so nothing can be entered.")
            return redirect("cases:list")
        if version:
            self.version = version
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)

    def fill_in(self, draft: Draft) -> HttpResponseBase:
        remember(self.request, draft, back=reverse("cases:list"))
        return redirect("forms:page", draft.pk, draft.definition.pages[0].key)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("cases:list"), "label": "Cases"},
            {"url": "", "label": self.page_title},
        ]


class NewNotificationView(EntersNotifications):
    """Asks how it reached us."""

    template_name = "cdop_workflow/new_notification.html"
    page_title = "New notification"
    form_class = NotificationForm

    def form_valid(self, form: NotificationForm) -> HttpResponseBase:  # type: ignore[override]
        if form.cleaned_data["source"] == TRANSFER_IN:
            return redirect("cases:transfer_in")
        return self.fill_in(begin(self.version, self.staff, source=form.cleaned_data["source"]))


class TransferInView(EntersNotifications):
    """Asks who offers us a review, and when."""

    template_name = "cdop_workflow/asks.html"
    page_title = "A review that another panel offers us"
    form_class = TransferInForm

    def form_valid(self, form: TransferInForm) -> HttpResponseBase:  # type: ignore[override]
        try:
            return self.fill_in(offer_received(self.version, self.staff, **form.cleaned_data))
        except MoveRefused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            button="Fill in the notification",
            back=reverse("cases:new"),
            explained="You then fill in the notification form from what they sent. It opens a case that waits for your "
            "answer to their offer; no time limit runs until you accept it.",
            **kwargs,
        )
