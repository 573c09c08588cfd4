"""What every screen about one case shares, and every listing."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.models import Case
from workflow.permissions import Person, user_can_read_cases, user_can_read_every_case, user_can_work_cases
from workflow.presenters import case_url
from workflow.selectors import cases_for, with_flags


class OneCaseView(WagtailAdminTemplateMixin, TemplateView):
    """Finds the case among those this person may see: a case they may not see does not exist for them."""

    header_icon = "folder-open-inverse"
    reads_it_whole = False
    works_on_it = False

    def dispatch(self, request: HttpRequest, *args: Any, reference: str, **kwargs: Any) -> HttpResponseBase:
        if not (user_can_read_every_case if self.reads_it_whole else user_can_read_cases)(request.user):
            raise PermissionDenied
        self.case = self.find(reference)
        if self.works_on_it and not user_can_work_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, reference: str) -> Case:
        return get_object_or_404(with_flags(cases_for(self.request.user), self.request.user), reference=reference)

    @property
    def staff(self) -> User:
        """The person at work: the admin has asked for a log-in before any of this runs."""
        return cast(User, self.request.user)

    def get_page_title(self) -> str:
        return f"Case {self.case.reference}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("cases:list"), "label": "Cases"},
            {"url": self.case_url, "label": self.case.reference},
        ]

    @property
    def case_url(self) -> str:
        return case_url(self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, case_url=self.case_url, **kwargs)


class Listing(IndexView):
    """Who may open it is asked at the door; which rows they see is in the query."""

    any_permission_required = None  # a listing of ours asks `may_open`
    FORMATS = ()  # exports have a right, a reason and a record of their own
    paginate_by = 30

    @staticmethod
    def may_open(user: Person) -> bool:
        """Nobody, until a listing says who."""
        return False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": self.page_title}]
